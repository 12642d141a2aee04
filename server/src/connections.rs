//! Connections: taken, served with patience that ends, and finished when the server stops.
//!
//! HTTP/1.1 only: browsers speak HTTP/2 over https alone, which the web server in front of this one
//! does.

use std::{convert::Infallible, io, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};
use tower::ServiceExt;

use store::chain;

/// How long a client may take. One that sends a byte now and then holds a connection, and connections
/// are what a server runs out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// until the head of a request is there; also how long a connection may wait for its next one
    pub head: Duration,
    /// until the body is there
    pub body: Duration,
}

impl Default for Timeouts {
    /// Longer than the minute for which web servers keep connections to those behind them, so that
    /// no request meets one that is just being closed; and long enough for a full outbox batch over a
    /// very bad line.
    fn default() -> Self {
        Self { head: Duration::from_secs(75), body: Duration::from_mins(1) }
    }
}

/// Serves until `stop` is true and every request that has begun is answered.
pub async fn serve(listener: TcpListener, router: Router, timeouts: Timeouts, mut stop: watch::Receiver<bool>) {
    // Every connection holds a sender, so that the channel ends with the last of them.
    let (open, mut closed) = mpsc::channel::<Infallible>(1);
    let mut stopped = pin!({
        let mut stop = stop.clone();
        async move { ended(&mut stop).await }
    });
    loop {
        let stream = tokio::select! {
            stream = accept(&listener) => stream,
            () = &mut stopped => break,
        };
        if let Err(error) = stream.set_nodelay(true) {
            // The end of a page must not wait until the phone has confirmed its beginning.
            tracing::debug!(error = chain(&error), "a connection keeps Nagle's delay");
        }
        tokio::spawn(talk(stream, router.clone(), timeouts, stop.clone(), open.clone()));
    }
    drop(listener);
    drop(open);
    stop.mark_unchanged();
    // Nothing is ever sent.
    let _ = closed.recv().await;
}

async fn ended(stop: &mut watch::Receiver<bool>) {
    // Without a sender there is nobody left who could want it to go on.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_about_one_client(&error) => {}
            Err(error) => {
                // Out of file descriptors, most likely: some connection will end soon.
                tracing::error!(error = chain(&error), "no connection can be taken");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_about_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection, until it ends.
async fn talk(
    stream: TcpStream,
    router: Router,
    timeouts: Timeouts,
    mut stop: watch::Receiver<bool>,
    open: mpsc::Sender<Infallible>,
) {
    let service = TowerToHyperService::new(router.map_request(|request: Request<Incoming>| request.map(Body::new)));
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(timeouts.head);
    let mut connection = pin!(server.serve_connection(TokioIo::new(stream), service));
    let end = tokio::select! {
        end = connection.as_mut() => end,
        () = ended(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = end {
        // Clients go away whenever they like.
        tracing::trace!(error = chain(&error), "a connection broke off");
    }
    drop(open);
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        time::timeout,
    };

    use super::*;

    const SOON: Timeouts = Timeouts { head: Duration::from_millis(200), body: Duration::from_millis(200) };
    /// No test waits so long where all is well.
    const LATE: Duration = Duration::from_secs(30);

    async fn served(timeouts: Timeouts) -> (TcpStream, watch::Sender<bool>, impl Future<Output = ()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopping) = watch::channel(false);
        let router = Router::new().route("/", get(async || "here"));
        let running = tokio::spawn(serve(listener, router, timeouts, stopping));
        (TcpStream::connect(address).await.unwrap(), stop, async { running.await.unwrap() })
    }

    #[tokio::test]
    async fn a_head_that_drips_is_not_waited_for() {
        for drip in [&b""[..], b"P", b"GET / HT"] {
            let (mut client, _stop, _running) = served(SOON).await;
            client.write_all(drip).await.unwrap();
            let mut answer = Vec::new();
            // Closed, with or without a word.
            let end = timeout(LATE, client.read_to_end(&mut answer)).await.expect("the server gives up");
            assert!(end.is_err() || !answer.starts_with(b"HTTP/1.1 200"), "{drip:?}");
        }
    }

    #[tokio::test]
    async fn what_has_begun_is_answered_before_the_end() {
        let (mut client, stop, running) = served(Timeouts::default()).await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n").await.unwrap();
        let mut idle = Vec::new();
        // The first request is under way when the server is asked to stop.
        client.write_all(b"\r\n").await.unwrap();
        let mut first = [0; 15];
        timeout(LATE, client.read_exact(&mut first)).await.expect("an answer").unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        stop.send_replace(true);
        timeout(LATE, running).await.expect("a connection that only waits does not hold the server up");
        let _ = client.read_to_end(&mut idle).await;
        assert!(idle.ends_with(b"here"));
    }
}
