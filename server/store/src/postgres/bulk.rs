//! The hot path: what a group of responses asks in one statement, and adds in one, as arrays.
//!
//! A single statement is a transaction of its own, so that a group whose ids are all new is written
//! in two trips to the database and back: the question and the rows. Between the two another server
//! may have stored or deleted one of the ids. The statement fails then, by the key of the table or by
//! `stay_dead` (migration 0015), nothing of it happens, and the group begins anew.

use std::collections::BTreeSet;

use domain::{event::EventSource, flag::Standing, response::Segment, time::Millis};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{CHANNEL, Connection, Postgres, Transaction};
use crate::{
    StoreError,
    additions::{Additions, Look},
    answers,
    burst_detection::Cluster,
    changes::Change,
    tally_deltas::in_key_order,
};

/// One column of many rows.
fn column<T, R>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// A group that has been looked at; nobody is kept from writing yet.
pub(super) struct Begun<'a> {
    store: &'a Postgres,
}

/// Asks what must be known of a group: which of these ids are there or dead, and when the neighbours
/// of these clusters were given.
pub(super) async fn begin<'a>(
    store: &'a Postgres,
    ids: &[Uuid],
    clusters: &[Cluster],
) -> Result<(Begun<'a>, Look), StoreError> {
    let most = clusters.iter().map(|cluster| cluster.pace.most).max().unwrap_or_default();
    let most = i64::try_from(most).unwrap_or(i64::MAX / 2);
    let found: Vec<(Option<Uuid>, Option<i64>, Option<Millis>)> = sqlx::query_as(
        "SELECT id, NULL::bigint AS place, NULL::bigint AS at FROM responses WHERE id = ANY($1)
         UNION ALL SELECT id, NULL, NULL FROM tombstones WHERE id = ANY($1)
         UNION ALL SELECT NULL, asked.place, found.at
         FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[])
            WITH ORDINALITY AS asked (counter, reach_from, until, reach_until, place)
         CROSS JOIN LATERAL (
            (SELECT corrected_at AS at FROM responses
                WHERE coalesce(kiosk, event, venue) = asked.counter AND NOT demo
                AND channel NOT IN ('paper', 'counted', 'spoken')
                AND corrected_at >= asked.reach_from AND corrected_at <= asked.until
                ORDER BY corrected_at DESC LIMIT $6)
            UNION ALL
            (SELECT corrected_at AS at FROM responses
                WHERE coalesce(kiosk, event, venue) = asked.counter AND NOT demo
                AND channel NOT IN ('paper', 'counted', 'spoken')
                AND corrected_at > asked.until AND corrected_at <= asked.reach_until
                ORDER BY corrected_at LIMIT $7)
         ) AS found",
    )
    .bind(ids)
    .bind(column(clusters, |cluster| cluster.counter))
    .bind(column(clusters, Cluster::reach_from))
    .bind(column(clusters, |cluster| cluster.until))
    .bind(column(clusters, Cluster::reach_until))
    .bind(2 * most)
    .bind(most)
    .fetch_all(&store.pool)
    .await?;
    let mut look = Look { neighbours: vec![Vec::new(); clusters.len()], ..Look::default() };
    for (id, place, at) in found {
        look.taken.extend(id);
        // Ordinality counts from 1.
        let times =
            place.and_then(|place| usize::try_from(place - 1).ok()).and_then(|nth| look.neighbours.get_mut(nth));
        if let (Some(times), Some(at)) = (times, at) {
            times.push(at);
        }
    }
    Ok((Begun { store }, look))
}

impl Begun<'_> {
    /// Adds rows, tells of changes, and returns when both are on disk.
    pub(super) async fn write(self, additions: Additions<'_>, changes: BTreeSet<Change>) -> Result<(), StoreError> {
        add(&self.store.pool, &additions, &changes).await
    }

    /// A transaction, where there is more to ask before anything can be written.
    pub(super) async fn transaction(self) -> Result<Transaction, StoreError> {
        self.store.begin().await
    }
}

/// Adds rows.
pub(super) async fn write(connection: &mut Connection, additions: &Additions<'_>) -> Result<(), StoreError> {
    if additions.is_empty() { Ok(()) } else { add(connection, additions, &BTreeSet::new()).await }
}

async fn add(
    executor: impl PgExecutor<'_>,
    additions: &Additions<'_>,
    changes: &BTreeSet<Change>,
) -> Result<(), StoreError> {
    let Additions { responses, comments, flags, days, months, numbers } = additions;
    let answers: Vec<String> =
        responses.iter().map(|item| answers::to_json(&item.response.answers)).collect::<Result<_, _>>()?;
    let (days, months) = (in_key_order(days), in_key_order(months));
    let notices: Vec<String> = changes.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    sqlx::query(
        "WITH new_responses AS (
         INSERT INTO responses (id, survey_version, shown_event, channel, lang, segment, assisted, ended, demo,
         answered_at, offset_ms, age_ms, duration_ms, pairing, venue, kiosk, event, event_source, production,
         corrected_at, received_at, local_day, answers, content_form, content_hash, standing, commented)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bool[],
         $8::text[], $9::bool[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::uuid[],
         $15::uuid[], $16::uuid[], $17::uuid[], $18::text[], $19::uuid[], $20::bigint[], $21::bigint[],
         $22::integer[], $23::text[], $24::smallint[], $25::bytea[], $26::smallint[], $27::bool[])
         ), new_comments AS (
         INSERT INTO comments (response, question, text, may_quote)
         SELECT * FROM unnest($28::uuid[], $29::uuid[], $30::text[], $31::bool[])
         ), new_flags AS (
         INSERT INTO flags (response, flag, set_at) SELECT * FROM unnest($32::uuid[], $33::text[], $34::bigint[])
         ON CONFLICT (response, flag) DO NOTHING
         ), days AS (
         INSERT INTO tallies (subject, local_day, survey_version, question, value, standing, dimension, member, count)
         SELECT * FROM unnest($35::uuid[], $36::integer[], $37::uuid[], $38::uuid[], $39::text[], $40::smallint[],
         $41::smallint[], $42::text[], $43::bigint[])
         ON CONFLICT (subject, local_day, survey_version, question, value, standing, dimension, member)
         DO UPDATE SET count = tallies.count + excluded.count
         ), months AS (
         INSERT INTO period_tallies (whose, month, survey_version, question, value, standing, dimension, member, count)
         SELECT * FROM unnest($44::uuid[], $45::integer[], $46::uuid[], $47::uuid[], $48::text[], $49::smallint[],
         $50::smallint[], $51::text[], $52::bigint[])
         ON CONFLICT (whose, month, survey_version, question, value, standing, dimension, member)
         DO UPDATE SET count = period_tallies.count + excluded.count
         ), numbers AS (
         INSERT INTO pairing_seq (pairing, block, bits) SELECT * FROM unnest($53::uuid[], $54::bigint[], $55::bigint[])
         ON CONFLICT (pairing, block) DO UPDATE SET bits = pairing_seq.bits | excluded.bits
         ) SELECT pg_notify($56, notice) FROM unnest($57::text[]) AS notice",
    )
    .bind(column(responses, |item| item.response.id.0))
    .bind(column(responses, |item| item.response.survey_version.0))
    .bind(column(responses, |item| item.response.event.map(|event| event.0)))
    .bind(column(responses, |item| item.response.channel.as_str()))
    .bind(column(responses, |item| item.response.lang.as_str()))
    .bind(column(responses, |item| item.response.segment.map(Segment::as_str)))
    .bind(column(responses, |item| item.response.assisted))
    .bind(column(responses, |item| item.response.end.as_str()))
    .bind(column(responses, |item| item.response.demo))
    .bind(column(responses, |item| item.response.timing.answered_at))
    .bind(column(responses, |item| item.response.timing.offset_ms))
    .bind(column(responses, |item| item.response.timing.age_ms))
    .bind(column(responses, |item| item.response.timing.duration_ms))
    .bind(column(responses, |item| item.response.pairing.map(|pairing| pairing.0)))
    .bind(column(responses, |item| item.place.venue.0))
    .bind(column(responses, |item| item.place.kiosk.map(|kiosk| kiosk.0)))
    .bind(column(responses, |item| item.place.event.map(|event| event.0)))
    .bind(column(responses, |item| item.place.source.map(EventSource::as_str)))
    .bind(column(responses, |item| item.place.production.map(|production| production.0)))
    .bind(column(responses, |item| item.place.corrected_at))
    .bind(column(responses, |item| item.place.received_at))
    .bind(column(responses, |item| item.place.local_day.0))
    .bind(answers)
    .bind(column(responses, |item| item.content.form))
    .bind(column(responses, |item| item.content.hash.to_vec()))
    .bind(column(responses, |item| Standing::from_flags(&item.flags).code()))
    .bind(column(responses, |item| answers::comments(&item.response.answers).next().is_some()))
    .bind(column(comments, |row| row.0))
    .bind(column(comments, |row| row.1))
    .bind(column(comments, |row| row.2))
    .bind(column(comments, |row| row.3))
    .bind(column(flags, |row| row.0))
    .bind(column(flags, |row| row.1.as_str()))
    .bind(column(flags, |row| row.2))
    .bind(column(&days, |(owner, _, _)| owner.owner_id))
    .bind(column(&days, |(owner, _, _)| owner.period))
    .bind(column(&days, |(_, cell, _)| cell.survey_version))
    .bind(column(&days, |(_, cell, _)| cell.question))
    .bind(column(&days, |(_, cell, _)| cell.value.as_str()))
    .bind(column(&days, |(_, cell, _)| cell.standing))
    .bind(column(&days, |(_, cell, _)| cell.dimension))
    .bind(column(&days, |(_, cell, _)| cell.member.as_str()))
    .bind(column(&days, |(_, _, count)| *count))
    .bind(column(&months, |(owner, _, _)| owner.owner_id))
    .bind(column(&months, |(owner, _, _)| owner.period))
    .bind(column(&months, |(_, cell, _)| cell.survey_version))
    .bind(column(&months, |(_, cell, _)| cell.question))
    .bind(column(&months, |(_, cell, _)| cell.value.as_str()))
    .bind(column(&months, |(_, cell, _)| cell.standing))
    .bind(column(&months, |(_, cell, _)| cell.dimension))
    .bind(column(&months, |(_, cell, _)| cell.member.as_str()))
    .bind(column(&months, |(_, _, count)| *count))
    .bind(column(numbers, |block| block.0))
    .bind(column(numbers, |block| block.1))
    .bind(column(numbers, |block| block.2))
    .bind(CHANNEL)
    .bind(notices)
    .execute(executor)
    .await?;
    Ok(())
}
