//! What staff ask of tablets from afar: `POST /staff/kiosks/commands` and `/staff/kiosks/{id}/commands`.

use std::collections::BTreeMap;

use app::{
    kit::toast::done_address,
    pages::staff::{pairing::done::Done, remote::interrupted},
};
use axum::{
    body::Body,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::{KioskId, VenueId},
    kiosk_command::CommandKind,
    lang::{Lang, Text},
    name::{NameProblem, check_reason},
};
use uuid::Uuid;

use super::{kiosks, pairing::kiosk, remote_form::TypedWords};
use crate::http::{
    forms::fields,
    page::{PageContext, PageError},
    staff_context::StaffContext,
};
use store::kiosk_commands::NewCommand;

/// Three sentences.
const MAX_BYTES: usize = 16 * 1024;

/// `POST /staff/kiosks/commands`: of all tablets that the reader may see, or of a venue.
///
/// # Errors
/// [`PageError::BadRequest`] where no form of ours says so.
pub async fn all(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let venue = typed.remove("venue").filter(|venue| !venue.is_empty());
    let venue = venue.map(|id| Uuid::try_parse(&id).map(VenueId).map_err(|_| PageError::BadRequest)).transpose()?;
    let kiosks = staff.store.kiosks().await?;
    let meant = kiosks.into_iter().filter(|kiosk| kiosk.paired && venue.is_none_or(|venue| kiosk.venue == venue));
    let meant: Vec<KioskId> = meant.map(|kiosk| kiosk.id).collect();
    let Some(words) = send(&staff, &meant, &typed).await? else {
        return Ok(Redirect::to(&done_address("/staff/kiosks", Done::Asked.as_str())).into_response());
    };
    let page = kiosks::page(&staff, &context, None, Some(words)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /staff/kiosks/{id}/commands`: of one.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk, [`PageError::BadRequest`] where no form of ours
/// says so.
pub async fn one(
    staff: StaffContext,
    Path(id): Path<Uuid>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let id = KioskId(id);
    let typed = fields(body, MAX_BYTES).await?;
    staff.store.kiosk(id).await?.ok_or(PageError::NotFound)?;
    let Some(words) = send(&staff, &[id], &typed).await? else {
        let page = format!("/staff/kiosks/{id}");
        return Ok(Redirect::to(&done_address(&page, Done::Asked.as_str())).into_response());
    };
    let page = kiosk::with_words(&staff, &context, id, words).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Asks the kiosks what was typed. What is wrong with the words comes back, and nothing is asked then.
async fn send(
    staff: &StaffContext,
    kiosks: &[KioskId],
    typed: &BTreeMap<String, String>,
) -> Result<Option<TypedWords>, PageError> {
    let kind = typed.get("what").and_then(|word| CommandKind::from_name(word)).ok_or(PageError::BadRequest)?;
    let words = Lang::ALL.map(|lang| {
        let words = typed.get(lang.tag()).map(|words| words.trim()).unwrap_or_default();
        match check_reason(words) {
            // Nobody stands before a tablet that says nothing.
            Err(NameProblem::Missing) => (lang, interrupted(lang).to_owned(), None),
            checked => (lang, words.to_owned(), checked.err()),
        }
    });
    let is_pause = kind == CommandKind::Pause;
    if is_pause && words.iter().any(|(_, _, problem)| problem.is_some()) {
        return Ok(Some(words));
    }
    let words: Option<Text> =
        is_pause.then(|| words.into_iter().map(|(lang, words, _)| (lang.into(), words)).collect());
    let commands: Vec<NewCommand> =
        kiosks.iter().map(|kiosk| NewCommand { kiosk: *kiosk, kind, words: words.clone() }).collect();
    let by = staff.user.as_ref().map(|user| user.id);
    if !staff.store.command(&commands, by, staff.now()).await? {
        return Err(PageError::NotFound);
    }
    Ok(None)
}
