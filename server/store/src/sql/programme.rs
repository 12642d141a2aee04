//! Venues, productions and events.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::{
    attendance::AttendanceKind,
    event::{Event, Venue, Window},
    id::{EventId, VenueId},
    survey::Collection,
    time::Millis,
    venue_settings::VenueSettings,
};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    Backend, Connection, Db, FOR_UPDATE,
    doubt::make_due,
    programme_rows::{EventRow, ProductionRow, VenueRow},
    programme_writes::{Regrouped, make_due_after, production_of, save_production, save_venue, take_code},
    scope::Scoped,
};
use crate::{
    Scope, StoreError,
    audit::{Entry, Kind},
    changes::Change,
    codes::Codes,
    programme::{Coded, EventDeleted, Production, Programme, StaffProgramme, VenueSaved},
    scope::push_list,
    surveys::read_collection,
};

/// So many ids stand in one statement.
const IDS: usize = 500;

/// Whether anybody has answered about an event.
const ANSWERED: &str = "SELECT EXISTS (SELECT 1 FROM responses WHERE event = $1)
    OR EXISTS (SELECT 1 FROM conflicts WHERE event = $1)";

#[async_trait]
impl Programme for Backend {
    async fn save_venue(&self, venue: &Venue) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        save_venue(&mut tx, venue).await?;
        tx.commit().await
    }

    async fn save_production(&self, production: &Production) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        save_production(&mut tx, production).await?;
        tx.commit().await
    }

    async fn save_event(&self, event: &Event) -> Result<(), StoreError> {
        let (Window { from, until }, span) = (event.window, span_of(event));
        let mut tx = self.write().await?;
        let before = production_of(tx.connection(), event.id).await?;
        sqlx::query(
            "INSERT INTO events (id, code, venue, production, title, doors_at, starts_at, ends_at, window_from,
             window_until, span_from, span_until, attendance, survey_version, links)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (id) DO UPDATE SET code = excluded.code, venue = excluded.venue,
             production = excluded.production, title = excluded.title, doors_at = excluded.doors_at,
             starts_at = excluded.starts_at, ends_at = excluded.ends_at, window_from = excluded.window_from,
             window_until = excluded.window_until, span_from = excluded.span_from,
             span_until = excluded.span_until, attendance = excluded.attendance,
             survey_version = excluded.survey_version, links = excluded.links",
        )
        .bind(event.id.0)
        .bind(&event.code)
        .bind(event.venue.0)
        .bind(event.production.map(|production| production.0))
        .bind(serde_json::to_string(&event.title)?)
        .bind(event.doors_at)
        .bind(event.starts_at)
        .bind(event.ends_at)
        .bind(from)
        .bind(until)
        .bind(span.from)
        .bind(span.until)
        .bind(event.attendance.map(i64::from))
        .bind(event.survey_version.0)
        .bind(serde_json::to_string(&event.links)?)
        .execute(tx.connection())
        .await?;
        take_code(&mut tx, &event.code, event.id.0).await?;
        let moved = before.map(|before| Regrouped { event: event.id, productions: [before, event.production] });
        make_due_after(tx.connection(), moved.as_slice()).await?;
        tx.announce(Change::Programme);
        tx.commit().await
    }

    async fn venue(&self, id: VenueId) -> Result<Option<Venue>, StoreError> {
        self.read_venue(&Scope::All, id).await
    }

    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.read_event(&Scope::All, id).await
    }

    async fn coded(&self, code: &str) -> Result<Option<Coded>, StoreError> {
        Ok(self.issued(code).await?.map(|issued| issued.opens))
    }

    async fn events(&self, venue: VenueId, span: Window) -> Result<Vec<Event>, StoreError> {
        let mut query = touching(span);
        // What does not take place is nothing to show, and no answer is about it unless its code says so.
        query.push(" AND NOT cancelled AND venue = ").push_bind(venue.0).push(" ORDER BY starts_at, id");
        self.read_events(query, &Scope::All).await
    }

    async fn venue_settings(&self, venue: VenueId) -> Result<VenueSettings, StoreError> {
        Ok(self.read_settings(&Scope::All, venue).await?.unwrap_or_default())
    }
}

/// How many were at an event, as the audit log tells it.
async fn attendance_of(connection: &mut Connection, event: EventId) -> Result<Value, StoreError> {
    let row: Option<(Option<i64>, Option<String>)> =
        sqlx::query_as("SELECT attendance, attendance_kind FROM events WHERE id = $1")
            .bind(event.0)
            .fetch_optional(connection)
            .await?;
    let (attendance, kind) = row.unwrap_or_default();
    Ok(json!({ "attendance": attendance, "attendance_kind": kind }))
}

#[async_trait]
impl StaffProgramme for Scoped {
    async fn venues(&self) -> Result<Vec<Venue>, StoreError> {
        let mut query = QueryBuilder::new("SELECT * FROM venues WHERE 1 = 1");
        self.scope.narrow(&mut query, "id");
        query.push(" ORDER BY name, id");
        let rows: Vec<VenueRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(Venue::try_from).collect()
    }

    async fn productions(&self) -> Result<Vec<Production>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, title, kind FROM productions WHERE 1 = 1");
        if !self.scope.is_everything() {
            query.push(" AND id IN (SELECT production FROM events WHERE production IS NOT NULL");
            self.scope.narrow(&mut query, "venue");
            query.push(")");
        }
        query.push(" ORDER BY id");
        let rows: Vec<ProductionRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(Production::try_from).collect()
    }

    async fn venue(&self, id: VenueId) -> Result<Option<Venue>, StoreError> {
        self.backend.read_venue(&self.scope, id).await
    }

    async fn save_production(&self, production: &Production) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        let before: Option<ProductionRow> = sqlx::query_as("SELECT id, title, kind FROM productions WHERE id = $1")
            .bind(production.id.0)
            .fetch_optional(tx.connection())
            .await?;
        let before = before.map(Production::try_from).transpose()?;
        save_production(&mut tx, production).await?;
        let told = |one: &Production| json!({ "title": one.title, "kind": one.kind });
        tx.record(match before {
            Some(before) => Entry::changed(Kind::Production, production.id, &told(&before), &told(production)),
            None => Entry::added(Kind::Production, production.id, &told(production)),
        })
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn save_venue(&self, venue: &Venue) -> Result<VenueSaved, StoreError> {
        let mut tx = self.write().await?;
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM venues WHERE id = ");
        query.push_bind(venue.id.0);
        self.scope.narrow(&mut query, "id");
        let before: Option<VenueRow> = query.build_query_as().persistent(false).fetch_optional(tx.connection()).await?;
        let before = before.map(Venue::try_from).transpose()?;
        if before.is_none() && !self.scope.is_everything() {
            return Ok(VenueSaved::NotThere);
        }
        let taken: i64 = sqlx::query_scalar("SELECT count(*) FROM codes WHERE code = $1 AND subject <> $2")
            .bind(venue.code.to_lowercase())
            .bind(venue.id.0)
            .fetch_one(tx.connection())
            .await?;
        if taken > 0 {
            return Ok(VenueSaved::CodeTaken);
        }
        save_venue(&mut tx, venue).await?;
        let entry = match before {
            Some(before) => Entry::changed(Kind::Venue, venue.id, &before, venue),
            None => Entry::added(Kind::Venue, venue.id, venue),
        };
        tx.record(entry.named(&venue.name)).await?;
        tx.commit().await?;
        Ok(VenueSaved::Saved)
    }

    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.backend.read_event(&self.scope, id).await
    }

    async fn has_answers(&self, id: EventId) -> Result<bool, StoreError> {
        if self.backend.read_event(&self.scope, id).await?.is_none() {
            return Ok(false);
        }
        Ok(sqlx::query_scalar(ANSWERED).bind(id.0).fetch_one(self.reader()).await?)
    }

    async fn delete_event(&self, id: EventId) -> Result<EventDeleted, StoreError> {
        let mut tx = self.write().await?;
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM events WHERE id = ");
        query.push_bind(id.0);
        self.scope.narrow(&mut query, "venue");
        query.push(FOR_UPDATE);
        let row: Option<EventRow> = query.build_query_as().persistent(false).fetch_optional(tx.connection()).await?;
        let Some(row) = row else { return Ok(EventDeleted::NotThere) };
        if sqlx::query_scalar(ANSWERED).bind(id.0).fetch_one(tx.connection()).await? {
            return Ok(EventDeleted::HasAnswers);
        }
        for sql in ["DELETE FROM codes WHERE subject = $1", "DELETE FROM events WHERE id = $1"] {
            sqlx::query(sql).bind(id.0).execute(tx.connection()).await?;
        }
        let event = Event::try_from(row)?;
        tx.record(Entry::removed(Kind::Event, id, &event).named(&event.code)).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(EventDeleted::Deleted)
    }

    async fn events(&self, span: Window) -> Result<Vec<Event>, StoreError> {
        let mut query = touching(span);
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY starts_at, id");
        self.backend.read_events(query, &self.scope).await
    }

    async fn cancelled_among(&self, events: &[EventId]) -> Result<BTreeSet<EventId>, StoreError> {
        let mut cancelled = BTreeSet::new();
        for events in events.chunks(IDS) {
            let mut query = QueryBuilder::<Db>::new("SELECT id FROM events WHERE cancelled AND id IN ");
            push_list(&mut query, events.iter().map(|event| event.0));
            self.scope.narrow(&mut query, "venue");
            let ids: Vec<Uuid> = query.build_query_scalar().persistent(false).fetch_all(self.reader()).await?;
            cancelled.extend(ids.into_iter().map(EventId));
        }
        Ok(cancelled)
    }

    async fn event_and_collection(&self, id: EventId) -> Result<Option<(Event, Collection)>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT events.*, collection FROM events JOIN survey_versions ON survey_versions.id = events.survey_version
             JOIN surveys ON surveys.id = survey_versions.survey WHERE events.id = ",
        );
        query.push_bind(id.0);
        self.scope.narrow(&mut query, "venue");
        let row: Option<AskedRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_optional(self.reader()).await?;
        row.map(|row| Ok((Event::try_from(row.event)?, read_collection(&row.collection)?))).transpose()
    }

    async fn last_events(&self, at: Millis, limit: u32) -> Result<Vec<Event>, StoreError> {
        let mut query = QueryBuilder::new("SELECT * FROM events WHERE ends_at < ");
        query.push_bind(at);
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY ends_at DESC, id LIMIT ").push_bind(i64::from(limit));
        self.backend.read_events(query, &self.scope).await
    }

    async fn set_attendance(
        &self,
        id: EventId,
        attendance: Option<u32>,
        kind: Option<AttendanceKind>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let before = attendance_of(tx.connection(), id).await?;
        let mut query = QueryBuilder::<Db>::new("UPDATE events SET attendance = ");
        query.push_bind(attendance.map(i64::from)).push(", attendance_kind = ");
        query.push_bind(kind.map(AttendanceKind::as_str)).push(", revision = revision + 1 WHERE id = ").push_bind(id.0);
        self.scope.narrow(&mut query, "venue");
        let done = query.build().persistent(false).execute(tx.connection()).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let after = json!({ "attendance": attendance, "attendance_kind": kind.map(AttendanceKind::as_str) });
        tx.record(Entry::changed(Kind::Event, id, &before, &after)).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(true)
    }

    async fn venue_settings(&self) -> Result<BTreeMap<VenueId, VenueSettings>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, settings FROM venues WHERE 1 = 1");
        self.scope.narrow(&mut query, "id");
        let rows: Vec<(Uuid, String)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(|(id, settings)| Ok((VenueId(id), serde_json::from_str(&settings)?))).collect()
    }

    async fn settings_of(&self, venue: VenueId) -> Result<Option<VenueSettings>, StoreError> {
        self.backend.read_settings(&self.scope, venue).await
    }

    async fn set_venue_settings(&self, venue: VenueId, settings: &VenueSettings) -> Result<bool, StoreError> {
        let before = self.settings_of(venue).await?;
        let mut tx = self.write().await?;
        let mut query = QueryBuilder::<Db>::new("UPDATE venues SET settings = ");
        query.push_bind(serde_json::to_string(settings)?).push(" WHERE id = ").push_bind(venue.0);
        self.scope.narrow(&mut query, "id");
        let done = query.build().persistent(false).execute(tx.connection()).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        tx.record(Entry::changed(Kind::Venue, venue, &before, settings)).await?;
        if before.is_none_or(|before| before.burst != settings.burst) {
            make_due(tx.connection(), Some(venue)).await?;
        }
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(true)
    }
}

impl Backend {
    async fn read_venue(&self, scope: &Scope, id: VenueId) -> Result<Option<Venue>, StoreError> {
        let mut query = QueryBuilder::new("SELECT * FROM venues WHERE id = ");
        query.push_bind(id.0);
        scope.narrow(&mut query, "id");
        let row: Option<VenueRow> =
            query.build_query_as().persistent(scope.is_everything()).fetch_optional(self.reader()).await?;
        row.map(Venue::try_from).transpose()
    }

    async fn read_event(&self, scope: &Scope, id: EventId) -> Result<Option<Event>, StoreError> {
        let mut query = QueryBuilder::new("SELECT * FROM events WHERE id = ");
        query.push_bind(id.0);
        scope.narrow(&mut query, "venue");
        let row: Option<EventRow> =
            query.build_query_as().persistent(scope.is_everything()).fetch_optional(self.reader()).await?;
        row.map(Event::try_from).transpose()
    }

    pub(super) async fn read_events(
        &self,
        mut query: QueryBuilder<Db>,
        scope: &Scope,
    ) -> Result<Vec<Event>, StoreError> {
        let rows: Vec<EventRow> =
            query.build_query_as().persistent(scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(Event::try_from).collect()
    }

    async fn read_settings(&self, scope: &Scope, venue: VenueId) -> Result<Option<VenueSettings>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT settings FROM venues WHERE id = ");
        query.push_bind(venue.0);
        scope.narrow(&mut query, "id");
        let settings: Option<String> =
            query.build_query_scalar().persistent(scope.is_everything()).fetch_optional(self.reader()).await?;
        Ok(settings.map(|settings| serde_json::from_str(&settings)).transpose()?)
    }
}

/// From the earliest of doors, start and window to the latest of end and window.
pub(super) fn span_of(event: &Event) -> Window {
    let Window { from, until } = event.window;
    let begins = event.doors_at.unwrap_or(event.starts_at).min(event.starts_at);
    Window { from: begins.min(from), until: event.ends_at.max(until) }
}

/// Begins a query over events whose span touches another.
fn touching(span: Window) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::new("SELECT * FROM events WHERE span_until >= ");
    query.push_bind(span.from).push(" AND span_from <= ").push_bind(span.until);
    query
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    #[sqlx(flatten)]
    event: EventRow,
    collection: String,
}
