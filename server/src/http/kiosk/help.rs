//! `GET /kiosk/help`: for the person who puts the tablet up.

use app::pages::help::Help;
use axum::{extract::State, response::Response};
use leptos::view;

use crate::http::{
    page::{PageError, Reading},
    state::AppState,
};

/// The guide, with the address of this server in it.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(State(state): State<AppState>, reading: Reading) -> Result<Response, PageError> {
    let shell = reading.shell(&state).await?;
    let address = state.address("/kiosk");
    Ok(reading.page(move || view! { <Help address=address shell=shell /> }))
}
