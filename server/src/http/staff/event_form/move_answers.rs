//! `/staff/events/{id}/move`: answers that belong to another event go there, by the time at which they were given.

use std::collections::BTreeMap;

use app::pages::{
    staff::event_form::{
        move_address,
        move_answers::{MoveAnswers, MoveData, MoveError, MoveForm, MovePreview},
    },
    when::When,
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::{Event, Venue, Window},
    id::EventId,
    time::{DAY, MINUTE, Millis},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use leptos::view;
use serde::Deserialize;
use store::moving::WhichToMove;
use uuid::Uuid;

use crate::{
    http::{
        forms::fields,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    local_time::zone,
    moving::{move_answers, to_move},
};

/// Two times and an id.
const MAX_BYTES: usize = 16 * 1024;
/// So far from the event are those that its answers may belong to.
const AROUND: Millis = 8 * DAY;

/// What was typed, and what has just been done.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    to: Option<String>,
    from: Option<String>,
    until: Option<String>,
    moved: Option<usize>,
}

/// `GET`: how many it would be.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event.
pub async fn ask(
    staff: StaffContext,
    Path(id): Path<EventId>,
    Query(asked): Query<Asked>,
    context: PageContext,
) -> Result<Response, PageError> {
    let there = There::find(&staff, id).await?;
    let Asked { to, from, until, moved } = asked;
    let Some(to) = to else {
        let form = there.usual();
        return there.page(&staff, &context, form, None, moved).await;
    };
    let form = MoveForm { to, from: from.unwrap_or_default(), until: until.unwrap_or_default() };
    match there.read(&form) {
        Ok(read) => there.page(&staff, &context, form, Some(read), None).await,
        Err(error) => there.refused(&staff, &context, form, error).await,
    }
}

/// `POST`: moves them.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event, or the form cannot be read.
pub async fn take(
    staff: StaffContext,
    Path(id): Path<EventId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let there = There::find(&staff, id).await?;
    let mut typed: BTreeMap<String, String> = fields(body, MAX_BYTES).await?;
    let mut field = |name: &str| typed.remove(name).unwrap_or_default();
    let form = MoveForm { to: field("to"), from: field("from"), until: field("until") };
    let (to, span) = match there.read(&form) {
        Ok(read) => read,
        Err(error) => return there.refused(&staff, &context, form, error).await,
    };
    let which = WhichToMove::Span(id, span);
    let moved = move_answers(&*staff.store, &which, to, staff.now()).await?.ok_or(PageError::NotFound)?;
    tracing::info!(event = %id, %to, moved, "answers moved");
    Ok(Redirect::to(&format!("{}?moved={moved}", move_address(id))).into_response())
}

/// The event, and those around it at its venue.
struct There {
    event: Event,
    venue: Venue,
    zone: TimeZone,
    others: Vec<Event>,
}

impl There {
    async fn find(staff: &StaffContext, id: EventId) -> Result<Self, PageError> {
        let event = staff.store.event(id).await?.ok_or(PageError::NotFound)?;
        let venue = staff.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
        let around = Window { from: event.starts_at - AROUND, until: event.ends_at + AROUND };
        let mut others = staff.store.events(around).await?;
        others.retain(|other| other.venue == event.venue && other.id != event.id);
        // The nearest first: an answer rarely strays far.
        others.sort_by_key(|other| (other.starts_at - event.starts_at).abs());
        let zone = zone(&venue.time_zone);
        Ok(Self { event, venue, zone, others })
    }

    /// From the doors to the end of the answer window.
    fn usual(&self) -> MoveForm {
        let from = self.event.doors_at.unwrap_or(self.event.starts_at).min(self.event.window.from);
        let to = self.others.first().map(|other| other.id.to_string()).unwrap_or_default();
        MoveForm { to, from: self.written(from), until: self.written(self.event.window.until) }
    }

    fn written(&self, at: Millis) -> String {
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone());
        at.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// Where to, and the span from the first instant of the first minute to the last of the last.
    fn read(&self, form: &MoveForm) -> Result<(EventId, Window), MoveError> {
        let from = self.instants(&form.from).ok_or(MoveError::From)?.from;
        let until = self.instants(&form.until).ok_or(MoveError::Until)?.until + MINUTE - 1;
        if until < from {
            return Err(MoveError::Until);
        }
        let to = Uuid::try_parse(&form.to).map(EventId).map_err(|_| MoveError::To)?;
        let to = self.others.iter().find(|other| other.id == to).ok_or(MoveError::To)?;
        Ok((to.id, Window { from, until }))
    }

    /// When the clock showed it: where it did twice, the first time and the second; in a gap, what comes after.
    fn instants(&self, typed: &str) -> Option<Window> {
        let typed: DateTime = typed.trim().parse().ok()?;
        let twice = self.zone.to_ambiguous_timestamp(typed);
        let (first, second) = (twice.earlier().ok()?, twice.later().ok()?);
        let (first, second) = (first.as_millisecond(), second.as_millisecond());
        Some(Window { from: first.min(second), until: first.max(second) })
    }

    async fn refused(
        self,
        staff: &StaffContext,
        context: &PageContext,
        form: MoveForm,
        error: MoveError,
    ) -> Result<Response, PageError> {
        let shell = context.shell(staff).await?;
        let data =
            MoveData { error: Some(error), ..self.data(&When::new(context.lang, &self.venue.time_zone), form, &shell) };
        let page = context.page(move || view! { <MoveAnswers data=data shell=shell /> });
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    async fn page(
        self,
        staff: &StaffContext,
        context: &PageContext,
        form: MoveForm,
        read: Option<(EventId, Window)>,
        moved: Option<usize>,
    ) -> Result<Response, PageError> {
        let shell = context.shell(staff).await?;
        let when = When::new(context.lang, &self.venue.time_zone);
        let data = self.data(&when, form, &shell);
        let preview = match read {
            None => None,
            Some((to, span)) => {
                let answers = to_move(&*staff.store, &WhichToMove::Span(self.event.id, span), to).await?;
                let words = data.others.iter().find(|(id, _)| *id == to).map(|(_, words)| words.clone());
                Some(MovePreview {
                    answers: answers.ok_or(PageError::NotFound)?,
                    from: when.date_and_time(span.from),
                    until: when.date_and_time(span.until),
                    to: words.unwrap_or_default(),
                })
            }
        };
        let data = MoveData { preview, moved, ..data };
        Ok(context.page(move || view! { <MoveAnswers data=data shell=shell /> }))
    }

    fn data(&self, when: &When, form: MoveForm, shell: &app::pages::shell::Shell) -> MoveData {
        let words = |event: &Event| {
            format!("{} · {}", shell.reader.words(&event.title).text, when.date_and_time(event.starts_at))
        };
        MoveData {
            event: self.event.id,
            title: self.event.title.clone(),
            when: when.date_and_time(self.event.starts_at),
            others: self.others.iter().map(|other| (other.id, words(other))).collect(),
            form,
            error: None,
            preview: None,
            moved: None,
        }
    }
}
