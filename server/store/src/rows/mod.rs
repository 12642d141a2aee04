//! The rows that bring responses: the columns of each table once, as the fields of a struct. Every
//! statement that writes a whole row, or reads it back, is made from them, on both databases.
//!
//! - `response`, `comment`, `flag`, `conflict`: what stands in the tables of these names;
//! - `tally`: what the two tables of tallies have in common, and what a cell looks like in them;
//! - `seq_block`: the numbers that a pairing gave.
//!
//! What does not belong here: statements, and rows that are written in one place and by one statement.

mod comment;
mod conflict;
mod flag;
mod response;
mod seq_block;
mod tally;

use sqlx::{Encode, Postgres, Sqlite, Type, postgres::PgHasArrayType};

pub(crate) use self::{
    comment::CommentRow, conflict::ConflictRow, flag::FlagRow, response::ResponseRow, seq_block::SeqBlockRow,
    tally::CellRow,
};

/// A table, with the columns that the program names when it adds a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// its name
    pub name: &'static str,
    /// whose a row is and of when; such columns stand first, and only tallies have them
    pub owner: &'static [&'static str],
    /// the others
    pub own: &'static [&'static str],
}

impl Table {
    const fn new(name: &'static str, own: &'static [&'static str]) -> Self {
        Self { name, owner: &[], own }
    }

    /// All of these columns.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.owner.iter().chain(self.own).copied()
    }

    /// All of them as they stand in a statement: `id, survey_version, ...`
    pub(crate) fn list(&self) -> String {
        self.columns().collect::<Vec<_>>().join(", ")
    }
}

/// Responses.
pub const RESPONSES: Table = Table::new("responses", ResponseRow::COLUMNS);
/// Comments of responses.
pub const COMMENTS: Table = Table::new("comments", CommentRow::COLUMNS);
/// What responses are doubted for.
pub const FLAGS: Table = Table::new("flags", FlagRow::COLUMNS);
/// Responses that came under a taken id.
pub const CONFLICTS: Table = Table::new("conflicts", ConflictRow::COLUMNS);
/// The numbers that pairings gave.
pub const SEQ_BLOCKS: Table = Table::new("pairing_seq", SeqBlockRow::COLUMNS);
/// Tallies by subject and local day.
pub const DAY_TALLIES: Table = Table { name: "tallies", owner: &["subject", "local_day"], own: CellRow::COLUMNS };
/// Tallies by venue or production and month.
pub const MONTH_TALLIES: Table = Table { name: "period_tallies", owner: &["whose", "month"], own: CellRow::COLUMNS };

/// Every table that responses are added to.
pub const ALL: [Table; 7] = [RESPONSES, COMMENTS, FLAGS, CONFLICTS, SEQ_BLOCKS, DAY_TALLIES, MONTH_TALLIES];

/// What both databases can keep in a column.
pub(crate) trait Value:
    for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres> + PgHasArrayType + Default
{
}

impl<T> Value for T where
    T: for<'q> Encode<'q, Sqlite>
        + Type<Sqlite>
        + for<'q> Encode<'q, Postgres>
        + Type<Postgres>
        + PgHasArrayType
        + Default
{
}

/// Takes the values of one row.
pub(crate) trait Bind {
    /// The value of the next column.
    fn value<T: Value>(&mut self, column: &'static str, value: T);
}

/// Takes the values of many rows, column by column.
pub(crate) trait BindArrays {
    /// The values of the next column, one for each row.
    fn array<T: Value>(&mut self, values: Vec<T>);
}

/// A row of one of these tables.
pub(crate) trait Row: Sized {
    /// The names of its columns, in the order in which they are bound.
    const COLUMNS: &'static [&'static str];

    /// Hands over its values.
    fn bind(self, to: &mut impl Bind);

    /// Hands over the values of many rows.
    fn bind_arrays(rows: Vec<Self>, to: &mut impl BindArrays);
}

/// Makes a [`Row`] of a struct: each field is the column of the same name.
macro_rules! row {
    ($(#[$attribute:meta])* pub(crate) struct $Row:ident {
        $($(#[$field_attribute:meta])* pub(crate) $column:ident: $Type:ty,)*
    }) => {
        $(#[$attribute])*
        pub(crate) struct $Row {
            $($(#[$field_attribute])* pub(crate) $column: $Type,)*
        }

        impl $crate::rows::Row for $Row {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];

            fn bind(self, to: &mut impl $crate::rows::Bind) {
                $(to.value(stringify!($column), self.$column);)*
            }

            fn bind_arrays(mut rows: Vec<Self>, to: &mut impl $crate::rows::BindArrays) {
                $(to.array::<$Type>(rows.iter_mut().map(|row| std::mem::take(&mut row.$column)).collect());)*
            }
        }
    };
}
use row;
