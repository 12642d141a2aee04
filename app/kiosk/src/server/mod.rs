//! Requests to the server, with the tablet's token. Every answer is looked at with suspicion: a
//! hotel's login page says 200 as well.

use crate::browser::json::read;
use api::{
    config::KioskConfig,
    heartbeat::HeartbeatReply,
    json::{FromJson, ToJson},
    outbox::verdict::{Answer as Delivery, Refusal},
    pairing::{Invitation, PairingRequest, Welcome},
};
use app::fetch::{Answer, Question, fetch};
use domain::{heartbeat::Heartbeat, id::PairingId};

/// A request that takes longer has failed, in milliseconds.
const PATIENCE: u32 = 15_000;

/// What came back.
pub(crate) enum Reply<T> {
    /// the expected body
    Body(T),
    /// a status without an expected body; 0 where nothing came, or nothing that can be believed
    Status(u16),
}

/// A new configuration, as it came and as it reads.
pub(crate) struct NewConfig {
    pub(crate) text: String,
    pub(crate) etag: Option<String>,
    pub(crate) config: KioskConfig,
}

/// Asks what is on; 304 where nothing changed.
pub(crate) async fn config(token: &str, etag: Option<&str>) -> Reply<NewConfig> {
    let bearer = bearer(token);
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend(etag.map(|etag| ("if-none-match", etag)));
    let Some(answer) = ask("/api/v1/kiosk/config", &headers, None).await else { return Reply::Status(0) };
    match body(&answer).await {
        Some((text, config)) => Reply::Body(NewConfig { text, etag: answer.header("etag"), config }),
        None => Reply::Status(status(&answer)),
    }
}

/// Gives a sign of life.
pub(crate) async fn heartbeat(token: &str, beat: &Heartbeat) -> Reply<HeartbeatReply> {
    match post("/api/v1/kiosk/heartbeat", token, &beat.to_json()).await {
        Reply::Body((_, reply)) if HeartbeatReply::is_ours(&reply) => Reply::Body(reply),
        Reply::Body(_) => Reply::Status(200),
        Reply::Status(status) => Reply::Status(status),
    }
}

/// Ends the pairing of a token. True where the server knows that it opens nothing any more.
pub(crate) async fn unpair(token: &str) -> bool {
    let answer = put("/api/v1/kiosk/unpair", token, "").await;
    answer.is_some_and(|answer| matches!(status(&answer), 204 | 401))
}

/// Asks for words to show.
pub(crate) async fn words(request: &PairingRequest) -> Reply<Invitation> {
    let headers = [("content-type", "application/json")];
    read_body(ask("/api/v1/kiosk/pairings", &headers, Some(&request.to_json())).await).await
}

/// Asks whether somebody has typed the words.
pub(crate) async fn welcome(token: &str, id: PairingId) -> Reply<Welcome> {
    let path = ["/api/v1/kiosk/pairings/", &id.to_string()].concat();
    read_body(ask(&path, &[("authorization", &bearer(token))], None).await).await
}

/// Delivers a batch.
pub(crate) async fn deliver(token: &str, batch: String) -> Delivery {
    let Some(answer) = put("/api/v1/kiosk/responses", token, &batch).await else {
        return Delivery::Refused(Refusal::default());
    };
    match body(&answer).await {
        Some((_, result)) => Delivery::Read(result),
        None => Delivery::Refused(Refusal {
            status: answer.status(),
            ours: is_ours(&answer),
            retry_after: answer.header("retry-after").and_then(|seconds| seconds.parse().ok()),
        }),
    }
}

async fn read_body<T: FromJson>(answer: Option<Answer>) -> Reply<T> {
    let Some(answer) = answer else { return Reply::Status(0) };
    match body(&answer).await {
        Some((_, body)) => Reply::Body(body),
        None => Reply::Status(status(&answer)),
    }
}

async fn post<T: FromJson>(path: &str, token: &str, text: &str) -> Reply<(String, T)> {
    let Some(answer) = put(path, token, text).await else { return Reply::Status(0) };
    match body(&answer).await {
        Some(body) => Reply::Body(body),
        None => Reply::Status(status(&answer)),
    }
}

async fn put(path: &str, token: &str, text: &str) -> Option<Answer> {
    let headers = [("authorization", &*bearer(token)), ("content-type", "application/json")];
    ask(path, &headers, Some(text)).await
}

fn bearer(token: &str) -> String {
    ["Bearer ", token].concat()
}

async fn ask(path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Option<Answer> {
    fetch(Question { path, headers, body, patience: Some(PATIENCE) }).await
}

/// What an answer without the expected body means. That a token opens nothing is believed from Aplodi
/// alone: a proxy that wants a login says 401 as well, and no tablet is unpaired by that.
fn status(answer: &Answer) -> u16 {
    match answer.status() {
        401 if !is_ours(answer) => 0,
        status => status,
    }
}

/// Whether Aplodi itself refuses, in a problem document.
fn is_ours(answer: &Answer) -> bool {
    answer.header("content-type").is_some_and(|kind| kind.starts_with("application/problem+json"))
}

async fn body<T: FromJson>(answer: &Answer) -> Option<(String, T)> {
    if answer.status() != 200 {
        return None;
    }
    let text = answer.text().await?;
    let body = read(&text)?;
    Some((text, body))
}
