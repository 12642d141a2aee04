//! The hot path: a group of responses in a handful of statements.

use std::collections::HashSet;

use domain::{
    event::EventSource,
    flag::{Flag, Standing},
    response::Segment,
    tally::Columns,
    time::Millis,
};
use uuid::Uuid;

use super::{
    super::{
        StoreError, answers,
        burst_detection::Cluster,
        responses::NewResponse,
        tally_deltas::{Rows, Table},
    },
    Connection,
    bulk_insert::{BulkInsert, Values},
};

static RESPONSES: BulkInsert = BulkInsert::new(
    "responses (id, survey_version, shown_event, channel, lang, segment, assisted, ended, demo, answered_at,
     offset_ms, age_ms, duration_ms, pairing, venue, kiosk, event, event_source, production, corrected_at,
     received_at, local_day, answers, content_form, content_hash, standing, commented)",
    0,
    27,
    "",
);
static COMMENTS: BulkInsert = BulkInsert::new("comments (response, question, text)", 0, 3, "");
static FLAGS: BulkInsert =
    BulkInsert::new("flags (response, flag, set_at)", 0, 3, "ON CONFLICT (response, flag) DO NOTHING");
static DAYS: BulkInsert = BulkInsert::new(
    "tallies (subject, local_day, survey_version, question, value, standing, dimension, member, count)",
    2,
    7,
    "ON CONFLICT DO UPDATE SET count = count + excluded.count",
);
static MONTHS: BulkInsert = BulkInsert::new(
    "period_tallies (whose, month, survey_version, question, value, standing, dimension, member, count)",
    2,
    7,
    "ON CONFLICT DO UPDATE SET count = count + excluded.count",
);
static NUMBERS: BulkInsert = BulkInsert::new(
    "pairing_seq (pairing, block, bits)",
    0,
    3,
    "ON CONFLICT DO UPDATE SET bits = bits | excluded.bits",
);

/// Inserts the responses whose ids are neither there nor dead, and says which. Nobody else writes
/// between the question and the insert: the transaction began with the write lock.
pub(super) async fn insert_new(
    connection: &mut Connection,
    items: &[&NewResponse],
) -> Result<HashSet<Uuid>, StoreError> {
    let taken = taken(connection, items).await?;
    let mut fresh: Vec<&NewResponse> = items.to_vec();
    fresh.retain(|item| !taken.contains(&item.response.id.0));
    RESPONSES.insert(connection, &fresh, |_| {}, |item, values| response(item, values)).await?;
    Ok(fresh.iter().map(|item| item.response.id.0).collect())
}

/// Which ids are there, or dead.
pub(super) async fn taken(connection: &mut Connection, items: &[&NewResponse]) -> Result<HashSet<Uuid>, StoreError> {
    let ids: Vec<String> = items.iter().map(|item| format!("\"{}\"", item.response.id.0.simple())).collect();
    let taken: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM (SELECT unhex(value) AS id FROM json_each($1)) AS asked
         WHERE EXISTS (SELECT 1 FROM responses WHERE responses.id = asked.id)
         OR EXISTS (SELECT 1 FROM tombstones WHERE tombstones.id = asked.id)",
    )
    .bind(format!("[{}]", ids.join(",")))
    .fetch_all(connection)
    .await?;
    Ok(taken.into_iter().collect())
}

/// When the stored neighbours of clusters were given: the `2 * most` latest up to the end of each, the
/// `most` earliest after it.
pub(super) async fn neighbours(
    connection: &mut Connection,
    clusters: &[Cluster],
) -> Result<Vec<Vec<Millis>>, StoreError> {
    let asked: Vec<_> = clusters
        .iter()
        .map(|cluster| {
            (cluster.counter.simple().to_string(), cluster.reach_from(), cluster.until, cluster.reach_until())
        })
        .collect();
    let most = clusters.iter().map(|cluster| cluster.pace.most).max().unwrap_or_default();
    let most = i64::try_from(most).unwrap_or(i64::MAX / 2);
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT (SELECT json_group_array(at) FROM (
            SELECT at FROM (SELECT corrected_at AS at FROM responses
                WHERE coalesce(kiosk, event, venue) = unhex(asked.value ->> 0) AND NOT demo AND channel <> 'interview'
                AND corrected_at >= asked.value ->> 1 AND corrected_at <= asked.value ->> 2
                ORDER BY corrected_at DESC LIMIT $2)
            UNION ALL
            SELECT at FROM (SELECT corrected_at AS at FROM responses
                WHERE coalesce(kiosk, event, venue) = unhex(asked.value ->> 0) AND NOT demo AND channel <> 'interview'
                AND corrected_at > asked.value ->> 2 AND corrected_at <= asked.value ->> 3
                ORDER BY corrected_at LIMIT $3)
         )) FROM json_each($1) AS asked ORDER BY asked.key",
    )
    .bind(serde_json::to_string(&asked)?)
    .bind(2 * most)
    .bind(most)
    .fetch_all(connection)
    .await?;
    found.iter().map(|times| Ok(serde_json::from_str(times)?)).collect()
}

fn response(item: &NewResponse, values: &mut Values) -> Result<(), StoreError> {
    let (response, place) = (&item.response, &item.place);
    values.push(response.id.0);
    values.push(response.survey_version.0);
    values.push(response.event.map(|event| event.0));
    values.push(response.channel.word());
    values.push(response.lang.tag());
    values.push(response.segment.map(Segment::word));
    values.push(response.assisted);
    values.push(response.end.word());
    values.push(response.demo);
    values.push(response.timing.answered_at);
    values.push(response.timing.offset_ms);
    values.push(response.timing.age_ms);
    values.push(response.timing.duration_ms);
    values.push(response.pairing.map(|pairing| pairing.0));
    values.push(place.venue.0);
    values.push(place.kiosk.map(|kiosk| kiosk.0));
    values.push(place.event.map(|event| event.0));
    values.push(place.source.map(EventSource::word));
    values.push(place.production.map(|production| production.0));
    values.push(place.corrected_at);
    values.push(place.received_at);
    values.push(place.local_day.0);
    values.push(answers::to_json(&response.answers)?);
    values.push(item.content.form);
    values.push(&item.content.hash[..]);
    values.push(Standing::from_flags(&item.flags).code());
    values.push(answers::comments(&response.answers).next().is_some());
    Ok(())
}

/// Inserts the comments of responses.
pub(super) async fn comments(connection: &mut Connection, items: &[&NewResponse]) -> Result<(), StoreError> {
    let rows: Vec<(Uuid, Uuid, &str)> = items
        .iter()
        .flat_map(|item| {
            answers::comments(&item.response.answers).map(|(question, text)| (item.response.id.0, question, text))
        })
        .collect();
    let push = |(response, question, text): &(Uuid, Uuid, &str), values: &mut Values| {
        values.push(*response);
        values.push(*question);
        values.push(*text);
        Ok(())
    };
    COMMENTS.insert(connection, &rows, |_| {}, push).await
}

/// Inserts the flags that responses came with; one that is there already stays as it is.
pub(super) async fn flags(connection: &mut Connection, items: &[&NewResponse]) -> Result<(), StoreError> {
    let rows: Vec<_> =
        items.iter().flat_map(|item| item.distinct_flags().into_iter().map(move |flag| (item, flag))).collect();
    let push = |(item, flag): &(&&NewResponse, Flag), values: &mut Values| {
        values.push(item.response.id.0);
        values.push(flag.word());
        values.push(item.place.received_at);
        Ok(())
    };
    FLAGS.insert(connection, &rows, |_| {}, push).await
}

/// Adds to tallies.
pub(super) async fn tallies(connection: &mut Connection, table: Table, rows: &[Rows]) -> Result<(), StoreError> {
    let statement = match table {
        Table::Days => &DAYS,
        Table::Months => &MONTHS,
    };
    for rows in rows {
        let share = |values: &mut Values| {
            values.push(rows.owner.owner_id);
            values.push(rows.owner.period);
        };
        let push = |(cell, count): &(Columns, i64), values: &mut Values| {
            values.push(cell.survey_version);
            values.push(cell.question);
            values.push(cell.value.as_str());
            values.push(cell.standing);
            values.push(cell.dimension);
            values.push(cell.member.as_str());
            values.push(*count);
            Ok(())
        };
        statement.insert(connection, &rows.cells, share, push).await?;
    }
    Ok(())
}

/// Remembers the numbers seen: pairing, block of 32, bits.
pub(super) async fn numbers(connection: &mut Connection, blocks: &[(Uuid, i64, i64)]) -> Result<(), StoreError> {
    let push = |(pairing, block, bits): &(Uuid, i64, i64), values: &mut Values| {
        values.push(*pairing);
        values.push(*block);
        values.push(*bits);
        Ok(())
    };
    NUMBERS.insert(connection, blocks, |_| {}, push).await
}
