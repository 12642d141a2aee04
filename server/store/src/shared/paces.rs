//! Flags everybody who is part of a pace that is too fast, in the transaction that brings the last
//! of them.

use std::{borrow::Cow, collections::HashSet};

use domain::{
    flag::{Flag, Standing},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    super::{
        StoreError,
        paces::{Verdict, clusters},
        responses::NewResponse,
        sums::Sums,
    },
    Connection, Db, FOR_UPDATE, bulk,
    responses::change,
    stored,
    writing::Writing,
};

/// A group that knows who in it is part of a burst.
pub(super) struct Judged<'a> {
    /// the group, with the flags that follow from the pace
    pub(super) group: Cow<'a, [NewResponse]>,
    verdict: Verdict,
}

/// Looks at the pace, before anything is written.
pub(super) async fn judge<'a>(connection: &mut Connection, group: &'a [NewResponse]) -> Result<Judged<'a>, StoreError> {
    let clusters = clusters(group);
    let mut verdict = Verdict::default();
    if !clusters.is_empty() {
        let stored = bulk::around(connection, &clusters).await?;
        let mut judge = |is_new: &dyn Fn(usize) -> bool| {
            verdict = Verdict::default();
            for (cluster, stored) in clusters.iter().zip(&stored) {
                cluster.judge(stored, is_new, &mut verdict);
            }
            !verdict.new.is_empty()
        };
        // What was stored before has been counted twice here; where that alone makes no burst, which
        // is nearly always, nobody has to ask which those are.
        if judge(&|_| true) {
            let taken = bulk::taken(connection, &group.iter().collect::<Vec<_>>()).await?;
            judge(&|place| !taken.contains(&group[place].response.id.0));
        }
    }
    let mut group = Cow::Borrowed(group);
    if !verdict.new.is_empty() {
        for place in &verdict.new {
            group.to_mut()[*place].flags.push(Flag::Burst);
        }
    }
    Ok(Judged { group, verdict })
}

impl Judged<'_> {
    /// Flags those who were stored before, once the group is written. What staff have lifted stays lifted.
    pub(super) async fn flag_neighbours(&self, writing: &mut Writing<'_>, sums: &mut Sums) -> Result<(), StoreError> {
        if self.verdict.new.is_empty() {
            return Ok(());
        }
        let at = self.group.iter().map(|item| item.place.received_at).max().unwrap_or_default();
        let mut ids = HashSet::new();
        for (counter, times) in &self.verdict.old {
            ids.extend(unflagged(writing.connection(), *counter, times).await?);
        }
        let mut ids: Vec<Uuid> = ids.into_iter().collect();
        ids.sort_unstable();
        for id in ids {
            flag(writing, id, at, sums).await?;
        }
        Ok(())
    }
}

async fn unflagged(connection: &mut Connection, counter: Uuid, times: &[Millis]) -> Result<Vec<Uuid>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT id FROM responses WHERE coalesce(kiosk, event, venue) = ");
    query.push_bind(counter).push(" AND NOT demo AND channel <> 'interview' AND corrected_at IN (");
    let mut list = query.separated(", ");
    for at in times {
        list.push_bind(*at);
    }
    query.push(") AND NOT EXISTS (SELECT 1 FROM flags WHERE flags.response = responses.id AND flags.flag = ");
    query.push_bind(Flag::Burst.word()).push(") ORDER BY id").push(FOR_UPDATE);
    Ok(query.build_query_scalar().persistent(false).fetch_all(connection).await?)
}

async fn flag(writing: &mut Writing<'_>, id: Uuid, at: Millis, sums: &mut Sums) -> Result<(), StoreError> {
    let Some(old) = stored::locked(writing.connection(), id).await? else { return Ok(()) };
    let stored = old.stored;
    let flagged = sqlx::query(
        "INSERT INTO flags (response, flag, set_at) VALUES ($1, $2, $3) ON CONFLICT (response, flag) DO NOTHING",
    )
    .bind(id)
    .bind(Flag::Burst.word())
    .bind(at)
    .execute(writing.connection())
    .await?;
    // Another server may have flagged it while this one waited for the row.
    if flagged.rows_affected() == 0 {
        return Ok(());
    }
    sums.count(&stored.response, &stored.place, &stored.flags, -1);
    sqlx::query("UPDATE responses SET standing = $2 WHERE id = $1")
        .bind(id)
        .bind(Standing::SetAside.code())
        .execute(writing.connection())
        .await?;
    let flags = stored::flags(writing.connection(), id).await?;
    sums.count(&stored.response, &stored.place, &flags, 1);
    writing.announce(change(&stored.place));
    Ok(())
}
