//! Reasons to doubt a response. A doubt is marked and shown, never a silent deletion.

use serde::{Deserialize, Serialize};

/// A reason to doubt a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Answered faster than anybody reads.
    Hasty,
    /// Part of a sequence of equal answers that is improbable among people.
    Run,
    /// Part of a sequence that keeps time as a machine does.
    Even,
    /// Too many answers at one place, or from one address, in too short a time.
    Burst,
    /// Answers that contradict each other, such as the worst face with a ten.
    Contradiction,
    /// Given outside the answer window of a day that has events.
    OutsideWindow,
    /// Given while staff were showing the kiosk to somebody.
    Demo,
    /// Taken out by staff.
    Void,
}

impl Flag {
    /// Every reason, in the order in which staff read them.
    pub const ALL: [Self; 8] = [
        Self::Hasty,
        Self::Run,
        Self::Even,
        Self::Burst,
        Self::Contradiction,
        Self::OutsideWindow,
        Self::Demo,
        Self::Void,
    ];

    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hasty => "hasty",
            Self::Run => "run",
            Self::Even => "even",
            Self::Burst => "burst",
            Self::Contradiction => "contradiction",
            Self::OutsideWindow => "outside_window",
            Self::Demo => "demo",
            Self::Void => "void",
        }
    }

    /// Whether it is one of the weak signs, which set a response aside only where they agree ([`doubt`](crate::doubt)).
    #[must_use]
    pub const fn is_weak(self) -> bool {
        matches!(self, Self::Hasty | Self::Run | Self::Even | Self::Burst)
    }

    /// The reason that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.as_str() == word)
    }
}

/// Whether a response is part of the score; derived from its flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// part of the score
    Counted,
    /// shown beside the score
    SetAside,
}

impl Standing {
    /// A response with any flag that has not been lifted is set aside.
    #[must_use]
    pub fn from_flags(flags: &[Flag]) -> Self {
        if flags.is_empty() { Self::Counted } else { Self::SetAside }
    }

    /// The number in the store.
    #[must_use]
    pub const fn code(self) -> i16 {
        match self {
            Self::Counted => 0,
            Self::SetAside => 1,
        }
    }

    /// The standing that a number in the store means.
    #[must_use]
    pub const fn from_code(code: i16) -> Option<Self> {
        match code {
            0 => Some(Self::Counted),
            1 => Some(Self::SetAside),
            _ => None,
        }
    }
}
