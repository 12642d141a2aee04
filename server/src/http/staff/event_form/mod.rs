//! `/staff/events/new` and `/staff/events/{id}/edit`: an event written by hand.
//!
//! - `check`: from what was typed to an event, or to what is wrong with it.

mod check;

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::{
        event_form::{EventErrors, EventForm, EventFormData, EventFormPage, NEW_PRODUCTION},
        subject::data::event_address,
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
    id::{EventId, ProductionId},
    lang::Text,
};
use leptos::view;

pub(super) use self::check::people;
use self::check::{Checked, Chosen};
use super::titles::{words_of, written};
use crate::{
    http::{
        forms::fields,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    imports::{by_hand::arranged, taking::Taking},
    local_time::zone,
};
use store::{
    imports::{ImportedEvent, WholeProgramme},
    programme::Production,
};

/// Three titles of the longest and a dozen short fields.
const MAX_BYTES: usize = 16 * 1024;

/// `GET`: the fields of a new event.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn add(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let venues = staff.store.venues().await?;
    let venue = venues.first().map(|venue| venue.id.to_string()).unwrap_or_default();
    let form = EventForm { venue, production: NEW_PRODUCTION.to_owned(), ..EventForm::default() };
    page(&staff, &context, None, form, EventErrors::default()).await
}

/// `POST`: a new event.
///
/// # Errors
/// Where the form cannot be read, or the store cannot do it now.
pub async fn take_new(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    take(&staff, &context, None, body).await
}

/// `GET`: the fields of an event as it is.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event.
pub async fn edit(staff: StaffContext, Path(id): Path<EventId>, context: PageContext) -> Result<Response, PageError> {
    let there = staff.store.imported_event(id).await?.ok_or(PageError::NotFound)?;
    let venue = staff.store.venue(there.event.venue).await?.ok_or(PageError::NotFound)?;
    page(&staff, &context, Some(id), form_of(&there, &venue), EventErrors::default()).await
}

/// `POST`: what has changed about it.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event, or the form cannot be read.
pub async fn take_changed(
    staff: StaffContext,
    Path(id): Path<EventId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    take(&staff, &context, Some(id), body).await
}

async fn take(
    staff: &StaffContext,
    context: &PageContext,
    id: Option<EventId>,
    body: Body,
) -> Result<Response, PageError> {
    let form = posted(body).await?;
    let programme = staff.store.whole_programme().await?;
    let there = match id {
        Some(id) => Some(programme.events.iter().find(|one| one.event.id == id).cloned().ok_or(PageError::NotFound)?),
        None => None,
    };
    let known: Vec<ProductionId> = staff.store.productions().await?.iter().map(|production| production.id).collect();
    let checked = match check::event(&form, &programme.venues, &known) {
        Ok(checked) => checked,
        Err(errors) => {
            let page = page(staff, context, id, form, *errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let (event, productions) = meant(staff, &programme, there, checked, form.cancelled);
    let id = event.event.id;
    let taking = Taking { events: arranged(event, &programme), productions };
    if !taking.put(&*staff.store, &programme, staff.new_id(), staff.now()).await? {
        return Err(PageError::NotFound);
    }
    tracing::info!(event = %id, "event saved");
    Ok(Redirect::to(&done_address(&event_address(id), SAVED)).into_response())
}

/// The event as it is to be, and the production that it may need.
fn meant(
    staff: &StaffContext,
    programme: &WholeProgramme,
    there: Option<ImportedEvent>,
    checked: Checked,
    cancelled: bool,
) -> (ImportedEvent, Vec<Production>) {
    let mut productions = Vec::new();
    let production = match checked.production {
        Chosen::Known(id) => Some(id),
        Chosen::None => None,
        Chosen::New => {
            let id = ProductionId(staff.new_id());
            productions.push(Production::new(id, checked.title.clone()));
            Some(id)
        }
    };
    let before = there.unwrap_or_else(|| blank(staff, programme, &checked, production));
    let title = written(before.event.title.clone(), &checked.title);
    let event = Event {
        venue: checked.venue,
        production,
        title,
        doors_at: checked.doors_at,
        starts_at: checked.starts_at,
        ends_at: checked.ends_at,
        attendance: checked.attendance,
        ..before.event
    };
    (ImportedEvent { event, cancelled, attendance_kind: checked.attendance_kind, ..before }, productions)
}

/// A new event. It asks what the last evening of its production asked, else what its venue asks.
fn blank(
    staff: &StaffContext,
    programme: &WholeProgramme,
    checked: &Checked,
    production: Option<ProductionId>,
) -> ImportedEvent {
    let mut same = programme.events.iter().filter(|one| production.is_some() && one.event.production == production);
    let survey_version = same.next_back().map_or(checked.survey_version, |one| one.event.survey_version);
    let event = Event {
        id: EventId(staff.new_id()),
        code: staff.new_code(&programme.codes),
        venue: checked.venue,
        production,
        title: Text::default(),
        doors_at: None,
        starts_at: checked.starts_at,
        ends_at: checked.ends_at,
        window: programme.window_at(checked.venue).around(checked.ends_at, None),
        attendance: None,
        survey_version,
        links: Vec::new(),
    };
    ImportedEvent::new(event)
}

async fn posted(body: Body) -> Result<EventForm, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let mut field = |name: &str| typed.remove(name).unwrap_or_default().trim().to_owned();
    Ok(EventForm {
        title: [field("title_fi"), field("title_sv"), field("title_en")],
        production: field("production"),
        venue: field("venue"),
        day: field("day"),
        doors: field("doors"),
        starts: field("starts"),
        ends: field("ends"),
        attendance: field("attendance"),
        attendance_kind: field("attendance_kind"),
        cancelled: !field("cancelled").is_empty(),
    })
}

fn form_of(there: &ImportedEvent, venue: &Venue) -> EventForm {
    let (event, zone) = (&there.event, zone(&venue.time_zone));
    let (day, starts) = check::typed(event.starts_at, &zone);
    EventForm {
        title: words_of(&event.title),
        production: event.production.map(|production| production.to_string()).unwrap_or_default(),
        venue: event.venue.to_string(),
        day,
        doors: event.doors_at.map(|at| check::typed(at, &zone).1).unwrap_or_default(),
        starts,
        ends: check::typed(event.ends_at, &zone).1,
        attendance: event.attendance.map(|people| people.to_string()).unwrap_or_default(),
        attendance_kind: there.attendance_kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        cancelled: there.cancelled,
    }
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    event: Option<EventId>,
    form: EventForm,
    errors: EventErrors,
) -> Result<Response, PageError> {
    let venues = staff.store.venues().await?;
    let productions = staff.store.productions().await?;
    let productions = productions.into_iter().map(|Production { id, title, .. }| (id, title)).collect();
    let data = EventFormData { event, form, errors, venues, productions };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <EventFormPage data=data shell=shell /> }))
}
