//! When a tablet may sleep, and what it shows then.

use super::{KioskConfig, KioskEvent};
use domain::time::{MINUTE, Millis};

/// After a touch it stays awake for so long, whatever the hour: somebody wants to answer.
pub const ROUSED: Millis = 2 * MINUTE;

/// Whether a tablet sleeps: outside opening hours and while no event has its audience in the foyer, once
/// nobody has touched it for [`ROUSED`]. It stays awake where it does not know better: without opening hours, after the last day
/// that the server told it of, and where its clock says a time before the server's own word, as a
/// clock does that has forgotten the date.
#[must_use]
pub fn is_asleep(config: &KioskConfig, now: Millis, silent: Millis) -> bool {
    silent >= ROUSED && now >= config.server_now && config.open.as_ref().is_some_and(|open| !open.is_open(now))
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'a> {
    /// an event that is yet to begin
    Event(&'a KioskEvent),
    /// the doors open, milliseconds UTC
    Opening(Millis),
}

/// What a sleeping tablet announces: the next event, else the next opening, else nothing is known.
#[must_use]
pub fn next(config: &KioskConfig, now: Millis) -> Option<Next<'_>> {
    let event = config.events.iter().filter(|event| event.starts_at > now).min_by_key(|event| event.starts_at);
    let opening = || config.open.as_ref()?.opens_after(now).map(Next::Opening);
    event.map(Next::Event).or_else(opening)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use domain::time::HOUR;

    const NOW: Millis = 1_763_740_800_000;
    const LONG_AGO: Millis = 10 * ROUSED;

    /// Told an hour ago that the venue opens in two hours for an hour, and that its show begins in three.
    fn config() -> KioskConfig {
        let id = "00000000-0000-0000-0000-000000000001";
        let text = json!({ "fi": "Talvisirkus", "sv": "", "en": "" });
        let event = |starts_at: Millis| {
            json!({ "id": id, "code": "X", "title": text, "starts_at": starts_at, "ends_at": starts_at + HOUR,
                "window": [starts_at, starts_at + HOUR], "survey_version": id })
        };
        let config = json!({
            "kiosk": { "id": id, "pairing": id, "name": "foyer", "seq_seen": 0 },
            "venue": { "id": id, "code": "T", "name": "Teltta", "time_zone": "Europe/Helsinki", "languages": ["fi"],
                "survey_version": id },
            "server_now": NOW - HOUR, "public_url": "", "look": "curtain", "surveys": [], "settings": {},
            "events": [event(NOW - 5 * HOUR), event(NOW + 7 * HOUR), event(NOW + 3 * HOUR)],
            "open": { "windows": [[NOW + 2 * HOUR, NOW + 3 * HOUR]], "known_until": NOW + 100 * HOUR },
        });
        serde_json::from_value(config).unwrap()
    }

    #[test]
    fn it_sleeps_outside_its_hours_only() {
        let config = config();
        let asleep = [0, 2 * HOUR - 1, 2 * HOUR, 3 * HOUR, 3 * HOUR + 1, 100 * HOUR, 100 * HOUR + 1];
        let asleep = asleep.map(|later| is_asleep(&config, NOW + later, LONG_AGO));
        assert_eq!(asleep, [true, true, false, false, true, true, false]);
    }

    #[test]
    fn a_touch_keeps_it_awake_for_two_minutes() {
        let config = config();
        assert_eq!([0, ROUSED - 1, ROUSED].map(|silent| is_asleep(&config, NOW, silent)), [false, false, true]);
    }

    #[test]
    fn it_stays_awake_where_it_does_not_know() {
        let mut config = config();
        assert!(!is_asleep(&config, config.server_now - 1, LONG_AGO), "its clock has forgotten the date");
        assert!(!is_asleep(&config, 0, LONG_AGO));
        config.open = None;
        assert!(!is_asleep(&config, NOW, LONG_AGO), "a venue without opening hours is always open");
    }

    #[test]
    fn the_next_event_comes_before_the_next_opening() {
        let mut config = config();
        let starts = |config: &KioskConfig, now| match next(config, now) {
            Some(Next::Event(event)) => Some(event.starts_at),
            _ => None,
        };
        assert_eq!(starts(&config, NOW), Some(NOW + 3 * HOUR));
        assert_eq!(starts(&config, NOW + 4 * HOUR), Some(NOW + 7 * HOUR));
        assert_eq!(next(&config, NOW + 8 * HOUR), None);
        config.events.clear();
        assert_eq!(next(&config, NOW), Some(Next::Opening(NOW + 2 * HOUR)));
    }
}
