//! Answers that staff move to another event.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::{
    event::{EventSource, Subject},
    id::{EventId, ProductionId, ResponseId, VenueId},
    time::Millis,
};
use serde_json::json;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Connection, Db, placing::Replaced, response_rows, scope::Scoped};
use crate::{
    StoreError,
    audit::{Entry, Kind, Verb},
    moving::{MoveTo, StaffMoving, WhichToMove},
    responses::Placement,
};

/// How often a piece begins anew because somebody who stores responses got into its way.
const TRIES: u32 = 5;

/// So many answers are moved at a time: some ten milliseconds.
const PIECE: usize = 200;

/// The event that answers go to, as far as they take something from it.
struct Target {
    venue: VenueId,
    production: Option<ProductionId>,
}

#[async_trait]
impl StaffMoving for Scoped {
    async fn to_move(&self, which: &WhichToMove, to: EventId) -> Result<Vec<ResponseId>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, event FROM responses WHERE ");
        match which {
            WhichToMove::One(id) => query.push("id = ").push_bind(id.0),
            WhichToMove::Span(event, span) => {
                query.push("subject = ").push_bind(event.0);
                query.push(" AND corrected_at >= ").push_bind(span.from);
                query.push(" AND corrected_at <= ").push_bind(span.until)
            }
        };
        query.push(" AND venue IN (SELECT venue FROM events WHERE id = ").push_bind(to.0);
        self.scope.narrow(&mut query, "venue");
        query.push(") AND (event IS NULL OR event <> ").push_bind(to.0).push(")");
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY id");
        let mut rows: Vec<(Uuid, Option<Uuid>)> =
            query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        if !self.view.is_everything() {
            let events: BTreeSet<Uuid> = rows.iter().filter_map(|(_, event)| *event).collect();
            let mut snapshot = self.backend.snapshot().await?;
            for event in events {
                let held = self.held_back(&mut snapshot, Subject::Event(EventId(event)), None).await?;
                let held: BTreeSet<Uuid> = held.into_iter().map(|held| held.response.id.0).collect();
                rows.retain(|(id, _)| !held.contains(id));
            }
        }
        Ok(rows.into_iter().map(|(id, _)| ResponseId(id)).collect())
    }

    async fn move_responses(&self, ids: &[ResponseId], to: MoveTo, at: Millis) -> Result<usize, StoreError> {
        let mut ordered = ids.to_vec();
        // In one order, so that two servers never wait for each other for ever.
        ordered.sort_unstable();
        let mut done = 0;
        for piece in ordered.chunks(PIECE) {
            let mut tries = 1;
            done += loop {
                match self.try_to_move(piece, to, at).await {
                    Err(error) if error.is_collision() && tries < TRIES => tries += 1,
                    result => break result?,
                }
            };
        }
        Ok(done)
    }
}

impl Scoped {
    async fn try_to_move(&self, ids: &[ResponseId], to: MoveTo, at: Millis) -> Result<usize, StoreError> {
        let mut tx = self.write().await?;
        let Some(target) = self.target(tx.connection(), to.event).await? else { return Ok(0) };
        let (mut replaced, mut came_from) = (Replaced::default(), BTreeMap::new());
        for id in ids {
            let Some(old) = response_rows::locked(tx.connection(), id.0).await? else { continue };
            let stored = old.stored;
            if stored.place.venue != target.venue || stored.place.event == Some(to.event) {
                continue;
            }
            let place = Placement {
                event: Some(to.event),
                source: Some(EventSource::Staff),
                production: target.production,
                local_day: to.local_day,
                ..stored.place.clone()
            };
            *came_from.entry(stored.place.event).or_insert(0_usize) += 1;
            replaced.put(&mut tx, &stored, &place, false, at).await?;
        }
        for (event, responses) in &came_from {
            let (before, after) = (
                json!({ "event": event, "responses": responses }),
                json!({ "event": to.event, "responses": responses }),
            );
            let entry = Entry::did(Verb::Moved, Kind::Responses, to.event).with(&before, &after);
            tx.record(entry).await?;
        }
        replaced.finish(&mut tx).await?;
        tx.commit_piece().await?;
        Ok(came_from.values().sum())
    }

    async fn target(&self, connection: &mut Connection, event: EventId) -> Result<Option<Target>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT venue, production FROM events WHERE id = ");
        query.push_bind(event.0);
        self.scope.narrow(&mut query, "venue");
        let row: Option<(Uuid, Option<Uuid>)> =
            query.build_query_as().persistent(false).fetch_optional(connection).await?;
        Ok(row.map(|(venue, production)| Target { venue: VenueId(venue), production: production.map(ProductionId) }))
    }
}
