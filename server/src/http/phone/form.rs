//! `GET /f/{code}`: the questions.

use std::sync::Arc;

use api::responses::ItemAnswer;
use app::pages::{
    document,
    phone::{
        answers::{FACE, MOST_FACES, chosen_face},
        closed::{Closed, ClosedData, Says},
        code::NotFound,
        form::{Form, FormData, Problem},
        token::halves,
    },
    shell::{Assets, Shell},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use domain::{
    event::{Event, PROGRAMME_REACH, Venue, Window},
    id::SurveyVersionId,
    lang::{Lang, LanguageTag, Reader},
    response::Channel,
    survey::SurveyVersion,
    ways::{ByChannel, Opens},
};
use leptos::view;

use super::{
    language::{Wanted, last},
    rendered::{Halves, OpenPage, Page, PageKey},
    token::FormToken,
};
use crate::{
    codes::is_code,
    http::{
        headers::CSP_WITHOUT_SCRIPT,
        page::{Frame, PageError},
        site::accepts,
        state::AppState,
    },
};
use store::{StoreError, codes::Issued, programme::Coded};

/// The form behind a code.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Path(code): Path<String>,
    wanted: Wanted,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let typed = code.to_uppercase();
    let face = last(&query.unwrap_or_default(), FACE).and_then(|face| face.parse().ok());
    let face: Option<u8> = face.filter(|face| (1..=MOST_FACES).contains(face));
    let Some(offered) = offered(&state, &typed).await? else {
        return not_found(&state, code, wanted.lang(&headers).unwrap_or_default()).await;
    };
    let key = (typed, wanted.among(&offered, &headers), face);
    let page = match state.rendered.get(&key).await {
        Some(page) => page,
        None => match make(&state, &key).await? {
            Some(page) => {
                state.rendered.keep(key, page.clone()).await;
                page
            }
            None => return not_found(&state, code, wanted.lang(&headers).unwrap_or_default()).await,
        },
    };
    Ok(match page {
        Page::Open(page) => with_token(&state, &page, &headers),
        Page::Closed(html) => as_page(Html(html).into_response()),
    })
}

/// The languages in which a code can be answered; `None` where it opens nothing.
async fn offered(state: &AppState, code: &str) -> Result<Option<Arc<[LanguageTag]>>, PageError> {
    if let Some(known) = state.rendered.offered(code).await {
        return Ok(Some(known));
    }
    let Some(meant) = meant(state, code).await? else { return Ok(None) };
    let survey = meant.survey(state).await?;
    let offered: Arc<[LanguageTag]> = meant.languages(&survey).into();
    state.rendered.offer(code.to_owned(), Arc::clone(&offered)).await;
    Ok(Some(offered))
}

/// What a code means at this moment.
#[derive(Clone, Debug)]
pub struct Meant {
    /// for which way of answering the code was issued
    pub channel: Channel,
    /// whether its link may name a face
    pub with_faces: bool,
    /// where
    pub venue: Venue,
    /// what; `None` on a day without an event
    pub event: Option<Event>,
}

impl Meant {
    /// What is asked.
    ///
    /// # Errors
    /// [`PageError::NotFound`] where it is not there, or where the store cannot do it now.
    pub async fn survey(&self, state: &AppState) -> Result<Arc<SurveyVersion>, PageError> {
        state.cache.survey(self.survey_version()).await?.ok_or(PageError::NotFound)
    }

    /// Which version of a survey is asked.
    #[must_use]
    pub fn survey_version(&self) -> SurveyVersionId {
        self.event.as_ref().map_or(self.venue.survey_version, |event| event.survey_version)
    }

    /// In which languages it can be answered, in the order of the venue.
    #[must_use]
    pub fn languages(&self, survey: &SurveyVersion) -> Vec<LanguageTag> {
        survey.languages_among(&self.venue.languages)
    }

    /// Somebody who reads a language here.
    #[must_use]
    pub fn reader(&self, language: LanguageTag) -> Reader {
        Reader::new(language, self.venue.languages.first().copied())
    }
}

/// What a code means at this moment; of a venue, the event whose answers are being taken.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn meant(state: &AppState, code: &str) -> Result<Option<Meant>, StoreError> {
    // Whatever else somebody typed opens nothing, and a database may refuse to look for it.
    if !is_code(code) {
        return Ok(None);
    }
    let Some(Issued { channel, with_faces, opens }) = state.store.system().issued(code).await? else { return Ok(None) };
    Ok(match opens {
        Coded::Event(event) => {
            let venue = state.store.system().venue(event.venue).await?;
            venue.map(|venue| Meant { channel, with_faces, venue, event: Some(*event) })
        }
        Coded::Venue(venue) => {
            let now = state.clock.now();
            let span = Window { from: now - PROGRAMME_REACH, until: now + PROGRAMME_REACH };
            let events = state.store.system().events(venue.id, span).await?;
            let on_now =
                events.into_iter().filter(|event| event.window.contains(now)).max_by_key(|event| event.window.from);
            Some(Meant { channel, with_faces, venue, event: on_now })
        }
    })
}

async fn make(state: &AppState, (code, language, face): &PageKey) -> Result<Option<Page>, PageError> {
    let Some(meant) = meant(state, code).await? else { return Ok(None) };
    let survey = meant.survey(state).await?;
    let shell = shell(state, code, meant.reader(*language)).await?;
    if let Some(event) = &meant.event {
        let said = state.cache.settings(meant.venue.id).await?.window;
        let says = match (ByChannel { channel: meant.channel, said }).opens(&event.into(), state.clock.now()) {
            Opens::Questions => None,
            Opens::NotYet(from) => Some(Says::NotYet(from)),
            Opens::Over(until) => {
                Some(if meant.channel == Channel::Mail { Says::LinkOver(until) } else { Says::Over(until) })
            }
        };
        if let Some(says) = says {
            let data = ClosedData {
                title: event.title.clone(),
                venue: meant.venue.name.clone(),
                time_zone: meant.venue.time_zone.clone(),
                languages: meant.languages(&survey),
                says,
                links: event.links.clone(),
            };
            let html = document(move || view! { <Closed data=data shell=shell /> });
            return Ok(Some(Page::Closed(Bytes::from(html))));
        }
    }
    let chosen = face.filter(|_| meant.with_faces).and_then(|face| chosen_face(&survey, face));
    let form = FilledForm {
        code,
        meant: &meant,
        survey: &survey,
        chosen: chosen.into_iter().collect(),
        may_quote: false,
        problem: None,
        changes: false,
    };
    let html = form.html(shell);
    let (before, after) = around_token(&html)?;
    Ok(Some(Page::Open(Arc::new(OpenPage {
        channel: meant.channel,
        venue: meant.venue.id,
        event: meant.event.as_ref().map(|event| event.id),
        survey_version: meant.survey_version(),
        halves: Halves::new(before, after),
    }))))
}

/// A form is drawn with a place for its token.
#[derive(Debug, thiserror::Error)]
#[error("the form has no place for its token")]
struct NoPlaceForToken;

/// What of a form comes before its token, and what comes after it.
///
/// # Errors
/// Where it has no place for one, which cannot be.
pub(super) fn around_token(html: &str) -> Result<(&str, &str), PageError> {
    halves(html).ok_or_else(|| PageError::unexpected(&NoPlaceForToken))
}

/// A form with what was chosen before.
pub struct FilledForm<'a> {
    /// where it posts to
    pub code: &'a str,
    /// what it is about
    pub meant: &'a Meant,
    /// what it asks
    pub survey: &'a SurveyVersion,
    /// what was chosen before
    pub chosen: Vec<ItemAnswer>,
    /// whether the comment might be quoted
    pub may_quote: bool,
    /// why it comes back
    pub problem: Option<Problem>,
    /// whether it replaces an answer that was sent
    pub changes: bool,
}

impl FilledForm<'_> {
    /// The whole document, with a place for the token.
    #[must_use]
    pub fn html(self, shell: Shell) -> String {
        let data = FormData {
            code: self.code.to_owned(),
            title: self.meant.event.as_ref().map(|event| event.title.clone()).unwrap_or_default(),
            venue: self.meant.venue.name.clone(),
            languages: self.meant.languages(self.survey),
            survey: self.survey.clone(),
            chosen: self.chosen,
            may_quote: self.may_quote,
            problem: self.problem,
            changes: self.changes,
        };
        document(move || view! { <Form data=data shell=shell /> })
    }
}

/// The document around a phone page.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn shell(state: &AppState, code: &str, reader: Reader) -> Result<Shell, StoreError> {
    let organisation = state.store.system().organisation_name().await?.unwrap_or_default();
    let assets = Assets::new(state.site.addresses().clone());
    Ok(Shell {
        lang: reader.lang(),
        reader,
        assets,
        path: format!("/f/{code}"),
        organisation,
        is_demo: state.is_demo,
        is_admin: false,
        worn: state.worn().await?,
    })
}

fn with_token(state: &AppState, page: &OpenPage, headers: &HeaderMap) -> Response {
    let now = state.clock.now();
    let token = FormToken {
        id: state.rng.uuid(now).into(),
        channel: page.channel,
        venue: page.venue,
        event: page.event,
        survey_version: page.survey_version,
        made_at: now,
    };
    let token = token.sealed(&state.keys.form_key);
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut response = if accepts(accepted, "gzip") {
        let mut response = Html(page.halves.gzip(&token)).into_response();
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        response
    } else {
        Html(page.halves.plain(&token)).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language"));
    // The browser keeps it for "back", so that the same form comes with the same token; anything but
    // "back" asks again.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    as_page(response)
}

/// A page that needs no script may not have any.
pub fn as_page(mut response: Response) -> Response {
    let policy = HeaderValue::from_static(CSP_WITHOUT_SCRIPT);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A page to type the code again.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn not_found(state: &AppState, code: String, lang: Lang) -> Result<Response, PageError> {
    let shell = shell(state, &code, lang.into()).await?;
    let html = document(move || view! { <NotFound code=code shell=shell /> });
    Ok(as_page((StatusCode::NOT_FOUND, Html(html)).into_response()))
}
