//! Counting every response again, to prove the tallies.

use std::collections::BTreeMap;

use domain::tally::Columns;
use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{
    super::{
        StoreError,
        changes::Change,
        sums::{Owner, Rows, Sums, Table},
        tallies::Difference,
    },
    Connection, Here, bulk, stored,
};

/// Responses read at a time.
const PAGE: u32 = 1_000;
/// The most differences that are told: nobody reads more.
const TOLD: usize = 100;

/// Counts, compares, and with `fix` puts the tallies right.
pub(super) async fn recount(store: &Here, fix: bool) -> Result<Vec<Difference>, StoreError> {
    let mut told = Vec::new();
    if !fix {
        let mut snapshot = store.snapshot().await?;
        let sums = count(&mut snapshot).await?;
        for table in [Table::Days, Table::Months] {
            tell(&mut told, table, &compare(&mut snapshot, table, &sums).await?);
        }
        return Ok(told);
    }
    let mut writing = store.write().await?;
    Here::stop_other_writers(writing.connection()).await?;
    let sums = count(writing.connection()).await?;
    for table in [Table::Days, Table::Months] {
        let wrong = compare(writing.connection(), table, &sums).await?;
        tell(&mut told, table, &wrong);
        put_right(writing.connection(), table, wrong).await?;
    }
    writing.announce(Change::Unknown);
    writing.commit().await?;
    Ok(told)
}

async fn count(connection: &mut Connection) -> Result<Sums, StoreError> {
    let mut sums = Sums::default();
    let mut after = None;
    loop {
        let page = stored::page(connection, after, PAGE).await?;
        for stored in &page.responses {
            sums.count(&stored.response, &stored.place, &stored.flags, 1);
        }
        match page.next {
            Some(last) => after = Some(last),
            None => return Ok(sums),
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

async fn compare(connection: &mut Connection, table: Table, sums: &Sums) -> Result<BTreeMap<Key, Two>, StoreError> {
    let mut cells: BTreeMap<Key, Two> = BTreeMap::new();
    for rows in sums.rows(table) {
        for (columns, count) in rows.cells {
            cells.entry((rows.owner, columns)).or_default().counted = count;
        }
    }
    let (whose, period) = table.owner_columns();
    // Names that the program itself chose, no data.
    let sql = AssertSqlSafe(format!(
        "SELECT {whose} AS whose, {period} AS period, survey_version, question, value, standing, dimension, member,
         count FROM {}",
        table.name()
    ));
    let mut stream = sqlx::query_as::<_, TallyRow>(sql).fetch(connection);
    while let Some(row) = stream.try_next().await? {
        let TallyRow { whose, period, survey_version, question, value, standing, dimension, member, count } = row;
        let columns = Columns { survey_version, question, value, standing, dimension, member };
        cells.entry((Owner { whose, period }, columns)).or_default().tallied = count;
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
            owner.whose,
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
    let rows: Vec<Rows> = owners.into_iter().map(|(owner, cells)| Rows { owner, cells }).collect();
    bulk::tallies(connection, table, &rows).await?;
    let sql = AssertSqlSafe(format!("DELETE FROM {} WHERE count = 0", table.name()));
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct TallyRow {
    whose: Uuid,
    period: i32,
    survey_version: Uuid,
    question: Uuid,
    value: String,
    standing: i16,
    dimension: i16,
    member: String,
    count: i64,
}
