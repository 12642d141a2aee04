//! When a tablet is expected to be in touch: while there is an audience in the foyer, and, where the
//! venue has opening hours, as long as an answer window lasts and it is open.

use crate::{audience_hours::AudienceHours, event::Window, time::Millis};

/// The hours in which tablets are monitored around some events, in order and apart from each other. `open` are the times
/// when the venue is open; `None` where it has not said.
#[must_use]
pub fn monitoring_hours(hours_of_events: &[AudienceHours], open: Option<&[Window]>) -> Vec<Window> {
    let while_open = hours_of_events.iter().flat_map(|hours| {
        open.unwrap_or_default()
            .iter()
            .map(|open| Window { from: hours.window.from.max(open.from), until: hours.window.until.min(open.until) })
    });
    let mut times: Vec<Window> = hours_of_events.iter().filter_map(AudienceHours::audience).chain(while_open).collect();
    times.retain(|time| time.from <= time.until);
    times.sort_by_key(|time| time.from);
    let mut apart: Vec<Window> = Vec::with_capacity(times.len());
    for time in times {
        match apart.last_mut() {
            Some(before) if time.from <= before.until => before.until = before.until.max(time.until),
            _ => apart.push(time),
        }
    }
    apart
}

/// Whether a tablet is monitored at an instant.
#[must_use]
pub fn is_on(hours: &[Window], now: Millis) -> bool {
    hours.iter().any(|window| window.contains(now))
}

/// When monitoring begins the next time.
#[must_use]
pub fn next(hours: &[Window], now: Millis) -> Option<Millis> {
    hours.iter().map(|window| window.from).find(|from| *from > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, MINUTE};

    const END: Millis = 100 * HOUR;

    fn event_ending_at(ends_at: Millis) -> AudienceHours {
        AudienceHours { window: Window::around(ends_at, Window::BEFORE, Window::AFTER, None), ends_at }
    }

    #[test]
    fn nobody_waits_in_the_foyer_at_midnight() {
        let hours = monitoring_hours(&[event_ending_at(END)], None);
        assert!(is_on(&hours, END - 90 * MINUTE) && is_on(&hours, END + HOUR));
        assert!(!is_on(&hours, END - 90 * MINUTE - 1) && !is_on(&hours, END + HOUR + 1));
        assert_eq!(next(&hours, END - 90 * MINUTE - 1), Some(END - 90 * MINUTE));
        assert_eq!(next(&hours, END - 90 * MINUTE), None);
    }

    #[test]
    fn opening_hours_make_it_longer() {
        let open = [
            Window { from: END - 10 * HOUR, until: END + 3 * HOUR },
            Window { from: END + 12 * HOUR, until: END + 20 * HOUR },
        ];
        let hours = monitoring_hours(&[event_ending_at(END)], Some(&open));
        assert_eq!(
            hours,
            [
                Window { from: END - 90 * MINUTE, until: END + 3 * HOUR },
                Window { from: END + 12 * HOUR, until: END + 14 * HOUR },
            ]
        );
        let at_night = super::monitoring_hours(&[event_ending_at(END)], Some(&[]));
        assert_eq!(
            at_night,
            super::monitoring_hours(&[event_ending_at(END)], None),
            "a show in a venue that is closed otherwise"
        );
    }

    #[test]
    fn two_shows_in_a_row_are_one_duty() {
        let both = monitoring_hours(&[event_ending_at(END + 2 * HOUR), event_ending_at(END)], None);
        assert_eq!(both, [Window { from: END - 90 * MINUTE, until: END + 3 * HOUR }]);
    }
}
