//! Instants, days and slots. No clock and no time zone data: both come in from outside.

use serde::{Deserialize, Serialize};

/// An instant: milliseconds UTC since 1970.
pub type Millis = i64;

/// One second.
pub const SECOND: Millis = 1_000;
/// One minute.
pub const MINUTE: Millis = 60 * SECOND;
/// One hour.
pub const HOUR: Millis = 60 * MINUTE;
/// One day of 24 hours.
pub const DAY: Millis = 24 * HOUR;

/// A calendar day at a venue, as `year * 10_000 + month * 100 + day`: stored so that no SQL needs a
/// date function, and readable by whoever opens the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalDay(pub i32);

impl LocalDay {
    /// The day of a calendar date.
    #[must_use]
    pub const fn from_date(year: i32, month: i32, day: i32) -> Self {
        Self(year * 10_000 + month * 100 + day)
    }

    /// Its month, as `year * 100 + month`.
    #[must_use]
    pub const fn month(self) -> LocalMonth {
        LocalMonth(self.0 / 100)
    }
}

/// A calendar month at a venue, as `year * 100 + month`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalMonth(pub i32);

/// Ten minutes of answers: the instant divided by ten minutes. Time is never shown finer than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(pub i64);

impl Slot {
    /// How long a slot is.
    pub const LENGTH: Millis = 10 * MINUTE;

    /// The slot that holds an instant.
    #[must_use]
    pub const fn of(at: Millis) -> Self {
        Self(at.div_euclid(Self::LENGTH))
    }

    /// When the slot begins.
    #[must_use]
    pub const fn start(self) -> Millis {
        self.0 * Self::LENGTH
    }
}
