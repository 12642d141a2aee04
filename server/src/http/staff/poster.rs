//! Posters of an event and of a venue: a question, a code and an address, to print.

use app::pages::{
    staff::{
        paper::Paper,
        poster::{Poster, PosterData},
    },
    when::When,
};
use axum::{
    extract::{Path, Query},
    response::Response,
};
use domain::{
    event::Venue,
    id::{EventId, VenueId},
    lang::Reader,
};
use leptos::view;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    http::{
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    qr,
};

/// On which paper.
#[derive(Debug, Default, Deserialize)]
pub struct Size {
    size: Option<String>,
}

/// `GET /staff/events/{id}/poster`
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such an event.
pub async fn of_event(
    staff: StaffContext,
    Path(id): Path<Uuid>,
    Query(size): Query<Size>,
    context: PageContext,
) -> Result<Response, PageError> {
    let event = staff.store.event(EventId(id)).await?.ok_or(PageError::NotFound)?;
    let venue = staff.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
    // The poster speaks to the foyer, whoever prints it.
    let lang = venue.default_lang();
    let when = When::new(lang, &venue.time_zone).date_and_time(event.starts_at);
    let about = About {
        title: Reader::new(lang, venue.languages.first().copied()).words(&event.title).text.to_owned(),
        line: format!("{when} · {}", venue.name),
        code: &event.code,
        back: format!("/staff/events/{id}"),
    };
    poster(&staff, &context, &venue, about, &size).await
}

/// `GET /staff/venues/{id}/poster`: for a foyer that hangs one up for the whole year.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a venue.
pub async fn of_venue(
    staff: StaffContext,
    Path(id): Path<Uuid>,
    Query(size): Query<Size>,
    context: PageContext,
) -> Result<Response, PageError> {
    let venue = staff.store.venue(VenueId(id)).await?;
    let venue = venue.ok_or(PageError::NotFound)?;
    let about = About {
        title: venue.name.clone(),
        line: staff.store.organisation_name().await?.unwrap_or_default(),
        code: &venue.code,
        back: "/staff/events".to_owned(),
    };
    poster(&staff, &context, &venue, about, &size).await
}

/// What a poster is about.
struct About<'a> {
    title: String,
    line: String,
    code: &'a str,
    back: String,
}

async fn poster(
    staff: &StaffContext,
    context: &PageContext,
    venue: &Venue,
    about: About<'_>,
    size: &Size,
) -> Result<Response, PageError> {
    let address = staff.address(&format!("/f/{}", about.code));
    let data = PosterData {
        title: about.title,
        line: about.line,
        qr: qr::modules(&address).map_err(|error| PageError::unexpected(&error))?,
        address: address.split_once("://").map_or(address.as_str(), |(_, short)| short).to_owned(),
        languages: venue.screen_langs(),
        size: size.size.as_deref().and_then(Paper::from_name).unwrap_or_default(),
        back: about.back,
    };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Poster data=data shell=shell /> }))
}
