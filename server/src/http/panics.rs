//! The last net: one broken answer must not look like a broken network to a tablet.

use std::panic::AssertUnwindSafe;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use store::error_log::Logged;

use super::{
    page::PageError,
    problem::{Problem, is_for_programs},
};

/// Answers for a handler that panicked: with a problem to programs, with a page to people. That it panicked, where and
/// with which words, the panic's hook has logged.
pub async fn catch(request: Request, next: Next) -> Response {
    let for_programs = is_for_programs(request.uri().path());
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let logged = Logged::by_panic_hook(&*panic);
            if for_programs {
                Problem::from(logged).into_response()
            } else {
                PageError::Unexpected(logged).into_response()
            }
        }
    }
}

/// Lets any address panic for a test, in debug builds alone: no handler does it by itself.
///
/// # Panics
/// Where the request asks for it.
#[cfg(debug_assertions)]
pub async fn where_a_test_asks(request: Request, next: Next) -> Response {
    assert!(!request.headers().contains_key("aplodi-test-panic"), "a test asked for it");
    next.run(request).await
}
