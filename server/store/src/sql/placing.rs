//! Answers that the programme placed, and where it places them now.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_trait::async_trait;
use domain::{
    event::{EventSource, Subject, Window},
    flag::{Flag, Standing},
    id::{ProductionId, ResponseId, VenueId},
    time::{LocalDay, Millis},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    Connection, Db, bulk, comments, doubt::make_later_due, insert_row::insert_row, response_rows, scope::Scoped,
    write_deltas::write_deltas, write_tx::WriteTx,
};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    doubt::PlaceDay,
    placing::{NewPlace, StaffPlacing},
    responses::{Placement, StoredResponse},
    rows::{self, FlagRow, ResponseRow},
    scope::push_list,
    tally_deltas::TallyDeltas,
};

/// How often a piece begins anew because somebody who stores responses got into its way.
const TRIES: u32 = 5;

/// So many answers are read at a time.
const PAGE: i64 = 500;

/// So many answers are moved at a time: a few milliseconds.
const PIECE: usize = 50;

#[async_trait]
impl StaffPlacing for Scoped {
    async fn placed_by_programme(
        &self,
        subject: Subject,
        span: Window,
        after: Option<(Millis, ResponseId)>,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        let mut snapshot = self.backend.snapshot().await?;
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(rows::RESPONSES.list()).push(" FROM responses WHERE subject = ").push_bind(subject.id());
        if let Some((received_at, id)) = after {
            query.push(" AND (received_at, id) > (").push_bind(received_at).push(", ").push_bind(id.0).push(")");
        }
        query.push(" AND corrected_at >= ").push_bind(span.from);
        query.push(" AND corrected_at <= ").push_bind(span.until);
        query.push(" AND (event_source IS NULL OR event_source = ").push_bind(EventSource::Programme.as_str());
        query.push(")");
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY received_at, id LIMIT ").push_bind(PAGE);
        let found: Vec<ResponseRow> = query.build_query_as().persistent(false).fetch_all(&mut *snapshot).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut query =
            QueryBuilder::<Db>::new("SELECT response, flag FROM flags WHERE lifted_at IS NULL AND response IN ");
        push_list(&mut query, found.iter().map(|row| row.id));
        query.push(" ORDER BY flag");
        let words: Vec<(Uuid, String)> = query.build_query_as().persistent(false).fetch_all(&mut *snapshot).await?;
        let mut flags: HashMap<Uuid, Vec<Flag>> = HashMap::new();
        for (response, word) in words {
            flags.entry(response).or_default().push(response_rows::flag(&word)?);
        }
        let read = |row: ResponseRow| {
            let flags = flags.remove(&row.id).unwrap_or_default();
            row.read(flags)
        };
        found.into_iter().map(read).collect()
    }

    async fn place_again(&self, places: &[NewPlace], at: Millis) -> Result<usize, StoreError> {
        let mut done = 0;
        for piece in places.chunks(PIECE) {
            let mut tries = 1;
            done += loop {
                match self.try_to_place(piece, at).await {
                    Err(error) if error.is_collision() && tries < TRIES => tries += 1,
                    result => break result?,
                }
            };
        }
        Ok(done)
    }
}

impl Scoped {
    async fn try_to_place(&self, places: &[NewPlace], at: Millis) -> Result<usize, StoreError> {
        let mut tx = self.write().await?;
        let venues = venues_of(tx.connection(), places).await?;
        let (mut replaced, mut done) = (Replaced::default(), 0);
        // In one order, so that two servers never wait for each other for ever.
        let mut ordered: Vec<&NewPlace> = places.iter().collect();
        ordered.sort_by_key(|place| place.id);
        for new in ordered {
            let Some(old) = response_rows::locked(tx.connection(), new.id.0).await? else { continue };
            let stored = old.stored;
            let is_programmes = matches!(stored.place.source, None | Some(EventSource::Programme));
            let is_here = new.event.is_none_or(|event| venues.get(&event.0) == Some(&stored.place.venue));
            let is_as_read = stored.place.corrected_at == new.corrected_at;
            if !is_programmes || !is_here || !is_as_read || !self.scope.allows(stored.place.venue) {
                continue;
            }
            let place = Placement {
                event: new.event,
                source: new.event.map(|_| EventSource::Programme),
                production: new.production,
                local_day: new.local_day,
                ..stored.place.clone()
            };
            replaced.put(&mut tx, &stored, &place, new.outside_window, at).await?;
            done += 1;
        }
        replaced.finish(&mut tx).await?;
        tx.commit_piece().await?;
        Ok(done)
    }
}

/// Answers that go to another place within a transaction, and what follows for tallies and judging.
#[derive(Default)]
pub(super) struct Replaced {
    deltas: TallyDeltas,
    to_judge: BTreeSet<PlaceDay>,
    left: BTreeMap<LocalDay, BTreeSet<ProductionId>>,
}

impl Replaced {
    /// Puts an answer, which is locked, to its new place.
    pub(super) async fn put(
        &mut self,
        tx: &mut WriteTx<'_>,
        stored: &StoredResponse,
        place: &Placement,
        outside_window: bool,
        at: Millis,
    ) -> Result<(), StoreError> {
        self.to_judge.extend([PlaceDay::of(&stored.place), PlaceDay::of(place)]);
        if let Some(production) = stored.place.production {
            self.left.entry(stored.place.local_day).or_default().insert(production);
        }
        replace(tx, stored, place, outside_window, at, &mut self.deltas).await
    }

    /// Writes what follows.
    pub(super) async fn finish(self, tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
        write_deltas(tx.connection(), &self.deltas).await?;
        bulk::write(tx.connection(), &Additions::default().with_places_to_judge(self.to_judge)).await?;
        make_later_due_of(tx.connection(), self.left).await
    }
}

/// At which venue each of the events is.
async fn venues_of(connection: &mut Connection, places: &[NewPlace]) -> Result<HashMap<Uuid, VenueId>, StoreError> {
    let events: BTreeSet<Uuid> = places.iter().filter_map(|place| place.event).map(|event| event.0).collect();
    let mut query = QueryBuilder::<Db>::new("SELECT id, venue FROM events WHERE id IN ");
    push_list(&mut query, events.into_iter());
    let rows: Vec<(Uuid, Uuid)> = query.build_query_as().persistent(false).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(event, venue)| (event, VenueId(venue))).collect())
}

/// Where nothing is left of a production, nobody else knows what the reference of its later days has lost.
async fn make_later_due_of(
    connection: &mut Connection,
    left: BTreeMap<LocalDay, BTreeSet<ProductionId>>,
) -> Result<(), StoreError> {
    for (day, productions) in left {
        make_later_due(&mut *connection, day, &productions.into_iter().collect::<Vec<_>>()).await?;
    }
    Ok(())
}

async fn replace(
    tx: &mut WriteTx<'_>,
    stored: &StoredResponse,
    place: &Placement,
    outside_window: bool,
    at: Millis,
    deltas: &mut TallyDeltas,
) -> Result<(), StoreError> {
    let id = stored.response.id.0;
    deltas.count(&stored.response, &stored.place, &stored.flags, -1);
    if outside_window {
        let mut insert = insert_row(rows::FLAGS, FlagRow::new(id, Flag::OutsideWindow, at));
        insert.push(" ON CONFLICT (response, flag) DO NOTHING");
        insert.build().execute(tx.connection()).await?;
    } else {
        sqlx::query("DELETE FROM flags WHERE response = $1 AND flag = $2 AND set_by IS NULL AND lifted_at IS NULL")
            .bind(id)
            .bind(Flag::OutsideWindow.as_str())
            .execute(tx.connection())
            .await?;
    }
    let flags = response_rows::flags(tx.connection(), id).await?;
    let standing = Standing::from_flags(&flags);
    if standing == Standing::SetAside {
        comments::shorten(tx.connection(), &stored.response).await?;
    }
    sqlx::query(
        "UPDATE responses SET event = $2, event_source = $3, production = $4, local_day = $5, standing = $6
         WHERE id = $1",
    )
    .bind(id)
    .bind(place.event.map(|event| event.0))
    .bind(place.source.map(EventSource::as_str))
    .bind(place.production.map(|production| production.0))
    .bind(place.local_day.0)
    .bind(standing.code())
    .execute(tx.connection())
    .await?;
    deltas.count(&stored.response, place, &flags, 1);
    tx.announce(Change::of_response(&stored.place));
    tx.announce(Change::of_response(place));
    Ok(())
}
