//! From an address to a store, with its tables up to date.

use std::sync::Arc;

use crate::{
    entry::Store,
    postgres::{self, Postgres},
    sqlite::{self, Sqlite, connect::AfterCrash},
};

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names neither of the two databases.
    #[error("the database address must begin with sqlite: or postgres:, such as sqlite://data/aplodi.db")]
    UnknownScheme,
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] sqlite::connect::ConnectError),
    /// PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] postgres::connect::ConnectError),
}

/// The two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// a file
    Sqlite,
    /// a server of its own
    Postgres,
}

impl Database {
    /// Which of them an address names.
    ///
    /// # Errors
    /// Where it names neither.
    pub fn of(url: &str) -> Result<Self, OpenError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(OpenError::UnknownScheme),
        }
    }
}

/// Opens the store at an address: `sqlite://data/aplodi.db`, `postgres://user@host/name`.
///
/// # Errors
/// Where it cannot be opened, or its tables cannot be brought up to date.
pub async fn open(url: &str) -> Result<Store, OpenError> {
    opened(url, AfterCrash::Leave).await
}

/// [`open`], for a server that will answer what it has: it makes sure first of what a crash has left.
///
/// # Errors
/// As [`open`], or where that cannot be made sure of.
pub async fn open_to_serve(url: &str) -> Result<Store, OpenError> {
    opened(url, AfterCrash::MakeSure).await
}

async fn opened(url: &str, after_crash: AfterCrash) -> Result<Store, OpenError> {
    Ok(Store(match Database::of(url)? {
        Database::Sqlite => Arc::new(Sqlite::connect(url, after_crash).await?),
        Database::Postgres => Arc::new(Postgres::connect(url).await?),
    }))
}
