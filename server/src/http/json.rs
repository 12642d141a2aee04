//! Reading JSON that may be anything.

use axum::{body::Body, http::StatusCode};
use bytes::Bytes;

use super::{
    body::{Unread, whole},
    problem::Problem,
};

/// Reads a body of at most `limit` bytes and makes sure that it is text.
///
/// # Errors
/// A problem document where it is too large, too slow, breaks off, or is not UTF-8.
pub async fn text(body: Body, limit: usize) -> Result<Text, Problem> {
    let bytes = whole(body, limit).await.map_err(|unread| unread_body(unread, limit))?;
    if let Err(error) = std::str::from_utf8(&bytes) {
        let detail = format!("the body is not UTF-8: {error}");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "not_utf8", "Not UTF-8", detail));
    }
    Ok(Text(bytes))
}

fn unread_body(unread: Unread, limit: usize) -> Problem {
    let (status, kind, title, detail) = match unread {
        Unread::TooLarge => {
            let detail = format!("the body has at most {limit} bytes");
            (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "Too large", detail)
        }
        Unread::TooSlow => {
            let detail = "the body did not arrive in time; send it again".to_owned();
            (StatusCode::REQUEST_TIMEOUT, "body_too_slow", "Too slow", detail)
        }
        Unread::BrokenOff => {
            let detail = "the body ended before its end; send it again".to_owned();
            (StatusCode::BAD_REQUEST, "body_broken_off", "Broken off", detail)
        }
    };
    Problem::new(status, kind, title, detail)
}

/// Bytes that have been checked to be UTF-8.
#[derive(Debug)]
pub struct Text(Bytes);

impl Text {
    /// Decodes JSON.
    ///
    /// # Errors
    /// A problem document that tells apart what is no JSON at all and what has another shape.
    pub fn json<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T, Problem> {
        serde_json::from_slice(&self.0).map_err(|error| {
            let detail = error.to_string();
            if error.is_data() {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_shape", "JSON of another shape", detail)
            } else {
                Problem::new(StatusCode::BAD_REQUEST, "malformed_json", "Not JSON", detail)
            }
        })
    }
}
