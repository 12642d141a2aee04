//! From opening hours on the wall clock and the programme to the times at which a tablet is awake.

use domain::{
    audience_hours::AudienceHours,
    event::{Event, Window},
    open_times::OpenTimes,
    time::Millis,
    venue_settings::{Hours, Opening},
};
use jiff::{
    Span, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

/// So many days are worked out, for a tablet without a network.
pub const DAYS: i32 = 14;

/// When the tablets of a venue are awake: in its opening hours and while an event has an audience in the foyer, from the beginning of today on; `None`: always. Within a
/// local day it is the same whenever it is asked, so that the configuration does not change by itself.
#[must_use]
pub fn open_times(opening: &Opening, zone: &TimeZone, events: &[Event], now: Millis) -> Option<OpenTimes> {
    if opening.is_always() {
        return None;
    }
    let today = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date();
    let begins = instant(today, 0, zone, false)?;
    let known_until = instant(plus(today, DAYS)?, 0, zone, false)? - 1;
    // Yesterday's hours may last beyond midnight.
    let hours = (-1..DAYS).filter_map(|day| {
        let date = plus(today, day)?;
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
        window(opening.on(weekday)?, date, zone)
    });
    let windows = hours
        .chain(events.iter().filter_map(|event| AudienceHours::from(event).audience()))
        .filter(|window| window.until >= begins && window.from <= known_until)
        .collect();
    Some(OpenTimes::new(windows, known_until))
}

fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn window(hours: Hours, date: Date, zone: &TimeZone) -> Option<Window> {
    let from = instant(date, hours.from(), zone, false)?;
    let until = instant(date, hours.until(), zone, true)? - 1;
    (from <= until).then_some(Window { from, until })
}

/// The instant at which the clock on the wall has come so many minutes after midnight of a date. In
/// the night in which an hour comes twice, the venue opens at the first and closes at the second; an
/// hour that is left out counts as the one after it.
fn instant(date: Date, minutes: u16, zone: &TimeZone, closes: bool) -> Option<Millis> {
    let wall = date.to_datetime(Time::midnight()).checked_add(Span::new().minutes(i64::from(minutes))).ok()?;
    let there = zone.to_ambiguous_timestamp(wall);
    let at = if closes { there.later() } else { there.compatible() };
    at.ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use domain::time::{DAY, HOUR, MINUTE};

    use super::*;
    use crate::local_time::zone;

    /// 2026-11-20, a Friday: midnight in Helsinki (UTC+2).
    const FRIDAY: Millis = 1_795_125_600_000;
    /// 2026-10-25, a Sunday, on which the hour from 3 to 4 comes twice: midnight in Helsinki (UTC+3).
    const LONG_NIGHT: Millis = 1_792_875_600_000;
    /// 2027-03-28, a Sunday, on which the hour from 3 to 4 is left out: midnight in Helsinki (UTC+2).
    const SHORT_NIGHT: Millis = 1_806_184_800_000;

    fn opening(days: &[(usize, u16, u16)]) -> Opening {
        let mut week = [None; 7];
        for (weekday, from, until) in days {
            week[*weekday] = Hours::new(*from, *until);
        }
        Opening(Some(week))
    }

    fn awake(opening: &Opening, now: Millis) -> OpenTimes {
        open_times(opening, &zone("Europe/Helsinki"), &[], now).unwrap()
    }

    #[test]
    fn nothing_said_is_always_open() {
        assert_eq!(open_times(&Opening::default(), &TimeZone::UTC, &[], FRIDAY), None);
    }

    #[test]
    fn hours_are_on_the_wall_and_may_pass_midnight() {
        // Friday 17:00 to Saturday 2:00, Saturday 1:00 to 12:00: one night, two weeks of it.
        let times = awake(&opening(&[(4, 1_020, 1_560), (5, 60, 720)]), FRIDAY + 10 * HOUR);
        let night = |week: i64| Window {
            from: FRIDAY + week * 7 * DAY + 17 * HOUR,
            until: FRIDAY + (week * 7 + 1) * DAY + 12 * HOUR - 1,
        };
        assert_eq!(times.windows, [night(0), night(1)]);
        assert_eq!(times.known_until, FRIDAY + 14 * DAY - 1);
        let later = awake(&opening(&[(4, 1_020, 1_560), (5, 60, 720)]), FRIDAY + 23 * HOUR);
        assert_eq!(later, times, "the same all day long");
        let saturday = awake(&opening(&[(4, 1_020, 1_560)]), FRIDAY + 25 * HOUR);
        let rest = Window { from: FRIDAY + 17 * HOUR, until: FRIDAY + 26 * HOUR - 1 };
        assert_eq!(saturday.windows[0], rest, "yesterday lasts until two");
    }

    #[test]
    fn an_hour_that_comes_twice_is_open_twice() {
        let times = awake(&opening(&[(6, 150, 210)]), LONG_NIGHT);
        let long = Window { from: LONG_NIGHT + 150 * MINUTE, until: LONG_NIGHT + 270 * MINUTE - 1 };
        assert_eq!(times.windows[0], long, "from 2:30 until the second 3:30");
        let day = awake(&opening(&[(6, 600, 720)]), LONG_NIGHT).windows[0];
        assert_eq!(day, Window { from: LONG_NIGHT + 11 * HOUR, until: LONG_NIGHT + 13 * HOUR - 1 });
        assert_eq!(awake(&opening(&[(6, 600, 720)]), LONG_NIGHT).known_until, LONG_NIGHT + 14 * DAY + HOUR - 1);
    }

    #[test]
    fn an_hour_that_is_left_out_counts_as_the_next() {
        let times = awake(&opening(&[(6, 150, 210)]), SHORT_NIGHT);
        assert_eq!(
            times.windows[0],
            Window { from: SHORT_NIGHT + 150 * MINUTE, until: SHORT_NIGHT + 210 * MINUTE - 1 }
        );
        let gone = awake(&opening(&[(6, 185, 190)]), SHORT_NIGHT).windows[0];
        assert_eq!(gone, Window { from: SHORT_NIGHT + 185 * MINUTE, until: SHORT_NIGHT + 190 * MINUTE - 1 });
    }
}
