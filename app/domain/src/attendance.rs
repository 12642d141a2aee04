//! How many were there, and how that is known.

use serde::{Deserialize, Serialize};

/// How an attendance is known: a response rate means another thing with each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttendanceKind {
    /// tickets sold: some who bought one stay at home
    Sold,
    /// counted at the doors
    Counted,
    /// estimated
    Estimated,
}

impl AttendanceKind {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Sold, Self::Counted, Self::Estimated];

    /// The word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::Counted => "counted",
            Self::Estimated => "estimated",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
