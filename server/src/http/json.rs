//! Reading JSON that may be anything.

use axum::body::Body;
use bytes::Bytes;

use super::{body::whole, problem::Problem, problem_kind::ProblemKind};

/// Reads a body of at most `limit` bytes and makes sure that it is text.
///
/// # Errors
/// A problem document where it is too large, too slow, breaks off, or is not UTF-8.
pub async fn text(body: Body, limit: usize) -> Result<Text, Problem> {
    let bytes = whole(body, limit).await.map_err(|unread| unread.problem(limit))?;
    if let Err(error) = std::str::from_utf8(&bytes) {
        let detail = format!("the body is not UTF-8: {error}");
        return Err(Problem::new(ProblemKind::NotUtf8, detail));
    }
    Ok(Text(bytes))
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
                Problem::new(ProblemKind::WrongShape, detail)
            } else {
                Problem::new(ProblemKind::MalformedJson, detail)
            }
        })
    }
}
