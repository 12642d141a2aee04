//! Adding one row, where there is no group of them.

use sqlx::QueryBuilder;

use super::Db;
use crate::rows::{self, Bind, Row, Table};

/// The beginning of a statement that adds a row to a table; what to do where it is there already may follow.
pub(super) fn insert_row(table: Table, row: impl Row) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::new("INSERT INTO ");
    query.push(table.name).push(" (").push(table.list()).push(") VALUES (");
    let mut values = Values { query, is_first: true };
    row.bind(&mut values);
    values.query.push(")");
    values.query
}

struct Values {
    query: QueryBuilder<Db>,
    is_first: bool,
}

impl Bind for Values {
    fn value<T: rows::Value>(&mut self, _: &'static str, value: T) {
        if !std::mem::take(&mut self.is_first) {
            self.query.push(", ");
        }
        self.query.push_bind(value);
    }
}
