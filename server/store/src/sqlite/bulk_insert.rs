//! An insert of many rows, as a part of a statement.
//!
//! It is written for a fixed number of rows, so that the whole can stay in the statement cache; rows
//! that are not needed are NULL and are left out by the `WHERE`. The placeholders are plain `?`, since
//! SQLite finds a numbered one by searching a list, and a statement has thousands.

use std::fmt::Write;

use sqlx::{Arguments as _, Encode, Type, sqlite::SqliteArguments};

use super::Db;
use crate::{
    StoreError,
    rows::{self, Bind, Row, Table},
};

/// An insert of many rows.
pub(super) struct BulkInsert {
    /// where; the columns of its owners are shared: every owner has every row
    pub(super) into: Table,
    /// how many owners there can be; those that are not needed are NULL as well
    pub(super) owners: usize,
    /// what stands behind the rows
    pub(super) then: &'static str,
}

impl BulkInsert {
    /// Writes the statement for so many rows.
    pub(super) fn write(&self, rows: usize, sql: &mut String) {
        let (shared, own) = (self.into.owner.len(), self.into.own.len());
        let names = |of: &'static str, columns: usize| (1..=columns).map(move |nth| format!("{of}.column{nth}"));
        let row = |columns: usize| format!("({})", vec!["?"; columns].join(","));
        let columns = names("s", shared).chain(names("r", own)).collect::<Vec<_>>().join(",");
        // Writing to a string never fails.
        let _ = write!(sql, "INSERT INTO {} ({}) SELECT {columns} FROM ", self.into.name, self.into.list());
        if shared > 0 {
            let owners = vec![row(shared); self.owners].join(",");
            let _ = write!(sql, "(VALUES {owners}) AS s CROSS JOIN ");
        }
        let rows = vec![row(own); rows].join(",");
        // The first column is never null.
        let _ = write!(sql, "(VALUES {rows}) AS r WHERE r.column1 IS NOT NULL ");
        if self.owners > 1 {
            *sql += "AND s.column1 IS NOT NULL ";
        }
        let _ = write!(sql, "{};", self.then);
    }

    /// Adds the values of rows to those of a statement that has `places` of them.
    pub(super) fn fill<R: Row>(&self, places: usize, values: &mut Values, rows: impl ExactSizeIterator<Item = R>) {
        let left = places.saturating_sub(rows.len());
        for row in rows {
            row.bind(values);
        }
        for _ in 0..left * self.into.own.len() {
            values.push(None::<i64>);
        }
    }
}

/// The values of a statement, in the order of its placeholders.
#[derive(Default)]
pub(super) struct Values {
    arguments: SqliteArguments,
    failed: Option<sqlx::Error>,
}

impl Values {
    /// Adds the next value.
    pub(super) fn push<'q, T: Encode<'q, Db> + Type<Db>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.failed.get_or_insert(sqlx::Error::Encode(error));
        }
    }

    /// All of them.
    ///
    /// # Errors
    /// Where one of them could not be written down.
    pub(super) fn arguments(self) -> Result<SqliteArguments, StoreError> {
        self.failed.map_or(Ok(self.arguments), |error| Err(error.into()))
    }
}

impl Bind for Values {
    fn value<T: rows::Value>(&mut self, _: &'static str, value: T) {
        self.push(value);
    }
}
