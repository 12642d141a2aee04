//! Why a survey is asked.

use serde::{Deserialize, Serialize};

/// Why a survey is asked. It belongs to the survey and not to whoever delivers an answer; how an answer
/// came is its channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Collection {
    /// after every event, of whoever likes
    #[default]
    Continuous,
    /// once a season
    Periodic,
    /// in conversations that staff hold
    Interview,
}

impl Collection {
    /// In the order in which staff read them.
    pub const ALL: [Self; 3] = [Self::Continuous, Self::Periodic, Self::Interview];

    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Continuous => "continuous",
            Self::Periodic => "periodic",
            Self::Interview => "interview",
        }
    }

    /// The collection that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.as_str() == word)
    }
}
