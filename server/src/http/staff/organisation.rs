//! `/staff/organisation`: the languages that visitors read, and how late numbers are shown.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::organisation::{
        LanguagesErrors, LanguagesForm, ORGANISATION, Organisation, OrganisationData, SettingsForm,
    },
};
use axum::{
    body::Body,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::SurveyId,
    lang::{LanguageTag, Text},
    live_delay::LiveDelay,
    organisation_settings::{NotMonths, OrganisationSettings},
};
use leptos::view;

use crate::http::{
    forms::{AfterForm, pairs},
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// A hundred languages.
const MAX_BYTES: usize = 4 * 1024;

/// `GET`: what is chosen.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let form = LanguagesForm::of(&staff.store.organisation_languages().await?);
    let (errors, saved) = (LanguagesErrors::default(), after.is_saved());
    let settings = SettingsForm::of(&staff.store.organisation_settings().await?);
    let (delay, surveys) = (staff.delay_now().await?, surveys(&staff).await?);
    page(&staff, &context, OrganisationData { form, delay, settings, surveys, errors, saved }).await
}

/// `POST`: other languages, or another default.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only, or the form cannot be read.
pub async fn save(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let typed = pairs(body, MAX_BYTES).await?;
    let before = staff.store.organisation_languages().await?;
    let form = posted(&before, &typed);
    // A page from before there was a choice says nothing about it.
    let delay = typed.iter().rfind(|(field, _)| field == "delay");
    let delay = match delay {
        Some((_, word)) => LiveDelay::from_name(word).ok_or(PageError::BadRequest)?,
        None => staff.delay,
    };
    let known = staff.store.organisation_settings().await?;
    let written = posted_settings(&known, &typed);
    let surveys = surveys(&staff).await?;
    let (languages, settings) = match (form.languages(), settings(&written, &surveys)) {
        (Ok(languages), Ok(settings)) => (languages, settings),
        (languages, settings) => {
            let errors = LanguagesErrors { months: settings.is_err(), ..languages.err().unwrap_or_default() };
            let data = OrganisationData { form, delay, settings: written, surveys, errors, saved: false };
            let page = page(&staff, &context, data).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !(staff.store.choose_languages(&languages).await? && staff.store.decide_settings(&settings).await?) {
        return Err(PageError::Forbidden);
    }
    if delay != staff.delay && !staff.store.choose_live_delay(delay).await? {
        return Err(PageError::Forbidden);
    }
    // Who: the span of the request says it, as a role.
    tracing::info!(languages = languages.len(), delay = delay.as_str(), "organisation saved");
    Ok(Redirect::to(&done_address(ORGANISATION, SAVED)).into_response())
}

/// The surveys that there are, by id.
async fn surveys(staff: &StaffContext) -> Result<Vec<(String, Text)>, PageError> {
    let surveys = staff.store.surveys().await?;
    Ok(surveys.into_iter().map(|survey| (survey.id.0.to_string(), survey.name)).collect())
}

/// What was posted about comments and surveys. A page from before there was a choice says nothing about it.
fn posted_settings(known: &OrganisationSettings, typed: &[(String, String)]) -> SettingsForm {
    let field = |name: &str| typed.iter().rfind(|(field, _)| field == name).map(|(_, value)| value.clone());
    let known = SettingsForm::of(known);
    SettingsForm {
        comment_months: field("comment_months").unwrap_or(known.comment_months),
        viewers_read_comments: field("viewers").map_or(known.viewers_read_comments, |word| word != "no"),
        survey: field("survey").unwrap_or(known.survey),
    }
}

/// What is decided with it. A survey that is none of those that there are is none at all.
fn settings(form: &SettingsForm, surveys: &[(String, Text)]) -> Result<OrganisationSettings, NotMonths> {
    let survey = surveys.iter().find(|(id, _)| *id == form.survey).and_then(|(id, _)| id.parse().ok());
    Ok(OrganisationSettings {
        comment_months: OrganisationSettings::months(&form.comment_months)?,
        viewers_read_comments: form.viewers_read_comments,
        survey: survey.map(SurveyId),
    })
}

/// The fields as they were posted, over those that the page had.
fn posted(before: &[LanguageTag], typed: &[(String, String)]) -> LanguagesForm {
    let values = |name: &'static str| typed.iter().filter(move |(field, _)| field == name).map(|(_, value)| value);
    let ticked: Vec<LanguageTag> = values("language").filter_map(|tag| tag.parse().ok()).collect();
    let mut form = LanguagesForm::of(before);
    for (tag, is_ticked) in &mut form.boxes {
        *is_ticked = ticked.contains(tag);
    }
    // Somebody else may have taken a language away meanwhile, whose box was still ticked here.
    let gone = ticked.into_iter().filter(|tag| form.boxes.iter().all(|(other, _)| other != tag)).collect::<Vec<_>>();
    form.boxes.extend(gone.into_iter().map(|tag| (tag, true)));
    form.add = values("add").next().cloned().unwrap_or_default();
    form.default = values("default").next().and_then(|tag| tag.parse().ok()).unwrap_or(form.default);
    form
}

async fn page(staff: &StaffContext, context: &PageContext, data: OrganisationData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Organisation data=data shell=shell /> }))
}
