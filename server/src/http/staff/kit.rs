//! `/staff/kit`, in debug builds: the parts of staff pages, to be looked at.

use app::{kit::address::Address, pages::staff::kit::Kit};
use axum::{extract::Query, response::Response};
use leptos::view;
use serde::Deserialize;

use crate::http::{
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// What was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    size: String,
    sort: String,
    page: String,
    layout: String,
}

/// `GET`: every part.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(Chosen { size, sort, page, layout }): Query<Chosen>,
    context: PageContext,
) -> Result<Response, PageError> {
    let here = Address::new(&context.path, [("size", size), ("sort", sort), ("page", page), ("layout", layout)]);
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <Kit here=here shell=shell /> }))
}
