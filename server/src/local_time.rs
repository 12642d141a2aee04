//! Days at a venue: the only place where an instant meets a time zone before it is stored.

use domain::{
    event::Window,
    time::{LocalDay, Millis},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

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
    from_date(date)
}

/// The calendar day before; `None` where the calendar has no such day.
#[must_use]
pub fn day_before(day: LocalDay) -> Option<LocalDay> {
    date(day)?.yesterday().ok().map(from_date)
}

/// From the first instant of a day to the last; `None` where the calendar has no such day.
#[must_use]
pub fn span(day: LocalDay, zone: &TimeZone) -> Option<Window> {
    let date = date(day)?;
    // Midnight may be skipped by a change of the clock: then the day begins later.
    let begins = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    Some(Window { from: begins(date)?, until: begins(date.tomorrow().ok()?)? - 1 })
}

fn from_date(date: Date) -> LocalDay {
    LocalDay::from_date(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

fn date(LocalDay(day): LocalDay) -> Option<Date> {
    let part = |number: i32| i8::try_from(number).ok();
    Date::new(i16::try_from(day / 10_000).ok()?, part(day / 100 % 100)?, part(day % 100)?).ok()
}

/// The minute of the local day, from 0 to 1439: what the clock on the wall says.
#[must_use]
pub fn minute_of_day(at: Millis, zone: &TimeZone) -> u16 {
    let time = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).time();
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use domain::time::HOUR;

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
    fn a_day_holds_its_instants_and_no_others() {
        let helsinki = zone("Europe/Helsinki");
        // An ordinary day, the one of 25 hours, the one of 23, and one that has no midnight.
        let havana = zone("America/Havana");
        for (day, zone, hours) in [
            (LocalDay::from_date(2026, 11, 21), &helsinki, 24),
            (LocalDay::from_date(2026, 10, 25), &helsinki, 25),
            (LocalDay::from_date(2026, 3, 29), &helsinki, 23),
            (LocalDay::from_date(2026, 3, 8), &havana, 23),
        ] {
            let span = span(day, zone).expect("a day");
            assert_eq!(span.until + 1 - span.from, hours * HOUR, "{day}");
            for (at, same) in [(span.from - 1, false), (span.from, true), (span.until, true), (span.until + 1, false)] {
                assert_eq!(local_day(at, zone) == day, same, "{day} {at}");
            }
            assert_eq!(day_before(day), Some(local_day(span.from - 1, zone)));
        }
        for never in
            [LocalDay::from_date(2026, 2, 31), LocalDay::from_date(2026, 0, 1), LocalDay(0), LocalDay(i32::MAX)]
        {
            assert_eq!((span(never, &helsinki), day_before(never)), (None, None), "{never}");
        }
    }

    #[test]
    fn the_clock_on_the_wall_is_the_venues() {
        let at = 1_795_300_200_000;
        assert_eq!(minute_of_day(at, &TimeZone::UTC), 22 * 60 + 30);
        assert_eq!(minute_of_day(at, &zone("Europe/Helsinki")), 30);
    }

    #[test]
    fn nonsense_is_utc_and_says_so() {
        assert!(!is_zone("Europe/Atlantis"));
        assert_eq!(zone("Europe/Atlantis"), TimeZone::UTC);
    }
}
