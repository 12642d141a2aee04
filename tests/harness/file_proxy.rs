//! Stands between browser and server, at an address of its own, and lets everything through but what a test wants
//! otherwise: another file, half a file, none.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::stream;
use tokio::{net::TcpListener, task::JoinHandle};

/// What is answered at a path instead of what the server says.
#[derive(Clone, Debug)]
pub enum Instead {
    /// this, whole
    File {
        /// its content type
        kind: &'static str,
        /// its content
        content: Bytes,
    },
    /// the head of this file and half of its body, then the connection breaks
    Half {
        /// its content type
        kind: &'static str,
        /// its content
        content: Bytes,
    },
    /// a status without a body
    Status(u16),
}

/// Open until it is dropped.
pub struct FileProxy {
    /// where browsers go: `http://127.0.0.1:41234`
    pub base: String,
    shared: Arc<Shared>,
    running: JoinHandle<()>,
}

struct Shared {
    server: String,
    http: reqwest::Client,
    instead: Mutex<HashMap<String, Instead>>,
    asked: Mutex<HashMap<String, usize>>,
}

impl FileProxy {
    /// Opens one in front of a server.
    ///
    /// # Panics
    /// Where there is no free port.
    pub async fn before(server: &str) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let shared =
            Arc::new(Shared { server: server.to_owned(), http, instead: Mutex::default(), asked: Mutex::default() });
        let router = Router::new().fallback(pass).with_state(Arc::clone(&shared));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let running = tokio::spawn(async move { axum::serve(listener, router).await.expect("the proxy serves") });
        Self { base, shared, running }
    }

    /// An address of the server, as seen through this proxy.
    #[must_use]
    pub fn through(&self, address: &str) -> String {
        address.replace(&self.shared.server, &self.base)
    }

    /// From now on answers something else at a path.
    pub fn play(&self, path: &str, instead: Instead) {
        locked(&self.shared.instead).insert(path.to_owned(), instead);
    }

    /// From now on lets through what the server says at a path.
    pub fn open(&self, path: &str) {
        locked(&self.shared.instead).remove(path);
    }

    /// How often a path was asked for.
    #[must_use]
    pub fn asked(&self, path: &str) -> usize {
        locked(&self.shared.asked).get(path).copied().unwrap_or_default()
    }
}

impl Drop for FileProxy {
    fn drop(&mut self) {
        self.running.abort();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panics while it holds this")
}

async fn pass(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    *locked(&shared.asked).entry(path.clone()).or_default() += 1;
    let instead = locked(&shared.instead).get(&path).cloned();
    match instead {
        Some(Instead::File { kind, content }) => file(kind, content.len(), Body::from(content)),
        Some(Instead::Half { kind, content }) => {
            let half = content.slice(..content.len() / 2);
            let broken = stream::iter([Ok(half), Err(io::Error::other("the connection breaks"))]);
            file(kind, content.len(), Body::from_stream(broken))
        }
        Some(Instead::Status(status)) => StatusCode::from_u16(status).expect("a status").into_response(),
        None => forward(&shared, request).await.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response()),
    }
}

fn file(kind: &'static str, length: usize, body: Body) -> Response {
    let caching = (header::CACHE_CONTROL, "no-cache".to_owned());
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_LENGTH, length.to_string()), caching];
    (headers, body).into_response()
}

async fn forward(shared: &Shared, request: Request) -> Result<Response, reqwest::Error> {
    /// These speak about one connection and not about what is sent.
    const OURS: [HeaderName; 3] = [header::HOST, header::CONNECTION, header::TRANSFER_ENCODING];
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut headers = parts.headers;
    for name in &OURS {
        headers.remove(name);
    }
    let address = format!("{}{path}", shared.server);
    let answer = shared.http.request(parts.method, address).headers(headers).body(body).send().await?;
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    for name in &OURS {
        headers.remove(name);
    }
    Ok((status, headers, Body::from_stream(answer.bytes_stream())).into_response())
}
