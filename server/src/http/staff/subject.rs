//! What the pages of an event and of a day without one have in common: showing them, and gathering their data.

use app::{
    kit::toast::SAVED,
    pages::{
        fragment,
        staff::subject::{
            data::{About, Comment, LiveAddresses, Saved, SubjectData, day_address, event_address},
            live_region::LiveRegion,
            page::SubjectPage,
        },
    },
};
use axum::{
    extract::{Path, Query},
    response::{Html, IntoResponse, Response},
};
use domain::{
    event::{Event, Subject, Venue, Window},
    lang::Text,
    privacy::{COMMENT_DELAY, FEWEST},
    summary::{QuestionKind, Summary},
    time::{DAY, LocalDay, Millis},
};
use leptos::view;
use serde::de::DeserializeOwned;

use crate::{
    http::{
        events::summary::Choice,
        forms::AfterForm,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    local_time::{span, zone},
    summaries,
};
use store::{StoreError, comments::CommentQuery, staff::Role};

/// Late answers come in for a day at most; after that nothing changes by itself.
const LATE: Millis = DAY;
/// So many of the newest comments stand on a page.
const COMMENTS: u32 = 8;

/// What the address of a page names.
pub trait Named: DeserializeOwned + Send {
    /// Gathers what the page shows.
    ///
    /// # Errors
    /// [`PageError::NotFound`] where the reader may not see such a subject, or there is none.
    fn gather(
        self,
        view: View<'_>,
        staff: &StaffContext,
    ) -> impl Future<Output = Result<SubjectData, PageError>> + Send;
}

/// `GET`: how it went.
///
/// # Errors
/// As [`Named::gather`].
pub async fn show<S: Named>(
    staff: StaffContext,
    Path(subject): Path<S>,
    Query(choice): Query<Choice>,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let view = View { context: &context, scores_asked: choice.all_scores(), saved: saved(&after) };
    let data = subject.gather(view, &staff).await?;
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <SubjectPage data=data shell=shell /> }))
}

/// `GET .../live`: the part of it that changes.
///
/// # Errors
/// As [`Named::gather`].
pub async fn live<S: Named>(
    staff: StaffContext,
    Path(subject): Path<S>,
    Query(choice): Query<Choice>,
    context: PageContext,
) -> Result<Response, PageError> {
    let view = View { context: &context, scores_asked: choice.all_scores(), saved: None };
    let data = subject.gather(view, &staff).await?;
    let reader = context.reader(&staff).await?;
    Ok(Html(fragment(move || view! { <LiveRegion data=data reader=reader /> })).into_response())
}

fn saved(after: &AfterForm) -> Option<Saved> {
    match after.done.as_deref() {
        Some(SAVED) => Some(Saved::Event),
        Some(Saved::ATTENDANCE) => Some(Saved::Attendance),
        _ => None,
    }
}

/// How a page shows a subject.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// for whom
    pub context: &'a PageContext,
    /// whether scores were asked for from five answers on
    pub scores_asked: bool,
    /// what has just been saved
    pub saved: Option<Saved>,
}

impl View<'_> {
    fn live(&self, path: &str, changes: String) -> LiveAddresses {
        let scores = if self.scores_asked { "&scores=all" } else { "" };
        LiveAddresses { changes, fragment: format!("{path}/live?lang={}{scores}", self.context.lang) }
    }

    /// An event.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn of_event(&self, staff: &StaffContext, event: Event, venue: Venue) -> Result<SubjectData, StoreError> {
        let now = staff.now();
        let known = staff.store.imported_event(event.id).await?;
        let summarised = summaries::of_event(&*staff.store, staff.surveys(), &event, self.scores_asked).await?;
        let subject = Subject::Event(event.id);
        let overlaps = if self.saved == Some(Saved::Event) { overlaps(staff, &event).await? } else { Vec::new() };
        let comments = match summarised.course {
            Some(_) => Vec::new(),
            None => comments(staff, subject, None, event.window.until, &summarised.summary).await?,
        };
        let path = event_address(event.id);
        let changes = || format!("/staff/changes?event={}", event.id);
        let live = (now <= event.window.until + LATE).then(|| self.live(&path, changes()));
        Ok(SubjectData {
            about: About::Event(Box::new(event)),
            venue,
            surveys: summarised.surveys,
            summary: summarised.summary,
            comments,
            hides_comments: !staff.reads_comments,
            now,
            delay: staff.delay,
            attendance_kind: known.as_ref().and_then(|known| known.attendance_kind),
            attendance_typed: None,
            course: summarised.course,
            cancelled: known.is_some_and(|known| known.cancelled),
            may_edit: staff.role >= Role::Editor,
            saved: self.saved,
            overlaps,
            path,
            live,
        })
    }

    /// What came in at a venue on a day, outside its events; `None` where the calendar has no such day.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn of_day(
        &self,
        staff: &StaffContext,
        venue: Venue,
        day: LocalDay,
    ) -> Result<Option<SubjectData>, StoreError> {
        let now = staff.now();
        let Some(span) = span(day, &zone(&venue.time_zone)) else { return Ok(None) };
        let summarised = summaries::of_day(&*staff.store, venue.id, day, self.scores_asked).await?;
        let comments = comments(staff, Subject::Venue(venue.id), Some(day), span.until, &summarised.summary).await?;
        let path = day_address(venue.id, day);
        let changes = || format!("/staff/changes?venue={}", venue.id);
        let live = Window { until: span.until + LATE, ..span }.contains(now).then(|| self.live(&path, changes()));
        Ok(Some(SubjectData {
            about: About::Day(span.from),
            venue,
            surveys: summarised.surveys,
            summary: summarised.summary,
            comments,
            hides_comments: !staff.reads_comments,
            now,
            delay: staff.delay,
            attendance_kind: None,
            attendance_typed: None,
            course: None,
            cancelled: false,
            may_edit: staff.role >= Role::Editor,
            saved: None,
            overlaps: Vec::new(),
            path,
            live,
        }))
    }
}

async fn comments(
    staff: &StaffContext,
    subject: Subject,
    day: Option<LocalDay>,
    all_from: Millis,
    summary: &Summary,
) -> Result<Vec<Comment>, StoreError> {
    let now = staff.now();
    let query = CommentQuery { subject, day, delay: COMMENT_DELAY, all_from, now, limit: COMMENTS };
    let comments = staff.store.newest_comments(&query).await?;
    // Beside so few the face would say what a single visitor answered.
    let faces = summary.questions.iter().filter(|question| question.kind == QuestionKind::Face);
    let with_faces = faces.take(1).all(|question| question.answered() >= FEWEST);
    Ok(comments
        .into_iter()
        .map(|comment| Comment {
            text: comment.text,
            lang: comment.lang,
            face: comment.face.filter(|_| with_faces),
            may_quote: comment.may_quote,
            is_shortened: comment.is_shortened,
        })
        .collect())
}

/// What else takes place at the venue of an event while it does.
async fn overlaps(staff: &StaffContext, event: &Event) -> Result<Vec<Text>, StoreError> {
    let programme = staff.store.whole_programme().await?;
    let is_at_once = |other: &Event| {
        other.id != event.id
            && other.venue == event.venue
            && other.starts_at < event.ends_at
            && event.starts_at < other.ends_at
    };
    let others = programme.events.into_iter().filter(|one| !one.cancelled && is_at_once(&one.event));
    Ok(others.map(|one| one.event.title).collect())
}
