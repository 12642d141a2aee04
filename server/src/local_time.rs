//! Days at a venue: the only place where an instant meets a time zone before it is stored.

use app::domain::time::{LocalDay, Millis};
use jiff::{Timestamp, tz::TimeZone};

/// The zone with this IANA name; UTC where nobody knows it, so that a typing error in a venue never
/// costs an answer.
#[must_use]
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// Whether this is the name of a time zone.
#[must_use]
pub fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// The calendar day of an instant.
#[must_use]
pub fn local_day(at: Millis, zone: &TimeZone) -> LocalDay {
    let date = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date();
    LocalDay::from_date(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_is_the_venues() {
        let helsinki = zone("Europe/Helsinki");
        // 2026-11-21 22:30 UTC is half past midnight in Helsinki.
        let at = 1_795_300_200_000;
        assert_eq!(local_day(at, &TimeZone::UTC), LocalDay::from_date(2026, 11, 21));
        assert_eq!(local_day(at, &helsinki), LocalDay::from_date(2026, 11, 22));
    }

    #[test]
    fn nonsense_is_utc_and_says_so() {
        assert!(!is_zone("Europe/Atlantis"));
        assert_eq!(zone("Europe/Atlantis"), TimeZone::UTC);
    }
}
