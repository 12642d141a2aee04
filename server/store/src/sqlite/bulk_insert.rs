//! An insert of many rows, as a part of a statement.
//!
//! It is written for a fixed number of rows, so that the whole can stay in the statement cache; rows
//! that are not needed are NULL and are left out by the `WHERE`. The placeholders are plain `?`, since
//! SQLite finds a numbered one by searching a list, and a statement has thousands.

use std::fmt::Write;

use sqlx::{Arguments as _, Encode, Type, sqlite::SqliteArguments};

use super::Db;
use crate::StoreError;

/// An insert of many rows.
pub(super) struct BulkInsert {
    /// the table, and the columns in brackets: first those of the owners
    pub(super) into: &'static str,
    /// how many columns the owners of rows have: every owner has every row
    pub(super) shared: usize,
    /// how many owners there can be; those that are not needed are NULL as well
    pub(super) owners: usize,
    /// how many columns each row has for itself; the first of them is never null
    pub(super) own: usize,
    /// what stands behind the rows
    pub(super) then: &'static str,
}

impl BulkInsert {
    /// Writes the statement for so many rows.
    pub(super) fn write(&self, rows: usize, sql: &mut String) {
        let names = |of: &'static str, columns: usize| (1..=columns).map(move |nth| format!("{of}.column{nth}"));
        let row = |columns: usize| format!("({})", vec!["?"; columns].join(","));
        let columns = names("s", self.shared).chain(names("r", self.own)).collect::<Vec<_>>().join(",");
        // Writing to a string never fails.
        let _ = write!(sql, "INSERT INTO {} SELECT {columns} FROM ", self.into);
        if self.shared > 0 {
            let owners = vec![row(self.shared); self.owners].join(",");
            let _ = write!(sql, "(VALUES {owners}) AS s CROSS JOIN ");
        }
        let rows = vec![row(self.own); rows].join(",");
        let _ = write!(sql, "(VALUES {rows}) AS r WHERE r.column1 IS NOT NULL ");
        if self.owners > 1 {
            *sql += "AND s.column1 IS NOT NULL ";
        }
        let _ = write!(sql, "{};", self.then);
    }

    /// Adds the values of rows to those of a statement that has room for `room` of them.
    pub(super) fn fill<R>(&self, room: usize, values: &mut Values, rows: &[R], push: impl Fn(&R, &mut Values)) {
        for row in rows {
            push(row, values);
        }
        for _ in 0..room.saturating_sub(rows.len()) * self.own {
            values.push(None::<i64>);
        }
    }
}

/// The values of a statement, in the order of its placeholders.
#[derive(Default)]
pub(super) struct Values {
    arguments: SqliteArguments,
    failed: Option<StoreError>,
}

impl Values {
    /// Adds the next value.
    pub(super) fn push<'q, T: Encode<'q, Db> + Type<Db>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.fail(sqlx::Error::Encode(error).into());
        }
    }

    /// Notes that a value cannot be written down; the first of such notes stays.
    pub(super) fn fail(&mut self, error: StoreError) {
        self.failed.get_or_insert(error);
    }

    /// All of them.
    ///
    /// # Errors
    /// Where one of them could not be written down.
    pub(super) fn arguments(self) -> Result<SqliteArguments, StoreError> {
        self.failed.map_or(Ok(self.arguments), Err)
    }
}
