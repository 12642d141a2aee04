//! `/staff/about`: which program this is, and what is inside it; `/staff/about/licences.txt`: under which licences.

use app::pages::staff::about::{About, AboutData};
use axum::{
    http::{HeaderName, header},
    response::Response,
};
use domain::lang::Lang;
use leptos::view;

use crate::http::{
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// Licence, and name and version of what is under it: written by `build.rs`.
const CRATES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/crates.rs"));
/// The licence of the font.
const FONT: &str = include_str!("../../../../public/fonts/OFL.txt");

/// The texts of the licences, each with the crates that it came with: written by `build.rs`.
const LICENCES: &str = include_str!(concat!(env!("OUT_DIR"), "/licences.txt"));

/// `GET`: what this program is.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let data = AboutData {
        version: staff.version(),
        database: staff.store.database().await?,
        languages: Lang::ALL.to_vec(),
        crates: CRATES,
        font: FONT,
    };
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <About data=data shell=shell /> }))
}

/// `GET`: what the authors of the libraries want everybody to be given.
pub async fn licences() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], LICENCES)
}
