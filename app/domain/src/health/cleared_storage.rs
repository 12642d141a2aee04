//! Whether a tablet's storage was cleared: its response numbers begin again under the same token.

use crate::{
    heartbeat::Heartbeat,
    time::{DAY, Millis},
};

/// What a tablet told before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// its last sign of life
    pub beat: Option<&'a Heartbeat>,
    /// the highest number it ever told
    pub highest: u64,
    /// when it was last noticed that its storage had been cleared
    pub cleared_at: Option<Millis>,
}

impl Told<'_> {
    /// When it was last noticed that the storage had been cleared, after one more sign of life. That
    /// one shows it by a number that is lower than the tablet once told, and lower than the last time.
    /// Two tablets that share a token look the same, and would again and again: so once a day is
    /// enough.
    #[must_use]
    pub fn cleared_at(&self, beat: &Heartbeat, now: Millis) -> Option<Millis> {
        let is_known = |beat: &Heartbeat| beat.failure.is_none();
        let was_low_already = self.beat.is_some_and(|before| is_known(before) && before.seq <= beat.seq);
        let is_news = self.cleared_at.is_none_or(|at| now - at >= DAY);
        let is_cleared = is_known(beat) && beat.seq < self.highest && !was_low_already && is_news;
        if is_cleared { Some(now) } else { self.cleared_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beat(seq: u64) -> Heartbeat {
        Heartbeat { seq, ..Heartbeat::default() }
    }

    fn is_cleared(before: Option<&Heartbeat>, highest: u64, beat: &Heartbeat) -> bool {
        Told { beat: before, highest, cleared_at: None }.cleared_at(beat, 1).is_some()
    }

    #[test]
    fn a_number_that_falls_is_a_cleared_storage_once() {
        assert!(!is_cleared(None, 0, &beat(0)), "a new tablet");
        assert!(!is_cleared(Some(&beat(17)), 17, &beat(17)));
        assert!(!is_cleared(Some(&beat(17)), 17, &beat(20)));
        assert!(is_cleared(Some(&beat(17)), 17, &beat(0)));
        assert!(!is_cleared(Some(&beat(0)), 17, &beat(0)), "told already");
        assert!(!is_cleared(Some(&beat(0)), 17, &beat(18)), "it goes on after the highest number");
    }

    #[test]
    fn two_tablets_with_one_token_are_noticed_once_a_day() {
        let told = Told { beat: Some(&beat(17)), highest: 17, cleared_at: Some(5) };
        assert_eq!(told.cleared_at(&beat(0), 5 + DAY - 1), Some(5));
        assert_eq!(told.cleared_at(&beat(0), 5 + DAY), Some(5 + DAY));
    }

    #[test]
    fn a_tablet_that_cannot_read_its_memory_says_nothing_about_numbers() {
        let failing = Heartbeat { failure: Some("closed".into()), ..beat(0) };
        assert!(!is_cleared(Some(&beat(17)), 17, &failing));
        assert!(!is_cleared(Some(&failing), 17, &beat(17)));
        assert!(is_cleared(Some(&failing), 17, &beat(0)), "and then it turned out to be empty");
    }
}
