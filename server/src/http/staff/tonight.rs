//! `/staff`: the event under way or just ended, or what came in today outside events.

use app::pages::{
    staff::{
        subject::data::{SubjectData, day_address, event_address},
        tonight::{Other, Tonight, TonightData},
    },
    when::When,
};
use axum::{extract::Query, response::Response};
use domain::{
    event::{Event, Venue, Window},
    lang::Reader,
    time::{DAY, HOUR, LocalDay, Millis},
};
use leptos::view;

use super::{
    first_steps::{self, PUT_AWAY},
    subject::View,
};
use crate::{
    http::{
        events::summary::Choice,
        forms::AfterForm,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    local_time::{day_before, local_day, span, zone},
};
use store::StoreError;

/// The last event stands here until the evening after it.
const LINGERS: Millis = 36 * HOUR;
/// How far ahead "what comes next" looks.
const AHEAD: Millis = 90 * DAY;

/// `GET`: how tonight goes.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(choice): Query<Choice>,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let data = match subject(&staff, &choice, &context).await? {
        Some((subject, others)) => TonightData::Subject { subject: Box::new(subject), others },
        None => nothing(&staff).await?,
    };
    let installation = first_steps::installation(&staff).await?;
    let put_away = after.done.as_deref() == Some(PUT_AWAY);
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <Tonight data=data installation=installation put_away=put_away shell=shell /> }))
}

/// What may stand on the page.
enum Candidate {
    Event(Event),
    Day(Venue, LocalDay),
}

impl Candidate {
    async fn subject(
        self,
        view: &View<'_>,
        staff: &StaffContext,
        venues: &[Venue],
    ) -> Result<Option<SubjectData>, StoreError> {
        match self {
            Self::Event(event) => {
                let Some(venue) = venues.iter().find(|venue| venue.id == event.venue).cloned() else { return Ok(None) };
                view.of_event(staff, event, venue).await.map(Some)
            }
            Self::Day(venue, day) => view.of_day(staff, venue, day).await,
        }
    }

    fn link(self, reader: Reader, venues: &[Venue]) -> Option<Other> {
        match self {
            Self::Event(event) => {
                let venue = venues.iter().find(|venue| venue.id == event.venue)?;
                let title = format!("{} · {}", reader.words(&event.title).text, venue.name);
                Some(Other { path: event_address(event.id), title })
            }
            Self::Day(venue, day) => {
                let at = span(day, &zone(&venue.time_zone))?.from;
                let title = format!("{} · {}", venue.name, When::new(reader.lang(), &venue.time_zone).day(at));
                Some(Other { path: day_address(venue.id, day), title })
            }
        }
    }
}

async fn subject(
    staff: &StaffContext,
    choice: &Choice,
    context: &PageContext,
) -> Result<Option<(SubjectData, Vec<Other>)>, StoreError> {
    let venues = staff.store.venues().await?;
    let mut candidates = candidates(staff, &venues).await?.into_iter();
    let Some(first) = candidates.next() else { return Ok(None) };
    let view = View { context, scores_asked: choice.all_scores(), saved: None };
    let Some(subject) = first.subject(&view, staff, &venues).await? else { return Ok(None) };
    let reader = context.reader(staff).await?;
    let others = candidates.filter_map(|other| other.link(reader, &venues)).collect();
    Ok(Some((subject, others)))
}

/// What is on, the most telling first: events under way or taking answers, then what came in today
/// outside events. Where no event is on, the one that ended last stands before days on which
/// nothing counts, and yesterday's: an evening goes on past midnight, but its answers belong to the
/// day on which they were given.
async fn candidates(staff: &StaffContext, venues: &[Venue]) -> Result<Vec<Candidate>, StoreError> {
    let on = on_now(staff).await?;
    let quiet = on.is_empty();
    let (counted, aside, yesterday) = days(staff, venues).await?;
    let mut candidates: Vec<Candidate> = on.into_iter().map(Candidate::Event).collect();
    candidates.extend(counted);
    if quiet {
        let now = staff.now();
        let last = staff.store.last_events(now, 1).await?;
        candidates.extend(last.into_iter().filter(|event| event.ends_at > now - LINGERS).map(Candidate::Event));
    }
    candidates.extend(aside);
    candidates.extend(yesterday.into_iter().filter(|_| quiet));
    Ok(candidates)
}

/// The events under way or taking answers, the latest first.
async fn on_now(staff: &StaffContext) -> Result<Vec<Event>, StoreError> {
    let now = staff.now();
    let mut on = staff.store.events(Window { from: now, until: now }).await?;
    on.retain(|event| event.starts_at <= now || event.window.contains(now));
    on.sort_by_key(|event| std::cmp::Reverse(event.starts_at));
    Ok(on)
}

/// The venues' days with answers outside events: today's that count, most answers first; today's
/// where everything is set aside; yesterday's. Each venue has its own clock.
async fn days(
    staff: &StaffContext,
    venues: &[Venue],
) -> Result<(Vec<Candidate>, Vec<Candidate>, Vec<Candidate>), StoreError> {
    let (mut counted, mut aside, mut yesterday) = (Vec::new(), Vec::new(), Vec::new());
    let today = |venue: &Venue| local_day(staff.now(), &zone(&venue.time_zone));
    let since: Vec<_> =
        venues.iter().map(|venue| (venue.id, day_before(today(venue)).unwrap_or_else(|| today(venue)))).collect();
    for count in staff.store.days(&since, 2).await? {
        let Some(venue) = venues.iter().find(|venue| venue.id == count.venue) else { continue };
        let day = Candidate::Day(venue.clone(), count.day);
        match count.counted {
            _ if count.day != today(venue) => yesterday.push(day),
            0 => aside.push(day),
            n => counted.push((n, day)),
        }
    }
    counted.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    Ok((counted.into_iter().map(|(_, day)| day).collect(), aside, yesterday))
}

async fn nothing(staff: &StaffContext) -> Result<TonightData, StoreError> {
    let now = staff.now();
    let venues: Vec<Venue> = staff.store.venues().await?;
    let time_zone = venues.first().map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone.clone());
    let ahead = staff.store.events(Window { from: now, until: now + AHEAD }).await?;
    let next = ahead.into_iter().filter(|event| event.starts_at > now).min_by_key(|event| event.starts_at);
    Ok(TonightData::Nothing { now, time_zone, next: next.map(Box::new) })
}
