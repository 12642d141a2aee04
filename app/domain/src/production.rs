//! What kind of show a production is.

use serde::{Deserialize, Serialize};

/// What kind of show a production is: wording and goals follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductionKind {
    /// music
    Concert,
    /// circus, theatre, dance: a show on a stage
    Circus,
    /// an hour in which everybody takes part
    Workshop,
    /// a class that comes with its teacher
    SchoolVisit,
    /// a group that meets weekly: its meetings are pooled
    Course,
    /// watched from home
    Stream,
    /// none of these, or nobody has said
    #[default]
    Other,
}

impl ProductionKind {
    /// Each of them.
    pub const ALL: [Self; 7] =
        [Self::Concert, Self::Circus, Self::Workshop, Self::SchoolVisit, Self::Course, Self::Stream, Self::Other];

    /// The word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Concert => "concert",
            Self::Circus => "circus",
            Self::Workshop => "workshop",
            Self::SchoolVisit => "school_visit",
            Self::Course => "course",
            Self::Stream => "stream",
            Self::Other => "other",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
