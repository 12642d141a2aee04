//! Counting every response again, to prove the tallies.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::{Backend, Connection, Db, bulk, response_rows, write_deltas::drop_empty};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    rows::CellRow,
    scope::push_list,
    tallies::Difference,
    tally_deltas::{Owner, Rows, Table, TallyDeltas, in_key_order},
};

/// Responses read at a time.
const PAGE: u32 = 1_000;
/// The most differences that are told: nobody reads more.
const TOLD: usize = 100;
/// So many rows are put right in a transaction: a few milliseconds, and whoever stores answers comes next.
const PIECE: usize = 200;
/// How often it is counted again whether all has become right.
const PASSES: u32 = 5;

/// Counts, compares, and with `fix` puts tallies and standings right.
///
/// Counting holds nobody up: it sees one moment. Whoever writes meanwhile changes responses and tallies by the same
/// amount, so that what a tally was wrong by then is what it is wrong by now.
pub(super) async fn recount(store: &Backend, fix: bool) -> Result<Vec<Difference>, StoreError> {
    let first = Count::of(store).await?;
    if fix {
        put_standings_right(store).await?;
        let mut wrong = first.wrong;
        for _ in 0..PASSES {
            if wrong.iter().all(|(_, cells)| cells.is_empty()) {
                break;
            }
            for (table, cells) in wrong {
                put_right(store, table, cells).await?;
            }
            // Two that put the same right at once have done it twice.
            wrong = Count::of(store).await?.wrong;
        }
    }
    Ok(first.told)
}

/// What was found at one moment.
struct Count {
    told: Vec<Difference>,
    wrong: [(Table, BTreeMap<Key, CellCounts>); 2],
}

impl Count {
    async fn of(store: &Backend) -> Result<Self, StoreError> {
        let mut snapshot = store.snapshot().await?;
        let mut told = Vec::new();
        tell_standings(&mut told, &mut snapshot).await?;
        let deltas = count(&mut snapshot).await?;
        let days = compare(&mut snapshot, Table::Days, &deltas).await?;
        let months = compare(&mut snapshot, Table::Months, &deltas).await?;
        let wrong = [(Table::Days, days), (Table::Months, months)];
        for (table, cells) in &wrong {
            tell(&mut told, *table, cells);
        }
        Ok(Self { told, wrong })
    }
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

/// Adds what is missing to tallies, a piece at a time.
async fn put_right(store: &Backend, table: Table, wrong: BTreeMap<Key, CellCounts>) -> Result<(), StoreError> {
    let wrong: Vec<(Key, CellCounts)> = wrong.into_iter().collect();
    for piece in wrong.chunks(PIECE) {
        let mut owners: BTreeMap<Owner, Vec<CellRow>> = BTreeMap::new();
        for ((owner, cell), counts) in piece {
            let cell = CellRow { count: counts.counted - counts.tallied, ..cell.clone() };
            owners.entry(*owner).or_default().push(cell);
        }
        let touched: Vec<Owner> = owners.keys().copied().collect();
        let rows: Vec<Rows> = owners.into_iter().map(|(owner, cells)| Rows { owners: vec![owner], cells }).collect();
        let mut additions = Additions::default();
        match table {
            Table::Days => additions.days = rows,
            Table::Months => additions.months = rows,
        }
        let mut tx = store.write().await?;
        bulk::write(tx.connection(), &additions).await?;
        for owner in touched {
            drop_empty(tx.connection(), table, owner).await?;
        }
        tx.announce(Change::Unknown);
        tx.commit_piece().await?;
    }
    Ok(())
}

/// Lets every response stand as its flags say, a piece at a time.
async fn put_standings_right(store: &Backend) -> Result<(), StoreError> {
    let mut after = Uuid::nil();
    loop {
        // Names that the program itself chose, no data.
        let sql = AssertSqlSafe(format!(
            "SELECT id FROM responses WHERE id > $1 AND standing <> {STANDING} ORDER BY id LIMIT {PIECE}"
        ));
        let wrong: Vec<Uuid> = sqlx::query_scalar(sql).bind(after).fetch_all(store.reader()).await?;
        let Some(last) = wrong.last() else { return Ok(()) };
        after = *last;
        let mut query = QueryBuilder::<Db>::new(format!("UPDATE responses SET standing = {STANDING} WHERE id IN "));
        push_list(&mut query, wrong.iter().copied());
        let mut tx = store.write().await?;
        query.build().persistent(false).execute(tx.connection()).await?;
        tx.announce(Change::Unknown);
        tx.commit_piece().await?;
    }
}

#[derive(sqlx::FromRow)]
struct TallyRow {
    owner_id: Uuid,
    period: i32,
    #[sqlx(flatten)]
    cell: CellRow,
}
