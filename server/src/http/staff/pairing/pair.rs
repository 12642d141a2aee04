//! `/staff/kiosks/pair`: three words from a tablet, and what it is to be.

use std::collections::BTreeMap;

use app::pages::staff::pairing::{
    choice::Choice,
    done::Done,
    pair::{Instead, Pair, PairData},
    problem::PairProblem,
};
use axum::{
    body::Body,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{id::KioskId, name::check_name, time::MINUTE};
use leptos::view;
use serde::Deserialize;

use super::{MAX_BYTES, done};
use crate::{
    auth::throttle,
    http::{
        forms::fields,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    pairing::{
        Confirmed,
        words::{ParseWordsError, Words},
    },
};
use store::pairings::{Paired, Place};

/// What the code on the tablet, or the page of a kiosk, has filled in.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    #[serde(default)]
    words: String,
    #[serde(default)]
    place: String,
}

/// What was typed and chosen.
#[derive(Debug, Default)]
struct Typed {
    words: String,
    scanned: bool,
    choice: Choice,
    name: String,
}

/// `GET`: what to fill in.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(filled): Query<Filled>,
    context: PageContext,
) -> Result<Response, PageError> {
    let scanned = !filled.words.is_empty();
    let typed = Typed {
        words: filled.words.replace('-', " "),
        scanned,
        choice: Choice::from_name(&filled.place),
        name: String::new(),
    };
    form(&staff, &context, typed, None).await
}

/// `POST`: the tablet is a kiosk.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn take(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let mut sent = fields(body, MAX_BYTES).await?;
    let mut field = |name: &str| sent.remove(name).unwrap_or_default().trim().to_owned();
    let typed = Typed {
        words: field("words"),
        scanned: false,
        choice: Choice::from_name(&field("place")),
        name: field("name"),
    };
    let problem = match pair(&staff, &typed).await? {
        Ok(kiosk) => return Ok(done(kiosk, Done::Paired)),
        Err(problem) => problem,
    };
    let status = match problem {
        PairProblem::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = form(&staff, &context, typed, Some(problem)).await?;
    Ok((status, page).into_response())
}

async fn pair(staff: &StaffContext, typed: &Typed) -> Result<Result<KioskId, PairProblem>, PageError> {
    let words = match Words::parse(&typed.words) {
        Ok(words) => words,
        Err(ParseWordsError::NotThree) => return Ok(Err(PairProblem::NotThree)),
        Err(ParseWordsError::Unknown(word)) => return Ok(Err(PairProblem::Unknown(word))),
    };
    let place = match typed.choice {
        Choice::None => return Ok(Err(PairProblem::NoPlace)),
        Choice::Instead(kiosk) => Place::Instead(kiosk),
        Choice::New(venue) => {
            if let Err(problem) = check_name(&typed.name) {
                return Ok(Err(PairProblem::Name(problem)));
            }
            let kiosk = staff.new_id().into();
            Place::New { kiosk, venue, name: typed.name.clone() }
        }
    };
    Ok(match staff.pair(&words, place).await? {
        Confirmed::Looked(Paired::Done(pairing)) => Ok(pairing.kiosk),
        Confirmed::Looked(Paired::NobodyWaits) => Err(PairProblem::Nobody),
        Confirmed::Looked(Paired::NoSuchPlace) => Err(PairProblem::NoPlace),
        Confirmed::TooOften => Err(PairProblem::TooOften { minutes: throttle::WITHIN / MINUTE }),
    })
}

async fn form(
    staff: &StaffContext,
    context: &PageContext,
    typed: Typed,
    problem: Option<PairProblem>,
) -> Result<Response, PageError> {
    let venues = staff.store.venues().await?;
    let names: BTreeMap<_, _> = venues.iter().map(|venue| (venue.id, venue.name.clone())).collect();
    let kiosks = staff.store.kiosks().await?.into_iter().map(|kiosk| Instead {
        id: kiosk.id,
        name: kiosk.name,
        venue: names.get(&kiosk.venue).cloned().unwrap_or_default(),
        paired: kiosk.paired,
    });
    let data = PairData {
        words: typed.words,
        scanned: typed.scanned,
        choice: typed.choice,
        name: typed.name,
        venues: venues.into_iter().map(|venue| (venue.id, venue.name)).collect(),
        kiosks: kiosks.collect(),
        problem,
    };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Pair data=data shell=shell /> }))
}
