//! Answers that the programme placed, when it has changed: they go where it places them now. What a code, a tablet or
//! staff have said about an answer stays.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    event::{Event, PROGRAMME_REACH, Scheduled, Subject, Window},
    flag::Flag,
    id::{EventId, VenueId},
    placing::{Place, place},
    time::{LocalDay, Millis},
};
use jiff::tz::TimeZone;
use store::{
    StaffStore, StoreError,
    imports::{ImportedEvent, WholeProgramme},
    placing::NewPlace,
    responses::StoredResponse,
};

use crate::local_time::{local_day, zone};

/// Whenever an answer was given.
const ALWAYS: Window = Window { from: Millis::MIN, until: Millis::MAX };

/// Decides again about the answers that changed events concern, by the programme as it is now, and says how many are
/// elsewhere by that. `before` is the programme before the change, `changed` what became of those events.
///
/// # Errors
/// Where the store cannot do it now. What was not placed then is placed when one of the events is saved again.
pub async fn place_again(
    staff: &dyn StaffStore,
    before: &WholeProgramme,
    changed: &[ImportedEvent],
    now: Millis,
) -> Result<usize, StoreError> {
    let concerned = concerned(before, changed, now);
    if concerned.is_empty() {
        return Ok(0);
    }
    let after = staff.whole_programme().await?;
    let mut moved = 0;
    for (venue, Concerned { span, mut events }) in concerned {
        let Some(known) = after.venues.iter().find(|known| known.id == venue) else { continue };
        let zone = zone(&known.time_zone);
        let (old, new) = (Shown::of(&before.events, venue, &zone), Shown::of(&after.events, venue, &zone));
        events.extend(old.near(span).chain(new.near(span)).map(|event| event.id));
        let subjects = events.into_iter().map(|event| (Subject::Event(event), ALWAYS));
        for (subject, span) in subjects.chain([(Subject::Venue(venue), span)]) {
            let mut after = None;
            loop {
                let page = staff.placed_by_programme(subject, span, after).await?;
                let Some(last) = page.last() else { break };
                after = Some((last.place.received_at, last.response.id));
                let here = page.iter().filter(|stored| stored.place.venue == venue);
                let places: Vec<NewPlace> = here.filter_map(|stored| new.place(stored, &old)).collect();
                moved += staff.place_again(&places, now).await?;
            }
        }
    }
    Ok(moved)
}

/// Answers that may belong elsewhere now, at one venue.
struct Concerned {
    /// when they were given; those about the events whenever that was
    span: Window,
    events: BTreeSet<EventId>,
}

/// The venues that events change at, before or after it. Nobody has answered in the future.
fn concerned(before: &WholeProgramme, changed: &[ImportedEvent], now: Millis) -> BTreeMap<VenueId, Concerned> {
    let there: BTreeMap<EventId, &ImportedEvent> = before.events.iter().map(|one| (one.event.id, one)).collect();
    let mut venues: BTreeMap<VenueId, Concerned> = BTreeMap::new();
    for one in changed.iter().flat_map(|one| there.get(&one.event.id).copied().into_iter().chain([one])) {
        // A day is one with events or one without: both of its ends are concerned.
        let Window { from, until } = one.event.window;
        let window = Window { from: from - PROGRAMME_REACH, until: until + PROGRAMME_REACH };
        if window.from > now {
            continue;
        }
        let venue =
            venues.entry(one.event.venue).or_insert_with(|| Concerned { span: window, events: BTreeSet::new() });
        venue.span = Window { from: venue.span.from.min(window.from), until: venue.span.until.max(window.until) };
        venue.events.insert(one.event.id);
    }
    venues
}

/// The events of a venue, as answers see them.
struct Shown<'a> {
    events: Vec<&'a Event>,
    zone: &'a TimeZone,
}

impl<'a> Shown<'a> {
    /// What does not take place has no answers but those of its code.
    fn of(events: &'a [ImportedEvent], venue: VenueId, zone: &'a TimeZone) -> Self {
        let shown = events.iter().filter(|one| !one.cancelled && one.event.venue == venue);
        Self { events: shown.map(|one| &one.event).collect(), zone }
    }

    /// Those that take place or are answered within reach of a span.
    fn near(&self, span: Window) -> impl Iterator<Item = &'a Event> {
        let (first, last) = (span.from.saturating_sub(PROGRAMME_REACH), span.until.saturating_add(PROGRAMME_REACH));
        let touches = move |event: &&Event| {
            event.ends_at.max(event.window.until) >= first && event.starts_at.min(event.window.from) <= last
        };
        self.events.iter().copied().filter(touches)
    }

    fn day(&self, at: Millis) -> LocalDay {
        local_day(at, self.zone)
    }

    fn decide(&self, at: Millis) -> Place {
        let near: Vec<&Event> = self.near(Window { from: at, until: at }).collect();
        let around: Vec<Scheduled> = near.iter().copied().map(Scheduled::from).collect();
        let day = self.day(at);
        let is_busy = near.iter().any(|event| self.day(event.starts_at) == day || self.day(event.ends_at) == day);
        place(None, at, &around, is_busy)
    }

    /// Where an answer belongs now; `None` where it is there already.
    fn place(&self, stored: &StoredResponse, before: &Self) -> Option<NewPlace> {
        let at = stored.place.corrected_at;
        let decided = self.decide(at);
        let event = decided.event.and_then(|id| self.events.iter().find(|event| event.id == id));
        let is_outside = stored.flags.contains(&Flag::OutsideWindow);
        // A doubt that the programme did not raise is another's: of a tablet that was not paired then.
        let is_kept = is_outside && !before.decide(at).outside_window;
        let new = NewPlace {
            id: stored.response.id,
            corrected_at: at,
            event: decided.event,
            production: event.and_then(|event| event.production),
            local_day: self.day(event.map_or(at, |event| event.starts_at)),
            outside_window: decided.outside_window || is_kept,
        };
        let old = NewPlace {
            event: stored.place.event,
            production: stored.place.production,
            local_day: stored.place.local_day,
            outside_window: is_outside,
            ..new
        };
        (new != old).then_some(new)
    }
}
