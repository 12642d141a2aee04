//! `/staff/organisation/logo`: the organisation's logo, from a file that is drawn anew before anything of it is kept.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::{
        logo::{LogoData, LogoDone, LogoProblem, OrganisationLogo, REMOVE, REMOVED},
        organisation::LOGO,
    },
};
use axum::{
    body::Body,
    extract::Query,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use bytes::Bytes;
use leptos::view;
use pictures::{DrawingRefusal, LARGEST_FILE, LogoRefusal};
use sha2::{Digest, Sha256};
use store::logo::{Extent, LogoFacts, LogoPictures};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::http::{
    forms::{AfterForm, is_one_line},
    page::{PageContext, PageError},
    staff_context::StaffContext,
    uploads::{UploadError, upload},
};

/// The largest file, and the fields around it.
const MAX_BYTES: usize = LARGEST_FILE + 16 * 1024;
/// How much is said instead of a logo at the most, in characters.
const LONGEST_ALT: usize = 200;
/// A logo may take 150 MB while it is drawn.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// `GET`: which it is.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let done = match after.done.as_deref() {
        Some(SAVED) => Some(LogoDone::Saved),
        Some(REMOVED) => Some(LogoDone::Removed),
        _ => None,
    };
    let alt = staff.store.logo().await?.map(|logo| logo.alt).unwrap_or_default();
    page(&staff, &context, LogoData { alt, done, problem: None }).await
}

/// `POST`: another one, something else to be said instead of it, or none.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only.
pub async fn save(
    staff: StaffContext,
    headers: HeaderMap,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let sent = match upload(&headers, body, MAX_BYTES).await {
        Ok(sent) => sent,
        Err(error) => {
            let alt = staff.store.logo().await?.map(|logo| logo.alt).unwrap_or_default();
            let problem = match error {
                UploadError::TooLarge => LogoProblem::TooLarge,
                UploadError::Unreadable => LogoProblem::BrokenOff,
            };
            return wrong(&staff, &context, alt, problem).await;
        }
    };
    if sent.fields.contains_key(REMOVE) {
        return done(&staff, staff.store.remove_logo().await?, REMOVED);
    }
    let alt = sent.fields.get("alt").map_or("", |alt| alt.trim()).to_owned();
    if alt.chars().count() > LONGEST_ALT || !is_one_line(&alt) {
        return wrong(&staff, &context, alt, LogoProblem::AltLong).await;
    }
    let Some(file) = sent.file else {
        if staff.store.logo().await?.is_none() {
            return wrong(&staff, &context, alt, LogoProblem::NoFile).await;
        }
        return done(&staff, staff.store.describe_logo(&alt).await?, SAVED);
    };
    match drawn(file.bytes).await {
        Ok(logo) => {
            let extent = |picture: &pictures::Picture| Extent { width: picture.width, height: picture.height };
            let hash = Sha256::new().chain_update(&logo.small.png).chain_update(&logo.large.png).finalize();
            let (small, large) = (extent(&logo.small), extent(&logo.large));
            let facts = LogoFacts { hash: hex::encode(&hash[..5]), alt, small, large };
            let pictures = LogoPictures { small: logo.small.png, large: logo.large.png };
            done(&staff, staff.store.choose_logo(&facts, &pictures).await?, SAVED)
        }
        Err(refusal) => wrong(&staff, &context, alt, problem(refusal)).await,
    }
}

/// Draws it anew, one at a time. What makes a decoder panic is broken.
async fn drawn(file: Bytes) -> Result<pictures::Logo, LogoRefusal> {
    // The semaphore is never closed.
    let _permit = AT_ONCE.acquire().await.map_err(|_| LogoRefusal::Broken)?;
    spawn_blocking(move || pictures::logo(&file)).await.unwrap_or(Err(LogoRefusal::Broken))
}

fn problem(refusal: LogoRefusal) -> LogoProblem {
    match refusal {
        LogoRefusal::Empty => LogoProblem::Empty,
        LogoRefusal::TooLarge => LogoProblem::TooLarge,
        LogoRefusal::OtherKind => LogoProblem::OtherKind,
        LogoRefusal::Broken => LogoProblem::Broken,
        LogoRefusal::TooManyPixels => LogoProblem::TooManyPixels,
        LogoRefusal::TooSmall => LogoProblem::TooSmall,
        LogoRefusal::TooLong => LogoProblem::TooLong,
        LogoRefusal::Blank => LogoProblem::Blank,
        LogoRefusal::Drawing(drawing) => match drawing {
            DrawingRefusal::DocumentType => LogoProblem::DocumentType,
            DrawingRefusal::Script => LogoProblem::Script,
            DrawingRefusal::Outside => LogoProblem::Outside,
            DrawingRefusal::Letters => LogoProblem::Letters,
            DrawingRefusal::Element(name) => LogoProblem::Element(name),
            DrawingRefusal::Intricate => LogoProblem::Intricate,
        },
    }
}

fn done(staff: &StaffContext, is_allowed: bool, word: &str) -> Result<Response, PageError> {
    if !is_allowed {
        return Err(PageError::Forbidden);
    }
    staff.look_changed();
    Ok(Redirect::to(&done_address(LOGO, word)).into_response())
}

async fn wrong(
    staff: &StaffContext,
    context: &PageContext,
    alt: String,
    problem: LogoProblem,
) -> Result<Response, PageError> {
    let page = page(staff, context, LogoData { alt, problem: Some(problem), done: None }).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(staff: &StaffContext, context: &PageContext, data: LogoData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <OrganisationLogo data=data shell=shell /> }))
}
