//! Counting every response again, to prove the tallies.

use std::collections::BTreeMap;

use domain::tally::Columns;
use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Backend, Connection, bulk, response_rows};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    tallies::Difference,
    tally_deltas::{Owner, Rows, Table, TallyDeltas, in_key_order},
};

/// Responses read at a time.
const PAGE: u32 = 1_000;
/// The most differences that are told: nobody reads more.
const TOLD: usize = 100;

/// Counts, compares, and with `fix` puts the tallies right.
pub(super) async fn recount(store: &Backend, fix: bool) -> Result<Vec<Difference>, StoreError> {
    let mut told = Vec::new();
    if !fix {
        let mut snapshot = store.snapshot().await?;
        let deltas = count(&mut snapshot).await?;
        for table in [Table::Days, Table::Months] {
            tell(&mut told, table, &compare(&mut snapshot, table, &deltas).await?);
        }
        return Ok(told);
    }
    let mut tx = store.write().await?;
    Backend::stop_other_writers(tx.connection()).await?;
    let deltas = count(tx.connection()).await?;
    for table in [Table::Days, Table::Months] {
        let wrong = compare(tx.connection(), table, &deltas).await?;
        tell(&mut told, table, &wrong);
        put_right(tx.connection(), table, wrong).await?;
    }
    tx.announce(Change::Unknown);
    tx.commit().await?;
    Ok(told)
}

async fn count(connection: &mut Connection) -> Result<TallyDeltas, StoreError> {
    let mut deltas = TallyDeltas::default();
    let mut after = None;
    loop {
        let page = response_rows::page(connection, after, PAGE).await?;
        for stored in &page.responses {
            deltas.count(&stored.response, &stored.place, &stored.flags, 1);
        }
        match page.next {
            Some(last) => after = Some(last),
            None => return Ok(deltas),
        }
    }
}

/// What a row is about.
type Key = (Owner, Columns);

/// What the tally says, and what the responses say.
#[derive(Default)]
struct Two {
    tallied: i64,
    counted: i64,
}

async fn compare(
    connection: &mut Connection,
    table: Table,
    deltas: &TallyDeltas,
) -> Result<BTreeMap<Key, Two>, StoreError> {
    let mut cells: BTreeMap<Key, Two> = BTreeMap::new();
    for (owner, columns, count) in in_key_order(&deltas.rows(table)) {
        cells.entry((owner, columns.clone())).or_default().counted = count;
    }
    let (owner_id, period) = table.owner_columns();
    // Names that the program itself chose, no data.
    let sql = AssertSqlSafe(format!(
        "SELECT {owner_id} AS owner_id, {period} AS period, survey_version, question, value, standing, dimension, member,
         count FROM {}",
        table.name()
    ));
    let mut stream = sqlx::query_as::<_, TallyRow>(sql).fetch(connection);
    while let Some(row) = stream.try_next().await? {
        let TallyRow { owner_id, period, survey_version, question, value, standing, dimension, member, count } = row;
        let columns = Columns { survey_version, question, value, standing, dimension, member };
        cells.entry((Owner { owner_id, period }, columns)).or_default().tallied = count;
    }
    cells.retain(|_, two| two.tallied != two.counted);
    Ok(cells)
}

fn tell(told: &mut Vec<Difference>, table: Table, wrong: &BTreeMap<Key, Two>) {
    let room = TOLD.saturating_sub(told.len());
    told.extend(wrong.iter().take(room).map(|((owner, cell), two)| Difference {
        key: format!(
            "{} {} {} survey {} question {} {} standing {} dimension {} {}",
            table.name(),
            owner.owner_id,
            owner.period,
            cell.survey_version,
            cell.question,
            cell.value,
            cell.standing,
            cell.dimension,
            cell.member,
        ),
        tallied: two.tallied,
        counted: two.counted,
    }));
}

async fn put_right(connection: &mut Connection, table: Table, wrong: BTreeMap<Key, Two>) -> Result<(), StoreError> {
    let mut owners: BTreeMap<Owner, Vec<(Columns, i64)>> = BTreeMap::new();
    for ((owner, columns), two) in wrong {
        owners.entry(owner).or_default().push((columns, two.counted - two.tallied));
    }
    let rows: Vec<Rows> = owners.into_iter().map(|(owner, cells)| Rows { owners: vec![owner], cells }).collect();
    let mut additions = Additions::default();
    match table {
        Table::Days => additions.days = rows,
        Table::Months => additions.months = rows,
    }
    bulk::write(connection, &additions).await?;
    let sql = AssertSqlSafe(format!("DELETE FROM {} WHERE count = 0", table.name()));
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct TallyRow {
    owner_id: Uuid,
    period: i32,
    survey_version: Uuid,
    question: Uuid,
    value: String,
    standing: i16,
    dimension: i16,
    member: String,
    count: i64,
}
