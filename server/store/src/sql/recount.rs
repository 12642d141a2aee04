//! Counting every response again, to prove the tallies.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Backend, Connection, bulk, response_rows};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    rows::CellRow,
    tallies::Difference,
    tally_deltas::{Owner, Rows, Table, TallyDeltas, in_key_order},
};

/// Responses read at a time.
const PAGE: u32 = 1_000;
/// The most differences that are told: nobody reads more.
const TOLD: usize = 100;

/// Counts, compares, and with `fix` puts tallies and standings right.
pub(super) async fn recount(store: &Backend, fix: bool) -> Result<Vec<Difference>, StoreError> {
    let mut told = Vec::new();
    if !fix {
        let mut snapshot = store.snapshot().await?;
        tell_standings(&mut told, &mut snapshot).await?;
        let deltas = count(&mut snapshot).await?;
        for table in [Table::Days, Table::Months] {
            tell(&mut told, table, &compare(&mut snapshot, table, &deltas).await?);
        }
        return Ok(told);
    }
    let mut tx = store.write().await?;
    Backend::stop_other_writers(tx.connection()).await?;
    tell_standings(&mut told, tx.connection()).await?;
    let deltas = count(tx.connection()).await?;
    for table in [Table::Days, Table::Months] {
        let wrong = compare(tx.connection(), table, &deltas).await?;
        tell(&mut told, table, &wrong);
        put_right(tx.connection(), table, wrong).await?;
    }
    let sql = AssertSqlSafe(format!("UPDATE responses SET standing = {STANDING} WHERE standing <> {STANDING}"));
    sqlx::query(sql).execute(tx.connection()).await?;
    tx.announce(Change::Unknown);
    tx.commit().await?;
    Ok(told)
}

/// The standing that the flags of a response say.
const STANDING: &str = "CASE WHEN EXISTS (
    SELECT 1 FROM flags WHERE flags.response = responses.id AND lifted_at IS NULL) THEN 1 ELSE 0 END";

/// Tells where a response stands otherwise than its flags say.
async fn tell_standings(told: &mut Vec<Difference>, connection: &mut Connection) -> Result<(), StoreError> {
    // Names that the program itself chose, no data.
    let sql = AssertSqlSafe(format!(
        "SELECT id, CAST(standing AS BIGINT), CAST({STANDING} AS BIGINT) FROM responses
         WHERE standing <> {STANDING} ORDER BY id LIMIT $1"
    ));
    let room = i64::try_from(TOLD.saturating_sub(told.len())).unwrap_or_default();
    let wrong: Vec<(Uuid, i64, i64)> = sqlx::query_as(sql).bind(room).fetch_all(connection).await?;
    told.extend(wrong.into_iter().map(|(id, tallied, counted)| Difference {
        key: format!("responses {id} standing"),
        tallied,
        counted,
    }));
    Ok(())
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

/// Whose a cell is, and the cell with nothing counted.
type Key = (Owner, CellRow);

/// What the tally says, and what the responses say.
#[derive(Default)]
struct CellCounts {
    tallied: i64,
    counted: i64,
}

async fn compare(
    connection: &mut Connection,
    table: Table,
    deltas: &TallyDeltas,
) -> Result<BTreeMap<Key, CellCounts>, StoreError> {
    let mut cells: BTreeMap<Key, CellCounts> = BTreeMap::new();
    for (owner, cell) in in_key_order(&deltas.rows(table)) {
        cells.entry((owner, cell.clone().empty())).or_default().counted = cell.count;
    }
    let described = table.described();
    // Names that the program itself chose, no data.
    let sql = AssertSqlSafe(format!(
        "SELECT {} AS owner_id, {} AS period, {}, count FROM {}",
        described.owner[0],
        described.owner[1],
        CellRow::key(),
        described.name,
    ));
    let mut stream = sqlx::query_as::<_, TallyRow>(sql).fetch(connection);
    while let Some(TallyRow { owner_id, period, cell }) = stream.try_next().await? {
        let count = cell.count;
        cells.entry((Owner { owner_id, period }, cell.empty())).or_default().tallied = count;
    }
    cells.retain(|_, counts| counts.tallied != counts.counted);
    Ok(cells)
}

fn tell(told: &mut Vec<Difference>, table: Table, wrong: &BTreeMap<Key, CellCounts>) {
    let room = TOLD.saturating_sub(told.len());
    told.extend(wrong.iter().take(room).map(|((owner, cell), counts)| Difference {
        key: format!(
            "{} {} {} survey {} question {} {} standing {} dimension {} {}",
            table.described().name,
            owner.owner_id,
            owner.period,
            cell.survey_version,
            cell.question,
            cell.value,
            cell.standing,
            cell.dimension,
            cell.member,
        ),
        tallied: counts.tallied,
        counted: counts.counted,
    }));
}

async fn put_right(
    connection: &mut Connection,
    table: Table,
    wrong: BTreeMap<Key, CellCounts>,
) -> Result<(), StoreError> {
    let mut owners: BTreeMap<Owner, Vec<CellRow>> = BTreeMap::new();
    for ((owner, cell), counts) in wrong {
        owners.entry(owner).or_default().push(CellRow { count: counts.counted - counts.tallied, ..cell });
    }
    let rows: Vec<Rows> = owners.into_iter().map(|(owner, cells)| Rows { owners: vec![owner], cells }).collect();
    let mut additions = Additions::default();
    match table {
        Table::Days => additions.days = rows,
        Table::Months => additions.months = rows,
    }
    bulk::write(connection, &additions).await?;
    let sql = AssertSqlSafe(format!("DELETE FROM {} WHERE count = 0", table.described().name));
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct TallyRow {
    owner_id: Uuid,
    period: i32,
    #[sqlx(flatten)]
    cell: CellRow,
}
