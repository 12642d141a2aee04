//! When there is an audience in the foyer: tablets are awake then, and missed where they are silent.
//!
//! An answer window is open until the next morning, for phones on the way home. Nobody stands before
//! a tablet then: it may go dark an hour after the event, and an alert at every midnight would teach
//! people to read none. An answer that is given later still belongs to the event.

use super::{
    event::{Event, Window},
    time::{HOUR, Millis},
};

/// How long after the end of an event there are people in the foyer.
const LINGER: Millis = HOUR;

/// An event as far as the foyer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AudienceHours {
    /// when answers belong to it
    pub window: Window,
    /// when it ends
    pub ends_at: Millis,
}

impl AudienceHours {
    /// When its audience can stand before a tablet and answer; `None` where that is never so, because
    /// answers are only taken later.
    #[must_use]
    pub fn audience(&self) -> Option<Window> {
        let until = self.window.until.min(self.ends_at + LINGER);
        (self.window.from <= until).then_some(Window { until, ..self.window })
    }
}

impl From<&Event> for AudienceHours {
    fn from(event: &Event) -> Self {
        Self { window: event.window, ends_at: event.ends_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DAY, MINUTE};

    const END: Millis = 100 * HOUR;

    #[test]
    fn the_foyer_is_empty_an_hour_after_the_show() {
        let window = Window::around(END, Window::BEFORE, Window::AFTER, None);
        let there = Window { from: END - 90 * MINUTE, until: END + HOUR };
        assert_eq!(AudienceHours { window, ends_at: END }.audience(), Some(there));
    }

    #[test]
    fn a_window_that_the_next_doors_shorten_stays_short() {
        let window = Window { from: END - HOUR, until: END + 10 * MINUTE };
        assert_eq!(AudienceHours { window, ends_at: END }.audience(), Some(window));
    }

    #[test]
    fn whoever_is_asked_the_next_day_is_at_home() {
        let window = Window { from: END + HOUR + 1, until: END + DAY };
        assert_eq!(AudienceHours { window, ends_at: END }.audience(), None);
    }
}
