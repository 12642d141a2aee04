//! What travels together: by number, by bytes, and less after a batch was refused whole or got lost.

use domain::time::Millis;

/// The most items sent together.
pub const BATCH_ITEMS: usize = 100;
/// The most bytes of items sent together.
pub const BATCH_BYTES: usize = 256 * 1024;

/// How many of the oldest items go into the next batch, by their sizes in bytes. An item that is
/// larger than a whole batch goes alone: it must never block the others.
#[must_use]
pub fn batch_len(sizes: impl ExactSizeIterator<Item = usize>) -> usize {
    let waiting = sizes.len();
    let mut bytes = 0;
    let fitting = sizes
        .take(BATCH_ITEMS)
        .take_while(|size| {
            bytes += size;
            bytes <= BATCH_BYTES
        })
        .count();
    fitting.max(1).min(waiting)
}

/// How long ago the tap was, as far as the page that took it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// by its monotonic clock
    pub millis: Millis,
    /// the page was hidden since, so that this clock may have stood still
    pub may_have_slept: bool,
}

/// The body of a batch, from items as they were once written, each with its age where that is
/// still known. An item is passed on as it is, so that a newer program never drops what an older
/// one wrote.
#[must_use]
pub fn body(device_now: Millis, items: &[(&str, Option<Age>)]) -> String {
    let mut body = ["{\"device_now\":", &device_now.to_string(), ",\"responses\":["].concat();
    for (place, (item, age)) in items.iter().enumerate() {
        if place > 0 {
            body.push(',');
        }
        match (item.strip_suffix('}'), age) {
            (Some(open), Some(age)) => {
                let slept = if age.may_have_slept { ",\"may_have_slept\":true}" } else { "}" };
                for part in [open, ",\"age_ms\":", &age.millis.to_string(), slept] {
                    body.push_str(part);
                }
            }
            _ => body.push_str(item),
        }
    }
    body.push_str("]}");
    body
}

/// How many items may go together: all that fit, less after a batch was refused whole or got lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    most: usize,
    /// so many got lost on a way that takes less: they are approached in small steps
    lost: usize,
    /// whether the last batch got through
    through: bool,
}

impl Default for BatchSize {
    fn default() -> Self {
        Self { most: BATCH_ITEMS, lost: usize::MAX, through: false }
    }
}

impl BatchSize {
    /// The most items for the next batch.
    #[must_use]
    pub const fn most(self) -> usize {
        self.most
    }

    /// A batch was read: dare twice as many, or a few more where twice as many may be too many.
    pub fn grow(&mut self) {
        self.through = true;
        let twice = 2 * self.most;
        self.most = if twice + 1 < self.lost { twice } else { self.most + 1 + self.most / 8 };
        if self.most >= BATCH_ITEMS {
            (self.most, self.lost) = (BATCH_ITEMS, usize::MAX);
        }
    }

    /// A batch of this many was refused whole: try half of it. True where it stood alone, so that
    /// it is the culprit.
    pub fn shrink(&mut self, sent: usize) -> bool {
        self.most = (sent / 2).max(1);
        sent <= 1
    }

    /// A batch of this many, or the word about it, got lost: less of it may get through a slow network before the patience
    /// with it ends.
    pub fn lose(&mut self, sent: usize) {
        // Where nothing gets through at all, its size is not the reason.
        if std::mem::take(&mut self.through) && sent > 1 {
            self.lost = sent;
        }
        self.shrink(sent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_travels_as_it_was_written_and_gets_its_age() {
        let age = |millis, may_have_slept| Some(Age { millis, may_have_slept });
        let items = [(r#"{"id":1}"#, None), (r#"{"id":2,"new":true}"#, age(40, false)), (r#"{"id":3}"#, age(5, true))];
        let last = r#"{"id":3,"age_ms":5,"may_have_slept":true}"#;
        let text = format!(r#"{{"device_now":7,"responses":[{{"id":1}},{{"id":2,"new":true,"age_ms":40}},{last}]}}"#);
        assert_eq!(body(7, &items), text);
        assert_eq!(body(7, &[]), r#"{"device_now":7,"responses":[]}"#);
    }

    /// Portions over a network that takes at most so many.
    fn batch_sizes(takes: usize) -> impl Iterator<Item = usize> {
        let mut batch_size = BatchSize::default();
        std::iter::repeat_with(move || {
            let most = batch_size.most();
            if most > takes {
                batch_size.lose(most);
            } else {
                batch_size.grow();
            }
            most
        })
    }

    #[test]
    fn a_slow_way_is_rarely_asked_too_much() {
        for takes in 1..BATCH_ITEMS {
            let lost = batch_sizes(takes).skip(20).take(200).filter(|most| *most > takes).count();
            assert!(lost <= 100, "{takes}: {lost}");
            let arrived: usize = batch_sizes(takes).take(200).filter(|most| *most <= takes).sum();
            assert!(arrived > 200 * takes / 3, "{takes}: {arrived}");
        }
        assert_eq!(batch_sizes(60).take(10).collect::<Vec<_>>(), [100, 50, 100, 50, 57, 65, 32, 37, 42, 48]);
    }

    #[test]
    fn after_a_dead_way_all_goes_soon() {
        let mut batch_size = BatchSize::default();
        batch_size.grow();
        for _ in 0..9 {
            batch_size.lose(batch_size.most());
        }
        let sizes = std::iter::repeat_with(|| {
            batch_size.grow();
            batch_size.most()
        });
        assert_eq!(sizes.take(10).last(), Some(100));
    }

    proptest::proptest! {
        #[test]
        fn a_batch_is_never_empty_nor_too_large(sizes in proptest::collection::vec(1_usize..300_000, 1..300)) {
            let len = batch_len(sizes.iter().copied());
            proptest::prop_assert!((1..=BATCH_ITEMS).contains(&len));
            proptest::prop_assert!(len == 1 || sizes[..len].iter().sum::<usize>() <= BATCH_BYTES);
        }
    }
}
