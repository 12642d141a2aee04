//! What staff decide about responses.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_trait::async_trait;
use domain::{
    event::Subject,
    flag::{Flag, Standing},
    id::{EventId, ResponseId, VenueId},
    time::Millis,
};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    Connection, Db, bulk, comments, response_rows, scope::Scoped, write_deltas::write_deltas, write_tx::WriteTx,
};
use crate::{
    StoreError,
    additions::Additions,
    audit::{Entry, Kind, Verb},
    changes::Change,
    decisions::{Decision, Doubted, StaffDecisions, Trace, Verdict, Which},
    doubt::{Doubts, PlaceDay},
    programme::StaffProgramme,
    responses::StoredResponse,
    tally_deltas::TallyDeltas,
};

/// How often a batch begins anew because somebody who stores responses got into its way.
const TRIES: u32 = 5;

#[async_trait]
impl StaffDecisions for Scoped {
    async fn doubted(&self, event: EventId) -> Result<Vec<Doubted>, StoreError> {
        let mut traces = self.traces(event).await?;
        let mut query = QueryBuilder::<Db>::new(
            "SELECT responses.id, corrected_at, flag FROM responses
             LEFT JOIN flags ON flags.response = responses.id AND lifted_at IS NULL WHERE event = ",
        );
        query.push_bind(event.0);
        query.push(" AND (standing <> 0 OR EXISTS (SELECT 1 FROM decisions WHERE decisions.response = responses.id))");
        self.scope.narrow(&mut query, "venue");
        let mut rows: Vec<(Uuid, Millis, Option<String>)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        if !self.view.is_everything() {
            let held = self.held_back(&mut *self.backend.snapshot().await?, Subject::Event(event), None).await?;
            let held: BTreeSet<Uuid> = held.into_iter().map(|held| held.response.id.0).collect();
            rows.retain(|(id, ..)| !held.contains(id));
        }
        let mut doubted: BTreeMap<(Millis, Uuid), Vec<Flag>> = BTreeMap::new();
        for (id, at, word) in rows {
            let flags = doubted.entry((at, id)).or_default();
            flags.extend(word.map(|word| response_rows::flag(&word)).transpose()?);
        }
        Ok(doubted
            .into_iter()
            .map(|((at, id), mut flags)| {
                flags.sort_unstable();
                Doubted { id: ResponseId(id), at, flags, decisions: traces.remove(&id).unwrap_or_default() }
            })
            .collect())
    }

    async fn concerned(&self, which: &Which, verdict: Verdict) -> Result<Vec<ResponseId>, StoreError> {
        let standing = match verdict {
            Verdict::PutBack => Standing::SetAside,
            Verdict::SetAside => Standing::Counted,
        };
        let mut query = QueryBuilder::<Db>::new("SELECT id FROM responses WHERE ");
        match which {
            Which::One(id) => {
                query.push("id = ").push_bind(id.0);
            }
            Which::Group { event, from, until, flag } => {
                query.push("event = ").push_bind(event.0);
                query.push(" AND corrected_at >= ").push_bind(*from);
                query.push(" AND corrected_at < ").push_bind(*until);
                if let Some(flag) = flag {
                    query.push(" AND id IN (SELECT response FROM flags WHERE lifted_at IS NULL AND flag = ");
                    query.push_bind(flag.as_str()).push(")");
                }
            }
        }
        query.push(" AND standing = ").push_bind(standing.code());
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY id");
        let ids: Vec<Uuid> = query.build_query_scalar().persistent(false).fetch_all(self.reader()).await?;
        Ok(ids.into_iter().map(ResponseId).collect())
    }

    async fn decide(&self, ids: &[ResponseId], decision: &Decision) -> Result<usize, StoreError> {
        let mut tries = 1;
        loop {
            match self.try_to_decide(ids, decision).await {
                Err(error) if error.is_collision() && tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    async fn places_of(&self, venue: VenueId) -> Result<Option<Vec<PlaceDay>>, StoreError> {
        match self.venue(venue).await? {
            Some(_) => Ok(Some(self.backend.places(Some(venue)).await?)),
            None => Ok(None),
        }
    }
}

impl Scoped {
    async fn traces(&self, event: EventId) -> Result<HashMap<Uuid, Vec<Trace>>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT decisions.response, verdict, why, coalesce(users.email, decided_as), decided_at FROM decisions
             JOIN responses ON responses.id = decisions.response LEFT JOIN users ON users.id = decided_by
             WHERE event = ",
        );
        query.push_bind(event.0);
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY decisions.response, nth");
        let rows: Vec<(Uuid, String, String, String, Millis)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        let mut traces: HashMap<Uuid, Vec<Trace>> = HashMap::new();
        for (response, word, why, who, at) in rows {
            let verdict = Verdict::from_name(&word).ok_or_else(|| StoreError::unknown_word("verdict", &word))?;
            traces.entry(response).or_default().push(Trace { verdict, why, who, at });
        }
        Ok(traces)
    }

    async fn try_to_decide(&self, ids: &[ResponseId], decision: &Decision) -> Result<usize, StoreError> {
        let mut tx = self.write().await?;
        let (mut deltas, mut places, mut done) = (TallyDeltas::default(), BTreeSet::new(), 0);
        let mut events = BTreeMap::new();
        // In one order, so that two servers never wait for each other for ever.
        for id in ids.iter().collect::<BTreeSet<_>>() {
            let Some(old) = response_rows::locked(tx.connection(), id.0).await? else { continue };
            let stored = old.stored;
            if !self.scope.allows(stored.place.venue) || stands_so(&stored, decision.verdict) {
                continue;
            }
            apply(&mut tx, &stored, decision, &mut deltas).await?;
            places.insert(PlaceDay::of(&stored.place));
            *events.entry(stored.place.event).or_insert(0_u64) += 1;
            done += 1;
        }
        write_deltas(tx.connection(), &deltas).await?;
        bulk::write(tx.connection(), &Additions::default().with_places_to_judge(places)).await?;
        tx.record_all(events.into_iter().map(|(event, count)| told(event, count, decision))).await?;
        tx.commit_piece().await?;
        Ok(done)
    }
}

/// A decision as the audit log tells it; who gave which answer is not.
fn told(event: Option<EventId>, count: u64, decision: &Decision) -> Entry {
    let verb = match decision.verdict {
        Verdict::PutBack => Verb::PutBack,
        Verdict::SetAside => Verb::SetAside,
    };
    let event = event.map(|event| event.to_string()).unwrap_or_default();
    let after = json!({ "responses": count, "why": decision.why });
    Entry::did(verb, Kind::Responses, event).with(&Value::Null, &after)
}

fn stands_so(stored: &StoredResponse, verdict: Verdict) -> bool {
    match verdict {
        Verdict::PutBack => stored.flags.is_empty(),
        Verdict::SetAside => stored.flags.contains(&Flag::Void),
    }
}

async fn apply(
    tx: &mut WriteTx<'_>,
    stored: &StoredResponse,
    decision: &Decision,
    deltas: &mut TallyDeltas,
) -> Result<(), StoreError> {
    let id = stored.response.id.0;
    deltas.count(&stored.response, &stored.place, &stored.flags, -1);
    match decision.verdict {
        Verdict::PutBack => lift(tx.connection(), id, decision).await?,
        Verdict::SetAside => void(tx.connection(), id, decision).await?,
    }
    let flags = response_rows::flags(tx.connection(), id).await?;
    let standing = Standing::from_flags(&flags);
    if standing == Standing::SetAside {
        comments::shorten(tx.connection(), &stored.response).await?;
    }
    sqlx::query("UPDATE responses SET standing = $2 WHERE id = $1")
        .bind(id)
        .bind(standing.code())
        .execute(tx.connection())
        .await?;
    deltas.count(&stored.response, &stored.place, &flags, 1);
    leave_trace(tx.connection(), id, decision).await?;
    tx.announce(Change::of_response(&stored.place));
    Ok(())
}

async fn lift(connection: &mut Connection, id: Uuid, decision: &Decision) -> Result<(), StoreError> {
    sqlx::query("UPDATE flags SET lifted_by = $2, lifted_at = $3 WHERE response = $1 AND lifted_at IS NULL")
        .bind(id)
        .bind(decision.by.columns().1)
        .bind(decision.at)
        .execute(connection)
        .await?;
    Ok(())
}

async fn void(connection: &mut Connection, id: Uuid, decision: &Decision) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO flags (response, flag, set_by, why, set_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (response, flag) DO UPDATE SET set_by = excluded.set_by, why = excluded.why,
         set_at = excluded.set_at, lifted_by = NULL, lifted_at = NULL",
    )
    .bind(id)
    .bind(Flag::Void.as_str())
    .bind(decision.by.columns().1)
    .bind(&decision.why)
    .bind(decision.at)
    .execute(connection)
    .await?;
    Ok(())
}

async fn leave_trace(connection: &mut Connection, id: Uuid, decision: &Decision) -> Result<(), StoreError> {
    let (decided_as, decided_by) = decision.by.columns();
    sqlx::query(
        "INSERT INTO decisions (response, nth, verdict, why, decided_as, decided_by, decided_at)
         SELECT $1, 1 + count(*), $2, $3, $4, $5, $6 FROM decisions WHERE response = $1",
    )
    .bind(id)
    .bind(decision.verdict.as_str())
    .bind(&decision.why)
    .bind(decided_as)
    .bind(decided_by)
    .bind(decision.at)
    .execute(connection)
    .await?;
    Ok(())
}
