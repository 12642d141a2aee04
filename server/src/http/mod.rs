//! HTTP: translates between what travels and what is meant.
//!
//! - [`routes`]: the one table of addresses and who may call them;
//! - [`guard`], [`origin`], [`headers`]: the safety layers, each in one place; [`access`]: who is who;
//! - [`public_address`]: leads who came by http to https; [`other_scheme`]: tells the operator;
//! - [`site`], [`assets`]: the files of the pages, and their addresses; [`wardrobe`]: in the organisation's colours;
//! - [`request_log`]: a span and a count for every request; [`metrics`]: what was counted;
//! - [`body`]: a request's body, read whole; [`body_room`]: how much memory all of them may take,
//!   and [`awaited_bodies`]: which give way; [`uploads`]: files that people send;
//! - [`panics`]: the last net;
//! - [`problem`], [`problem_kind`]: what programs are told when something is wrong; [`page`] is for people, and
//!   [`framework_errors`] for what the framework would say by itself;
//! - [`state`]: what every handler can reach, known to this folder alone;
//! - [`etag`]: what a browser has already; [`compression`]: what travels smaller; [`robots`]: what search engines may
//!   show;
//! - [`server_functions`]: what islands call;
//! - [`kiosk`], [`events`], [`responses`], [`venues`], [`phone`], [`staff`]: handlers, folder = noun, file = verb.
//!
//! What does not belong here: SQL, rules about answers, markup.

pub mod access;
pub mod assets;
pub mod awaited_bodies;
pub mod body;
pub mod body_room;
pub mod compression;
pub mod cookies;
pub mod etag;
pub mod events;
pub mod feed;
pub mod forms;
pub mod framework_errors;
pub mod guard;
pub mod headers;
pub mod health;
pub mod island;
pub mod json;
pub mod kiosk;
pub mod mail;
pub mod metrics;
pub mod openapi;
pub mod origin;
pub mod other_scheme;
pub mod page;
pub mod panics;
pub mod phone;
pub mod problem;
pub mod problem_kind;
pub mod productions;
pub mod public_address;
pub mod request_log;
pub mod responses;
pub mod robots;
pub mod routes;
pub mod server_functions;
pub mod sign_in;
pub mod site;
pub mod staff;
pub mod staff_context;
pub mod stage;
pub mod state;
pub mod uploads;
pub mod venues;
pub mod wardrobe;

use axum::{
    Router,
    http::Uri,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};

use crate::{connections::Timeouts, http::state::AppState};

/// The whole server as one service.
pub fn router(state: AppState, timeouts: Timeouts) -> Router {
    let router = routes::Routes::all(state.clone()).into_router().fallback(nothing_here);
    #[cfg(debug_assertions)]
    let router = router.layer(from_fn(panics::where_a_test_asks));
    router
        // What handlers do: here, so that a page for it has words.
        .layer(from_fn(panics::catch))
        .layer(from_fn(framework_errors::render))
        .layer(from_fn_with_state(state.clone(), page::render_errors))
        .layer(from_fn_with_state(state.clone(), public_address::lead))
        .layer(from_fn(compression::mark_foreign))
        .layer(compression::layer())
        // What the layers above do.
        .layer(from_fn(panics::catch))
        .layer(from_fn_with_state(state.clone(), headers::set))
        .layer(from_fn_with_state(timeouts.body, body::in_time))
        .layer(from_fn_with_state(state.clone(), request_log::observe))
        .with_state(state)
}

async fn nothing_here(uri: Uri) -> Response {
    if problem::is_for_programs(uri.path()) {
        return problem::Problem::not_found().into_response();
    }
    page::PageError::NotFound.into_response()
}
