//! Where a response belongs: the event that was named with it, else what the programme says.

use super::{
    event::{EventSource, Scheduled},
    id::EventId,
    time::Millis,
    ways::ByChannel,
};

/// Where a response was put, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// `None`: the venue and the day count
    pub event: Option<EventId>,
    /// `None` exactly where there is no event
    pub source: Option<EventSource>,
    /// a doubt: outside the answer window, on a day that has events
    pub outside_window: bool,
}

/// An event that was named with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// which event
    pub event: EventId,
    /// by what
    pub source: EventSource,
    /// the way by which the answer comes, which has a window of its own
    pub way: ByChannel,
}

/// Puts a response into the programme of its venue: the event that a code or the kiosk named, late or not by the window of its way, else
/// the one whose answer window holds the corrected time (the latest to begin where two overlap), else none.
///
/// `programme` holds the venue's events of the local day and its neighbours, `busy_day` says whether
/// the local day has events at all. A named event that the programme does not know is no reason to
/// refuse an answer: the time decides.
#[must_use]
pub fn place(named: Option<Named>, at: Millis, programme: &[Scheduled], busy_day: bool) -> Place {
    let known = named.and_then(|named| {
        programme.iter().find(|scheduled| scheduled.event == named.event).map(|scheduled| (scheduled, named))
    });
    if let Some((scheduled, Named { event, source, way })) = known {
        let outside_window = !way.window(scheduled).contains(at);
        return Place { event: Some(event), source: Some(source), outside_window };
    }
    let running = programme
        .iter()
        .filter(|scheduled| scheduled.window.contains(at))
        .max_by_key(|scheduled| scheduled.window.from);
    match running {
        Some(scheduled) => {
            Place { event: Some(scheduled.event), source: Some(EventSource::Programme), outside_window: false }
        }
        None => Place { event: None, source: None, outside_window: busy_day },
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        event::Window,
        response::Channel,
        time::{DAY, HOUR, MINUTE},
        venue_settings::AnswerWindow,
    };

    fn scheduled(number: u128, from: Millis, until: Millis) -> Scheduled {
        Scheduled { event: EventId(Uuid::from_u128(number)), window: Window { from, until }, ends_at: from }
    }

    fn named(number: u128, source: EventSource) -> Named {
        let way = ByChannel { channel: Channel::Kiosk, said: AnswerWindow::default() };
        Named { event: EventId(Uuid::from_u128(number)), source, way }
    }

    #[test]
    fn what_was_named_wins_over_the_programme() {
        let programme = [scheduled(1, 0, 100), scheduled(2, 50, 200)];
        let named = Some(named(1, EventSource::Kiosk));
        let put = place(named, 80, &programme, true);
        assert_eq!(
            (put.event, put.source, put.outside_window),
            (Some(programme[0].event), Some(EventSource::Kiosk), false)
        );
        assert!(place(named, 150, &programme, true).outside_window, "named, but late");
    }

    #[test]
    fn the_programme_decides_by_time_and_the_later_show_wins() {
        let programme = [scheduled(1, 0, 100), scheduled(2, 50, 200)];
        let at = |at| place(None, at, &programme, true).event;
        assert_eq!(at(20), Some(programme[0].event));
        assert_eq!(at(80), Some(programme[1].event));
        let unknown = Some(named(9, EventSource::Code));
        assert_eq!(place(unknown, 20, &programme, true).source, Some(EventSource::Programme));
    }

    #[test]
    fn outside_a_window_is_a_doubt_only_on_days_with_events() {
        let none = |busy| place(None, 500, &[scheduled(1, 0, 100)], busy);
        assert_eq!(none(true), Place { event: None, source: None, outside_window: true });
        assert_eq!(none(false), Place { event: None, source: None, outside_window: false });
    }

    const END: Millis = 1_000 * HOUR;

    /// The afternoon show and the evening show of one day.
    fn two_shows() -> [Scheduled; 2] {
        let said = AnswerWindow::default();
        let of = |number, ends_at, next_doors| Scheduled {
            event: EventId(Uuid::from_u128(number)),
            window: said.around(ends_at, next_doors),
            ends_at,
        };
        [of(1, END, Some(END + 3 * HOUR)), of(2, END + 6 * HOUR, None)]
    }

    #[test]
    fn the_same_instant_is_in_time_by_one_way_and_late_by_another() {
        let shows = two_shows();
        let outside = |channel: Channel, at: Millis| {
            let way = ByChannel { channel, said: AnswerWindow::default() };
            let named = Named { event: shows[0].event, source: EventSource::Code, way };
            place(Some(named), at, &shows, true).outside_window
        };
        let doors = END - 2 * HOUR - 30 * MINUTE;
        for (when, at, late) in [
            // tablet, own phone, mail, paper, counted
            ("at doors", doors, [true, true, true, false, false]),
            ("before the interval", END - 91 * MINUTE, [true, true, true, false, false]),
            ("from the interval on", END - 90 * MINUTE, [false, false, false, false, false]),
            ("a minute after the end", END + MINUTE, [false, false, false, false, false]),
            ("when the next doors open", END + 3 * HOUR, [true, true, false, false, false]),
            ("after midnight", END + 6 * HOUR, [true, true, false, false, false]),
            ("on the last instant of the link", END + 14 * DAY, [true, true, false, false, false]),
            ("after it", END + 14 * DAY + 1, [true, true, true, false, false]),
            ("a year later", END + 365 * DAY, [true, true, true, false, false]),
        ] {
            let ways = [Channel::Kiosk, Channel::Qr, Channel::Mail, Channel::Paper, Channel::Counted];
            assert_eq!(ways.map(|channel| outside(channel, at)), late, "{when}");
        }
    }
}
