//! `POST /f/{code}/answer`: what a visitor sent from their own phone.
//!
//! It is not the address of the form, because a browser forgets a page when something is posted to
//! its address: "back" must bring the same form with the same token, so that a change of mind replaces
//! the first answer and does not become a second one.

use api::responses::{Item, ItemAnswer};
use app::pages::phone::{
    answers::{MAY_QUOTE, answers, is_answered, is_chosen},
    form::{CHANGE, CHANGES, Problem},
    page::SWITCH,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{
    lang::LanguageTag,
    response::{Channel, End},
    time::{Millis, SECOND},
};

use super::{
    form::{FilledForm, around_token, as_page, meant, not_found, shell},
    language::Wanted,
    thanks::{FIRST_STANDS, SENT},
    token::FormToken,
};
use crate::{
    client_address::Source,
    codes::is_code,
    http::{forms::pairs, page::PageError, state::AppState},
    intake::NotTaken,
};
use store::{StoreError, responses::Outcome};

/// A comment of 2,000 characters, percent-encoded, and everything else.
const MAX_BYTES: usize = 64 * 1024;

/// A program that follows the links of a mail has read the page and pressed its button by then; nobody else has.
const HASTY: Millis = 3 * SECOND;

/// `GET`: somebody reloads or has kept the address; the form is where it was.
pub async fn back_to_form(Path(code): Path<String>) -> Redirect {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Redirect::to(&format!("/f/{code}"))
}

/// Stores the answer and says thanks, or shows the form again with what was chosen.
///
/// # Errors
/// Where the form cannot be read or the store cannot do it now; nothing is thanked for then.
pub async fn take(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Source(source): Source,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, PageError> {
    let form = pairs(body, MAX_BYTES).await?;
    let field = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let wanted = Wanted { lang: field("lang").map(str::to_owned) };
    if !is_code(&code) {
        return not_found(&state, code, wanted.lang(&headers).unwrap_or_default()).await;
    }
    // The page was in it; a tag that it cannot have been in is refused where the answer is taken.
    let language = field("lang").and_then(|tag| tag.parse().ok());
    let lang = language.or_else(|| wanted.lang(&headers).map(LanguageTag::from)).unwrap_or_default();
    let now = state.clock.now();
    let change: Option<LanguageTag> = field(CHANGE).and_then(|tag| tag.parse().ok());
    let emptied = [(CHANGES.to_owned(), String::new())];
    let shown = if change.is_some() { &emptied } else { &form[..] };
    let Ok(token) = FormToken::open(field("token").unwrap_or_default(), &state.keys.form_key, now) else {
        // Whatever was chosen stays; the fresh page has a token that is good again.
        let why = change.is_none().then_some(Problem::Stale);
        return again(&state, &code, shown, Return { lang, token: None, why }).await;
    };
    let code = code_now(&state, code, &token).await?;
    let back = |lang, why| again(&state, &code, shown, Return { lang, token: Some(token), why });
    if let Some(lang) = change.or_else(|| field(SWITCH)?.parse().ok()) {
        return back(lang, None).await;
    }
    let survey = state.cache.survey(token.survey_version).await?.ok_or(PageError::NotFound)?;
    let answers = answers(&form, &survey);
    if !is_answered(&answers) {
        return back(lang, Some(Problem::Empty)).await;
    }
    if token.channel == Channel::Mail {
        if !is_chosen(&answers, &survey) {
            return back(lang, Some(Problem::Faceless)).await;
        }
        if is_ahead(&headers) || now - token.made_at < HASTY {
            return back(lang, Some(Problem::Hasty)).await;
        }
    }
    let item = Item { may_quote: field(MAY_QUOTE).is_some(), ..item(&token, lang, answers, now) };
    let class = state.address_counts.count(source, now);
    let prepared = state.intake.from_phone(item, token.venue, token.made_at, now, class);
    let response = match prepared.await {
        Ok(response) => response,
        Err(NotTaken::Rejected(_)) => return back(lang, Some(Problem::Impossible)).await,
        Err(NotTaken::Store(error)) => return Err(error.into()),
    };
    let sent = token.sealed(&state.keys.form_key);
    let mut thanks = format!("/f/{code}/thanks?lang={lang}&{SENT}={sent}");
    for outcome in state.writer.submit(vec![response]).await? {
        match outcome {
            // The database refuses what intake had let through.
            Outcome::Refused(logged) => return Err(PageError::Unexpected(logged)),
            Outcome::Conflict => thanks.push_str(&["&", FIRST_STANDS].concat()),
            Outcome::Stored | Outcome::Duplicate => {}
        }
    }
    Ok(Redirect::to(&thanks).into_response())
}

/// Whether a browser or a mail program says that nobody has asked for this yet.
fn is_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose", "x-purpose", "x-moz"].into_iter().any(|name| headers.contains_key(name))
}

/// The code under which the form's event or venue is found: staff may have given it another one while the page lay
/// open, and its visitor has nothing to do with that.
async fn code_now(state: &AppState, code: String, token: &FormToken) -> Result<String, StoreError> {
    if meant(state, &code).await?.is_some() {
        return Ok(code);
    }
    let store = state.store.system();
    let event = match token.event {
        Some(event) => store.event(event).await?,
        None => None,
    };
    let now = match event {
        Some(event) => Some(event.code),
        None => store.venue(token.venue).await?.map(|venue| venue.code),
    };
    Ok(now.unwrap_or(code))
}

fn item(token: &FormToken, lang: LanguageTag, answers: Vec<ItemAnswer>, now: i64) -> Item {
    Item {
        id: token.id,
        seq: None,
        survey_version: token.survey_version,
        event: token.event,
        lang,
        segment: None,
        assisted: false,
        answered_at: now,
        offset_ms: None,
        not_before: None,
        age_ms: None,
        may_have_slept: false,
        duration_ms: Some(now - token.made_at),
        end: End::Done,
        demo: false,
        channel: token.channel,
        pairing: None,
        may_quote: false,
        answers,
    }
}

/// How a form goes back to its visitor.
struct Return {
    /// in which language, where that is offered
    lang: LanguageTag,
    /// the one it came with, where that is good
    token: Option<FormToken>,
    /// what was wrong; nothing, where only another language was asked for
    why: Option<Problem>,
}

/// The form again, with what was chosen. Under its own token where that is possible: who sends it
/// once more is still the same visitor.
async fn again(
    state: &AppState,
    code: &str,
    form: &[(String, String)],
    Return { lang, token, why }: Return,
) -> Result<Response, PageError> {
    let Some(meant) = meant(state, code).await? else {
        return not_found(state, code.to_owned(), lang.lang().unwrap_or_default()).await;
    };
    let version = meant.survey_version();
    let survey = meant.survey(state).await?;
    let wanted = Wanted { lang: Some(lang.to_string()) };
    let reader = meant.reader(wanted.among(&meant.languages(&survey), &HeaderMap::new()));
    let now = state.clock.now();
    let event = meant.event.as_ref().map(|event| event.id);
    let same = token.filter(|token| token.event == event && token.survey_version == version);
    // A form of its own changes nothing.
    let changes = same.is_some() && form.iter().any(|(field, _)| field == CHANGES);
    let token = same.unwrap_or_else(|| FormToken {
        id: state.rng.uuid(now).into(),
        channel: meant.channel,
        venue: meant.venue.id,
        event,
        survey_version: version,
        made_at: now,
    });
    let chosen = answers(form, &survey);
    let may_quote = form.iter().any(|(field, _)| field == MAY_QUOTE);
    let shell = shell(state, code, reader).await?;
    let filled = FilledForm { code, meant: &meant, survey: &survey, chosen, may_quote, problem: why, changes };
    let html = filled.html(shell);
    let (before, after) = around_token(&html)?;
    let html = [before, &token.sealed(&state.keys.form_key), after].concat();
    let status = if why.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(as_page((status, Html(html)).into_response()))
}
