//! What can go wrong in the store, and whether trying again can help.

use std::{error::Error, sync::Arc};

use sqlx::{error::DatabaseError, postgres::PgDatabaseError, sqlite::SqliteError};

/// What went wrong in the store. [`StoreError::may_pass`] tells whether trying again can help.
///
/// It can be cloned, because one failed commit is bad news for everybody whose responses were in it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full, the connection is gone, the database is busy or read-only.
    #[error("the store cannot do it now")]
    Unavailable(#[source] Arc<sqlx::Error>),
    /// The database refused the data itself; other data may be fine.
    #[error("the database refused the data")]
    Refused(#[source] Arc<sqlx::Error>),
    /// Something stored cannot be understood by this version of the program.
    #[error("stored data cannot be read: {0}")]
    Unreadable(String),
}

impl StoreError {
    /// Whether the same call may succeed later without a change.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether two writers got into each other's way: PostgreSQL gave one of them up, or one stored an
    /// id that the other had just found free. It may try again at once.
    pub(super) fn is_collision(&self) -> bool {
        const SERIALIZATION_FAILURE: &str = "40001";
        const DEADLOCK_DETECTED: &str = "40P01";
        const UNIQUE_VIOLATION: &str = "23505";
        let (Self::Unavailable(error) | Self::Refused(error)) = self else { return false };
        let code = error.as_database_error().and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
        code.is_some_and(|error| matches!(error.code(), SERIALIZATION_FAILURE | DEADLOCK_DETECTED | UNIQUE_VIOLATION))
    }

    /// A word in the store that no version of this program has written there.
    pub(super) fn unknown_word(what: &str, word: &str) -> Self {
        Self::Unreadable(format!("{what} {word:?}"))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(database) if is_about_the_data(&**database) => Self::Refused(Arc::new(error)),
            E::Encode(_) => Self::Refused(Arc::new(error)),
            E::RowNotFound
            | E::TypeNotFound { .. }
            | E::ColumnIndexOutOfBounds { .. }
            | E::ColumnNotFound(_)
            | E::ColumnDecode { .. }
            | E::Decode(_) => Self::Unreadable(error.to_string()),
            // Also whatever nobody has thought of: an answer that is kept and sent again is better
            // than one that is refused for good.
            _ => Self::Unavailable(Arc::new(error)),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Whether the data is at fault, and not the disk, the connection or the program.
fn is_about_the_data(error: &dyn DatabaseError) -> bool {
    if error.try_downcast_ref::<SqliteError>().is_some() {
        const TOO_BIG: u32 = 18;
        const CONSTRAINT: u32 = 19;
        const MISMATCH: u32 = 20;
        // The extended code holds the primary one in its lowest byte.
        let code = error.code().and_then(|code| code.parse::<u32>().ok());
        code.is_some_and(|code| matches!(code & 0xff, TOO_BIG | CONSTRAINT | MISMATCH))
    } else {
        // SQLSTATE: 22 is "data exception", 23 "integrity constraint violation".
        error.code().is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
    }
}

/// An error and everything that caused it, on one line. An error that shows its cause itself does not
/// say it twice.
#[must_use]
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let cause = error.to_string();
        if !line.ends_with(&cause) {
            line = format!("{line}: {cause}");
        }
        next = error.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_with_the_store_may_pass_and_bad_data_does_not() {
        for error in [sqlx::Error::PoolTimedOut, sqlx::Error::PoolClosed, sqlx::Error::WorkerCrashed] {
            assert!(StoreError::from(error).may_pass());
        }
        assert!(!StoreError::from(sqlx::Error::RowNotFound).may_pass());
        assert!(!StoreError::from(sqlx::Error::Encode("too long".into())).may_pass());
    }

    #[derive(Debug, thiserror::Error)]
    enum Layer {
        #[error("the summary cannot be read")]
        Summary(#[source] Box<Layer>),
        #[error("the database does not answer: {0}")]
        Database(#[source] std::io::Error),
    }

    #[test]
    fn a_chain_is_told_whole_and_nothing_in_it_twice() {
        let error = Layer::Summary(Box::new(Layer::Database(std::io::Error::other("disk full"))));
        assert_eq!(chain(&error), "the summary cannot be read: the database does not answer: disk full");
    }
}
