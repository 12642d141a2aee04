//! One visit to a tablet or a phone's form, true or false, before anything has judged it.

/// Where a visit took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// at the one tablet of the foyer
    Tablet,
    /// on a phone, by the code on the poster, from a network address
    Phone {
        /// stands for the address: equal numbers share one
        address: u32,
    },
}

/// What was answered to the standard survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// 1 to 5
    pub(crate) face: u8,
    /// 0 to 10
    pub(crate) nps: u8,
    /// which of the reasons, where those were asked: of unhappy faces
    pub(crate) reason: Option<u8>,
    /// whether a comment was written
    pub(crate) comment: bool,
}

/// A visit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Visit {
    /// when it ended, milliseconds since the doors opened
    pub(crate) at: i64,
    /// where
    pub(crate) screen: Screen,
    /// what was said
    pub(crate) given: Given,
    /// from the first tap to the last, or from the form to its sending
    pub(crate) duration_ms: i64,
    /// whether an attacker made it
    pub(crate) is_false: bool,
}

impl Visit {
    /// When it began.
    #[must_use]
    pub(crate) const fn began(&self) -> i64 {
        self.at - self.duration_ms
    }
}
