//! Reading responses back, by id.

use std::collections::HashMap;

use domain::{
    event::EventSource,
    flag::Flag,
    id::{EventId, KioskId, PairingId, ProductionId, ResponseId, SurveyVersionId, VenueId},
    response::{Channel, End, Response, Segment, Timing},
    time::{LocalDay, Millis},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Connection, Db, FOR_UPDATE};
use crate::{
    StoreError, answers,
    responses::{Page, Placement, StoredResponse},
};

/// Responses in the order of their ids, after `after`, at most `limit`.
pub(super) async fn page(connection: &mut Connection, after: Option<Uuid>, limit: u32) -> Result<Page, StoreError> {
    let after = after.unwrap_or_default();
    let rows: Vec<ResponseRow> = sqlx::query_as("SELECT * FROM responses WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await?;
    let Some(last) = rows.last().map(|row| row.id) else { return Ok(Page::default()) };
    let flags: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT response, flag FROM flags WHERE response > $1 AND response <= $2 AND lifted_at IS NULL ORDER BY flag",
    )
    .bind(after)
    .bind(last)
    .fetch_all(&mut *connection)
    .await?;
    let mut by_response: HashMap<Uuid, Vec<Flag>> = HashMap::new();
    for (response, word) in flags {
        by_response.entry(response).or_default().push(flag(&word)?);
    }
    let full = u32::try_from(rows.len()).is_ok_and(|found| found >= limit);
    let responses = rows.into_iter().map(|row| {
        let flags = by_response.remove(&row.id).unwrap_or_default();
        row.read(flags)
    });
    Ok(Page { responses: responses.collect::<Result<_, _>>()?, next: full.then_some(last) })
}

/// One response as it is now, kept for the writer who asks until its transaction ends.
pub(super) async fn locked(connection: &mut Connection, id: Uuid) -> Result<Option<Locked>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT * FROM responses WHERE id = ");
    query.push_bind(id).push(FOR_UPDATE);
    let row: Option<ResponseRow> = query.build_query_as().fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let (content_form, content_hash) = (row.content_form, row.content_hash.clone());
    let flags = flags(connection, id).await?;
    Ok(Some(Locked { stored: row.read(flags)?, content_form, content_hash }))
}

/// A response that nobody else changes for now.
pub(super) struct Locked {
    /// what it says
    pub(super) stored: StoredResponse,
    /// the form that was hashed
    pub(super) content_form: i16,
    /// the hash of its content
    pub(super) content_hash: Vec<u8>,
}

/// The doubts about one response that have not been lifted.
pub(super) async fn flags(connection: &mut Connection, id: Uuid) -> Result<Vec<Flag>, StoreError> {
    let words: Vec<String> =
        sqlx::query_scalar("SELECT flag FROM flags WHERE response = $1 AND lifted_at IS NULL ORDER BY flag")
            .bind(id)
            .fetch_all(connection)
            .await?;
    words.iter().map(|word| flag(word)).collect()
}

fn flag(word: &str) -> Result<Flag, StoreError> {
    Flag::from_name(word).ok_or_else(|| StoreError::unknown_word("flag", word))
}

#[derive(sqlx::FromRow)]
struct ResponseRow {
    id: Uuid,
    survey_version: Uuid,
    shown_event: Option<Uuid>,
    channel: String,
    lang: String,
    segment: Option<String>,
    assisted: bool,
    ended: String,
    demo: bool,
    answered_at: Millis,
    offset_ms: Option<Millis>,
    age_ms: Option<Millis>,
    duration_ms: Option<Millis>,
    pairing: Option<Uuid>,
    venue: Uuid,
    kiosk: Option<Uuid>,
    event: Option<Uuid>,
    event_source: Option<String>,
    production: Option<Uuid>,
    corrected_at: Millis,
    received_at: Millis,
    local_day: i32,
    answers: String,
    content_form: i16,
    content_hash: Vec<u8>,
}

impl ResponseRow {
    fn read(self, flags: Vec<Flag>) -> Result<StoredResponse, StoreError> {
        let response = Response {
            id: ResponseId(self.id),
            survey_version: SurveyVersionId(self.survey_version),
            event: self.shown_event.map(EventId),
            channel: named("channel", &self.channel, Channel::from_name)?,
            lang: named("language", &self.lang, |tag| tag.parse().ok())?,
            segment: self.segment.map(|segment| named("segment", &segment, Segment::from_name)).transpose()?,
            assisted: self.assisted,
            end: named("end", &self.ended, End::from_name)?,
            demo: self.demo,
            timing: Timing {
                answered_at: self.answered_at,
                offset_ms: self.offset_ms,
                age_ms: self.age_ms,
                duration_ms: self.duration_ms,
            },
            pairing: self.pairing.map(PairingId),
            // Never stored with a response: `pairing_seq` says why.
            seq: None,
            // Stands with the comments, which are not read here.
            may_quote: false,
            answers: answers::from_json(&self.answers)?,
        };
        let source = self.event_source.map(|source| named("event source", &source, EventSource::from_name));
        let place = Placement {
            venue: VenueId(self.venue),
            kiosk: self.kiosk.map(KioskId),
            event: self.event.map(EventId),
            source: source.transpose()?,
            production: self.production.map(ProductionId),
            corrected_at: self.corrected_at,
            received_at: self.received_at,
            local_day: LocalDay(self.local_day),
        };
        Ok(StoredResponse { response, place, flags })
    }
}

fn named<T>(what: &str, word: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    read(word).ok_or_else(|| StoreError::unknown_word(what, word))
}
