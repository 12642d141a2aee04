//! What a column holds, and what a finding is about.

use crate::folded::folded;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// what the sender calls the event
    Id,
    /// what it is called on the poster
    Title,
    /// where it is
    Venue,
    /// on which day
    Day,
    /// when it begins: a day, a time or both
    Start,
    /// on which day it ends
    EndDay,
    /// when it ends: a day, a time or both
    End,
    /// how long it is
    Duration,
    /// how many were there
    Attendance,
    /// how many tickets were sold
    Sold,
    /// how many were counted
    Counted,
    /// how many there were, roughly
    Estimated,
    /// whether it takes place, in a word
    Status,
    /// whether it is cancelled: yes or no
    Cancelled,
    /// the time zone of its times
    Zone,
    /// nothing that is wanted
    Ignored,
}

impl Field {
    /// Each of them.
    pub const ALL: [Self; 16] = [
        Self::Id,
        Self::Title,
        Self::Venue,
        Self::Day,
        Self::Start,
        Self::EndDay,
        Self::End,
        Self::Duration,
        Self::Attendance,
        Self::Sold,
        Self::Counted,
        Self::Estimated,
        Self::Status,
        Self::Cancelled,
        Self::Zone,
        Self::Ignored,
    ];

    /// Its word where columns are mapped by hand.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Venue => "venue",
            Self::Day => "date",
            Self::Start => "start",
            Self::EndDay => "end_date",
            Self::End => "end",
            Self::Duration => "duration",
            Self::Attendance => "attendance",
            Self::Sold => "sold",
            Self::Counted => "counted",
            Self::Estimated => "estimated",
            Self::Status => "status",
            Self::Cancelled => "cancelled",
            Self::Zone => "time_zone",
            Self::Ignored => "ignore",
        }
    }

    /// The field that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| folded(field.as_str()) == folded(word))
    }
}

/// A column mapped by hand: its head (or its number, from 1), and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// the head or the number
    pub column: String,
    /// what it holds
    pub field: Field,
}
