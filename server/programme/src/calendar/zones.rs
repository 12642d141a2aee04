//! Zones by their names: those of the time zone database, of Windows, of Outlook's list, and those that a calendar defines.
//! One that cannot be named is said, and never replaced by another.

use std::{collections::HashMap, str::FromStr};

use calcard::common::timezone::Tz;
use jiff::{civil::date, tz::TimeZone};

use super::{components::Component, observances::changes};
use crate::{folded::folded, moments::zone::Zone};

/// The zones of a calendar.
#[derive(Clone, Debug, Default)]
pub(super) struct Zones {
    defined: HashMap<String, Zone>,
}

impl Zones {
    /// Those that the calendar defines.
    pub(super) fn of(root: &Component) -> Self {
        let mut components = Vec::new();
        root.find("VTIMEZONE", &mut components);
        let mut zones = Self::default();
        for component in components {
            let Some(name) = component.property("TZID").map(|property| unquoted(&property.value).to_owned()) else {
                continue;
            };
            let place = component.property("X-LIC-LOCATION").and_then(|place| database(unquoted(&place.value)));
            let zone = by_name(&name).or(place.map(Zone::Named)).or_else(|| changes(component).map(Zone::Defined));
            if let Some(zone) = zone {
                zones.defined.entry(name).or_insert(zone);
            }
        }
        zones
    }

    /// The zone that a name means here.
    pub(super) fn find(&self, name: &str) -> Option<Zone> {
        let name = unquoted(name);
        self.defined.get(name).cloned().or_else(|| by_name(name))
    }
}

fn unquoted(name: &str) -> &str {
    name.trim().trim_matches('"').trim()
}

/// The zone that a name means everywhere.
#[must_use]
pub fn by_name(name: &str) -> Option<Zone> {
    let name = unquoted(name);
    let zone = if let Some((offset, places)) = listed(name) {
        listed_zone(offset, places)
    } else {
        database(name).or_else(|| tail(name)).or_else(|| windows(name))
    };
    zone.map(Zone::Named)
}

/// A name of the time zone database.
fn database(name: &str) -> Option<TimeZone> {
    if name.is_empty() { None } else { TimeZone::get(name).ok() }
}

/// A name of the database behind that of whoever hands it on: `/mozilla.org/20050126_1/Europe/Helsinki`.
fn tail(name: &str) -> Option<TimeZone> {
    let mut rest = name.strip_prefix('/')?;
    while rest.contains('/') {
        if let Some(zone) = database(rest) {
            return Some(zone);
        }
        rest = rest.split_once('/')?.1;
    }
    None
}

/// A name of Windows: `FLE Standard Time`.
fn windows(name: &str) -> Option<TimeZone> {
    match Tz::from_str(name).ok()? {
        zone @ Tz::Tz(_) if !name.starts_with(['(', '/']) => database(&zone.name()?),
        _ => None,
    }
}

/// What Outlook shows for a zone: `(UTC+02:00) Helsinki, Kyiv, Riga`, as seconds ahead of UTC and places.
fn listed(name: &str) -> Option<(i32, &str)> {
    let (offset, places) = name.strip_prefix('(')?.split_once(')')?;
    let offset = offset.trim();
    let digits = ["UTC", "GMT"].iter().find_map(|zone| offset.strip_prefix(zone)).unwrap_or(offset).trim();
    if digits.is_empty() {
        return Some((0, places.trim()));
    }
    let (sign, digits) = match digits.chars().next()? {
        '+' => (1, &digits[1..]),
        '-' => (-1, &digits[1..]),
        '\u{2212}' => (-1, &digits['\u{2212}'.len_utf8()..]),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    Some((sign * (hours.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60), places.trim()))
}

/// The zone of one of the places, where its clocks are so far ahead in winter, and those of the others with them.
fn listed_zone(offset: i32, places: &str) -> Option<TimeZone> {
    if let Some(zone) = windows(places).filter(|zone| standard(zone) == offset) {
        return Some(zone);
    }
    if offset == 0 && folded(places) == "coordinateduniversaltime" {
        return Some(TimeZone::UTC);
    }
    let places: Vec<String> = places.split([',', ';']).map(folded).filter(|place| !place.is_empty()).collect();
    let mut found: Vec<(usize, TimeZone)> = jiff::tz::db()
        .available()
        .filter_map(|name| {
            let name = name.as_str().to_owned();
            let city = folded(name.rsplit('/').next()?);
            let place = places.iter().position(|place| *place == city)?;
            Some((place, database(&name)?))
        })
        .filter(|(_, zone)| standard(zone) == offset)
        .collect();
    found.sort_by_key(|(place, _)| *place);
    let first = found.first()?.1.clone();
    let is_alike = |zone: &TimeZone| summer(zone) == summer(&first);
    found.iter().all(|(_, zone)| is_alike(zone)).then_some(first)
}

/// Seconds ahead of UTC where no clock has been put forward.
fn standard(zone: &TimeZone) -> i32 {
    at(zone, 1).min(at(zone, 7))
}

fn summer(zone: &TimeZone) -> (i32, i32) {
    (at(zone, 1), at(zone, 7))
}

fn at(zone: &TimeZone, month: i8) -> i32 {
    let noon = date(2026, month, 15).at(12, 0, 0, 0);
    noon.to_zoned(zone.clone()).map_or(0, |at| at.offset().seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_many_names() {
        let offsets = |name: &str| match by_name(name) {
            Some(Zone::Named(zone)) => Some(summer(&zone)),
            _ => None,
        };
        for name in [
            "Europe/Helsinki",
            "europe/helsinki",
            "\"FLE Standard Time\"",
            "/freeassociation.sourceforge.net/Tzfile/Europe/Helsinki",
            "(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius",
            "(UTC+02:00) Helsingfors, Kiev, Riga, Sofia, Tallinn, Vilnius",
            "(UTC+02:00) Helsinki, Kiova, Riika, Sofia, Tallinna, Vilna",
            "(GMT+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius",
        ] {
            assert_eq!(offsets(name), Some((7_200, 10_800)), "{name}");
        }
        for name in ["W. Europe Standard Time", "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"] {
            assert_eq!(offsets(name), Some((3_600, 7_200)), "{name}");
        }
        assert_eq!(offsets("(UTC-05:00) Eastern Time (US & Canada)"), Some((-18_000, -14_400)));
        assert_eq!(offsets("(UTC) Coordinated Universal Time"), Some((0, 0)));
        for name in
            ["", "Customized Time Zone", "Europe/Atlantis", "(UTC+02:00)", "(UTC+03:00) Helsinki", "GMT+0200 (Local)"]
        {
            assert_eq!(offsets(name), None, "{name}");
        }
    }
}
