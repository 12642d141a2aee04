//! `GET /kiosk/help`: for the person who puts the tablet up.

use app::pages::help::Help;
use axum::{extract::State, response::Response};
use leptos::view;

use crate::http::{
    page::{PageContext, PageError},
    state::AppState,
};

/// The guide, with the address of this server in it.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(State(state): State<AppState>, context: PageContext) -> Result<Response, PageError> {
    let shell = context.shell(&state).await?;
    let address = state.address("/kiosk");
    Ok(context.page(move || view! { <Help address=address shell=shell /> }))
}
