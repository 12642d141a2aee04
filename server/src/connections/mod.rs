//! Connections: taken, served with patience that ends, and finished when the server stops.
//!
//! - [`places`]: how many there may be, and who gives way; [`files`]: how many files the system allows;
//! - `stream`: what travels, and who waits for whom meanwhile.
//!
//! HTTP/1.1 only: browsers speak HTTP/2 over https alone, which the web server in front of this one
//! does.

pub mod files;
pub mod places;
mod stream;

use std::{convert::Infallible, io, net::IpAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};
use tower::{Service, service_fn};

use self::{
    places::{Place, Places},
    stream::{AnswerBody, AwaitedBody, PatientStream},
};
use crate::client_address::{Proxies, Source};
use store::chain;

/// How long a client may take. One that sends a byte now and then holds a connection, and connections
/// are what a server runs out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// until the head of a request is there; also how long a connection may wait for its next one
    pub head: Duration,
    /// the same where connections run low
    pub head_when_low: Duration,
    /// until the body is there
    pub body: Duration,
    /// until some more of an answer is read
    pub read: Duration,
}

impl Default for Timeouts {
    /// Longer than the minute for which web servers keep connections to those behind them, so that
    /// no request meets one that is just being closed; and long enough for a full outbox batch over a
    /// very bad line.
    fn default() -> Self {
        Self {
            head: Duration::from_secs(75),
            head_when_low: Duration::from_secs(5),
            body: Duration::from_mins(1),
            read: Duration::from_secs(30),
        }
    }
}

/// How connections are treated.
#[derive(Clone, Debug)]
pub struct Policy {
    /// how long a client may take
    pub timeouts: Timeouts,
    /// how many there may be
    pub places: Arc<Places>,
    /// who stands in between
    pub proxies: Arc<Proxies>,
}

/// Serves until `stop` is true and every request that has begun is answered.
pub async fn serve(listener: TcpListener, router: Router, policy: Policy, mut stop: watch::Receiver<bool>) {
    // Every connection holds a sender, so that the channel ends with the last of them.
    let (open, mut closed) = mpsc::channel::<Infallible>(1);
    let mut stopped = pin!({
        let mut stop = stop.clone();
        async move { ended(&mut stop).await }
    });
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stopped => break,
        };
        let Some(place) = policy.places.take(policy.proxies.of_connection(peer)) else { continue };
        if let Err(error) = stream.set_nodelay(true) {
            // The end of a page must not wait until the phone has confirmed its beginning.
            tracing::debug!(error = chain(&error), "a connection keeps Nagle's delay");
        }
        let client = Client { stream, peer, place };
        tokio::spawn(talk(client, router.clone(), policy.clone(), stop.clone(), open.clone()));
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

async fn accept(listener: &TcpListener) -> (TcpStream, IpAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer.ip()),
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

/// Who is connected.
struct Client {
    stream: TcpStream,
    peer: IpAddr,
    place: Place,
}

/// One connection, until it ends.
async fn talk(
    Client { stream, peer, place }: Client,
    router: Router,
    Policy { timeouts, places, proxies }: Policy,
    mut stop: watch::Receiver<bool>,
    open: mpsc::Sender<Infallible>,
) {
    let head = if places.are_few() { timeouts.head_when_low } else { timeouts.head };
    let io = PatientStream { stream, place: place.clone(), patience: timeouts.read, stalled: None };
    let service = {
        let place = place.clone();
        service_fn(move |request| answer(router.clone(), request, place.clone(), proxies.clone(), peer))
    };
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(head);
    let mut connection = pin!(server.serve_connection(TokioIo::new(io), TowerToHyperService::new(service)));
    let end = tokio::select! {
        end = connection.as_mut() => end,
        () = place.given_up() => return,
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

/// Answers a request, with its source and its connection's place among its extensions.
async fn answer(
    mut router: Router,
    request: Request<Incoming>,
    place: Place,
    proxies: Arc<Proxies>,
    peer: IpAddr,
) -> Result<Response, Infallible> {
    let answering = place.answering();
    let source = Source(proxies.of_request(peer, request.headers()));
    let mut request = request.map(|body| Body::new(AwaitedBody { body, place: place.clone() }));
    request.extensions_mut().insert(source);
    request.extensions_mut().insert(place);
    let response = Service::call(&mut router, request).await?;
    Ok(response.map(|body| Body::new(AnswerBody { body, _answering: answering })))
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        time::timeout,
    };

    use super::{places::ConnectionLimits, *};

    const MOMENT: Duration = Duration::from_millis(200);
    const SOON: Timeouts = Timeouts { head: MOMENT, head_when_low: MOMENT, body: MOMENT, read: MOMENT };
    /// No test waits so long where all is well.
    const LATE: Duration = Duration::from_secs(30);

    async fn served(timeouts: Timeouts) -> (TcpStream, watch::Sender<bool>, impl Future<Output = ()>) {
        let (address, stop, running) = serving(timeouts, ConnectionLimits::default()).await;
        (TcpStream::connect(address).await.unwrap(), stop, running)
    }

    async fn serving(
        timeouts: Timeouts,
        limits: ConnectionLimits,
    ) -> (SocketAddr, watch::Sender<bool>, impl Future<Output = ()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopping) = watch::channel(false);
        let router =
            Router::new().route("/", get(async || "here")).route("/long", get(async || "long ".repeat(4 << 20)));
        let policy = Policy { timeouts, places: Places::new(limits), proxies: Arc::default() };
        let running = tokio::spawn(serve(listener, router, policy, stopping));
        (address, stop, async { running.await.unwrap() })
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

    /// Whether the server answers on a new connection.
    async fn is_answered(address: SocketAddr) -> bool {
        let mut client = TcpStream::connect(address).await.unwrap();
        let asked = client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        let mut answer = Vec::new();
        let read = timeout(LATE, client.read_to_end(&mut answer)).await.expect("an end");
        asked.is_ok() && read.is_ok() && answer.ends_with(b"here")
    }

    #[tokio::test]
    async fn silent_connections_stop_nobody() {
        let limits = ConnectionLimits { most: 32, of_one_source: 32 };
        let (address, _stop, _running) = serving(Timeouts::default(), limits).await;
        let mut silent = Vec::new();
        for nth in 0..100 {
            let mut client = TcpStream::connect(address).await.unwrap();
            // Some say nothing at all, some never end what they began.
            let begun = [&b""[..], b"GET / HT", b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n"][nth % 3];
            client.write_all(begun).await.unwrap();
            silent.push(client);
        }
        for _ in 0..10 {
            assert!(is_answered(address).await);
        }
    }

    #[tokio::test]
    async fn who_never_reads_an_answer_is_not_waited_for() {
        let timeouts = Timeouts { read: MOMENT, ..Timeouts::default() };
        let (mut client, stop, running) = served(timeouts).await;
        client.write_all(b"GET /long HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut first = [0; 15];
        timeout(LATE, client.read_exact(&mut first)).await.expect("an answer").unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        stop.send_replace(true);
        timeout(LATE, running).await.expect("the server gives it up");
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
