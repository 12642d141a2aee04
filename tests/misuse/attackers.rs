//! Those who make a number that is not the audience's, with parameters drawn at random.

use rand::{Rng as _, rngs::StdRng};

use crate::{
    people::{lognormal, whole},
    visit::{Given, Screen, Visit},
};

/// A kind of attacker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attacker {
    /// A child at the tablet with one favourite face, as fast as the tablet lets it.
    ChildFast,
    /// The same with a break after each.
    ChildSlow,
    /// Ten equal answers in a row at the tablet, at any even pace.
    TenAtTablet,
    /// Somebody who fills in the form on a phone again and again, by hand.
    ByHand,
    /// A program that asks for the form and sends it, as fast as it can.
    ScriptFast,
    /// A program that waits the same few seconds each time.
    ScriptSlow,
    /// Thirty equal answers from one address, without haste, at random distances.
    ThirtyFromOne,
    /// A program with random distances, random answers and human durations, from one address.
    ScriptRandom,
    /// A program behind many addresses, each used once or twice, as fast as it can.
    ManyAddresses,
    /// The same, patient, with varied answers.
    ManyAddressesPatient,
    /// Thousands within a minute, so that the code is closed for the others.
    Flood,
    /// Four equal answers: too few to say.
    Four,
}

impl Attacker {
    /// All of them.
    pub(crate) const ALL: [Self; 12] = [
        Self::ChildFast,
        Self::ChildSlow,
        Self::TenAtTablet,
        Self::ByHand,
        Self::ScriptFast,
        Self::ScriptSlow,
        Self::ThirtyFromOne,
        Self::ScriptRandom,
        Self::ManyAddresses,
        Self::ManyAddressesPatient,
        Self::Flood,
        Self::Four,
    ];

    /// As it stands in the table.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ChildFast => "child, favourite face, fast",
            Self::ChildSlow => "child, favourite face, slow",
            Self::TenAtTablet => "ten equal at the tablet, any pace",
            Self::ByHand => "one phone by hand",
            Self::ScriptFast => "script, fast, equal",
            Self::ScriptSlow => "script, slow, even, equal",
            Self::ThirtyFromOne => "thirty equal from one address",
            Self::ScriptRandom => "script, random gaps and answers",
            Self::ManyAddresses => "many addresses, fast",
            Self::ManyAddressesPatient => "many addresses, patient, varied",
            Self::Flood => "flood to close the code",
            Self::Four => "four zeros",
        }
    }

    /// How many points it may move the NPS of a hundred honest answers; `None` where nothing is promised.
    #[must_use]
    pub(crate) const fn goal_points(self) -> Option<f64> {
        match self {
            Self::Four | Self::ManyAddressesPatient => None,
            _ => Some(5.0),
        }
    }

    /// Adds to an audience what one of them does.
    pub(crate) fn attack(self, visits: &mut Vec<Visit>, random: &mut StdRng) {
        let until = visits.iter().map(|visit| visit.at).max().unwrap_or(0);
        let own = self.visits(until, random);
        if matches!(self, Self::TenAtTablet | Self::Four)
            && let (Some(first), Some(last)) = (own.first(), own.last())
        {
            // In a row: whoever would have come in between waits.
            let wait = last.at - first.began();
            let behind = |visit: &&mut Visit| visit.screen == Screen::Tablet && visit.at > first.began();
            visits.iter_mut().filter(behind).for_each(|visit| visit.at += wait);
        }
        visits.extend(own);
    }

    /// What one of them does within the time in which the audience answers.
    pub(crate) fn visits(self, until: i64, random: &mut StdRng) -> Vec<Visit> {
        let start = random.random_range(0..(until / 2).max(1));
        match self {
            Self::ChildFast => child(random.random_range(10..120), (0.0, 1_500.0), start, random),
            Self::ChildSlow => child(random.random_range(10..40), (8_000.0, 30_000.0), start, random),
            Self::TenAtTablet => {
                let every = random.random_range(7_000..120_000);
                let took = lognormal(random.random_range(2_000.0..9_000.0), 0.3, random);
                let given = hostile(random);
                (0..10)
                    .map(|number| {
                        let jitter = random.random_range(-200..200);
                        let duration = whole(lognormal(took, 0.2, random));
                        tablet(start + number * every + jitter, given, duration)
                    })
                    .collect()
            }
            Self::ByHand => {
                let given = hostile(random);
                let pace = random.random_range(6_000.0..20_000.0);
                sequence(random.random_range(10..60), start, random, |random| {
                    let duration = whole(lognormal(pace * 0.8, 0.2, random));
                    (duration + whole(lognormal(pace * 0.2, 0.3, random)), duration, given, 7)
                })
            }
            Self::ScriptFast => {
                let given = hostile(random);
                let every = random.random_range(3..60);
                sequence(290, start, random, |_| (every, every / 2, given, 8))
            }
            Self::ScriptSlow => {
                let given = hostile(random);
                let every = random.random_range(4_000..7_000);
                sequence(300, start, random, |random| (every + random.random_range(-20..20), every - 900, given, 9))
            }
            Self::ThirtyFromOne => {
                let given = hostile(random);
                let mean = random.random_range(5_000.0..60_000.0);
                sequence(30, start, random, |random| {
                    let duration = whole(lognormal(18_000.0, 0.5, random));
                    (whole(lognormal(mean, 0.8, random)), duration, given, 10)
                })
            }
            Self::ScriptRandom => {
                let mean = random.random_range(1_000.0..20_000.0);
                let took = random.random_range(300.0..15_000.0);
                sequence(random.random_range(60..200), start, random, |random| {
                    let given = any_answer(random);
                    (whole(lognormal(mean, 0.8, random)), whole(lognormal(took, 0.4, random)), given, 11)
                })
            }
            Self::ManyAddresses => {
                let given = hostile(random);
                let mut address = 20_000;
                sequence(random.random_range(100..300), start, random, |random| {
                    address += u32::from(random.random_bool(0.7));
                    (random.random_range(5..500), random.random_range(5..900), given, address)
                })
            }
            Self::ManyAddressesPatient => {
                let mut address = 30_000;
                sequence(random.random_range(60..150), start, random, |random| {
                    address += 1;
                    let given =
                        Given { nps: random.random_range(0..7), face: random.random_range(1..4), ..any_answer(random) };
                    (whole(lognormal(9_000.0, 0.9, random)), whole(lognormal(20_000.0, 0.5, random)), given, address)
                })
            }
            Self::Flood => {
                let many = random.random_bool(0.5);
                let mut address = 40_000;
                sequence(2_000, start, random, |random| {
                    address += u32::from(many);
                    (random.random_range(5..50), random.random_range(3..40), any_answer(random), address)
                })
            }
            Self::Four => {
                let given = Given { face: 1, nps: 0, reason: Some(0), comment: false };
                (0..4)
                    .map(|number| tablet(start + number * 15_000 + random.random_range(0..5_000), given, 5_000))
                    .collect()
            }
        }
    }
}

/// An answer that somebody repeats who wants the number to move: mostly the worst.
fn hostile(random: &mut StdRng) -> Given {
    let (face, nps) = match random.random_range(0..10) {
        0..6 => (1, 0),
        6..8 => (2, random.random_range(0..5)),
        8 => (3, random.random_range(3..8)),
        _ => (5, 10),
    };
    Given { face, nps, reason: (face <= 3).then_some(0), comment: false }
}

fn any_answer(random: &mut StdRng) -> Given {
    let face = random.random_range(1..=5);
    let reason = (face <= 3).then(|| random.random_range(0..6));
    Given { face, nps: random.random_range(0..=10), reason, comment: false }
}

fn child(taps: u32, pause: (f64, f64), start: i64, random: &mut StdRng) -> Vec<Visit> {
    let (face, nps) = (random.random_range(1..=5), random.random_range(0..=10));
    let given = Given { face, nps, reason: (face <= 3).then_some(0), comment: false };
    let took = random.random_range(900.0..2_200.0);
    let mut at = start;
    (0..taps)
        .map(|_| {
            let duration = whole(lognormal(took, 0.25, random));
            at += 6_000 + duration + whole(random.random_range(pause.0..pause.1));
            tablet(at, given, duration)
        })
        .collect()
}

const fn tablet(at: i64, given: Given, duration_ms: i64) -> Visit {
    Visit { at, screen: Screen::Tablet, given, duration_ms, is_false: true }
}

/// Forms sent one after the other: the time since the one before, how long it was open, what it says, from where.
fn sequence(
    forms: u32,
    start: i64,
    random: &mut StdRng,
    mut next: impl FnMut(&mut StdRng) -> (i64, i64, Given, u32),
) -> Vec<Visit> {
    let mut at = start;
    (0..forms)
        .map(|_| {
            let (gap, duration_ms, given, address) = next(random);
            at += gap;
            Visit { at, screen: Screen::Phone { address }, given, duration_ms, is_false: true }
        })
        .collect()
}
