//! What is written of the programme, by staff and by the program itself, and what follows for later days.

use std::collections::BTreeSet;

use domain::{
    event::Venue,
    id::{EventId, ProductionId},
    time::LocalDay,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Connection, Db, FOR_UPDATE, doubt::make_later_due, write_tx::WriteTx};
use crate::{StoreError, changes::Change, programme::Production, scope::push_list};

/// So many events are looked up at a time.
const PIECE: usize = 200;

/// The production of an event that is there.
pub(super) async fn production_of(
    connection: &mut Connection,
    event: EventId,
) -> Result<Option<Option<ProductionId>>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT production FROM events WHERE id = ");
    query.push_bind(event.0).push(FOR_UPDATE);
    let production: Option<Option<Uuid>> = query.build_query_scalar().fetch_optional(connection).await?;
    Ok(production.map(|production| production.map(ProductionId)))
}

/// An event that may be one evening of another production than before.
pub(super) struct Regrouped {
    pub(super) event: EventId,
    /// before and now
    pub(super) productions: [Option<ProductionId>; 2],
}

/// What both productions of an event were answered with is no more what later days were judged against.
pub(super) async fn make_due_after(connection: &mut Connection, events: &[Regrouped]) -> Result<(), StoreError> {
    let regrouped: Vec<&Regrouped> = events.iter().filter(|one| one.productions[0] != one.productions[1]).collect();
    for piece in regrouped.chunks(PIECE) {
        let mut query = QueryBuilder::<Db>::new("SELECT subject, min(local_day) FROM tallies WHERE subject IN ");
        push_list(&mut query, piece.iter().map(|one| one.event.0));
        query.push(" GROUP BY subject");
        let days: Vec<(Uuid, i32)> = query.build_query_as().persistent(false).fetch_all(&mut *connection).await?;
        let Some(first) = days.iter().map(|(_, day)| *day).min() else { continue };
        let answered = piece.iter().filter(|one| days.iter().any(|(subject, _)| *subject == one.event.0));
        let productions: BTreeSet<ProductionId> = answered.flat_map(|one| one.productions).flatten().collect();
        make_later_due(&mut *connection, LocalDay(first), &productions.into_iter().collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Saves a production.
pub(super) async fn save_production(tx: &mut WriteTx<'_>, production: &Production) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO productions (id, title, kind) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind",
    )
    .bind(production.id.0)
    .bind(serde_json::to_string(&production.title)?)
    .bind(production.kind.as_str())
    .execute(tx.connection())
    .await?;
    tx.announce(Change::Programme);
    Ok(())
}

/// Saves a venue and makes its code open it.
pub(super) async fn save_venue(tx: &mut WriteTx<'_>, venue: &Venue) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO venues (id, code, name, time_zone, languages, survey_version) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name,
         time_zone = excluded.time_zone, languages = excluded.languages,
         survey_version = excluded.survey_version",
    )
    .bind(venue.id.0)
    .bind(&venue.code)
    .bind(&venue.name)
    .bind(&venue.time_zone)
    .bind(serde_json::to_string(&venue.languages)?)
    .bind(venue.survey_version.0)
    .execute(tx.connection())
    .await?;
    take_code(tx, &venue.code, venue.id.0).await?;
    tx.announce(Change::Programme);
    Ok(())
}

/// Makes a code, the one on posters, open a subject. A code that opens another one is refused.
pub(super) async fn take_code(tx: &mut WriteTx<'_>, code: &str, subject: Uuid) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM codes WHERE subject = $1 AND channel = 'qr'")
        .bind(subject)
        .execute(tx.connection())
        .await?;
    sqlx::query("INSERT INTO codes (code, subject) VALUES ($1, $2)")
        .bind(code.to_lowercase())
        .bind(subject)
        .execute(tx.connection())
        .await?;
    Ok(())
}
