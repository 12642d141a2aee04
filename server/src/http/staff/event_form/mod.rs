//! `/staff/events/new` and `/staff/events/{id}/edit`: an event written by hand.
//!
//! - `check`: from what was typed to an event, or to what is wrong with it;
//! - [`repeat`]: the same on other days; [`delete`]: away with it.

mod check;
pub mod delete;
pub mod move_answers;
pub mod repeat;

use std::collections::BTreeMap;

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::{
        event_form::{EventErrors, EventForm, EventFormData, EventFormPage, NEW_PRODUCTION},
        subject::data::event_address,
    },
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::{Event, Link, Venue},
    id::{EventId, ProductionId, SurveyVersionId},
    lang::{Lang, Reader, Text},
    response::Segment,
};
use leptos::view;
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub(super) use self::check::people;
use self::check::{Checked, Chosen};
use super::titles::{words_of, written};
use crate::{
    http::{
        forms::pairs,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    imports::{by_hand::arranged, taking::Taking},
    local_time::zone,
    usual_survey::usual_survey,
};
use store::{
    StoreError,
    imports::{ImportedEvent, WholeProgramme},
    programme::Production,
};

/// Three titles of the longest and a dozen short fields.
const MAX_BYTES: usize = 16 * 1024;

/// What a new event is a copy of.
#[derive(Debug, Default, Deserialize)]
pub struct Copied {
    from: Option<EventId>,
}

/// Which version of an event the fields were filled in from.
#[derive(Debug, Default)]
struct Version {
    /// of all of it
    seen: String,
    /// what stands there now, where that is another one
    theirs: Option<EventForm>,
}

impl Version {
    /// Of what the form shows: whatever else changes about an event is in nobody's way. The same in every language.
    fn of(there: &ImportedEvent, venue: &Venue) -> Self {
        let shown = form_of(there, venue, Lang::default());
        Self { seen: hex::encode(Sha256::digest(format!("{shown:?}"))), theirs: None }
    }
}

/// `GET`: the fields of a new event, or of a copy.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn add(
    staff: StaffContext,
    Query(Copied { from }): Query<Copied>,
    context: PageContext,
) -> Result<Response, PageError> {
    if let Some(from) = from {
        let there = staff.store.imported_event(from).await?.ok_or(PageError::NotFound)?;
        let venue = staff.store.venue(there.event.venue).await?.ok_or(PageError::NotFound)?;
        let form = form_of(&there, &venue, context.lang);
        // What is known of one evening is not known of another.
        let (attendance, attendance_kind) = (String::new(), String::new());
        let form = EventForm { attendance, attendance_kind, sold_out: false, cancelled: false, ..form };
        return page(&staff, &context, None, form, EventErrors::default(), Version::default()).await;
    }
    let venues = staff.store.venues().await?;
    let venue = venues.first().map(|venue| venue.id.to_string()).unwrap_or_default();
    let form = EventForm { venue, production: NEW_PRODUCTION.to_owned(), ..EventForm::default() };
    page(&staff, &context, None, form, EventErrors::default(), Version::default()).await
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
    let form = form_of(&there, &venue, context.lang);
    let version = Version::of(&there, &venue);
    page(&staff, &context, Some(id), form, EventErrors::default(), version).await
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
    let (form, seen) = posted(body).await?;
    let programme = staff.store.whole_programme().await?;
    let there = match id {
        Some(id) => Some(programme.events.iter().find(|one| one.event.id == id).cloned().ok_or(PageError::NotFound)?),
        None => None,
    };
    let now =
        there.as_ref().and_then(|one| Some((one, programme.venues.iter().find(|venue| venue.id == one.event.venue)?)));
    if let Some((now, venue)) = now.filter(|(now, venue)| !seen.is_empty() && Version::of(now, venue).seen != seen) {
        return conflict(staff, context, now, venue, form).await;
    }
    let known: Vec<ProductionId> = staff.store.productions().await?.iter().map(|production| production.id).collect();
    let checked = match check::event(&form, &programme.venues, &known) {
        Ok(checked) => checked,
        Err(errors) => {
            let page = page(staff, context, id, form, *errors, Version { seen, theirs: None }).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let checked = match there {
        Some(_) => checked,
        None => Checked { survey_version: asked(staff, &programme, &checked).await?, ..checked },
    };
    let (event, productions) = meant(staff, &programme, there, checked, &form);
    let id = event.event.id;
    let taking = Taking { events: arranged(event, &programme), productions };
    if !taking.put(&*staff.store, &programme, staff.new_id(), staff.now()).await? {
        // Somebody was faster by the blink of an eye, or it is at a venue that is not the caller's.
        let now = staff.store.imported_event(id).await?.ok_or(PageError::NotFound)?;
        let venue = staff.store.venue(now.event.venue).await?.ok_or(PageError::NotFound)?;
        return conflict(staff, context, &now, &venue, form).await;
    }
    tracing::info!(event = %id, "event saved");
    Ok(Redirect::to(&done_address(&event_address(id), SAVED)).into_response())
}

/// Both versions, the reader's own in the fields.
async fn conflict(
    staff: &StaffContext,
    context: &PageContext,
    now: &ImportedEvent,
    venue: &Venue,
    form: EventForm,
) -> Result<Response, PageError> {
    let version = Version { theirs: Some(form_of(now, venue, context.lang)), ..Version::of(now, venue) };
    let page = page(staff, context, Some(now.event.id), form, EventErrors::default(), version).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The event as it is to be, and the production that it may need.
fn meant(
    staff: &StaffContext,
    programme: &WholeProgramme,
    there: Option<ImportedEvent>,
    checked: Checked,
    form: &EventForm,
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
        links: linked(&before.event.links, &checked.links),
        ..before.event
    };
    let event = ImportedEvent {
        event,
        cancelled: form.cancelled,
        attendance_kind: checked.attendance_kind,
        sold_out: form.sold_out,
        notes: checked.notes,
        segments: form.segments.clone(),
        ..before
    };
    (event, productions)
}

/// The links that were typed. One whose words are still those of any language keeps them all; what stands behind the
/// fields of the form stays.
fn linked(before: &[Link], typed: &[(String, String)]) -> Vec<Link> {
    let link = |(text, url): &(String, String)| {
        let same = before.iter().find(|link| link.text.iter().any(|(_, words)| words == text));
        let text = same.map_or_else(|| Text::same(text.as_str()), |link| link.text.clone());
        Link { text, url: url.clone() }
    };
    typed.iter().map(link).chain(before.iter().skip(EventForm::default().links.len()).cloned()).collect()
}

/// What a new event asks.
async fn asked(
    staff: &StaffContext,
    programme: &WholeProgramme,
    checked: &Checked,
) -> Result<SurveyVersionId, StoreError> {
    let production = match checked.production {
        Chosen::Known(id) => Some(id),
        Chosen::New | Chosen::None => None,
    };
    let of = |one: &&ImportedEvent| production.is_some() && one.event.production == production;
    let last = programme.events.iter().rfind(of).map(|one| one.event.survey_version);
    let known = programme.productions.iter().find(|one| Some(one.id) == production);
    let kind = known.map(|known| known.kind).unwrap_or_default();
    usual_survey(&*staff.store, last, checked.survey_version, kind).await
}

/// A new event.
fn blank(
    staff: &StaffContext,
    programme: &WholeProgramme,
    checked: &Checked,
    production: Option<ProductionId>,
) -> ImportedEvent {
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
        survey_version: checked.survey_version,
        links: Vec::new(),
    };
    ImportedEvent::new(event)
}

/// What was typed, and of which version of the event.
async fn posted(body: Body) -> Result<(EventForm, String), PageError> {
    let typed = pairs(body, MAX_BYTES).await?;
    let ticked = |segment: &Segment| typed.iter().any(|(name, word)| name == "segment" && word == segment.as_str());
    let segments = Segment::ALL.into_iter().filter(ticked).collect();
    let mut typed: BTreeMap<String, String> = typed.into_iter().collect();
    let mut field = |name: &str| typed.remove(name).unwrap_or_default().trim().to_owned();
    let links = [0, 1, 2].map(|place| (field(&format!("link_text_{place}")), field(&format!("link_url_{place}"))));
    let form = EventForm {
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
        sold_out: !field("sold_out").is_empty(),
        notes: field("notes").replace("\r\n", "\n"),
        segments,
        links,
    };
    Ok((form, field("seen")))
}

fn form_of(there: &ImportedEvent, venue: &Venue, lang: Lang) -> EventForm {
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
        sold_out: there.sold_out,
        notes: there.notes.clone(),
        segments: there.segments.clone(),
        links: std::array::from_fn(|place| {
            let link = event.links.get(place);
            link.map(|link| (Reader::from(lang).words(&link.text).text.to_owned(), link.url.clone()))
                .unwrap_or_default()
        }),
    }
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    event: Option<EventId>,
    form: EventForm,
    errors: EventErrors,
    Version { seen, theirs }: Version,
) -> Result<Response, PageError> {
    let venues = staff.store.venues().await?;
    let productions = staff.store.productions().await?;
    let productions = productions.into_iter().map(|Production { id, title, .. }| (id, title)).collect();
    let data = EventFormData { event, form, errors, venues, productions, seen, theirs };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <EventFormPage data=data shell=shell /> }))
}
