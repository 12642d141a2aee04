//! Responses: groups of them, pages of them, and deleting one.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use domain::{id::ResponseId, time::Millis};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, FOR_UPDATE, bulk, burst_flags, replacements, response_rows, write_tx::WriteTx};
use crate::{
    StoreError,
    changes::Change,
    responses::{NewResponse, Outcome, Page, Placement, Repeat, Responses},
    tally_deltas::{Table, TallyDeltas},
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
        tx.announce(change(&old.stored.place));
        tx.commit().await?;
        Ok(true)
    }
}

impl Backend {
    async fn try_commit(&self, group: &[NewResponse]) -> Result<Vec<Outcome>, StoreError> {
        let mut outcomes = vec![Outcome::Duplicate; group.len()];
        let mut deltas = TallyDeltas::default();
        let mut tx = self.write().await?;
        let judged = burst_flags::judge(tx.connection(), group).await?;
        let group = &*judged.group;
        for round in rounds(group) {
            write_round(&mut tx, group, &round, &mut deltas, &mut outcomes).await?;
        }
        judged.flag_neighbours(&mut tx, &mut deltas).await?;
        write_deltas(tx.connection(), &deltas).await?;
        bulk::numbers(tx.connection(), &numbers(group)).await?;
        tx.commit().await?;
        Ok(outcomes)
    }
}

/// The group in rounds that hold no id twice, each in the order of ids: an id that comes again meets
/// what the round before has written, and is judged like one that comes again tomorrow.
fn rounds(group: &[NewResponse]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..group.len()).collect();
    // Stable: of two with one id, the first of the group stays the first.
    order.sort_by_key(|place| group[*place].response.id);
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    let mut times = 0;
    for (nth, place) in order.iter().enumerate() {
        let again = nth > 0 && group[order[nth - 1]].response.id == group[*place].response.id;
        times = if again { times + 1 } else { 0 };
        if rounds.len() == times {
            rounds.push(Vec::new());
        }
        rounds[times].push(*place);
    }
    rounds
}

async fn write_round(
    tx: &mut WriteTx<'_>,
    group: &[NewResponse],
    round: &[usize],
    deltas: &mut TallyDeltas,
    outcomes: &mut [Outcome],
) -> Result<(), StoreError> {
    let items: Vec<&NewResponse> = round.iter().map(|place| &group[*place]).collect();
    let fresh = bulk::insert_new(tx.connection(), &items).await?;
    let (new, seen): (Vec<usize>, Vec<usize>) =
        round.iter().partition(|place| fresh.contains(&group[**place].response.id.0));
    let items: Vec<&NewResponse> = new.iter().map(|place| &group[*place]).collect();
    bulk::comments(tx.connection(), &items).await?;
    bulk::flags(tx.connection(), &items).await?;
    for place in new {
        let item = &group[place];
        deltas.count(&item.response, &item.place, &item.distinct_flags(), 1);
        tx.announce(change(&item.place));
        outcomes[place] = Outcome::Stored;
    }
    if seen.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = seen.iter().map(|place| group[*place].response.id.0).collect();
    let known = known(tx.connection(), &ids).await?;
    for place in seen {
        let item = &group[place];
        // An id that is neither new nor there was deleted, and stays dead.
        let Some(known) = known.get(&item.response.id.0) else { continue };
        outcomes[place] = known.judge(item);
        match outcomes[place] {
            Outcome::Stored => replacements::replace(tx, item, deltas).await?,
            Outcome::Conflict => replacements::keep_aside(tx.connection(), item).await?,
            Outcome::Duplicate => {}
        }
    }
    Ok(())
}

/// What decides about a response that comes again.
#[derive(sqlx::FromRow)]
struct Known {
    id: Uuid,
    content_form: i16,
    content_hash: Vec<u8>,
    channel: String,
    received_at: Millis,
}

impl Known {
    fn judge(&self, item: &NewResponse) -> Outcome {
        // Hashes of two forms cannot be compared. A replay is then by far the likeliest.
        let same_form = self.content_form == item.content.form;
        if self.content_hash == item.content.hash || (!same_form && item.repeat == Repeat::Conflict) {
            return Outcome::Duplicate;
        }
        match item.repeat {
            Repeat::Replace { not_before }
                if self.received_at >= not_before && self.channel == item.response.channel.word() =>
            {
                Outcome::Stored
            }
            _ => Outcome::Conflict,
        }
    }
}

async fn known(connection: &mut Connection, ids: &[Uuid]) -> Result<HashMap<Uuid, Known>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT id, content_form, content_hash, channel, received_at FROM responses WHERE id IN (",
    );
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY id").push(FOR_UPDATE);
    let rows: Vec<Known> = query.build_query_as().persistent(false).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Adds deltas to the tallies. A cell that reaches 0 is not there any more.
pub(super) async fn write_deltas(connection: &mut Connection, deltas: &TallyDeltas) -> Result<(), StoreError> {
    for table in [Table::Days, Table::Months] {
        let rows = deltas.rows(table);
        bulk::tallies(connection, table, &rows).await?;
        for rows in rows.iter().filter(|rows| rows.cells.iter().any(|(_, count)| *count < 0)) {
            sqlx::query(match table {
                Table::Days => "DELETE FROM tallies WHERE subject = $1 AND local_day = $2 AND count = 0",
                Table::Months => "DELETE FROM period_tallies WHERE whose = $1 AND month = $2 AND count = 0",
            })
            .bind(rows.owner.owner_id)
            .bind(rows.owner.period)
            .execute(&mut *connection)
            .await?;
        }
    }
    Ok(())
}

/// The notice that something changed there.
pub(super) fn change(place: &Placement) -> Change {
    Change::Responses { venue: place.venue, event: place.event }
}

/// The numbers that a group brought, by pairing and block of 32, as bits.
fn numbers(group: &[NewResponse]) -> Vec<(Uuid, i64, i64)> {
    let mut blocks: BTreeMap<(Uuid, i64), i64> = BTreeMap::new();
    for item in group {
        let (Some(pairing), Some(seq)) = (item.response.pairing, item.response.seq) else { continue };
        // Counting begins with 1; 0 is no number.
        let Some(place) = seq.checked_sub(1) else { continue };
        let Ok(block) = i64::try_from(place / 32) else { continue };
        *blocks.entry((pairing.0, block)).or_default() |= 1 << (place % 32);
    }
    blocks.into_iter().map(|((pairing, block), bits)| (pairing, block, bits)).collect()
}
