//! Honest audiences, with parameters drawn at random.

use rand::{Rng as _, rngs::StdRng};

use crate::{
    people::{Haste, Satisfaction, exponential, lognormal, opinion, whole},
    visit::{Given, Screen, Visit},
};

/// A kind of honest audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crowd {
    /// A hundred who come by one after the other, two thirds at the tablet: the evening that is attacked.
    Hundred,
    /// A few an hour.
    Trickle,
    /// Five hundred phones within two minutes of the curtain.
    Curtain,
    /// A school class or two in a queue at one tablet.
    SchoolClass,
    /// A choir, or a hall, on phones behind one Wi-Fi address.
    OneWifi,
    /// Older people, each with a helper at the tablet.
    Helped,
    /// Families who tap alike because they were delighted, among others.
    DelightedFamilies,
    /// An evening with an NPS of about -40.
    BadEvening,
    /// Twelve disappointed friends in a row on a good evening.
    DisappointedFriends,
}

impl Crowd {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Hundred,
        Self::Trickle,
        Self::Curtain,
        Self::SchoolClass,
        Self::OneWifi,
        Self::Helped,
        Self::DelightedFamilies,
        Self::BadEvening,
        Self::DisappointedFriends,
    ];

    /// As it stands in the table.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Hundred => "a hundred, tablet and phones",
            Self::Trickle => "a trickle",
            Self::Curtain => "500 phones in two minutes",
            Self::SchoolClass => "school class, one tablet",
            Self::OneWifi => "choir on one Wi-Fi",
            Self::Helped => "older people with helpers",
            Self::DelightedFamilies => "delighted families",
            Self::BadEvening => "bad evening, NPS -40",
            Self::DisappointedFriends => "twelve disappointed friends",
        }
    }

    /// The highest share of it that may be set aside wrongly, in percent.
    #[must_use]
    pub(crate) const fn goal_percent(self) -> f64 {
        match self {
            Self::DelightedFamilies | Self::DisappointedFriends => 2.0,
            _ => 0.5,
        }
    }

    /// One such audience.
    pub(crate) fn visits(self, random: &mut StdRng) -> Vec<Visit> {
        match self {
            Self::Hundred => mixed(100, Satisfaction::GOOD, 1_000.0 * random.random_range(8.0..20.0), random),
            Self::BadEvening => mixed(100, Satisfaction::BAD, 1_000.0 * random.random_range(8.0..20.0), random),
            Self::Trickle => {
                let mean = 1_000.0 * random.random_range(60.0..600.0);
                queue(40, |_| Satisfaction::GOOD, Haste::ADULT, mean, random)
            }
            Self::Curtain => (0..500)
                .map(|number| phone(number, Satisfaction::GOOD, random.random_range(0..120_000), random))
                .collect(),
            Self::SchoolClass => {
                let pupils = random.random_range(20..60);
                queue(pupils, |_| Satisfaction(0.8), Haste::CHILD, 3_000.0, random)
            }
            Self::OneWifi => {
                let singers = random.random_range(25..300);
                let within = random.random_range(120_000..900_000);
                let mood = Satisfaction(random.random_range(0.4..1.8));
                (0..singers).map(|_| phone(0, mood, random.random_range(0..within), random)).collect()
            }
            Self::Helped => queue(40, |_| Satisfaction(1.3), Haste::HELPED, 8_000.0, random),
            Self::DelightedFamilies => families(random),
            Self::DisappointedFriends => friends(random),
        }
    }
}

/// Somebody with a phone, who asks for the form at a time.
pub(crate) fn phone(address: u32, mood: Satisfaction, asks_at: i64, random: &mut StdRng) -> Visit {
    let given = opinion(mood, random);
    let duration_ms = Haste::PHONE.duration(given, random).max(5_000);
    Visit { at: asks_at + duration_ms, screen: Screen::Phone { address }, given, duration_ms, is_false: false }
}

/// People who come to a tablet, wait for each other, and are thanked for six seconds or until the next one taps.
pub(crate) fn queue(
    people: u32,
    mood: impl Fn(u32) -> Satisfaction,
    haste: Haste,
    mean_gap_ms: f64,
    random: &mut StdRng,
) -> Vec<Visit> {
    let mut free = 0;
    let mut comes = 0.0;
    (0..people)
        .map(|number| {
            comes += exponential(mean_gap_ms, random);
            let given = opinion(mood(number), random);
            let visit = at_tablet(given, haste, whole(comes).max(free), random);
            free = visit.at + THANKS;
            visit
        })
        .collect()
}

/// How long a tablet says thanks.
const THANKS: i64 = 6_000;

fn at_tablet(given: Given, haste: Haste, from: i64, random: &mut StdRng) -> Visit {
    // Whoever comes reads the first question before the first tap.
    let reads = whole(lognormal(2_500.0, 0.5, random));
    let duration_ms = haste.duration(given, random);
    Visit { at: from + reads + duration_ms, screen: Screen::Tablet, given, duration_ms, is_false: false }
}

fn mixed(people: u32, mood: Satisfaction, mean_gap_ms: f64, random: &mut StdRng) -> Vec<Visit> {
    let at_tablet = people * 2 / 3;
    let mut visits = queue(at_tablet, |_| mood, Haste::ADULT, mean_gap_ms, random);
    let until = visits.last().map_or(1, |last| last.at);
    for number in at_tablet..people {
        visits.push(phone(1_000 + number, mood, random.random_range(0..until), random));
    }
    visits
}

fn families(random: &mut StdRng) -> Vec<Visit> {
    let mut visits = Vec::new();
    let mut free = 0;
    for _ in 0..random.random_range(8..20) {
        let said = opinion(Satisfaction::DELIGHTED, random);
        for _ in 0..random.random_range(2..7) {
            let mut given = opinion(Satisfaction::DELIGHTED, random);
            if random.random_bool(0.8) {
                given = Given { comment: given.comment, ..said };
            }
            let haste = Haste { median_ms: random.random_range(3_500.0..7_000.0), spread: 0.4 };
            let visit = at_tablet(given, haste, free, random);
            free = visit.at + THANKS;
            visits.push(visit);
        }
        free += whole(exponential(30_000.0, random));
    }
    visits
}

fn friends(random: &mut StdRng) -> Vec<Visit> {
    let first = random.random_range(10..60);
    let by_phone = random.random_bool(0.5);
    if by_phone {
        // They sit in one café, on its Wi-Fi, and say it to each other before they say it to the form.
        let mut visits = mixed(88, Satisfaction::GOOD, 12_000.0, random);
        for _ in 0..12 {
            visits.push(phone(5_000, Satisfaction::DISAPPOINTED, 400_000 + random.random_range(0..180_000), random));
        }
        return visits;
    }
    let mood =
        |number| if (first..first + 12).contains(&number) { Satisfaction::DISAPPOINTED } else { Satisfaction::GOOD };
    queue(100, mood, Haste::ADULT, 9_000.0, random)
}
