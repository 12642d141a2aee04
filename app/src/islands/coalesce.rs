//! Many notices, few readings: at most one is under way, and one more follows if something came
//! in between.

/// Whether a reading is under way, and whether another must follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// nothing to do
    #[default]
    Idle,
    /// one is under way
    Busy,
    /// one is under way, and what it reads may be old already
    BusyThenAgain,
}

impl Reading {
    /// Something changed. Returns whether to start reading now.
    pub fn noticed(&mut self) -> bool {
        let start = *self == Self::Idle;
        *self = if start { Self::Busy } else { Self::BusyThenAgain };
        start
    }

    /// A reading ended, well or badly. Returns whether to start the next one now.
    pub fn done(&mut self) -> bool {
        let again = *self == Self::BusyThenAgain;
        *self = if again { Self::Busy } else { Self::Idle };
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_notices_is_two_readings() {
        let mut reading = Reading::default();
        assert!(reading.noticed());
        assert!(!reading.noticed() && !reading.noticed());
        assert!(reading.done(), "what came in between is read once more");
        assert!(!reading.done());
        assert!(reading.noticed(), "and the next notice starts anew");
    }
}
