//! The hot path: a group of responses as arrays, one statement for each table.

use std::collections::HashSet;

use domain::{event::EventSource, flag::Standing, response::Segment, time::Millis};
use uuid::Uuid;

use super::{
    super::{
        StoreError, answers,
        burst_detection::Cluster,
        responses::NewResponse,
        tally_deltas::{Rows, Table},
    },
    Connection,
};

/// One column of many rows.
fn column<T, R>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// Inserts the responses whose ids are neither there nor dead, and says which.
pub(super) async fn insert_new(
    connection: &mut Connection,
    items: &[&NewResponse],
) -> Result<HashSet<Uuid>, StoreError> {
    let answers: Vec<String> =
        items.iter().map(|item| answers::to_json(&item.response.answers)).collect::<Result<_, _>>()?;
    let fresh: Vec<Uuid> = sqlx::query_scalar(
        "INSERT INTO responses (id, survey_version, shown_event, channel, lang, segment, assisted, ended, demo,
         answered_at, offset_ms, age_ms, duration_ms, pairing, venue, kiosk, event, event_source, production,
         corrected_at, received_at, local_day, answers, content_form, content_hash, standing, commented)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bool[],
         $8::text[], $9::bool[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::uuid[],
         $15::uuid[], $16::uuid[], $17::uuid[], $18::text[], $19::uuid[], $20::bigint[], $21::bigint[],
         $22::integer[], $23::text[], $24::smallint[], $25::bytea[], $26::smallint[], $27::bool[])
         ON CONFLICT (id) DO NOTHING RETURNING id",
    )
    .bind(column(items, |item| item.response.id.0))
    .bind(column(items, |item| item.response.survey_version.0))
    .bind(column(items, |item| item.response.event.map(|event| event.0)))
    .bind(column(items, |item| item.response.channel.word()))
    .bind(column(items, |item| item.response.lang.tag()))
    .bind(column(items, |item| item.response.segment.map(Segment::word)))
    .bind(column(items, |item| item.response.assisted))
    .bind(column(items, |item| item.response.end.word()))
    .bind(column(items, |item| item.response.demo))
    .bind(column(items, |item| item.response.timing.answered_at))
    .bind(column(items, |item| item.response.timing.offset_ms))
    .bind(column(items, |item| item.response.timing.age_ms))
    .bind(column(items, |item| item.response.timing.duration_ms))
    .bind(column(items, |item| item.response.pairing.map(|pairing| pairing.0)))
    .bind(column(items, |item| item.place.venue.0))
    .bind(column(items, |item| item.place.kiosk.map(|kiosk| kiosk.0)))
    .bind(column(items, |item| item.place.event.map(|event| event.0)))
    .bind(column(items, |item| item.place.source.map(EventSource::word)))
    .bind(column(items, |item| item.place.production.map(|production| production.0)))
    .bind(column(items, |item| item.place.corrected_at))
    .bind(column(items, |item| item.place.received_at))
    .bind(column(items, |item| item.place.local_day.0))
    .bind(answers)
    .bind(column(items, |item| item.content.form))
    .bind(column(items, |item| item.content.hash.to_vec()))
    .bind(column(items, |item| Standing::from_flags(&item.flags).code()))
    .bind(column(items, |item| answers::comments(&item.response.answers).next().is_some()))
    .fetch_all(&mut *connection)
    .await?;
    let mut fresh: HashSet<Uuid> = fresh.into_iter().collect();
    for dead in remove_tombstoned(connection, &fresh).await? {
        fresh.remove(&dead);
    }
    Ok(fresh)
}

/// Which ids are there, or dead.
pub(super) async fn taken(connection: &mut Connection, items: &[&NewResponse]) -> Result<HashSet<Uuid>, StoreError> {
    let taken: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM responses WHERE id = ANY($1) UNION ALL SELECT id FROM tombstones WHERE id = ANY($1)",
    )
    .bind(column(items, |item| item.response.id.0))
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
    let most = clusters.iter().map(|cluster| cluster.pace.most).max().unwrap_or_default();
    let most = i64::try_from(most).unwrap_or(i64::MAX / 2);
    let found: Vec<(i64, Millis)> = sqlx::query_as(
        "SELECT asked.place, found.at
         FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
            WITH ORDINALITY AS asked (counter, reach_from, until, reach_until, place)
         CROSS JOIN LATERAL (
            (SELECT corrected_at AS at FROM responses
                WHERE coalesce(kiosk, event, venue) = asked.counter AND NOT demo AND channel <> 'interview'
                AND corrected_at >= asked.reach_from AND corrected_at <= asked.until
                ORDER BY corrected_at DESC LIMIT $5)
            UNION ALL
            (SELECT corrected_at AS at FROM responses
                WHERE coalesce(kiosk, event, venue) = asked.counter AND NOT demo AND channel <> 'interview'
                AND corrected_at > asked.until AND corrected_at <= asked.reach_until
                ORDER BY corrected_at LIMIT $6)
         ) AS found",
    )
    .bind(column(clusters, |cluster| cluster.counter))
    .bind(column(clusters, Cluster::reach_from))
    .bind(column(clusters, |cluster| cluster.until))
    .bind(column(clusters, Cluster::reach_until))
    .bind(2 * most)
    .bind(most)
    .fetch_all(connection)
    .await?;
    let mut times = vec![Vec::new(); clusters.len()];
    for (place, at) in found {
        // Ordinality counts from 1.
        if let Some(times) = usize::try_from(place - 1).ok().and_then(|place| times.get_mut(place)) {
            times.push(at);
        }
    }
    Ok(times)
}

/// Takes out again what was deleted before. Asked after the insert, which has waited for a deletion
/// that was under way: asked before, the question could have come too early.
async fn remove_tombstoned(connection: &mut Connection, fresh: &HashSet<Uuid>) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<Uuid> = fresh.iter().copied().collect();
    let dead: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM tombstones WHERE id = ANY($1)")
        .bind(ids)
        .fetch_all(&mut *connection)
        .await?;
    if !dead.is_empty() {
        sqlx::query("DELETE FROM responses WHERE id = ANY($1)").bind(&dead).execute(connection).await?;
    }
    Ok(dead)
}

/// Inserts the comments of responses.
pub(super) async fn comments(connection: &mut Connection, items: &[&NewResponse]) -> Result<(), StoreError> {
    let rows: Vec<(Uuid, Uuid, &str)> = items
        .iter()
        .flat_map(|item| {
            answers::comments(&item.response.answers).map(|(question, text)| (item.response.id.0, question, text))
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO comments (response, question, text) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[])",
    )
    .bind(column(&rows, |row| row.0))
    .bind(column(&rows, |row| row.1))
    .bind(column(&rows, |row| row.2))
    .execute(connection)
    .await?;
    Ok(())
}

/// Inserts the flags that responses came with; one that is there already stays as it is.
pub(super) async fn flags(connection: &mut Connection, items: &[&NewResponse]) -> Result<(), StoreError> {
    let rows: Vec<_> =
        items.iter().flat_map(|item| item.distinct_flags().into_iter().map(move |flag| (item, flag))).collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO flags (response, flag, set_at) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[])
         ON CONFLICT (response, flag) DO NOTHING",
    )
    .bind(column(&rows, |(item, _)| item.response.id.0))
    .bind(column(&rows, |(_, flag)| flag.word()))
    .bind(column(&rows, |(item, _)| item.place.received_at))
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds to tallies.
pub(super) async fn tallies(connection: &mut Connection, table: Table, rows: &[Rows]) -> Result<(), StoreError> {
    let cells: Vec<_> =
        rows.iter().flat_map(|rows| rows.cells.iter().map(move |(cell, count)| (rows.owner, cell, *count))).collect();
    if cells.is_empty() {
        return Ok(());
    }
    sqlx::query(match table {
        Table::Days => {
            "INSERT INTO tallies (subject, local_day, survey_version, question, value, standing, dimension, member,
             count) SELECT * FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::uuid[], $5::text[],
             $6::smallint[], $7::smallint[], $8::text[], $9::bigint[])
             ON CONFLICT (subject, local_day, survey_version, question, value, standing, dimension, member)
             DO UPDATE SET count = tallies.count + excluded.count"
        }
        Table::Months => {
            "INSERT INTO period_tallies (whose, month, survey_version, question, value, standing, dimension, member,
             count) SELECT * FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::uuid[], $5::text[],
             $6::smallint[], $7::smallint[], $8::text[], $9::bigint[])
             ON CONFLICT (whose, month, survey_version, question, value, standing, dimension, member)
             DO UPDATE SET count = period_tallies.count + excluded.count"
        }
    })
    .bind(column(&cells, |(owner, _, _)| owner.owner_id))
    .bind(column(&cells, |(owner, _, _)| owner.period))
    .bind(column(&cells, |(_, cell, _)| cell.survey_version))
    .bind(column(&cells, |(_, cell, _)| cell.question))
    .bind(column(&cells, |(_, cell, _)| cell.value.as_str()))
    .bind(column(&cells, |(_, cell, _)| cell.standing))
    .bind(column(&cells, |(_, cell, _)| cell.dimension))
    .bind(column(&cells, |(_, cell, _)| cell.member.as_str()))
    .bind(column(&cells, |(_, _, count)| *count))
    .execute(connection)
    .await?;
    Ok(())
}

/// Remembers the numbers seen: pairing, block of 32, bits.
pub(super) async fn numbers(connection: &mut Connection, blocks: &[(Uuid, i64, i64)]) -> Result<(), StoreError> {
    if blocks.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO pairing_seq (pairing, block, bits) SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[])
         ON CONFLICT (pairing, block) DO UPDATE SET bits = pairing_seq.bits | excluded.bits",
    )
    .bind(column(blocks, |block| block.0))
    .bind(column(blocks, |block| block.1))
    .bind(column(blocks, |block| block.2))
    .execute(connection)
    .await?;
    Ok(())
}
