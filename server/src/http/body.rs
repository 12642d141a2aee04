//! Bodies of requests: read whole, no larger than they may be, and not for ever.

use std::{error::Error, time::Duration};

use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use http_body_util::LengthLimitError;
use tokio::time::{Instant, timeout_at};

/// Why a body is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// more bytes than allowed
    #[error("too large")]
    TooLarge,
    /// it did not come in time
    #[error("too slow")]
    TooSlow,
    /// it ended before its end
    #[error("broken off")]
    BrokenOff,
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// Where it is too large, too slow, or breaks off.
pub async fn whole(body: Body, limit: usize) -> Result<Bytes, Unread> {
    to_bytes(body, limit).await.map_err(|error| {
        let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(error) = cause {
            if error.is::<LengthLimitError>() {
                return Unread::TooLarge;
            }
            if let Some(unread) = error.downcast_ref::<Unread>() {
                return *unread;
            }
            cause = error.source();
        }
        Unread::BrokenOff
    })
}

/// Lets a body take no longer than this, however steadily it drips.
pub async fn in_time(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    #[expect(clippy::disallowed_methods, reason = "what a client may take is real time")]
    let latest = Instant::now() + patience;
    let request = request.map(|body| {
        Body::from_stream(stream::unfold(Some(body.into_data_stream()), move |body| async move {
            let mut body = body?;
            match timeout_at(latest, body.next()).await {
                Ok(chunk) => chunk.map(|chunk| (chunk.map_err(axum::BoxError::from), Some(body))),
                Err(_) => Some((Err(Unread::TooSlow.into()), None)),
            }
        }))
    });
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[tokio::test]
    async fn a_body_is_whole_or_it_is_said_why_not() {
        assert_eq!(whole(Body::from("four"), 4).await, Ok(Bytes::from("four")));
        assert_eq!(whole(Body::from("fives"), 4).await, Err(Unread::TooLarge));
        let broken = Body::from_stream(stream::iter([Ok(Bytes::from("a")), Err(std::io::Error::other("gone"))]));
        assert_eq!(whole(broken, 4).await, Err(Unread::BrokenOff));
        let slow = Body::from_stream(stream::iter([Ok(Bytes::from("a")), Err(Unread::TooSlow)]));
        assert_eq!(whole(slow, 4).await, Err(Unread::TooSlow));
        let fine = Body::from_stream(stream::iter([Ok::<_, Infallible>(Bytes::from("a")), Ok(Bytes::from("b"))]));
        assert_eq!(whole(fine, 4).await, Ok(Bytes::from("ab")));
    }
}
