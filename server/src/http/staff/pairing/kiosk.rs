//! `/staff/kiosks/{id}`: a kiosk's name, venue, and tablets over time.

use std::collections::BTreeMap;

use app::pages::staff::pairing::{
    done::Done,
    history::{EndLabel, PairedBy, Tablet},
    kiosk::{Kiosk, KioskData},
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    id::{KioskId, VenueId},
    name::{NameProblem, check_name},
};
use leptos::view;
use uuid::Uuid;

use super::{MAX_BYTES, done};
use crate::http::{
    forms::{AfterForm, fields},
    page::{PageContext, PageError},
    staff::remote_form::{self, TypedWords},
    staff_context::StaffContext,
};
use store::{
    pairings::{EndReason, Move, PairingRecord},
    staff::Role,
};

/// `GET`: the page of a kiosk.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk.
pub async fn show(
    staff: StaffContext,
    Path(id): Path<Uuid>,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let happened = after.done.as_deref().and_then(Done::from_name);
    page(&staff, &context, KioskId(id), happened, Typed::default()).await
}

/// The page with what is wrong with what its tablet is to say.
pub(in crate::http::staff) async fn with_words(
    staff: &StaffContext,
    context: &PageContext,
    id: KioskId,
    words: TypedWords,
) -> Result<Response, PageError> {
    page(staff, context, id, None, Typed { words: Some(words), ..Typed::default() }).await
}

/// What was typed and refused.
#[derive(Default)]
struct Typed {
    name: Option<(String, NameProblem)>,
    words: Option<TypedWords>,
}

/// `POST .../name`: another name.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk.
pub async fn rename(
    staff: StaffContext,
    Path(id): Path<Uuid>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let id = KioskId(id);
    let name = fields(body, MAX_BYTES).await?.remove("name").unwrap_or_default().trim().to_owned();
    if let Err(problem) = check_name(&name) {
        let page = page(&staff, &context, id, None, Typed { name: Some((name, problem)), ..Typed::default() }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !staff.store.rename_kiosk(id, &name).await? {
        return Err(PageError::NotFound);
    }
    Ok(done(id, Done::Renamed))
}

/// `POST .../venue`: another venue.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk or venue.
pub async fn relocate(staff: StaffContext, Path(id): Path<Uuid>, body: Body) -> Result<Response, PageError> {
    let venue = fields(body, MAX_BYTES).await?.remove("venue").unwrap_or_default();
    let venue = Uuid::try_parse(&venue).map(VenueId).map_err(|_| PageError::BadRequest)?;
    let now = staff.now();
    let to =
        Move { kiosk: KioskId(id), venue, next: staff.new_id().into(), by: staff.user.as_ref().map(|user| user.id) };
    if !staff.store.move_kiosk(&to, now).await? {
        return Err(PageError::NotFound);
    }
    Ok(done(to.kiosk, Done::Moved))
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    id: KioskId,
    happened: Option<Done>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (kiosk, records) = staff.store.kiosk(id).await?.ok_or(PageError::NotFound)?;
    let venues = staff.store.venues().await?;
    let here = venues.iter().find(|venue| venue.id == kiosk.venue);
    let names: BTreeMap<VenueId, String> = venues.iter().map(|venue| (venue.id, venue.name.clone())).collect();
    let (asked, paused_until) = remote_form::asked(&staff.store.commands(staff.now()).await?, id);
    let data = KioskData {
        id,
        name: kiosk.name,
        typed: typed.name,
        venue: here.map(|venue| venue.name.clone()).unwrap_or_default(),
        time_zone: here.map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone.clone()),
        elsewhere: names.clone().into_iter().filter(|(id, _)| *id != kiosk.venue).collect(),
        tablets: records.into_iter().map(|record| tablet(record, &names, staff.role >= Role::Editor)).collect(),
        may_change: staff.role >= Role::Editor,
        done: happened,
        remote: remote_form::form(remote_form::to_one(id), Vec::new(), typed.words),
        asked,
        paused_until,
    };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Kiosk data=data shell=shell /> }))
}

/// Colleagues' addresses are for those who may pair tablets themselves.
fn tablet(record: PairingRecord, names: &BTreeMap<VenueId, String>, knows_colleagues: bool) -> Tablet {
    let ended = record.ended.map(|(at, how, by)| {
        let how = match how {
            EndReason::Replaced => EndLabel::Replaced,
            EndReason::Moved => EndLabel::Moved,
            EndReason::Unpaired => EndLabel::Unpaired,
        };
        (at, how, by.filter(|_| knows_colleagues))
    });
    let by = record.paired_by.map_or(PairedBy::Command, |who| PairedBy::Staff(knows_colleagues.then_some(who)));
    Tablet { from: record.paired_at, ended, venue: names.get(&record.venue).cloned(), by }
}
