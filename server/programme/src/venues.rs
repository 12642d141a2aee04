//! Where: venues by name or code, and the one that was probably meant.

use jiff::tz::TimeZone;

use crate::folded::folded;

/// A venue that events can be at.
#[derive(Clone, Debug)]
pub struct KnownVenue {
    /// short and typeable
    pub code: String,
    /// as on the poster
    pub name: String,
    /// its time zone
    pub zone: TimeZone,
    /// how long a show there usually is, in minutes
    pub usual_minutes: Option<u32>,
}

/// What a name turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// the venue at this place of the list
    Known(usize),
    /// none, but it resembles the one at this place
    Resembles(usize),
    /// none
    Unknown,
}

/// The venue that a text names, by name or code. An address behind the name does not matter.
#[must_use]
pub fn named(text: &str, venues: &[KnownVenue]) -> Named {
    let whole = folded(text);
    let first = folded(text.split([',', '(', ';', '\n']).next().unwrap_or_default());
    for wanted in [&whole, &first] {
        let mut found = venues.iter().enumerate().filter(|(_, venue)| {
            !wanted.is_empty() && (folded(&venue.name) == *wanted || folded(&venue.code) == *wanted)
        });
        if let (Some((place, _)), None) = (found.next(), found.next()) {
            return Named::Known(place);
        }
    }
    let nearest = venues
        .iter()
        .enumerate()
        .map(|(place, venue)| {
            (distance(&whole, &folded(&venue.name)).min(distance(&whole, &folded(&venue.code))), place)
        })
        .min();
    match nearest {
        Some((far, place)) if far <= allowed(&whole) => Named::Resembles(place),
        _ => match venues.iter().position(|venue| !whole.is_empty() && folded(&venue.name).contains(&whole)) {
            Some(place) if whole.chars().count() >= 3 => Named::Resembles(place),
            _ => Named::Unknown,
        },
    }
}

/// So many letters of a word may be wrong before it is another word.
fn allowed(word: &str) -> usize {
    (word.chars().count() / 3).clamp(1, 3)
}

/// How many letters must be added, left out, changed or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().take(80).collect(), other.chars().take(80).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let change = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_venue_is_found_by_name_code_or_address_and_a_misspelt_one_is_offered() {
        let venue = |code: &str, name: &str| KnownVenue {
            code: code.to_owned(),
            name: name.to_owned(),
            zone: TimeZone::UTC,
            usual_minutes: None,
        };
        let venues = [venue("TEL", "Teltta"), venue("SALI", "Konserttisali")];
        for (text, found) in [
            ("teltta", Named::Known(0)),
            (" TEL ", Named::Known(0)),
            ("Teltta, Kaapelitehdas, Helsinki", Named::Known(0)),
            ("Konserttisali (iso)", Named::Known(1)),
            ("sali", Named::Known(1)),
            ("Telttta", Named::Resembles(0)),
            ("Tetlta", Named::Resembles(0)),
            ("Konserttisalli", Named::Resembles(1)),
            ("Hartwall Arena", Named::Unknown),
            ("", Named::Unknown),
        ] {
            assert_eq!(named(text, &venues), found, "{text}");
        }
    }
}
