//! Errors that no handler of ours wrote: a path that is no id, a query of another shape, a method
//! that nobody answers. They are told as ours are, a problem document to programs and a page to
//! people, instead of in the framework's own words.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    page::PageError,
    problem::{Problem, is_for_programs},
    problem_kind::ProblemKind,
};

/// Puts our words in place of the framework's.
pub async fn render(request: Request, next: Next) -> Response {
    let for_programs = is_for_programs(request.uri().path());
    let response = next.run(request).await;
    if !is_by_framework(&response) {
        return response;
    }
    let status = response.status();
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut response = if for_programs { problem(status).into_response() } else { page(status).into_response() };
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

/// Whether the framework refused a request by itself: it says so in plain text or not at all.
fn is_by_framework(response: &Response) -> bool {
    let by_itself = matches!(response.status().as_u16(), 400 | 404 | 405 | 413 | 414 | 415 | 422);
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    by_itself
        && response.extensions().get::<PageError>().is_none()
        && kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

fn problem(status: StatusCode) -> Problem {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            let detail = "this address answers other methods, see the Allow header";
            Problem::new(ProblemKind::MethodNotAllowed, detail)
        }
        StatusCode::NOT_FOUND => Problem::not_found(),
        _ => {
            let detail = "the path or the query has another shape than /api/openapi.json describes";
            Problem::new(ProblemKind::MalformedRequest, detail)
        }
    }
}

const fn page(status: StatusCode) -> PageError {
    match status.as_u16() {
        404 => PageError::NotFound,
        405 => PageError::MethodNotAllowed,
        _ => PageError::BadRequest,
    }
}
