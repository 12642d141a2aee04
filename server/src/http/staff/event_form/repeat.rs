//! `/staff/events/{id}/repeat`: the same event on other days, by the clock of its venue.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    kit::toast::done_address,
    pages::{
        staff::event_form::repeat::{RepeatData, RepeatError, RepeatEvent, RepeatForm},
        when::When,
    },
};
use axum::{
    body::Body,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::{Event, Venue},
    id::EventId,
    time::Millis,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use leptos::view;
use store::imports::{ImportedEvent, WholeProgramme};

use super::check::{day, instant};
use crate::{
    http::{
        forms::pairs,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    imports::{by_hand::arranged, taking::Taking},
    local_time::zone,
};

/// Two hundred days and their names.
const MAX_BYTES: usize = 16 * 1024;
/// So many at once; a season of daily shows.
const MOST: usize = 200;

/// `GET`: on which days.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event.
pub async fn ask(staff: StaffContext, Path(id): Path<EventId>, context: PageContext) -> Result<Response, PageError> {
    let (event, venue) = there(&staff, id).await?;
    let mut form = RepeatForm::default();
    let weekday = local(event.starts_at, &zone(&venue.time_zone)).weekday().to_monday_zero_offset();
    if let Some(day) = usize::try_from(weekday).ok().and_then(|day| form.weekdays.get_mut(day)) {
        *day = true;
    }
    page(&staff, &context, &event, &venue, form, None).await
}

/// `POST`: adds the event on each of the days, all of them or none. Days on which it is already are passed over.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event, or the form cannot be read.
pub async fn take(
    staff: StaffContext,
    Path(id): Path<EventId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let form = posted(body).await?;
    let programme = staff.store.whole_programme().await?;
    let one = programme.events.iter().find(|one| one.event.id == id).cloned().ok_or(PageError::NotFound)?;
    let venue = programme.venues.iter().find(|venue| venue.id == one.event.venue).ok_or(PageError::NotFound)?;
    let zone = zone(&venue.time_zone);
    let repeated = days(&form, local(one.event.starts_at, &zone).date())
        .and_then(|days| repeated(&staff, &programme, &one, &days, &zone));
    let (events, count) = match repeated {
        Ok(repeated) => repeated,
        Err(error) => {
            let page = page(&staff, &context, &one.event, venue, form, Some(error)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let taking = Taking { events, ..Taking::default() };
    if !taking.events.is_empty() && !taking.put(&*staff.store, &programme, staff.new_id(), staff.now()).await? {
        return Err(PageError::NotFound);
    }
    tracing::info!(event = %id, count, "event repeated");
    let done = format!("{}&events={count}", done_address("/staff/events", "repeated"));
    Ok(Redirect::to(&done).into_response())
}

fn local(at: Millis, zone: &TimeZone) -> DateTime {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).datetime()
}

/// The days that the form names, without the one of the event itself.
fn days(form: &RepeatForm, first: Date) -> Result<BTreeSet<Date>, RepeatError> {
    let mut days = BTreeSet::new();
    for typed in form.days.split(['\n', ',', ';']).map(str::trim).filter(|typed| !typed.is_empty()) {
        days.insert(day(typed).ok_or_else(|| RepeatError::NoDay(typed.chars().take(40).collect()))?);
    }
    if !form.until.is_empty() {
        let until = day(&form.until).filter(|until| *until > first).ok_or(RepeatError::Until)?;
        let mut next = first;
        while let Some(day) = next.checked_add(1.day()).ok().filter(|day| *day <= until) {
            next = day;
            let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
            if form.weekdays[weekday] {
                days.insert(day);
            }
            if days.len() > MOST {
                return Err(RepeatError::TooMany(MOST));
            }
        }
    }
    days.remove(&first);
    match days.len() {
        0 => Err(RepeatError::NoDays),
        many if many > MOST => Err(RepeatError::TooMany(MOST)),
        _ => Ok(days),
    }
}

/// The events to be written, with those before them whose windows end earlier by it, and how many are new.
fn repeated(
    staff: &StaffContext,
    programme: &WholeProgramme,
    one: &ImportedEvent,
    days: &BTreeSet<Date>,
    zone: &TimeZone,
) -> Result<(Vec<ImportedEvent>, usize), RepeatError> {
    let mut programme = programme.clone();
    let mut written: BTreeMap<EventId, ImportedEvent> = BTreeMap::new();
    let first = local(one.event.starts_at, zone).date();
    let mut count = 0;
    for day in days {
        let at = |at: Millis| {
            let there = local(at, zone);
            // What ends after midnight does so on the next day.
            let later = there.date().since(first).map_or(0, |span| span.get_days());
            let date = day.checked_add(later.days()).map_err(|_| RepeatError::Until)?;
            instant(date, there.time(), zone).map_err(|_| RepeatError::Skipped(day.to_string()))
        };
        let starts_at = at(one.event.starts_at)?;
        let is_there = programme.events.iter().any(|other| {
            let event = &other.event;
            event.venue == one.event.venue && event.starts_at == starts_at && event.title == one.event.title
        });
        if is_there {
            continue;
        }
        let code = staff.new_code(&programme.codes);
        programme.codes.insert(code.to_lowercase());
        let event = Event {
            id: EventId(staff.new_id()),
            code,
            doors_at: one.event.doors_at.map(at).transpose()?,
            starts_at,
            ends_at: at(one.event.ends_at)?,
            attendance: None,
            ..one.event.clone()
        };
        let new =
            ImportedEvent { notes: one.notes.clone(), segments: one.segments.clone(), ..ImportedEvent::new(event) };
        for arranged in arranged(new, &programme) {
            programme.events.retain(|other| other.event.id != arranged.event.id);
            programme.events.push(arranged.clone());
            written.insert(arranged.event.id, arranged);
        }
        count += 1;
    }
    Ok((written.into_values().collect(), count))
}

async fn posted(body: Body) -> Result<RepeatForm, PageError> {
    let typed = pairs(body, MAX_BYTES).await?;
    let field = |name: &str| {
        typed.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let mut form = RepeatForm { weekdays: [false; 7], until: field("until"), days: field("days") };
    for (_, value) in typed.iter().filter(|(name, _)| name == "weekday") {
        if let Some(day) = value.parse().ok().and_then(|day: usize| form.weekdays.get_mut(day)) {
            *day = true;
        }
    }
    Ok(form)
}

async fn there(staff: &StaffContext, id: EventId) -> Result<(Event, Venue), PageError> {
    let event = staff.store.event(id).await?.ok_or(PageError::NotFound)?;
    let venue = staff.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
    Ok((event, venue))
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    event: &Event,
    venue: &Venue,
    form: RepeatForm,
    error: Option<RepeatError>,
) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    let when = When::new(shell.lang, &venue.time_zone).date_and_time(event.starts_at);
    let data = RepeatData { event: event.id, title: event.title.clone(), when, form, error };
    Ok(context.page(move || view! { <RepeatEvent data=data shell=shell /> }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn form(weekdays: &[usize], until: &str, days: &str) -> RepeatForm {
        let mut form = RepeatForm { until: until.into(), days: days.into(), ..RepeatForm::default() };
        for day in weekdays {
            form.weekdays[*day] = true;
        }
        form
    }

    #[test]
    fn days_are_those_of_the_week_and_those_that_are_typed() {
        let first = date(2026, 10, 22);
        let listed =
            |form: &RepeatForm| days(form, first).unwrap().into_iter().map(|day| day.to_string()).collect::<Vec<_>>();
        assert_eq!(listed(&form(&[3], "2026-11-05", "")), ["2026-10-29", "2026-11-05"]);
        assert_eq!(listed(&form(&[], "", "24.10.2026, 2026-10-22\n2026-10-25")), ["2026-10-24", "2026-10-25"]);
        for (typed, wrong) in [
            (form(&[], "", ""), RepeatError::NoDays),
            (form(&[], "2026-11-05", ""), RepeatError::NoDays),
            (form(&[3], "2026-10-22", ""), RepeatError::Until),
            (form(&[3], "soon", ""), RepeatError::Until),
            (form(&[], "", "2026-02-30"), RepeatError::NoDay("2026-02-30".into())),
            (form(&[0, 1, 2, 3, 4, 5, 6], "2036-01-01", ""), RepeatError::TooMany(MOST)),
        ] {
            assert_eq!(days(&typed, first), Err(wrong));
        }
    }
}
