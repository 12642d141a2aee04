//! The hot path: what a group of responses asks in one trip to SQLite's thread, and adds in one.
//!
//! sqlx splits a text at its semicolons and hands each statement the next of the values; it prepares
//! all of them once and keeps them together under the text. So BEGIN, the questions, the rows of six
//! tables and COMMIT need two trips, and the answer to one visitor waits for no more than that and
//! for the disk.

use std::{
    collections::{BTreeSet, HashSet},
    sync::OnceLock,
};

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr, sqlite::SqliteArguments};
use uuid::Uuid;

use super::{
    Connection, Sqlite, Transaction,
    bulk_insert::{BulkInsert, Values},
};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    responses::NewResponse,
    rows::{self, CellRow, CommentRow, FlagRow, JudgementRow, ResponseRow, SeqBlockRow},
    tally_deltas::{Owner, Rows},
};

static RESPONSES: BulkInsert = BulkInsert { into: rows::RESPONSES, owners: 0, then: "" };
static COMMENTS: BulkInsert = BulkInsert { into: rows::COMMENTS, owners: 0, then: "" };
static FLAGS: BulkInsert = BulkInsert { into: rows::FLAGS, owners: 0, then: "ON CONFLICT (response, flag) DO NOTHING" };
static DAYS: BulkInsert = BulkInsert { into: rows::DAY_TALLIES, owners: 1, then: ADD_UP };
static MONTHS: BulkInsert = BulkInsert { into: rows::MONTH_TALLIES, owners: OWNERS, then: ADD_UP };
static NUMBERS: BulkInsert =
    BulkInsert { into: rows::SEQ_BLOCKS, owners: 0, then: "ON CONFLICT DO UPDATE SET bits = bits | excluded.bits" };

static JUDGEMENTS: BulkInsert =
    BulkInsert { into: rows::JUDGEMENTS, owners: 0, then: "ON CONFLICT DO UPDATE SET revision = revision + 1" };

/// A venue and its production.
const OWNERS: usize = 2;
const ADD_UP: &str = "ON CONFLICT DO UPDATE SET count = count + excluded.count";

/// A transaction that has the write lock: what was asked in it stays true until its end.
pub(super) struct Begun<'a> {
    store: &'a Sqlite,
    transaction: Transaction,
}

/// Begins to write, and asks which of these ids are there or dead.
pub(super) async fn begin<'a>(store: &'a Sqlite, ids: &[Uuid]) -> Result<(Begun<'a>, HashSet<Uuid>), StoreError> {
    let mut transaction = store.writer.lock().await?;
    let ids: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    let taken: Vec<Uuid> = sqlx::query_scalar(
        "BEGIN IMMEDIATE;
         SELECT id FROM (SELECT unhex(value) AS id FROM json_each($1)) AS asked
         WHERE EXISTS (SELECT 1 FROM responses WHERE responses.id = asked.id)
         OR EXISTS (SELECT 1 FROM tombstones WHERE tombstones.id = asked.id)",
    )
    .bind(serde_json::to_string(&ids)?)
    .fetch_all(&mut *transaction)
    .await?;
    Ok((Begun { store, transaction }, taken.into_iter().collect()))
}

impl Begun<'_> {
    /// Adds rows, and returns when they are on disk.
    pub(super) async fn write(mut self, additions: Additions<'_>, changes: BTreeSet<Change>) -> Result<(), StoreError> {
        run(&mut self.transaction, &additions, true).await?;
        self.transaction.finish();
        self.store.tell_after(&changes);
        Ok(())
    }

    /// The transaction, where there is more to ask before anything can be written.
    #[expect(clippy::unused_async, reason = "PostgreSQL begins only now")]
    pub(super) async fn transaction(self) -> Result<Transaction, StoreError> {
        Ok(self.transaction)
    }
}

/// Adds rows.
pub(super) async fn write(connection: &mut Connection, additions: &Additions<'_>) -> Result<(), StoreError> {
    if additions.is_empty() { Ok(()) } else { run(connection, additions, false).await }
}

async fn run(connection: &mut Connection, additions: &Additions<'_>, commits: bool) -> Result<(), StoreError> {
    let mut trips = trips(additions).into_iter().peekable();
    while let Some(trip) = trips.next() {
        let is_last = trips.peek().is_none();
        let (sql, arguments) = trip.statement(commits && is_last)?;
        sqlx::query_with(sql, arguments).execute(&mut *connection).await?;
    }
    Ok(())
}

/// How many rows a statement takes.
#[derive(Clone, Copy)]
struct StatementSize {
    /// of tallies
    cells: usize,
    /// of everything else
    rows: usize,
}

/// The smallest that is enough is taken: the fewer there are, the more often a statement is there
/// already. The first has room for one answer with all its tallies.
const STATEMENT_SIZES: [StatementSize; 4] = [
    StatementSize { cells: 40, rows: 4 },
    StatementSize { cells: 96, rows: 16 },
    StatementSize { cells: 128, rows: 64 },
    StatementSize { cells: 256, rows: 256 },
];
const LARGEST: StatementSize = STATEMENT_SIZES[STATEMENT_SIZES.len() - 1];

/// Owners, and cells that each of them has.
type Tallies<'a> = (&'a [Owner], &'a [CellRow]);

/// Rows that travel together.
#[derive(Default)]
struct Trip<'a> {
    responses: &'a [&'a NewResponse],
    comments: &'a [CommentRow],
    flags: &'a [FlagRow],
    days: Option<Tallies<'a>>,
    months: Option<Tallies<'a>>,
    numbers: &'a [SeqBlockRow],
    judgements: &'a [JudgementRow],
}

/// The first carries the most; a group of an ordinary evening needs no second. There is always one,
/// as there may be a COMMIT to carry.
fn trips<'a>(additions: &'a Additions<'a>) -> Vec<Trip<'a>> {
    fn tallies(rows: &[Rows], owners: usize) -> impl Iterator<Item = Tallies<'_>> {
        rows.iter().flat_map(move |rows| {
            let owners = rows.owners.chunks(owners);
            owners.flat_map(|owners| rows.cells.chunks(LARGEST.cells).map(move |cells| (owners, cells)))
        })
    }
    let mut responses = additions.responses.chunks(LARGEST.rows);
    let mut comments = additions.comments.chunks(LARGEST.rows);
    let mut flags = additions.flags.chunks(LARGEST.rows);
    let (mut days, mut months) = (tallies(&additions.days, 1), tallies(&additions.months, OWNERS));
    let mut numbers = additions.numbers.chunks(LARGEST.rows);
    let mut judgements = additions.judgements.chunks(LARGEST.rows);
    let mut trips = Vec::new();
    loop {
        let mut trip = Trip {
            responses: responses.next().unwrap_or_default(),
            days: days.next(),
            months: months.next(),
            numbers: numbers.next().unwrap_or_default(),
            judgements: judgements.next().unwrap_or_default(),
            ..Trip::default()
        };
        // What is said about a response refers to its row.
        if responses.len() == 0 {
            trip.comments = comments.next().unwrap_or_default();
            trip.flags = flags.next().unwrap_or_default();
        }
        if trip.parts() == 0 && !trips.is_empty() {
            return trips;
        }
        trips.push(trip);
    }
}

/// The statements of each size, for each choice of parts, written when they are first needed.
static TEXTS: [[OnceLock<SqlStr>; 2 * COMMITS]; STATEMENT_SIZES.len()] =
    [const { [const { OnceLock::new() }; 2 * COMMITS] }; STATEMENT_SIZES.len()];
/// The bit beside those of [`Trip::parts`].
const COMMITS: usize = 1 << 7;

impl Trip<'_> {
    /// Which parts it has, as bits in the order in which they are written: what takes longest first, because
    /// sqlx tells of each statement that has ended, and whoever waits is woken less often so.
    fn parts(&self) -> usize {
        let there = [
            self.days.is_some(),
            self.months.is_some(),
            !self.responses.is_empty(),
            !self.comments.is_empty(),
            !self.flags.is_empty(),
            !self.numbers.is_empty(),
            !self.judgements.is_empty(),
        ];
        there.iter().enumerate().map(|(nth, there)| usize::from(*there) << nth).sum()
    }

    fn size(&self) -> usize {
        let rows =
            [self.responses.len(), self.comments.len(), self.flags.len(), self.numbers.len(), self.judgements.len()];
        let rows = rows.into_iter().max().unwrap_or_default();
        let cells =
            [self.days, self.months].into_iter().flatten().map(|(_, cells)| cells.len()).max().unwrap_or_default();
        STATEMENT_SIZES
            .iter()
            .position(|size| rows <= size.rows && cells <= size.cells)
            .unwrap_or(STATEMENT_SIZES.len() - 1)
    }

    fn statement(&self, commits: bool) -> Result<(SqlStr, SqliteArguments), StoreError> {
        let (nth, parts) = (self.size(), self.parts());
        let size = STATEMENT_SIZES[nth];
        let choice = parts | if commits { COMMITS } else { 0 };
        let sql = TEXTS[nth][choice].get_or_init(|| text(size, choice)).clone();
        let mut values = Values::default();
        for (insert, tallies) in [(&DAYS, self.days), (&MONTHS, self.months)] {
            if let Some((owners, cells)) = tallies {
                for nth in 0..insert.owners {
                    values.push(owners.get(nth).map(|owner| owner.owner_id));
                    values.push(owners.get(nth).map(|owner| owner.period));
                }
                insert.fill(size.cells, &mut values, cells.iter().cloned());
            }
        }
        if !self.responses.is_empty() {
            let rows = self.responses.iter().map(|item| ResponseRow::new(item)).collect::<Result<Vec<_>, _>>()?;
            RESPONSES.fill(size.rows, &mut values, rows.into_iter());
        }
        if !self.comments.is_empty() {
            COMMENTS.fill(size.rows, &mut values, self.comments.iter().cloned());
        }
        if !self.flags.is_empty() {
            FLAGS.fill(size.rows, &mut values, self.flags.iter().cloned());
        }
        if !self.numbers.is_empty() {
            NUMBERS.fill(size.rows, &mut values, self.numbers.iter().cloned());
        }
        if !self.judgements.is_empty() {
            JUDGEMENTS.fill(size.rows, &mut values, self.judgements.iter().cloned());
        }
        Ok((sql, values.arguments()?))
    }
}

fn text(size: StatementSize, choice: usize) -> SqlStr {
    let StatementSize { cells, rows } = size;
    let parts = [
        (&DAYS, cells),
        (&MONTHS, cells),
        (&RESPONSES, rows),
        (&COMMENTS, rows),
        (&FLAGS, rows),
        (&NUMBERS, rows),
        (&JUDGEMENTS, rows),
    ];
    let mut sql = String::new();
    for (nth, (insert, rows)) in parts.into_iter().enumerate() {
        if choice & (1 << nth) != 0 {
            insert.write(rows, &mut sql);
        }
    }
    if choice & COMMITS != 0 {
        sql += "COMMIT";
    }
    // Nothing in it is data.
    AssertSqlSafe(std::sync::Arc::<str>::from(sql)).into_sql_str()
}
