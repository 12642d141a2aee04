//! `/staff/productions`, `/staff/productions/new` and `/staff/productions/{id}/edit`: shows that are played many times.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::productions::{
        PRODUCTIONS, Productions, ProductionsData,
        form::{ProductionFormData, ProductionFormPage},
    },
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::ProductionId, lang::Text, production::ProductionKind};
use leptos::view;
use store::{programme::Production, staff::Role};

use super::titles::{TITLES, read_titles, words_of, written};
use crate::http::{
    forms::{AfterForm, fields},
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// Three titles of the longest and a word.
const MAX_BYTES: usize = 16 * 1024;

/// `GET`: the productions.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let shell = context.shell(&staff).await?;
    let mut productions: Vec<_> =
        staff.store.productions().await?.into_iter().map(|one| (one.id, one.title, one.kind)).collect();
    productions.sort_by_cached_key(|(_, title, _)| shell.reader.words(title).text.to_lowercase());
    // A production may be played at other venues, too.
    let may_edit = staff.role >= Role::Editor && staff.sees_every_venue();
    let data = ProductionsData { productions, may_edit, saved: after.is_saved() };
    Ok(context.page(move || view! { <Productions data=data shell=shell /> }))
}

/// `GET`: the fields of a new production.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn add(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let data = ProductionFormData {
        production: None,
        title: Default::default(),
        kind: ProductionKind::default(),
        error: None,
    };
    page(&staff, &context, data).await
}

/// `POST`: a new production.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only, or the form cannot be read.
pub async fn take_new(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let new = Production::new(ProductionId(staff.new_id()), Text::default());
    save(&staff, &context, None, new, body).await
}

/// `GET`: the fields of a production as it is.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such production.
pub async fn edit(
    staff: StaffContext,
    Path(id): Path<ProductionId>,
    context: PageContext,
) -> Result<Response, PageError> {
    let Production { title, kind, .. } = there(&staff, id).await?;
    let data = ProductionFormData { production: Some(id), title: words_of(&title), kind, error: None };
    page(&staff, &context, data).await
}

/// `POST`: what has changed about it.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such production, [`PageError::Forbidden`] where they see a part of
/// the venues only, or the form cannot be read.
pub async fn take_changed(
    staff: StaffContext,
    Path(id): Path<ProductionId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let before = there(&staff, id).await?;
    save(&staff, &context, Some(id), before, body).await
}

/// A production that the reader may see.
///
/// # Errors
/// [`PageError::NotFound`].
pub(super) async fn there(staff: &StaffContext, id: ProductionId) -> Result<Production, PageError> {
    let productions = staff.store.productions().await?;
    productions.into_iter().find(|production| production.id == id).ok_or(PageError::NotFound)
}

async fn save(
    staff: &StaffContext,
    context: &PageContext,
    id: Option<ProductionId>,
    before: Production,
    body: Body,
) -> Result<Response, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let titles = TITLES.map(|name| typed.remove(name).unwrap_or_default().trim().to_owned());
    let kind = typed.get("kind").and_then(|word| ProductionKind::from_name(word)).unwrap_or(before.kind);
    let title = match read_titles(&titles) {
        Ok(title) => written(before.title, &title),
        Err(error) => {
            let data = ProductionFormData { production: id, title: titles, kind, error: Some(error) };
            let page = page(staff, context, data).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !staff.store.save_production(&Production { id: before.id, title, kind }).await? {
        return Err(PageError::Forbidden);
    }
    tracing::info!(production = %before.id, "production saved");
    Ok(Redirect::to(&done_address(PRODUCTIONS, SAVED)).into_response())
}

async fn page(staff: &StaffContext, context: &PageContext, data: ProductionFormData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <ProductionFormPage data=data shell=shell /> }))
}
