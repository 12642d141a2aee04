//! How many tablets wait for how long.

use domain::time::{MINUTE, Millis, SECOND};

use crate::auth::rate_limit::RateLimit;

/// How long three words open something.
pub const LASTS: Millis = 10 * MINUTE;

/// How many tablets may wait at once: anybody may ask for words, and each that waits costs a row. Where
/// more come, the one that has not polled for longest gives way, so that a flood of requests that never
/// poll drives out only itself.
pub const MOST_WAITING: u32 = 200;

/// How fast words are given out to tablets that nobody knows, over all: each time is a commit, and
/// whoever came last has ten seconds to ask for what became of them before all places are another's.
pub const UNPAIRED_RATE: RateLimit = RateLimit { at_once: MOST_WAITING, per_second: MOST_WAITING / 10 };

/// A tablet that shows words asks every other second whether somebody has typed them. Nobody looks at
/// one that has not asked for so long.
pub const LOOKS_AWAY: Millis = 15 * SECOND;

/// For so long nobody's place is taken who keeps asking: time enough to type three words. From then on
/// it may be, where all the others ask as well; so keeping all places shuts nobody out for long.
pub const UNDISTURBED: Millis = 2 * MINUTE;
