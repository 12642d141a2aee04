//! `/staff/events/feeds`: calendars outside that follow the programme.

use app::{
    kit::toast::done_address,
    pages::{
        staff::feeds::{FEEDS, FeedRow, Feeds, FeedsData},
        when::When,
    },
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::VenueId, name::check_name};
use leptos::view;
use store::feeds::Feed;
use uuid::Uuid;

use crate::http::{
    forms::{AfterForm, fields},
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// A name and an id.
const MAX_BYTES: usize = 16 * 1024;

/// `GET`: those that there are.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let removed = after.done.as_deref() == Some("removed");
    page(&staff, &context, FeedsData { removed, ..FeedsData::default() }).await
}

/// `POST`: a new one, whose address is shown on the page that answers and nowhere else.
///
/// # Errors
/// [`PageError::Forbidden`] where it would tell of more than the caller may see.
pub async fn make(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let name = typed.remove("name").unwrap_or_default().trim().to_owned();
    if let Err(problem) = check_name(&name) {
        let page = page(&staff, &context, FeedsData { name, problem: Some(problem), ..FeedsData::default() }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let venue = match typed.get("venue").map(String::as_str).unwrap_or_default() {
        "" => None,
        id => Some(Uuid::try_parse(id).map(VenueId).map_err(|_| PageError::BadRequest)?),
    };
    if let Some(venue) = venue {
        staff.store.venue(venue).await?.ok_or(PageError::NotFound)?;
    }
    let (token, hash) = staff.new_token();
    let feed = Feed { id: staff.new_id(), name, venue, lang: context.lang, made_at: staff.now() };
    if !staff.store.add_feed(&feed, hash).await? {
        return Err(PageError::Forbidden);
    }
    tracing::info!(feed = %feed.id, "calendar feed made");
    let made = Some(staff.address(&format!("/feed/{token}.ics")));
    page(&staff, &context.at(FEEDS.to_owned()), FeedsData { made, ..FeedsData::default() }).await
}

/// `POST`: its address opens nothing any more.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such feed.
pub async fn remove(staff: StaffContext, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    if !staff.store.remove_feed(id).await? {
        return Err(PageError::NotFound);
    }
    tracing::info!(feed = %id, "calendar feed revoked");
    Ok(Redirect::to(&done_address(FEEDS, "removed")).into_response())
}

async fn page(staff: &StaffContext, context: &PageContext, data: FeedsData) -> Result<Response, PageError> {
    let (feeds, venues) = tokio::try_join!(staff.store.feeds(), staff.store.venues())?;
    let time_zone = venues.first().map_or("UTC", |venue| venue.time_zone.as_str());
    let when = When::new(context.lang, time_zone);
    let name = |id: VenueId| venues.iter().find(|venue| venue.id == id).map(|venue| venue.name.clone());
    let row = |feed: Feed| FeedRow {
        id: feed.id,
        venue: feed.venue.and_then(name),
        name: feed.name,
        since: when.date_and_year(feed.made_at),
    };
    let data = FeedsData {
        feeds: feeds.into_iter().map(row).collect(),
        venues: venues.iter().map(|venue| (venue.id, venue.name.clone())).collect(),
        sees_all: staff.sees_every_venue(),
        ..data
    };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Feeds data=data shell=shell /> }))
}
