//! An audience that is what it seems: opinions of a good evening, given at a person's pace.

use domain::time::{Millis, SECOND};

/// What one of them says and how long it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Honest {
    /// the face, from 1 to 5
    pub face: u8,
    /// the recommendation, from 0 to 10
    pub nps: u8,
    /// from the first tap to the last
    pub duration_ms: Millis,
    /// after the first of them
    pub after: Millis,
}

/// Face and recommendation: an NPS of +60.
const OPINIONS: [(u8, u8); 20] = [
    (5, 10),
    (5, 9),
    (4, 8),
    (5, 10),
    (5, 10),
    (4, 9),
    (3, 6),
    (5, 9),
    (5, 10),
    (4, 9),
    (4, 7),
    (5, 10),
    (5, 9),
    (5, 8),
    (2, 3),
    (5, 10),
    (4, 9),
    (5, 10),
    (4, 8),
    (5, 9),
];

/// People in a queue: 27 seconds from one to the next, never the same twice, 9 at least.
pub fn audience() -> impl Iterator<Item = Honest> {
    let mut after = 0;
    OPINIONS.iter().cycle().zip(0..).map(move |((face, nps), nth): (_, Millis)| {
        after += 9 * SECOND + nth * nth * 733 % (36 * SECOND);
        Honest { face: *face, nps: *nps, duration_ms: 4 * SECOND + nth * 7_919 % 9_001, after }
    })
}
