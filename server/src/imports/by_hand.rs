//! One event that somebody writes or changes by hand: its answer window, and that of the one before it.

use domain::event::Event;
use store::imports::{ImportedEvent, WholeProgramme};

/// The event with the window that follows from its times, first; then the event before it at the same venue, where
/// its window ends earlier by that.
#[must_use]
pub fn arranged(mut one: ImportedEvent, programme: &WholeProgramme) -> Vec<ImportedEvent> {
    let others = || {
        let here = |other: &&ImportedEvent| {
            other.event.id != one.event.id && other.event.venue == one.event.venue && !other.cancelled
        };
        programme.events.iter().filter(here)
    };
    let later = others().filter(|other| other.event.starts_at > one.event.starts_at).map(|other| opens(&other.event));
    let next = later.min();
    let before = others().filter(|other| other.event.starts_at <= one.event.starts_at);
    let before = before.max_by_key(|other| other.event.starts_at).cloned();
    one.event.window = programme.window_at(one.event.venue).around(one.event.ends_at, next);
    let doors = (!one.cancelled).then(|| opens(&one.event));
    let shortened = before.zip(doors).and_then(|(mut before, doors)| {
        let window = &mut before.event.window;
        // New answers to it end where the doors open, but never before it has ended.
        let until = window.until.min((doors - 1).max(before.event.ends_at));
        let is_shorter = until < window.until;
        window.until = until;
        is_shorter.then_some(before)
    });
    [one].into_iter().chain(shortened).collect()
}

const fn opens(event: &Event) -> domain::time::Millis {
    match event.doors_at {
        Some(doors) => doors,
        None => event.starts_at,
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        event::Window,
        id::{EventId, SurveyVersionId, VenueId},
        lang::Text,
        time::{HOUR, MINUTE, Millis},
    };
    use uuid::Uuid;

    use super::*;

    fn event(id: u128, starts_at: Millis) -> ImportedEvent {
        let ends_at = starts_at + 2 * HOUR;
        let event = Event {
            id: EventId(Uuid::from_u128(id)),
            code: format!("E{id}"),
            venue: VenueId(Uuid::from_u128(1)),
            production: None,
            title: Text::same("Yötaivas"),
            doors_at: None,
            starts_at,
            ends_at,
            window: Window::around(ends_at, Window::BEFORE, Window::AFTER, None),
            attendance: None,
            survey_version: SurveyVersionId(Uuid::from_u128(2)),
            links: Vec::new(),
        };
        ImportedEvent::new(event)
    }

    fn programme(events: Vec<ImportedEvent>) -> WholeProgramme {
        WholeProgramme { events, ..WholeProgramme::default() }
    }

    #[test]
    fn an_event_between_two_others_shares_their_day() {
        let (noon, night) = (event(1, 12 * HOUR), event(3, 20 * HOUR));
        let mut between = event(2, 16 * HOUR);
        between.event.doors_at = Some(15 * HOUR + 30 * MINUTE);
        let arranged = arranged(between, &programme(vec![noon, night]));
        let windows: Vec<_> = arranged.iter().map(|one| (one.event.code.as_str(), one.event.window.until)).collect();
        assert_eq!(windows, [("E2", 20 * HOUR - 1), ("E1", 15 * HOUR + 30 * MINUTE - 1)]);
    }

    #[test]
    fn an_event_that_overlaps_takes_no_answer_from_before_the_end_of_the_other() {
        let noon = event(1, 12 * HOUR);
        let arranged = arranged(event(2, 13 * HOUR), &programme(vec![noon]));
        assert_eq!(arranged[1].event.window.until, 14 * HOUR, "it ends then");
    }

    #[test]
    fn what_is_cancelled_or_elsewhere_changes_nobody() {
        let alone = |others| arranged(event(2, 16 * HOUR), &programme(others));
        let mut cancelled = event(3, 20 * HOUR);
        cancelled.cancelled = true;
        let mut elsewhere = event(1, 12 * HOUR);
        elsewhere.event.venue = VenueId(Uuid::from_u128(9));
        let arranged_alone = alone(vec![elsewhere, cancelled]);
        assert_eq!(arranged_alone.len(), 1);
        assert_eq!(arranged_alone[0].event.window.until, 18 * HOUR + Window::AFTER);
        let mut off = event(2, 16 * HOUR);
        off.cancelled = true;
        assert_eq!(arranged(off, &programme(vec![event(1, 12 * HOUR)])).len(), 1);
    }
}
