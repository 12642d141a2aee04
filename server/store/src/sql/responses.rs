//! Responses: groups of them, pages of them, and deleting one.

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use domain::{
    id::{ProductionId, ResponseId},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    Backend, Connection, Db, FOR_UPDATE, bulk, doubt::make_later_due, replacements, response_rows,
    write_deltas::write_deltas, write_tx::WriteTx,
};
use crate::{
    StoreError,
    additions::{Additions, split},
    changes::Change,
    doubt::PlaceDay,
    responses::{NewResponse, Outcome, Page, Repeat, Responses},
    tally_deltas::TallyDeltas,
};

/// How often a group begins anew because two servers got into each other's way.
const TRIES: u32 = 5;

#[async_trait]
impl Responses for Backend {
    async fn commit(&self, group: &[NewResponse]) -> Result<Vec<Outcome>, StoreError> {
        let mut tries = 1;
        loop {
            match self.try_commit(group).await {
                Err(error) if error.is_collision() && tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    async fn responses(&self, after: Option<Uuid>, limit: u32) -> Result<Page, StoreError> {
        response_rows::page(&mut *self.snapshot().await?, after, limit).await
    }

    async fn delete_response(&self, id: ResponseId, at: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some(old) = response_rows::locked(tx.connection(), id.0).await? else { return Ok(false) };
        sqlx::query("INSERT INTO tombstones (id, content_form, content_hash, deleted_at) VALUES ($1, $2, $3, $4)")
            .bind(id.0)
            .bind(old.content_form)
            .bind(old.content_hash)
            .bind(at)
            .execute(tx.connection())
            .await?;
        for sql in ["DELETE FROM responses WHERE id = $1", "DELETE FROM conflicts WHERE response = $1"] {
            sqlx::query(sql).bind(id.0).execute(tx.connection()).await?;
        }
        let mut deltas = TallyDeltas::default();
        deltas.count(&old.stored.response, &old.stored.place, &old.stored.flags, -1);
        write_deltas(tx.connection(), &deltas).await?;
        let place = [PlaceDay::of(&old.stored.place)];
        bulk::write(tx.connection(), &Additions::default().with_places_to_judge(place)).await?;
        // Where nothing is left, nobody else knows what the reference of later days has lost.
        let production: Vec<ProductionId> = old.stored.place.production.into_iter().collect();
        make_later_due(tx.connection(), old.stored.place.local_day, &production).await?;
        tx.announce(Change::of_response(&old.stored.place));
        tx.commit().await?;
        Ok(true)
    }
}

impl Backend {
    async fn try_commit(&self, group: &[NewResponse]) -> Result<Vec<Outcome>, StoreError> {
        let ids: Vec<Uuid> = group.iter().map(|item| item.response.id.0).collect();
        let (begun, taken) = bulk::begin(self, &ids).await?;
        let (new, again) = split(group, &taken);
        let mut outcomes = vec![Outcome::Duplicate; group.len()];
        let mut deltas = TallyDeltas::default();
        let mut changes = BTreeSet::new();
        let mut to_judge = BTreeSet::new();
        for place in &new {
            let item = &group[*place];
            deltas.count(&item.response, &item.place, &item.distinct_flags(), 1);
            changes.insert(Change::of_response(&item.place));
            to_judge.insert(PlaceDay::of(&item.place));
            outcomes[*place] = Outcome::Stored;
        }
        let additions = Additions::of(new.iter().map(|place| &group[*place]).collect());
        if again.is_empty() {
            let additions = additions.with_tallies(&deltas).with_numbers(group).with_places_to_judge(to_judge);
            begun.write(additions, changes).await?;
            return Ok(outcomes);
        }
        let mut tx = self.go_on(begun.transaction().await?, changes);
        bulk::write(tx.connection(), &additions).await?;
        for round in again {
            let left = write_round(&mut tx, group, &round, &mut deltas, &mut outcomes).await?;
            to_judge.extend(left);
            let stored = round.iter().filter(|place| outcomes[**place] == Outcome::Stored);
            to_judge.extend(stored.map(|place| PlaceDay::of(&group[*place].place)));
        }
        write_deltas(tx.connection(), &deltas).await?;
        bulk::write(tx.connection(), &Additions::default().with_numbers(group).with_places_to_judge(to_judge)).await?;
        tx.commit().await?;
        Ok(outcomes)
    }
}

/// Writes what was there before, and returns the places that replaced responses have left.
async fn write_round(
    tx: &mut WriteTx<'_>,
    group: &[NewResponse],
    round: &[usize],
    deltas: &mut TallyDeltas,
    outcomes: &mut [Outcome],
) -> Result<Vec<PlaceDay>, StoreError> {
    let mut left = Vec::new();
    let ids: Vec<Uuid> = round.iter().map(|place| group[*place].response.id.0).collect();
    let existing = existing(tx.connection(), &ids).await?;
    for place in round {
        let item = &group[*place];
        // An id that is neither new nor there was deleted, and stays dead.
        let Some(existing) = existing.get(&item.response.id.0) else { continue };
        outcomes[*place] = existing.judge(item);
        match outcomes[*place] {
            Outcome::Stored => left.extend(replacements::replace(tx, item, deltas).await?),
            Outcome::Conflict => replacements::keep_aside(tx.connection(), item).await?,
            Outcome::Duplicate | Outcome::Refused(_) => {}
        }
    }
    Ok(left)
}

/// What decides about a response that comes again.
#[derive(sqlx::FromRow)]
struct ExistingResponse {
    id: Uuid,
    content_form: i16,
    content_hash: Vec<u8>,
    channel: String,
    received_at: Millis,
}

impl ExistingResponse {
    fn judge(&self, item: &NewResponse) -> Outcome {
        // Hashes of two forms cannot be compared. A replay is then by far the likeliest.
        let same_form = self.content_form == item.content.form;
        if self.content_hash == item.content.hash || (!same_form && item.repeat == Repeat::Conflict) {
            return Outcome::Duplicate;
        }
        match item.repeat {
            Repeat::Replace { not_before }
                if self.received_at >= not_before && self.channel == item.response.channel.as_str() =>
            {
                Outcome::Stored
            }
            _ => Outcome::Conflict,
        }
    }
}

async fn existing(connection: &mut Connection, ids: &[Uuid]) -> Result<HashMap<Uuid, ExistingResponse>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT id, content_form, content_hash, channel, received_at FROM responses WHERE id IN (",
    );
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY id").push(FOR_UPDATE);
    let rows: Vec<ExistingResponse> = query.build_query_as().persistent(false).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
