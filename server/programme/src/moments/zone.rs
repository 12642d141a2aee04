//! From the clock on the wall to the time line. `jiff` knows the zones that have a name; those that a calendar defines
//! itself are lists of changes.

use domain::time::Millis;
use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, Offset, TimeZone},
};

/// A time zone.
#[derive(Clone, Debug)]
pub enum Zone {
    /// of the time zone database
    Named(TimeZone),
    /// of the sender
    Defined(Changes),
}

/// When the clocks change, as a sender defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// seconds ahead of UTC before the first change
    pub before: i32,
    /// when (seconds UTC), and how many seconds ahead of UTC from then on; by time
    pub changes: Vec<(i64, i32)>,
}

/// When it is some time on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instant {
    /// once
    Once(Millis),
    /// twice, as the clocks go back
    Twice(Millis, Millis),
    /// never, as the clocks go forward
    Never,
}

impl Zone {
    /// When the clock on the wall shows a time.
    #[must_use]
    pub fn instant(&self, at: DateTime) -> Instant {
        let of = |offset: Offset| offset.to_timestamp(at).ok().map(Timestamp::as_millisecond);
        match self {
            Self::Named(zone) => match zone.to_ambiguous_timestamp(at).offset() {
                AmbiguousOffset::Unambiguous { offset } => of(offset).map_or(Instant::Never, Instant::Once),
                AmbiguousOffset::Fold { before, after } => match (of(before), of(after)) {
                    (Some(first), Some(second)) => Instant::Twice(first, second),
                    _ => Instant::Never,
                },
                AmbiguousOffset::Gap { .. } => Instant::Never,
            },
            Self::Defined(changes) => {
                let mut found: Vec<i64> =
                    changes.offsets().into_iter().filter_map(|offset| changes.instant(at, offset)).collect();
                found.sort_unstable();
                match found[..] {
                    [] => Instant::Never,
                    [once] => Instant::Once(once * 1_000),
                    [first, second, ..] => Instant::Twice(first * 1_000, second * 1_000),
                }
            }
        }
    }

    /// What the clock on the wall shows.
    #[must_use]
    pub fn wall(&self, at: Millis) -> Option<DateTime> {
        let at = Timestamp::from_millisecond(at).ok()?;
        match self {
            Self::Named(zone) => Some(zone.to_datetime(at)),
            Self::Defined(changes) => Some(Offset::from_seconds(changes.offset(at.as_second())).ok()?.to_datetime(at)),
        }
    }
}

impl Changes {
    /// Seconds ahead of UTC.
    fn offset(&self, at: i64) -> i32 {
        let passed = self.changes.partition_point(|(change, _)| *change <= at);
        passed.checked_sub(1).map_or(self.before, |last| self.changes[last].1)
    }

    fn offsets(&self) -> Vec<i32> {
        let mut offsets: Vec<i32> = self.changes.iter().map(|(_, offset)| *offset).chain([self.before]).collect();
        offsets.sort_unstable();
        offsets.dedup();
        offsets
    }

    fn instant(&self, at: DateTime, offset: i32) -> Option<i64> {
        let second = Offset::from_seconds(offset).ok()?.to_timestamp(at).ok()?.as_second();
        (self.offset(second) == offset).then_some(second)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_zone_of_the_sender_tells_the_same_as_the_one_with_a_name() {
        let named = Zone::Named(TimeZone::get("Europe/Helsinki").unwrap());
        let defined = Zone::Defined(Changes {
            before: 7_200,
            // 29 March 2026 01:00 UTC and 25 October 2026 01:00 UTC
            changes: vec![(1_774_746_000, 10_800), (1_792_890_000, 7_200)],
        });
        for at in [
            date(2026, 2, 1).at(18, 30, 0, 0),
            date(2026, 3, 29).at(3, 30, 0, 0),
            date(2026, 7, 11).at(15, 0, 0, 0),
            date(2026, 10, 25).at(3, 30, 0, 0),
            date(2026, 10, 25).at(4, 0, 0, 0),
        ] {
            assert_eq!(defined.instant(at), named.instant(at), "{at}");
        }
        assert_eq!(named.instant(date(2026, 3, 29).at(3, 30, 0, 0)), Instant::Never);
        assert!(matches!(named.instant(date(2026, 10, 25).at(3, 30, 0, 0)), Instant::Twice(..)));
        let Instant::Once(at) = defined.instant(date(2026, 7, 11).at(15, 0, 0, 0)) else { panic!("in summer") };
        assert_eq!((named.wall(at), defined.wall(at)), (defined.wall(at), named.wall(at)));
    }
}
