//! `/staff/productions/{id}`: one production, its events, and the numbers of a course.

use app::pages::staff::{
    productions::one::{CourseData, ProductionData, ProductionPage},
    programme::Row,
    subject::data::Comment,
};
use axum::{extract::Path, response::Response};
use domain::{event::Event, id::ProductionId, production::ProductionKind};
use leptos::view;
use store::{StoreError, staff::Role};

use crate::{
    http::{
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    summaries,
};

/// So many of the newest comments stand on the page.
const COMMENTS: u32 = 8;

/// `GET`: the production.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such production.
pub async fn show(
    staff: StaffContext,
    Path(id): Path<ProductionId>,
    context: PageContext,
) -> Result<Response, PageError> {
    let production = super::productions::there(&staff, id).await?;
    let (events, venues) = tokio::try_join!(staff.store.events_of(id), staff.store.venues())?;
    let course = match production.kind {
        ProductionKind::Course => course(&staff, id, &events).await?,
        _ => None,
    };
    let mut summaries = summaries::of_events(&*staff.store, &events.iter().collect::<Vec<_>>()).await?;
    let row = |event: Event| {
        let venue = venues.iter().find(|venue| venue.id == event.venue)?;
        let summary = summaries.remove(&event.id).filter(|summary| summary.counted + summary.aside > 0);
        Some(Row { event, venue: venue.name.clone(), time_zone: venue.time_zone.clone(), summary })
    };
    let data = ProductionData {
        id,
        title: production.title,
        kind: production.kind,
        course,
        events: events.into_iter().rev().filter_map(row).collect(),
        may_edit: staff.role >= Role::Editor && staff.sees_every_venue(),
        now: staff.now(),
    };
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <ProductionPage data=data shell=shell /> }))
}

async fn course(staff: &StaffContext, id: ProductionId, events: &[Event]) -> Result<Option<CourseData>, StoreError> {
    let Some(course) = staff.store.course(id).await? else { return Ok(None) };
    let surveys = summaries::asked_at(&*staff.store, events).await?;
    let comments = staff.store.course_comments(id, COMMENTS).await?.into_iter().map(|comment| Comment {
        text: comment.text,
        lang: comment.lang,
        face: None,
        may_quote: comment.may_quote,
        is_shortened: comment.is_shortened,
    });
    Ok(Some(CourseData {
        counted: course.counted(),
        questions: course.summaries(&surveys),
        surveys,
        comments: comments.collect(),
    }))
}
