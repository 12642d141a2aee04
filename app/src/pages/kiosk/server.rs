//! Requests to the server, with the tablet's token. Every answer is looked at with suspicion: a
//! hotel's login page says 200 as well.

use gloo_net::http::{Request, RequestBuilder, Response};
use web_sys::AbortSignal;

use super::json::read;
use crate::domain::{
    contact::{Heartbeat, HeartbeatReply},
    json::FromJson,
    kiosk::KioskConfig,
    response::item::BatchResult,
};

/// A request that takes longer has failed, in milliseconds.
const PATIENCE: u32 = 15_000;

/// What came back.
pub(super) enum Reply<T> {
    /// the expected body
    Body(T),
    /// a status without an expected body; 0 where nothing came at all
    Status(u16),
}

/// A new configuration, as it came and as it reads.
pub(super) struct NewConfig {
    pub(super) text: String,
    pub(super) etag: Option<String>,
    pub(super) config: KioskConfig,
}

/// Asks what is on; 304 where nothing changed.
pub(super) async fn config(token: &str, etag: Option<&str>) -> Reply<NewConfig> {
    let mut request = with_token(Request::get("/api/v1/kiosk/config"), token);
    if let Some(etag) = etag {
        request = request.header("if-none-match", etag);
    }
    let Ok(response) = request.send().await else { return Reply::Status(0) };
    let etag = response.headers().get("etag");
    match body(&response).await {
        Some((text, config)) => Reply::Body(NewConfig { text, etag, config }),
        None => Reply::Status(response.status()),
    }
}

/// Gives a sign of life.
pub(super) async fn heartbeat(token: &str, beat: &Heartbeat) -> Reply<HeartbeatReply> {
    match post("/api/v1/kiosk/heartbeat", token, beat.to_json()).await {
        Reply::Body((_, reply)) if HeartbeatReply::is_ours(&reply) => Reply::Body(reply),
        Reply::Body(_) => Reply::Status(200),
        Reply::Status(status) => Reply::Status(status),
    }
}

/// Delivers a batch.
pub(super) async fn deliver(token: &str, batch: String) -> Reply<BatchResult> {
    match post("/api/v1/kiosk/responses", token, batch).await {
        Reply::Body((_, result)) => Reply::Body(result),
        Reply::Status(status) => Reply::Status(status),
    }
}

async fn post<T: FromJson>(path: &str, token: &str, text: String) -> Reply<(String, T)> {
    let request = with_token(Request::post(path), token).header("content-type", "application/json").body(text);
    let Ok(request) = request else { return Reply::Status(0) };
    let Ok(response) = request.send().await else { return Reply::Status(0) };
    match body(&response).await {
        Some(body) => Reply::Body(body),
        None => Reply::Status(response.status()),
    }
}

fn with_token(request: RequestBuilder, token: &str) -> RequestBuilder {
    request
        .header("authorization", &["Bearer ", token].concat())
        .abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)))
}

async fn body<T: FromJson>(response: &Response) -> Option<(String, T)> {
    if response.status() != 200 {
        return None;
    }
    let text = response.text().await.ok()?;
    let body = read(&text)?;
    Some((text, body))
}
