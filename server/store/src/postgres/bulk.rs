//! The hot path: what a group of responses asks in one statement, and adds in one, as arrays.
//!
//! A single statement is a transaction of its own, so that a group whose ids are all new is written
//! in two trips to the database and back: the question and the rows. Between the two another server
//! may have stored or deleted one of the ids. The statement fails then, by the key of the table or by
//! `stay_dead` (migration 0015), nothing of it happens, and the group begins anew.

use std::{
    collections::{BTreeSet, HashSet},
    fmt::Write,
    sync::OnceLock,
};

use sqlx::{Arguments as _, AssertSqlSafe, Encode, PgExecutor, SqlSafeStr, SqlStr, Type, postgres::PgArguments};
use uuid::Uuid;

use super::{CHANNEL, Connection, Db, Postgres, Transaction};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    rows::{self, BindArrays, CellRow, ResponseRow, Row},
    tally_deltas::{Rows, in_key_order},
};

/// One column of many rows.
fn column<T, R>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// A group that has been looked at; nobody is kept from writing yet.
pub(super) struct Begun<'a> {
    store: &'a Postgres,
}

/// Asks which of these ids are there or dead.
pub(super) async fn begin<'a>(store: &'a Postgres, ids: &[Uuid]) -> Result<(Begun<'a>, HashSet<Uuid>), StoreError> {
    let taken: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM responses WHERE id = ANY($1) UNION ALL SELECT id FROM tombstones WHERE id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(&store.pool)
    .await?;
    Ok((Begun { store }, taken.into_iter().collect()))
}

impl Begun<'_> {
    /// Adds rows, tells of changes, and returns when both are on disk.
    pub(super) async fn write(self, additions: Additions<'_>, changes: BTreeSet<Change>) -> Result<(), StoreError> {
        add(&self.store.pool, &additions, &changes).await
    }

    /// A transaction, where there is more to ask before anything can be written.
    pub(super) async fn transaction(self) -> Result<Transaction, StoreError> {
        self.store.begin().await
    }
}

/// Adds rows.
pub(super) async fn write(connection: &mut Connection, additions: &Additions<'_>) -> Result<(), StoreError> {
    if additions.is_empty() { Ok(()) } else { add(connection, additions, &BTreeSet::new()).await }
}

async fn add(
    executor: impl PgExecutor<'_>,
    additions: &Additions<'_>,
    changes: &BTreeSet<Change>,
) -> Result<(), StoreError> {
    let Additions { responses, comments, flags, days, months, numbers, judgements } = additions;
    let responses = responses.iter().map(|item| ResponseRow::new(item)).collect::<Result<Vec<_>, _>>()?;
    let notices: Vec<String> = changes.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let mut values = Values::default();
    Row::bind_arrays(responses, &mut values);
    Row::bind_arrays(comments.clone(), &mut values);
    Row::bind_arrays(flags.clone(), &mut values);
    bind_tallies(days, &mut values);
    bind_tallies(months, &mut values);
    Row::bind_arrays(numbers.clone(), &mut values);
    Row::bind_arrays(judgements.clone(), &mut values);
    values.add(CHANNEL);
    values.add(notices);
    sqlx::query_with(statement(), values.arguments()?).execute(executor).await?;
    Ok(())
}

fn bind_tallies(rows: &[Rows], values: &mut Values) {
    let (owners, cells): (Vec<_>, Vec<CellRow>) =
        in_key_order(rows).into_iter().map(|(owner, cell)| (owner, cell.clone())).unzip();
    values.add(column(&owners, |owner| owner.owner_id));
    values.add(column(&owners, |owner| owner.period));
    Row::bind_arrays(cells, values);
}

/// The statement, written when it is first needed: an array for each column, in the order in which they are bound.
fn statement() -> SqlStr {
    static TEXT: OnceLock<SqlStr> = OnceLock::new();
    TEXT.get_or_init(|| AssertSqlSafe(std::sync::Arc::<str>::from(text())).into_sql_str()).clone()
}

/// Nothing in it is data.
fn text() -> String {
    const ADD_UP: &str = "UPDATE SET count = t.count + excluded.count";
    let inserts = [
        (rows::RESPONSES, None),
        (rows::COMMENTS, None),
        (rows::FLAGS, Some("NOTHING")),
        (rows::DAY_TALLIES, Some(ADD_UP)),
        (rows::MONTH_TALLIES, Some(ADD_UP)),
        (rows::SEQ_BLOCKS, Some("UPDATE SET bits = t.bits | excluded.bits")),
        (rows::JUDGEMENTS, Some("UPDATE SET revision = t.revision + 1")),
    ];
    let mut numbers = 1..;
    let mut sql = String::new();
    for (table, if_there) in inserts {
        let (name, columns) = (table.name, table.list());
        let arrays: Vec<String> = table.columns().zip(&mut numbers).map(|(_, nth)| format!("${nth}")).collect();
        let (begin, arrays) = (if sql.is_empty() { "WITH" } else { "," }, arrays.join(", "));
        // Writing to a string never fails.
        let _ =
            write!(sql, "{begin} new_{name} AS (INSERT INTO {name} AS t ({columns}) SELECT * FROM unnest({arrays})");
        if let Some(then) = if_there {
            let _ = write!(sql, " ON CONFLICT ON CONSTRAINT {name}_pkey DO {then}");
        }
        sql += ")";
    }
    let (channel, notices) = (numbers.start, numbers.start + 1);
    let _ = write!(sql, " SELECT pg_notify(${channel}, notice) FROM unnest(${notices}) AS notice");
    sql
}

/// The values of the statement, in the order of its placeholders.
#[derive(Default)]
struct Values {
    arguments: PgArguments,
    failed: Option<sqlx::Error>,
}

impl Values {
    fn add<'q, T: Encode<'q, Db> + Type<Db>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.failed.get_or_insert(sqlx::Error::Encode(error));
        }
    }

    fn arguments(self) -> Result<PgArguments, StoreError> {
        self.failed.map_or(Ok(self.arguments), |error| Err(error.into()))
    }
}

impl BindArrays for Values {
    fn array<T: rows::Value>(&mut self, values: Vec<T>) {
        self.add(values);
    }
}
