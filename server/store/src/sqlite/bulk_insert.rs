//! One statement for many rows.
//!
//! The statement is prepared for a few fixed numbers of rows, so that it stays in the statement
//! cache; places that are not needed stay unbound, which is NULL, and are left out by the `WHERE`.
//! The placeholders are plain `?`, since SQLite finds a numbered one by searching a list, and a
//! statement has thousands.

use std::{fmt::Write, sync::OnceLock};

use sqlx::{Arguments, AssertSqlSafe, Encode, SqlSafeStr, SqlStr, Type, error::BoxDynError, sqlite::SqliteArguments};

use super::{super::StoreError, Connection, Db};

/// How many rows a statement can hold.
const SIZES: [usize; 4] = [4, 16, 64, 256];

/// An insert of many rows.
pub(super) struct BulkInsert {
    /// the table, and the columns in brackets: first those that all rows share
    into: &'static str,
    /// how many columns all rows share
    shared: usize,
    /// how many columns each row has for itself; the first of them is never null
    own: usize,
    /// what stands behind the rows
    then: &'static str,
    sql: [OnceLock<SqlStr>; SIZES.len()],
}

/// The values of a statement, in the order of its columns.
#[derive(Default)]
pub(super) struct Values {
    arguments: SqliteArguments,
    failed: Option<BoxDynError>,
}

impl Values {
    /// Adds the next value.
    pub(super) fn push<'q, T: Encode<'q, Db> + Type<Db>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.failed.get_or_insert(error);
        }
    }
}

impl BulkInsert {
    pub(super) const fn new(into: &'static str, shared: usize, own: usize, then: &'static str) -> Self {
        Self { into, shared, own, then, sql: [const { OnceLock::new() }; SIZES.len()] }
    }

    /// Inserts rows, in order. `share` pushes what all share, `push` what one row has for itself.
    pub(super) async fn insert<R>(
        &self,
        connection: &mut Connection,
        rows: &[R],
        share: impl Fn(&mut Values),
        push: impl Fn(&R, &mut Values) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for chunk in rows.chunks(SIZES[SIZES.len() - 1]) {
            let mut values = Values::default();
            values.arguments.reserve(self.shared + self.own * chunk.len(), 0);
            share(&mut values);
            for row in chunk {
                push(row, &mut values)?;
            }
            let Values { arguments, failed } = values;
            if let Some(error) = failed {
                return Err(sqlx::Error::Encode(error).into());
            }
            sqlx::query_with(self.sql(chunk.len()), arguments).execute(&mut *connection).await?;
        }
        Ok(())
    }

    fn sql(&self, rows: usize) -> SqlStr {
        let nth = SIZES.iter().position(|size| rows <= *size).unwrap_or(SIZES.len() - 1);
        self.sql[nth].get_or_init(|| self.write(SIZES[nth])).clone()
    }

    fn write(&self, rows: usize) -> SqlStr {
        let names = |of: &'static str, columns: usize| (1..=columns).map(move |nth| format!("{of}.column{nth}"));
        let row = |columns: usize| format!("({})", vec!["?"; columns].join(","));
        let mut sql = format!("INSERT INTO {} SELECT ", self.into);
        sql += &names("s", self.shared).chain(names("r", self.own)).collect::<Vec<_>>().join(",");
        sql += " FROM ";
        if self.shared > 0 {
            // Writing to a string never fails.
            let _ = write!(sql, "(VALUES {}) AS s CROSS JOIN ", row(self.shared));
        }
        let _ = write!(
            sql,
            "(VALUES {}) AS r WHERE r.column1 IS NOT NULL {}",
            vec![row(self.own); rows].join(","),
            self.then
        );
        AssertSqlSafe(std::sync::Arc::<str>::from(sql)).into_sql_str()
    }
}
