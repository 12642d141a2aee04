//! The rules of the outbox: what is sent together, when to try again, and what may leave.
//!
//! A response leaves only because the server named it, never because of its age.

use super::{
    response::Status,
    time::{MINUTE, Millis, SECOND},
};

/// The most items sent together.
pub const BATCH_ITEMS: usize = 100;
/// The most bytes of items sent together.
pub const BATCH_BYTES: usize = 256 * 1024;

/// How many of the oldest items go into the next batch, by their sizes in bytes. An item that is
/// larger than a whole batch goes alone: it must never block the others.
#[must_use]
pub fn batch_len(sizes: &[usize]) -> usize {
    let mut bytes = 0;
    let fitting = sizes
        .iter()
        .take(BATCH_ITEMS)
        .take_while(|size| {
            bytes += **size;
            bytes <= BATCH_BYTES
        })
        .count();
    fitting.max(1).min(sizes.len())
}

/// What happens to one item because of what the server said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// it is on the server's disk
    Leaves,
    /// it will never be stored; it moves to the rejected list, where staff see it
    IsSetAside,
}

impl From<Status> for Fate {
    fn from(status: Status) -> Self {
        match status {
            Status::Stored | Status::Duplicate => Self::Leaves,
            Status::Conflict | Status::Rejected => Self::IsSetAside,
        }
    }
}

/// What a reply to a whole batch means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// read the results, one by one
    Apply,
    /// this batch will never be read: send half of it, and a single culprit is set aside
    Halve,
    /// nothing is wrong with the items: keep everything and try later
    TryLater,
}

impl Reaction {
    /// The reaction to an HTTP status. A success counts only with the expected body, since a login
    /// page of a hotel also says 200.
    #[must_use]
    pub const fn to(http_status: u16, expected_body: bool) -> Self {
        match http_status {
            200 if expected_body => Self::Apply,
            400 | 413 | 422 => Self::Halve,
            _ => Self::TryLater,
        }
    }
}

/// How long to wait before trying again: twice as long each time, from a second to five minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    const FIRST: Millis = SECOND;
    const LONGEST: Millis = 5 * MINUTE;

    /// After a success, a tap, `online`, or becoming visible.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }

    /// Counts a failure and says how long to wait. `chance` (0..1) spreads the tablets of a house
    /// over the second half of the wait, so that they do not all come back at once.
    #[expect(clippy::cast_possible_truncation, reason = "a rounded percentage or five minutes fit")]
    pub fn fail(&mut self, chance: f64) -> Millis {
        let full = Self::FIRST.saturating_mul(1 << self.failures.min(20)).min(Self::LONGEST);
        self.failures = self.failures.saturating_add(1);
        let half = full / 2;
        half + (half as f64 * chance.clamp(0.0, 1.0)) as Millis
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_named_leaves() {
        assert_eq!(Fate::from(Status::Stored), Fate::Leaves);
        assert_eq!(Fate::from(Status::Duplicate), Fate::Leaves);
        assert_eq!(Fate::from(Status::Conflict), Fate::IsSetAside);
        assert_eq!(Fate::from(Status::Rejected), Fate::IsSetAside);
    }

    #[test]
    fn a_login_page_is_no_success() {
        assert_eq!(Reaction::to(200, true), Reaction::Apply);
        assert_eq!(Reaction::to(200, false), Reaction::TryLater);
        for status in [401, 403, 429, 500, 503] {
            assert_eq!(Reaction::to(status, true), Reaction::TryLater);
        }
        for status in [400, 413, 422] {
            assert_eq!(Reaction::to(status, false), Reaction::Halve);
        }
    }

    proptest::proptest! {
        #[test]
        fn a_batch_is_never_empty_nor_too_large(sizes in proptest::collection::vec(1_usize..300_000, 1..300)) {
            let len = batch_len(&sizes);
            proptest::prop_assert!((1..=BATCH_ITEMS).contains(&len));
            proptest::prop_assert!(len == 1 || sizes[..len].iter().sum::<usize>() <= BATCH_BYTES);
        }

        #[test]
        fn waiting_stays_between_half_a_second_and_five_minutes(chances in proptest::collection::vec(0.0_f64..1.0, 1..60)) {
            let mut backoff = Backoff::default();
            for chance in chances {
                proptest::prop_assert!((500..=5 * MINUTE).contains(&backoff.fail(chance)));
            }
            backoff.reset();
            proptest::prop_assert!(backoff.fail(0.0) == 500);
        }
    }
}
