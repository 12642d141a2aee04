//! Bodies of requests: read whole, no larger than they may be, and not for ever.

use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Body, HttpBody, to_bytes},
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use futures::StreamExt;
use http_body_util::LengthLimitError;
use hyper::body::{Frame, SizeHint};
use tokio::{
    runtime::Handle,
    time::{sleep, timeout},
};

use super::{problem::Problem, problem_kind::ProblemKind};

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

impl Unread {
    /// As programs are told; `limit` is how many bytes it may have.
    #[must_use]
    pub fn problem(self, limit: usize) -> Problem {
        match self {
            Self::TooLarge => Problem::new(ProblemKind::BodyTooLarge, format!("the body has at most {limit} bytes")),
            Self::TooSlow => Problem::new(ProblemKind::BodyTooSlow, "the body did not arrive in time; send it again"),
            Self::BrokenOff => Problem::new(ProblemKind::BodyBrokenOff, "the body ended before its end; send it again"),
        }
    }
}

/// Reads a body of at most `limit` bytes. One that says that it is longer is not read at all, and nobody who asks first
/// (`Expect: 100-continue`) is told to send it.
///
/// # Errors
/// Where it is too large, too slow, or breaks off.
pub async fn whole(body: Body, limit: usize) -> Result<Bytes, Unread> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Unread::TooLarge);
    }
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
    let expects = request.headers().contains_key(header::EXPECT);
    let request = request.map(|body| {
        let patience = Some(Box::pin(sleep(patience)) as Pin<Box<_>>);
        Body::new(AwaitedUntil { body, patience, is_read_to_its_end: !expects })
    });
    next.run(request).await
}

/// So long what an answer did not wait for is taken and thrown away. A connection that is closed on what the client still
/// sends takes the answer with it: the client would never hear why it was refused.
const LINGER: Duration = Duration::from_secs(10);
/// And so many bytes of it.
const LINGER_BYTES: usize = 32 * 1024 * 1024;

async fn throw_away(body: Body) {
    let mut left = LINGER_BYTES;
    let mut chunks = body.into_data_stream();
    let all = async {
        while let Some(Ok(chunk)) = chunks.next().await {
            let Some(fewer) = left.checked_sub(chunk.len()) else { return };
            left = fewer;
        }
    };
    // Whatever is left then is the client's loss.
    let _ = timeout(LINGER, all).await;
}

/// A body that is waited for until something ends, which is dropped as soon as the body is whole.
pub fn until(body: Body, patience: impl Future<Output = ()> + Send + 'static) -> Body {
    Body::new(AwaitedUntil { body, patience: Some(Box::pin(patience)), is_read_to_its_end: false })
}

struct AwaitedUntil {
    body: Body,
    /// `None`: the body is whole, or was given up
    patience: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// also where nobody wants it; not where the client asks before it sends
    is_read_to_its_end: bool,
}

impl Drop for AwaitedUntil {
    fn drop(&mut self) {
        if self.is_read_to_its_end
            && self.patience.is_some()
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(throw_away(std::mem::take(&mut self.body)));
        }
    }
}

impl HttpBody for AwaitedUntil {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            if frame.is_none() || self.body.is_end_stream() {
                self.patience = None;
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Some(patience) = &mut self.patience else { return Poll::Ready(None) };
        ready!(patience.as_mut().poll(cx));
        self.patience = None;
        Poll::Ready(Some(Err(Unread::TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::pending};

    use futures::stream;

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

    #[tokio::test]
    async fn what_says_that_it_is_too_long_is_not_waited_for() {
        struct Silent(u64);
        impl HttpBody for Silent {
            type Data = Bytes;
            type Error = Infallible;
            fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
                Poll::Pending
            }
            fn size_hint(&self) -> SizeHint {
                SizeHint::with_exact(self.0)
            }
        }
        let patient = |says| until(until(Body::new(Silent(says)), pending()), pending());
        assert_eq!(whole(patient(5), 4).await, Err(Unread::TooLarge));
        assert_eq!(whole(until(Body::new(Silent(4)), std::future::ready(())), 4).await, Err(Unread::TooSlow));
    }

    #[tokio::test]
    async fn patience_goes_with_the_last_byte() {
        let (held, mut dropped) = tokio::sync::oneshot::channel::<()>();
        let body = until(Body::from("all"), async move {
            let _held = held;
            pending::<()>().await;
        });
        assert_eq!(whole(body, 4).await, Ok(Bytes::from("all")));
        assert!(dropped.try_recv().is_err());
        let bytes = stream::iter([Ok::<_, Infallible>(Bytes::from("a"))]).chain(stream::pending());
        let body = until(Body::from_stream(bytes), std::future::ready(()));
        assert_eq!(whole(body, 4).await, Err(Unread::TooSlow));
    }
}
