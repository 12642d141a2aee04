//! Server functions: what forms and islands have the server do (`app::server_functions`). Each is a route of the table like any
//! other, so that the guard and the same-origin layer stand in front of it; leptos itself checks neither.
//!
//! An island waits for a typed answer and says so in `Accept`. Everybody else sent a form without JavaScript and gets a
//! page: the next one, or the same one with what is wrong. Leptos would send them back where they came from with the
//! error in the address, and all that they typed would be lost.

use std::sync::{Arc, OnceLock};

use app::server_functions::{
    Handler,
    form_error::{FormError, Lines},
};
use axum::{
    body::Body,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::{
    prelude::expect_context,
    server_fn::{
        Http, ServerFn,
        axum::AxumServerFnBackend,
        codec::{FromReq, Post, PostUrl},
    },
};
use leptos_axum::{ResponseOptions, handle_server_fns_with_context};

use super::{body::whole, island::is_island, page::PageError};

/// Forms are short, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// What becomes of a form.
#[derive(Debug)]
pub enum Outcome<E> {
    /// it was done, and this address shows it
    Done(String),
    /// it says something that cannot be
    Wrong(E),
}

/// A server function that takes a form: `ActionForm` sends it as any form is sent.
pub trait FormFunction:
    ServerFn<Protocol = Http<PostUrl, Post<Lines>>, Server = AxumServerFnBackend, Output = (), Error = FormError>
    + FromReq<PostUrl, Request, FormError>
    + Clone
    + Sync
    + 'static
{
}

impl<F> FormFunction for F where
    F: ServerFn<Protocol = Http<PostUrl, Post<Lines>>, Server = AxumServerFnBackend, Output = (), Error = FormError>
        + FromReq<PostUrl, Request, FormError>
        + Clone
        + Sync
        + 'static
{
}

/// Answers a call of `F`.
///
/// `act` does what was asked; `to_form_error` says to an island what is wrong, and `page` shows it in a page.
///
/// # Errors
/// What `act` and `page` end with; where the form cannot be read.
pub async fn call<F, E, A, P>(
    request: Request,
    act: impl Fn(F) -> A + Clone + Send + Sync + 'static,
    to_form_error: impl Fn(&E) -> FormError + Clone + Send + Sync + 'static,
    page: impl FnOnce(F, E) -> P,
) -> Result<Response, PageError>
where
    F: FormFunction,
    E: Send + 'static,
    A: Future<Output = Result<Outcome<E>, PageError>> + Send + 'static,
    P: Future<Output = Result<Response, PageError>>,
{
    let (parts, body) = request.into_parts();
    let for_island = is_island(&parts.headers);
    let body = whole(body, MAX_BYTES).await?;
    let request = Request::from_parts(parts, Body::from(body));
    if for_island {
        let failed = Arc::new(OnceLock::new());
        let ended = Arc::clone(&failed);
        let handler = Handler::new(move |form: F| {
            let (acting, to_form_error, ended) = (act(form), to_form_error.clone(), Arc::clone(&ended));
            async move { for_an_island(acting.await, &to_form_error, &ended) }
        });
        let context = move || leptos::prelude::provide_context(handler.clone());
        let response = handle_server_fns_with_context(context, request).await.into_response();
        // Told where every other error is.
        return failed.get().map_or(Ok(response), |error| Err(*error));
    }
    let form = F::from_req(request).await.map_err(|_| PageError::BadRequest)?;
    match act(form.clone()).await? {
        Outcome::Done(next) => Ok(Redirect::to(&next).into_response()),
        Outcome::Wrong(wrong) => {
            let page = page(form, wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// What an island is told; what is no matter of fields is left in `failed`.
fn for_an_island<E>(
    outcome: Result<Outcome<E>, PageError>,
    to_form_error: &impl Fn(&E) -> FormError,
    failed: &OnceLock<PageError>,
) -> Result<(), FormError> {
    let response: ResponseOptions = expect_context();
    match outcome {
        Ok(Outcome::Done(next)) => {
            leptos_axum::redirect(&next);
            Ok(())
        }
        Ok(Outcome::Wrong(wrong)) => {
            response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
            Err(to_form_error(&wrong))
        }
        Err(error) => {
            failed.get_or_init(|| error);
            Err(FormError::Unexpected)
        }
    }
}
