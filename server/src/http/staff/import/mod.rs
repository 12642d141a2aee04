//! `/staff/events/import`: a programme from a file, looked at before it is taken.
//!
//! The file is kept for its owner; what a person says about it stands in the address, so that the preview is made anew from
//! both whenever it is asked for, on whatever server.
//!
//! - `shown`: from a preview to what the page shows.

mod shown;

use std::sync::Arc;

use app::pages::staff::import::{
    IMPORT, PREVIEW,
    choose::{ChooseData, ChooseFile, ChooseProblem},
    data::{ImportChoices, ImportNotice, columns_of},
    preview::ImportPreview,
};
use axum::{
    body::Body,
    extract::{Query, RawQuery},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::UserId, time::DAY};
use leptos::view;
use programme::{
    comparison::Answers,
    field::{Field, Mapping},
    folded::folded,
    moments::order::Order,
};
use serde::Deserialize;
use store::import_files::ImportFile;

use crate::{
    http::{
        forms::pairs,
        page::{PageContext, PageError},
        staff_context::StaffContext,
        uploads::{LARGEST_UPLOAD, UploadError, upload},
    },
    imports::{Choices, Preview, preview, take as take_all},
};

/// Two hundred columns and their names.
const MAX_BYTES: usize = 64 * 1024;
/// How long events without an end may be said to be: a month, in minutes.
const LONGEST: u32 = 44_640;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct AfterTaking {
    /// how many events are new or other than before
    taken: Option<usize>,
}

/// `GET`: which file.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn choose(
    staff: StaffContext,
    Query(after): Query<AfterTaking>,
    context: PageContext,
) -> Result<Response, PageError> {
    choosing(&staff, &context, after.taken, None).await
}

/// `POST`: keeps a file to be looked at.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn keep(
    staff: StaffContext,
    headers: HeaderMap,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let owner = owner(&staff)?;
    let problem = match upload(&headers, body, LARGEST_UPLOAD).await {
        Ok(sent) => match sent.file {
            Some(file) => {
                let file = ImportFile { name: file.name, bytes: file.bytes.to_vec() };
                let now = staff.now();
                staff.store.keep_import_file(owner, &file, now, now - DAY).await?;
                return Ok(Redirect::to(PREVIEW).into_response());
            }
            None => ChooseProblem::NoFile,
        },
        Err(UploadError::TooLarge) => ChooseProblem::TooLarge,
        Err(UploadError::Unreadable) => ChooseProblem::Unreadable,
    };
    let page = choosing(&staff, &context, None, Some(problem)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `GET`: what the file would change.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn look(staff: StaffContext, RawQuery(query): RawQuery, context: PageContext) -> Result<Response, PageError> {
    let query = query.unwrap_or_default();
    let said: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let choices = choices_of(&said);
    match looked_at(&staff, &choices).await? {
        Some((file, preview)) => page(&staff, &context, file, preview, choices, None).await,
        None => choosing(&staff, &context, None, Some(ChooseProblem::Forgotten)).await,
    }
}

/// `POST`: does what the preview has shown, all of it or nothing.
///
/// # Errors
/// Where the form cannot be read, or the store cannot do it now.
pub async fn take(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let sent = pairs(body, MAX_BYTES).await?;
    let choices = choices_of(&sent);
    let Some((file, preview)) = looked_at(&staff, &choices).await? else {
        let page = choosing(&staff, &context, None, Some(ChooseProblem::Forgotten)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let seen = sent.iter().rfind(|(name, _)| name == "seen").map(|(_, value)| value.as_str());
    let notice = if preview.is_refused() {
        Some((ImportNotice::Refused, StatusCode::UNPROCESSABLE_ENTITY))
    } else if seen == Some(preview.fingerprint().as_str()) {
        match take_all(&*staff.store, &preview, staff.rng(), staff.now()).await? {
            Some(events) => return done(&staff, &choices, &preview, events).await,
            None => Some((ImportNotice::Changed, StatusCode::CONFLICT)),
        }
    } else {
        Some((ImportNotice::Changed, StatusCode::CONFLICT))
    };
    let (notice, status) = notice.unzip();
    // Somebody has been faster: what is shown is what there is now.
    let preview = match looked_at(&staff, &choices).await? {
        Some((_, preview)) => preview,
        None => preview,
    };
    let page = page(&staff, &context.at(PREVIEW.to_owned()), file, preview, choices, notice).await?;
    Ok((status.unwrap_or(StatusCode::OK), page).into_response())
}

async fn done(
    staff: &StaffContext,
    choices: &ImportChoices,
    preview: &Preview,
    events: usize,
) -> Result<Response, PageError> {
    // What the heads say by themselves needs no memory; numbers of columns say nothing about another file.
    let named = |(name, word): &(String, String)| {
        let column = preview.columns.iter().find(|column| column.name == *name)?;
        let field = Field::from_name(word)?;
        (column.head == *name).then(|| (folded(name), field.as_str().to_owned()))
    };
    let said: Vec<(String, String)> = choices.columns.iter().filter_map(named).collect();
    staff.store.remember_columns(&said).await?;
    staff.store.forget_import_file(owner(staff)?).await?;
    tracing::info!(events, "programme imported");
    Ok(Redirect::to(&format!("{IMPORT}?taken={events}")).into_response())
}

/// The file that is kept, and what it would change.
async fn looked_at(staff: &StaffContext, choices: &ImportChoices) -> Result<Option<(String, Preview)>, PageError> {
    let Some(file) = staff.store.import_file(owner(staff)?).await? else { return Ok(None) };
    let venues = staff.store.venues().await?;
    let remembered = if choices.columns.is_empty() { staff.store.column_mappings().await? } else { Vec::new() };
    let said = choices.columns.iter().chain(&remembered);
    let usual_mappings =
        said.filter_map(|(column, word)| Some(Mapping { column: column.clone(), field: Field::from_name(word)? }));
    let choices = Choices {
        mappings: Vec::new(),
        usual_mappings: usual_mappings.collect(),
        venue: venues.iter().map(|venue| venue.id).find(|id| id.to_string() == choices.venue),
        order: order(&choices.dates),
        answers: Answers {
            usual_minutes: choices.minutes.parse().ok().filter(|minutes| (1..=LONGEST).contains(minutes)),
            takes_ids: choices.takes_ids,
        },
    };
    let preview = preview(&*staff.store, Arc::from(file.bytes), choices, staff.now()).await?;
    Ok(Some((file.name, preview)))
}

fn choices_of(said: &[(String, String)]) -> ImportChoices {
    let chosen = |name: &str| {
        let value = said.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.trim());
        value.unwrap_or_default().to_owned()
    };
    ImportChoices {
        venue: chosen("venue"),
        dates: chosen("dates"),
        minutes: chosen("minutes"),
        takes_ids: !chosen("takes_ids").is_empty(),
        columns: columns_of(said),
    }
}

fn order(word: &str) -> Order {
    match word {
        "day-first" => Order::DayFirst,
        "month-first" => Order::MonthFirst,
        _ => Order::Unknown,
    }
}

/// Files are kept for people.
fn owner(staff: &StaffContext) -> Result<UserId, PageError> {
    staff.user.as_ref().map(|user| user.id).ok_or(PageError::Forbidden)
}

async fn choosing(
    staff: &StaffContext,
    context: &PageContext,
    taken: Option<usize>,
    problem: Option<ChooseProblem>,
) -> Result<Response, PageError> {
    let has_venue = !staff.store.venues().await?.is_empty();
    let data = ChooseData { taken, problem, has_venue };
    let shell = context.at(IMPORT.to_owned()).shell(staff).await?;
    Ok(context.page(move || view! { <ChooseFile data=data shell=shell /> }))
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    file: String,
    preview: Preview,
    choices: ImportChoices,
    notice: Option<ImportNotice>,
) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    let data = shown::data(file, &preview, choices, notice, shell.reader);
    Ok(context.page(move || view! { <ImportPreview data=data shell=shell /> }))
}
