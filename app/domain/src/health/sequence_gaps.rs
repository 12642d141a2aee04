//! Which response numbers of a pairing have never been seen. A number says nothing about a response;
//! it only shows that there was one.

/// How many numbers a block holds: block `b` holds `32 b + 1` to `32 b + 32`.
const BLOCK: u64 = 32;

/// Numbers in a row, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// the first
    pub first: u64,
    /// the last
    pub last: u64,
}

impl Run {
    /// How many.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.last - self.first + 1
    }
}

/// Blocks in a row that look alike and are not full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// the first block
    pub first: u64,
    /// the last block
    pub last: u64,
    /// of each: bit `i` says that its number `i + 1` was seen
    pub bits: u32,
}

/// The numbers up to `highest` that were never seen. `stretches` are the blocks that are not full, in
/// order, those of which nothing was seen included; `end` is the first block after all that were seen.
#[must_use]
pub fn missing(stretches: &[Stretch], end: u64, highest: u64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut add = |first: u64, last: u64| {
        let last = last.min(highest);
        if first > last {
            return;
        }
        match runs.last_mut() {
            Some(before) if before.last + 1 == first => before.last = last,
            _ => runs.push(Run { first, last }),
        }
    };
    let start = |block: u64| block.saturating_mul(BLOCK).saturating_add(1);
    for stretch in stretches {
        if stretch.bits == 0 {
            add(start(stretch.first), start(stretch.last).saturating_add(BLOCK - 1));
            continue;
        }
        // Something was seen, so it is one block.
        for bit in (0..BLOCK).filter(|bit| stretch.bits & (1 << bit) == 0) {
            add(start(stretch.first).saturating_add(bit), start(stretch.first).saturating_add(bit));
        }
    }
    add(start(end), highest);
    runs
}

/// How many numbers there are in these runs.
#[must_use]
pub fn count(runs: &[Run]) -> u64 {
    runs.iter().fold(0, |sum, run| sum.saturating_add(run.count()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// What the store keeps of these numbers.
    fn kept(seen: &BTreeSet<u64>) -> (Vec<Stretch>, u64) {
        let end = seen.last().map_or(0, |last| (last - 1) / BLOCK + 1);
        let blocks = (0..end).map(|block| {
            let here = seen.iter().filter(|number| (*number - 1) / BLOCK == block);
            Stretch { first: block, last: block, bits: here.fold(0, |bits, number| bits | 1 << ((number - 1) % BLOCK)) }
        });
        (blocks.filter(|stretch| stretch.bits != u32::MAX).collect(), end)
    }

    #[test]
    fn nothing_is_missing_where_nothing_was_told() {
        assert_eq!(missing(&[], 0, 0), []);
        assert_eq!(missing(&[], 1, 32), [], "a full block");
        assert_eq!(missing(&[], 0, 3), [Run { first: 1, last: 3 }], "told, and nothing came");
    }

    #[test]
    fn a_wild_number_is_one_long_run() {
        let stretches = [
            Stretch { first: 0, last: 0, bits: 1 },
            Stretch { first: 1, last: (1 << 48) - 1, bits: 0 },
            Stretch { first: 1 << 48, last: 1 << 48, bits: 1 },
        ];
        assert_eq!(missing(&stretches, (1 << 48) + 1, 1 << 53), [Run { first: 2, last: 1 << 53 }]);
        assert_eq!(count(&missing(&stretches, (1 << 48) + 1, u64::MAX)), u64::MAX - 2);
    }

    proptest! {
        #[test]
        fn what_was_not_seen_is_missing_and_nothing_else(
            seen in prop::collection::btree_set(1_u64..200, 0..190),
            highest in 0_u64..260,
        ) {
            let (stretches, end) = kept(&seen);
            let runs = missing(&stretches, end, highest);
            let listed: Vec<u64> = runs.iter().flat_map(|run| run.first..=run.last).collect();
            let expected: Vec<u64> = (1..=highest).filter(|number| !seen.contains(number)).collect();
            prop_assert_eq!(&listed, &expected);
            prop_assert_eq!(count(&runs), expected.len() as u64);
            prop_assert!(runs.windows(2).all(|pair| pair[0].last + 1 < pair[1].first), "whole runs");
        }
    }
}
