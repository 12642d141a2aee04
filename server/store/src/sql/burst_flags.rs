//! Flags everybody who is part of a pace that is too fast, in the transaction that brings the last
//! of them.

use std::{borrow::Cow, collections::HashSet};

use domain::{
    flag::{Flag, Standing},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Connection, Db, FOR_UPDATE, insert_row::insert_row, response_rows, write_tx::WriteTx};
use crate::{
    StoreError,
    additions::Lookup,
    burst_detection::{BurstMembers, Cluster},
    changes::Change,
    responses::NewResponse,
    rows::{self, FlagRow},
    tally_deltas::TallyDeltas,
};

/// A group that knows who in it is part of a burst.
pub(super) struct Judged<'a> {
    /// the group, with the flags that follow from the pace
    pub(super) group: Cow<'a, [NewResponse]>,
    members: BurstMembers,
}

/// Looks at the pace, before anything is written.
pub(super) fn judge<'a>(group: &'a [NewResponse], clusters: &[Cluster], lookup: &Lookup) -> Judged<'a> {
    let mut members = BurstMembers::default();
    for (cluster, neighbours) in clusters.iter().zip(&lookup.neighbours) {
        let is_new = |place: usize| !lookup.taken.contains(&group[place].response.id.0);
        cluster.judge(neighbours, is_new, &mut members);
    }
    let mut group = Cow::Borrowed(group);
    if !members.new.is_empty() {
        for place in &members.new {
            group.to_mut()[*place].flags.push(Flag::Burst);
        }
    }
    Judged { group, members }
}

impl Judged<'_> {
    /// Whether somebody who was stored before is part of a burst as well.
    pub(super) fn has_neighbours(&self) -> bool {
        !self.members.new.is_empty() && !self.members.old.is_empty()
    }

    /// Flags those who were stored before, once the group is written. What staff have lifted stays lifted.
    pub(super) async fn flag_neighbours(
        &self,
        tx: &mut WriteTx<'_>,
        deltas: &mut TallyDeltas,
    ) -> Result<(), StoreError> {
        if self.members.new.is_empty() {
            return Ok(());
        }
        let at = self.group.iter().map(|item| item.place.received_at).max().unwrap_or_default();
        let mut ids = HashSet::new();
        for (source, times) in &self.members.old {
            ids.extend(unflagged(tx.connection(), *source, times).await?);
        }
        let mut ids: Vec<Uuid> = ids.into_iter().collect();
        ids.sort_unstable();
        for id in ids {
            flag(tx, id, at, deltas).await?;
        }
        Ok(())
    }
}

async fn unflagged(connection: &mut Connection, source: Uuid, times: &[Millis]) -> Result<Vec<Uuid>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT id FROM responses WHERE coalesce(kiosk, event, venue) = ");
    query
        .push_bind(source)
        .push(" AND NOT demo AND channel NOT IN ('paper', 'counted', 'spoken') AND corrected_at IN (");
    let mut list = query.separated(", ");
    for at in times {
        list.push_bind(*at);
    }
    query.push(") AND NOT EXISTS (SELECT 1 FROM flags WHERE flags.response = responses.id AND flags.flag = ");
    query.push_bind(Flag::Burst.as_str()).push(") ORDER BY id").push(FOR_UPDATE);
    Ok(query.build_query_scalar().persistent(false).fetch_all(connection).await?)
}

async fn flag(tx: &mut WriteTx<'_>, id: Uuid, at: Millis, deltas: &mut TallyDeltas) -> Result<(), StoreError> {
    let Some(old) = response_rows::locked(tx.connection(), id).await? else { return Ok(()) };
    let stored = old.stored;
    let mut insert = insert_row(rows::FLAGS, FlagRow::new(id, Flag::Burst, at));
    insert.push(" ON CONFLICT (response, flag) DO NOTHING");
    let flagged = insert.build().execute(tx.connection()).await?;
    // Another server may have flagged it while this one waited for the row.
    if flagged.rows_affected() == 0 {
        return Ok(());
    }
    deltas.count(&stored.response, &stored.place, &stored.flags, -1);
    sqlx::query("UPDATE responses SET standing = $2 WHERE id = $1")
        .bind(id)
        .bind(Standing::SetAside.code())
        .execute(tx.connection())
        .await?;
    let flags = response_rows::flags(tx.connection(), id).await?;
    deltas.count(&stored.response, &stored.place, &flags, 1);
    tx.announce(Change::of_response(&stored.place));
    Ok(())
}
