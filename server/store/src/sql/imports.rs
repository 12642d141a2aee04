//! Importing a programme: events put aside in pieces, and made events at once.

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use domain::{
    attendance::AttendanceKind,
    id::{EventId, ProductionId, VenueId},
    time::Millis,
    venue_settings::VenueSettings,
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Pool, QueryBuilder, Row};
use uuid::Uuid;

use super::{
    Connection, Db,
    programme::span_of,
    programme_rows::{EventRow, ProductionRow, VenueRow},
    programme_writes::{Regrouped, make_due_after},
    scope::Scoped,
};
use crate::{
    StoreError,
    audit::{Entry, Kind, Verb},
    changes::Change,
    imports::{ImportedEvent, StaffImports, WholeProgramme},
    programme::Production,
    scope::push_list,
};

/// The columns of an event, as they are put aside and taken.
const COLUMNS: &str = "id, code, venue, production, title, doors_at, starts_at, ends_at, window_from, window_until, \
    span_from, span_until, attendance, survey_version, links, external_id, cancelled, attendance_kind, \
    sold_out, notes, segments, revision";

/// So many rows are written at a time: a few milliseconds.
const PIECE: usize = 200;
/// So many lines of the audit log are written with the swap, and so many at a time after it: a server that is killed in
/// between has taken the whole programme, and of a large one not every line.
const LINES: usize = 200;

#[async_trait]
impl StaffImports for Scoped {
    async fn whole_programme(&self) -> Result<WholeProgramme, StoreError> {
        let mut snapshot = self.backend.snapshot().await?;
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM venues WHERE 1 = 1");
        self.scope.narrow(&mut query, "id");
        query.push(" ORDER BY name, id");
        let venues: Vec<SettledVenueRow> = query.build_query_as().persistent(false).fetch_all(&mut *snapshot).await?;
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM events WHERE 1 = 1");
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY starts_at, id");
        let events: Vec<ImportedRow> = query.build_query_as().persistent(false).fetch_all(&mut *snapshot).await?;
        let productions: Vec<ProductionRow> =
            sqlx::query_as("SELECT id, title, kind FROM productions ORDER BY id").fetch_all(&mut *snapshot).await?;
        let codes: Vec<String> = sqlx::query_scalar("SELECT code FROM codes").fetch_all(&mut *snapshot).await?;
        let window = |row: &SettledVenueRow| {
            let settings: VenueSettings = serde_json::from_str(&row.settings)?;
            Ok((VenueId(row.venue.id), settings.window))
        };
        Ok(WholeProgramme {
            windows: venues.iter().map(window).collect::<Result<_, StoreError>>()?,
            venues: venues.into_iter().map(|row| row.venue.try_into()).collect::<Result<_, _>>()?,
            productions: productions.into_iter().map(Production::try_from).collect::<Result<_, _>>()?,
            events: events.into_iter().map(ImportedEvent::try_from).collect::<Result<_, _>>()?,
            codes: codes.into_iter().collect::<BTreeSet<_>>(),
        })
    }

    async fn imported_event(&self, id: EventId) -> Result<Option<ImportedEvent>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM events WHERE id = ");
        query.push_bind(id.0);
        self.scope.narrow(&mut query, "venue");
        let row: Option<ImportedRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_optional(self.reader()).await?;
        row.map(ImportedEvent::try_from).transpose()
    }

    async fn stage_events(&self, import: Uuid, events: &[ImportedEvent], at: Millis) -> Result<(), StoreError> {
        for piece in events.chunks(PIECE) {
            let mut rows = Vec::with_capacity(piece.len());
            for one in piece {
                let words = [serde_json::to_string(&one.event.title)?, serde_json::to_string(&one.event.links)?];
                rows.push((one, words, serde_json::to_string(&one.segments)?));
            }
            let mut query =
                QueryBuilder::<Db>::new(format!("INSERT INTO staged_events (import, staged_at, {COLUMNS}) "));
            query.push_values(rows, |mut row, (one, [title, links], segments)| {
                let event = &one.event;
                let span = span_of(event);
                row.push_bind(import).push_bind(at).push_bind(event.id.0).push_bind(event.code.clone());
                row.push_bind(event.venue.0)
                    .push_bind(event.production.map(|production| production.0))
                    .push_bind(title);
                row.push_bind(event.doors_at).push_bind(event.starts_at).push_bind(event.ends_at);
                row.push_bind(event.window.from).push_bind(event.window.until);
                row.push_bind(span.from).push_bind(span.until);
                row.push_bind(event.attendance.map(i64::from)).push_bind(event.survey_version.0).push_bind(links);
                row.push_bind(one.external_id.clone()).push_bind(one.cancelled);
                row.push_bind(one.attendance_kind.map(AttendanceKind::as_str));
                row.push_bind(one.sold_out).push_bind(one.notes.clone()).push_bind(segments).push_bind(one.revision);
            });
            let mut tx = self.write().await?;
            query.build().persistent(false).execute(tx.connection()).await?;
            tx.commit_piece().await?;
        }
        Ok(())
    }

    async fn apply_import(&self, import: Uuid, productions: &[Production]) -> Result<bool, StoreError> {
        // In pieces: without the events that follow they are nothing to anybody, and every answer waits for the swap.
        self.add_productions(productions).await?;
        let applied = match self.reserve_codes(import).await {
            // Read before the swap, which nobody should wait for longer than it takes.
            Ok(()) => match told(self.reader(), import, productions).await {
                Ok(entries) => self.apply(import, entries).await,
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        if !matches!(applied, Ok(true)) {
            self.remove_unused(productions).await?;
        }
        applied
    }

    async fn clear_import(&self, import: Uuid, before: Millis) -> Result<(), StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "DELETE FROM codes WHERE NOT EXISTS (SELECT 1 FROM events WHERE id = codes.subject)
             AND subject IN (SELECT id FROM staged_events WHERE (import = ",
        );
        query.push_bind(import).push(" OR staged_at < ").push_bind(before).push(")");
        self.scope.narrow(&mut query, "venue");
        query.push(")");
        let mut tx = self.write().await?;
        query.build().persistent(false).execute(tx.connection()).await?;
        tx.commit_piece().await?;
        loop {
            let mut tx = self.write().await?;
            // A piece at a time: what was put aside may be a whole season.
            let mut query = QueryBuilder::<Db>::new(
                "DELETE FROM staged_events WHERE (import, id) IN (SELECT import, id FROM staged_events WHERE (import = ",
            );
            query.push_bind(import).push(" OR staged_at < ").push_bind(before).push(")");
            self.scope.narrow(&mut query, "venue");
            query.push(" LIMIT 1000)");
            let done = query.build().persistent(false).execute(tx.connection()).await?;
            tx.commit_piece().await?;
            if done.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}

impl Scoped {
    async fn add_productions(&self, productions: &[Production]) -> Result<(), StoreError> {
        for piece in productions.chunks(PIECE) {
            let mut titles = Vec::with_capacity(piece.len());
            for production in piece {
                titles.push((production.id.0, serde_json::to_string(&production.title)?));
            }
            let mut query = QueryBuilder::<Db>::new("INSERT INTO productions (id, title) ");
            query.push_values(titles, |mut row, (id, title)| {
                row.push_bind(id).push_bind(title);
            });
            query.push(" ON CONFLICT (id) DO NOTHING");
            let mut tx = self.write().await?;
            query.build().persistent(false).execute(tx.connection()).await?;
            tx.commit_piece().await?;
        }
        Ok(())
    }

    /// Takes back productions that an import was to bring along. Where nobody does it, a later import finds them by title.
    async fn remove_unused(&self, productions: &[Production]) -> Result<(), StoreError> {
        for piece in productions.chunks(PIECE) {
            let mut query = QueryBuilder::<Db>::new("DELETE FROM productions WHERE id IN ");
            push_list(&mut query, piece.iter().map(|production| production.id.0));
            query.push(" AND NOT EXISTS (SELECT 1 FROM events WHERE production = productions.id)");
            let mut tx = self.write().await?;
            query.build().persistent(false).execute(tx.connection()).await?;
            tx.commit_piece().await?;
        }
        Ok(())
    }

    /// The codes of events that are still to come: until then they open nothing.
    async fn reserve_codes(&self, import: Uuid) -> Result<(), StoreError> {
        loop {
            let mut query = QueryBuilder::<Db>::new(
                "INSERT INTO codes (code, subject) SELECT lower(code), id FROM staged_events WHERE import = ",
            );
            query.push_bind(import);
            self.scope.narrow(&mut query, "venue");
            query.push(" AND NOT EXISTS (SELECT 1 FROM codes WHERE subject = staged_events.id) LIMIT 1000");
            let mut tx = self.write().await?;
            let done = query.build().persistent(false).execute(tx.connection()).await?;
            tx.commit_piece().await?;
            if done.rows_affected() == 0 {
                return Ok(());
            }
        }
    }

    /// What has to be at once. False, and nothing done, where not all of it may be.
    async fn apply(&self, import: Uuid, mut entries: Vec<Entry>) -> Result<bool, StoreError> {
        // Ten thousand lines of the log would hold up answers for longer than the swap itself.
        let mut later = entries.split_off(entries.len().min(LINES));
        // Read before, for the same reason: an event that somebody changes meanwhile ends the import.
        let differing = differing(self.reader(), import).await?;
        let is_regrouped = differing.contains(&"production");
        let regrouped = if is_regrouped { regrouped(self.reader(), import).await? } else { Vec::new() };
        let mut tx = self.write().await?;
        if !self.swap(tx.connection(), import, &differing).await? {
            return Ok(false);
        }
        make_due_after(tx.connection(), &regrouped).await?;
        tx.record_all(entries).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        while !later.is_empty() {
            let rest = later.split_off(later.len().min(LINES));
            let mut tx = self.write().await?;
            tx.record_all(later).await?;
            tx.commit_piece().await?;
            later = rest;
        }
        Ok(true)
    }

    /// Makes events of what was put aside, in one statement. False where not all of it may be.
    async fn swap(&self, connection: &mut Connection, import: Uuid, differing: &[&str]) -> Result<bool, StoreError> {
        let staged: i64 = sqlx::query_scalar("SELECT count(*) FROM staged_events WHERE import = $1")
            .bind(import)
            .fetch_one(&mut *connection)
            .await?;
        let mut query = QueryBuilder::<Db>::new(format!(
            "INSERT INTO events ({COLUMNS}) SELECT {COLUMNS} FROM staged_events WHERE import = "
        ));
        query.push_bind(import);
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY id ON CONFLICT (id) DO UPDATE SET ");
        for column in differing {
            query.push(format_args!("{column} = excluded.{column}, "));
        }
        query.push("revision = events.revision + 1 WHERE events.revision = excluded.revision");
        self.scope.narrow(&mut query, "events.venue");
        let done = query.build().persistent(false).execute(&mut *connection).await?;
        Ok(i64::try_from(done.rows_affected()).ok() == Some(staged))
    }
}

/// In which columns any event differs from what was put aside for it: an index of the others is left alone.
async fn differing(reader: &Pool<Db>, import: Uuid) -> Result<Vec<&'static str>, StoreError> {
    let columns: Vec<&str> = COLUMNS.split(", ").filter(|column| !["id", "revision"].contains(column)).collect();
    let counts: Vec<String> = columns
        .iter()
        .map(|column| format!("count(*) FILTER (WHERE events.{column} IS DISTINCT FROM staged.{column}) > 0"))
        .collect();
    // Names that the program itself chose, no data.
    let sql = AssertSqlSafe(format!(
        "SELECT {} FROM staged_events AS staged JOIN events ON events.id = staged.id WHERE staged.import = $1",
        counts.join(", ")
    ));
    let row = sqlx::query(sql).bind(import).fetch_one(reader).await?;
    let mut differing = Vec::new();
    for (nth, column) in columns.into_iter().enumerate() {
        if row.try_get::<bool, _>(nth)? {
            differing.push(column);
        }
    }
    Ok(differing)
}

/// What the audit log is told of an import: each event that is new or otherwise than before, and each new production.
async fn told(reader: &Pool<Db>, import: Uuid, productions: &[Production]) -> Result<Vec<Entry>, StoreError> {
    let mut found = Vec::with_capacity(2);
    for sql in [
        "SELECT * FROM events WHERE id IN (SELECT id FROM staged_events WHERE import = $1)",
        "SELECT * FROM staged_events WHERE import = $1 ORDER BY starts_at, id",
    ] {
        let rows: Vec<ImportedRow> = sqlx::query_as(sql).bind(import).fetch_all(reader).await?;
        found.push(rows.into_iter().map(ImportedEvent::try_from).collect::<Result<Vec<_>, _>>()?);
    }
    let after = found.pop().unwrap_or_default();
    let before = found.pop().unwrap_or_default();
    let before: HashMap<EventId, ImportedEvent> = before.into_iter().map(|one| (one.event.id, one)).collect();
    let event = |one: ImportedEvent| {
        let (id, before) = (one.event.id, before.get(&one.event.id));
        let entry = match before {
            None => Entry::added(Kind::Event, id, &fields_of(&one)),
            Some(before) if one.cancelled && !before.cancelled => {
                Entry::did(Verb::Cancelled, Kind::Event, id).with(&fields_of(before), &fields_of(&one))
            }
            Some(before) => Entry::changed(Kind::Event, id, &fields_of(before), &fields_of(&one)),
        };
        entry.named(one.event.code)
    };
    let production = |one: &Production| Entry::added(Kind::Production, one.id, &json!({ "title": one.title }));
    Ok(productions.iter().map(production).chain(after.into_iter().map(event)).collect())
}

/// An event as the audit log tells it.
fn fields_of(one: &ImportedEvent) -> Value {
    let mut fields = json!(one.event);
    if let Some(fields) = fields.as_object_mut() {
        fields.insert("external_id".to_owned(), json!(one.external_id));
        fields.insert("cancelled".to_owned(), json!(one.cancelled));
        fields.insert("attendance_kind".to_owned(), json!(one.attendance_kind.map(AttendanceKind::as_str)));
        fields.insert("sold_out".to_owned(), json!(one.sold_out));
        fields.insert("notes".to_owned(), json!(one.notes));
        fields.insert("segments".to_owned(), json!(one.segments));
    }
    fields
}

/// The events that will be evenings of another production, as far as anybody has answered about them.
async fn regrouped(reader: &Pool<Db>, import: Uuid) -> Result<Vec<Regrouped>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT events.id, events.production, staged_events.production FROM staged_events
         JOIN events ON events.id = staged_events.id
         WHERE staged_events.production IS DISTINCT FROM events.production
         AND EXISTS (SELECT 1 FROM tallies WHERE subject = events.id) AND import = ",
    );
    query.push_bind(import);
    let rows: Vec<(Uuid, Option<Uuid>, Option<Uuid>)> = query.build_query_as().fetch_all(reader).await?;
    let regrouped = |(event, before, now): (Uuid, Option<Uuid>, Option<Uuid>)| Regrouped {
        event: EventId(event),
        productions: [before, now].map(|production| production.map(ProductionId)),
    };
    Ok(rows.into_iter().map(regrouped).collect())
}

#[derive(sqlx::FromRow)]
struct SettledVenueRow {
    #[sqlx(flatten)]
    venue: VenueRow,
    settings: String,
}

#[derive(sqlx::FromRow)]
struct ImportedRow {
    #[sqlx(flatten)]
    event: EventRow,
    external_id: Option<String>,
    cancelled: bool,
    attendance_kind: Option<String>,
    sold_out: bool,
    notes: String,
    segments: String,
    revision: i64,
}

impl TryFrom<ImportedRow> for ImportedEvent {
    type Error = StoreError;

    fn try_from(row: ImportedRow) -> Result<Self, StoreError> {
        let kind = |word: String| {
            AttendanceKind::from_name(&word).ok_or_else(|| StoreError::unknown_word("attendance", &word))
        };
        Ok(Self {
            event: row.event.try_into()?,
            external_id: row.external_id,
            cancelled: row.cancelled,
            attendance_kind: row.attendance_kind.map(kind).transpose()?,
            sold_out: row.sold_out,
            notes: row.notes,
            segments: serde_json::from_str(&row.segments)?,
            revision: row.revision,
        })
    }
}
