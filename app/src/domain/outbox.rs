//! The rules of the outbox: what is sent together, when to try again, and what may leave.
//!
//! A response leaves only because the server named it, never because of its age.

use super::{
    response::{Status, item::ItemResult},
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

/// What happens to each item of a batch, by what the server said about it; `None` where it said
/// nothing, which leaves the item where it is. `sent` are the ids in the order in which they went.
/// Success counts only where the server repeats the id: a mixed-up reply must not delete anything.
#[must_use]
pub fn fates(sent: &[String], results: &[ItemResult]) -> Vec<Option<Fate>> {
    let mut fates = vec![None; sent.len()];
    for result in results {
        let (Some(fate), Some(id)) = (fates.get_mut(result.index), sent.get(result.index)) else { continue };
        let named = result.id.map(|named| named.to_string());
        *fate = match Fate::from(result.status) {
            Fate::Leaves if named.as_deref() == Some(id) => Some(Fate::Leaves),
            Fate::IsSetAside if named.is_none() || named.as_deref() == Some(id) => Some(Fate::IsSetAside),
            Fate::Leaves | Fate::IsSetAside => None,
        };
    }
    fates
}

/// The body of a batch, from items as they were once written, each with its age where that is
/// still known. An item is passed on as it is, so that a newer program never drops what an older
/// one wrote.
#[must_use]
pub fn body(device_now: Millis, items: &[(&str, Option<Millis>)]) -> String {
    let mut body = format!("{{\"device_now\":{device_now},\"responses\":[");
    for (place, (item, age)) in items.iter().enumerate() {
        if place > 0 {
            body.push(',');
        }
        match (item.strip_suffix('}'), age) {
            (Some(open), Some(age)) => {
                body.push_str(open);
                body.push_str(",\"age_ms\":");
                body.push_str(&age.to_string());
                body.push('}');
            }
            _ => body.push_str(item),
        }
    }
    body.push_str("]}");
    body
}

/// The age of a response by the monotonic clock of the page that took it, where it can be trusted.
/// A tablet that slept stops that clock on some systems; then the two clocks disagree, and the
/// device's clock with its known offset is the better witness.
#[must_use]
pub fn age(monotonic: Millis, wall: Millis, offset_known: bool) -> Option<Millis> {
    let agree = (monotonic - wall).abs() <= 2 * SECOND;
    (monotonic >= 0 && (agree || !offset_known)).then_some(monotonic)
}

/// How many items may go together: all that fit, less after a batch was refused whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portion(usize);

impl Default for Portion {
    fn default() -> Self {
        Self(BATCH_ITEMS)
    }
}

impl Portion {
    /// The most items for the next batch.
    #[must_use]
    pub const fn most(self) -> usize {
        self.0
    }

    /// A batch was read: dare twice as many.
    pub fn grow(&mut self) {
        self.0 = (self.0 * 2).min(BATCH_ITEMS);
    }

    /// A batch of this many was refused whole: try half of it. True where it stood alone, so that
    /// it is the culprit and must be set aside.
    pub fn shrink(&mut self, sent: usize) -> bool {
        self.0 = (sent / 2).max(1);
        sent <= 1
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

    fn result(index: usize, id: Option<u128>, status: Status) -> ItemResult {
        let id = id.map(|id| uuid::Uuid::from_u128(id).into());
        ItemResult { index, id, status, reason: None }
    }

    #[test]
    fn a_mixed_up_reply_deletes_nothing() {
        let sent: Vec<String> = (0..5).map(|id| uuid::Uuid::from_u128(id).to_string()).collect();
        let results = [
            result(0, Some(0), Status::Stored),
            result(1, Some(4), Status::Stored),
            result(2, None, Status::Duplicate),
            result(3, None, Status::Rejected),
            result(9, Some(9), Status::Stored),
        ];
        assert_eq!(fates(&sent, &results), [Some(Fate::Leaves), None, None, Some(Fate::IsSetAside), None]);
    }

    #[test]
    fn an_item_travels_as_it_was_written_and_gets_its_age() {
        let text = body(7, &[(r#"{"id":1}"#, None), (r#"{"id":2,"new":true}"#, Some(40))]);
        assert_eq!(text, r#"{"device_now":7,"responses":[{"id":1},{"id":2,"new":true,"age_ms":40}]}"#);
        assert_eq!(body(7, &[]), r#"{"device_now":7,"responses":[]}"#);
    }

    #[test]
    fn a_tablet_that_slept_does_not_trust_its_stopped_clock() {
        assert_eq!(age(5_000, 5_100, true), Some(5_000));
        assert_eq!(age(5_000, 3_605_000, true), None);
        assert_eq!(age(5_000, 3_605_000, false), Some(5_000));
        assert_eq!(age(-1, -1, true), None);
    }

    proptest::proptest! {
        #[test]
        fn culprits_are_found_and_block_nobody(bad in proptest::collection::vec(proptest::bool::weighted(0.03), 1..300)) {
            let mut outbox: std::collections::VecDeque<(usize, bool)> = bad.iter().copied().enumerate().collect();
            let (mut stored, mut aside, mut portion, mut posts) = (Vec::new(), Vec::new(), Portion::default(), 0);
            while !outbox.is_empty() {
                posts += 1;
                let sent = portion.most().min(outbox.len());
                if outbox.iter().take(sent).any(|(_, bad)| *bad) {
                    if portion.shrink(sent) {
                        aside.extend(outbox.drain(..1));
                        portion.grow();
                    }
                } else {
                    stored.extend(outbox.drain(..sent));
                    portion.grow();
                }
            }
            proptest::prop_assert!(stored.iter().all(|(_, bad)| !bad) && aside.iter().all(|(_, bad)| *bad));
            proptest::prop_assert!(stored.is_sorted() && aside.is_sorted());
            proptest::prop_assert_eq!(stored.len() + aside.len(), bad.len());
            proptest::prop_assert!(posts <= 4 + bad.len() / BATCH_ITEMS + 24 * aside.len());
        }

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
