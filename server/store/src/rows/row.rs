//! A row of a table: a struct whose fields are the columns, and who takes their values.

use sqlx::{Encode, Postgres, Sqlite, Type, postgres::PgHasArrayType};

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

        impl $crate::rows::row::Row for $Row {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];

            fn bind(self, to: &mut impl $crate::rows::row::Bind) {
                $(to.value(stringify!($column), self.$column);)*
            }

            fn bind_arrays(mut rows: Vec<Self>, to: &mut impl $crate::rows::row::BindArrays) {
                $(to.array::<$Type>(rows.iter_mut().map(|row| std::mem::take(&mut row.$column)).collect());)*
            }
        }
    };
}
pub(super) use row;
