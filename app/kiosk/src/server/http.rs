//! Requests by `fetch`. Every answer is looked at with suspicion: a hotel's login page says 200 as well.

use api::{
    config::KioskConfig,
    heartbeat::HeartbeatReply,
    json::{FromJson, ToJson},
    outbox::reply::{BatchReply, Refusal},
};
use app::fetch::{FetchRequest, FetchResponse, fetch};
use domain::{heartbeat::Heartbeat, survey::Kind};

use super::{NewConfig, Reply, Server};
use crate::browser::{json::read, page};

/// A request that takes longer has failed, in milliseconds.
const TIMEOUT_MS: u32 = 15_000;

/// The server that this page came from.
#[derive(Debug)]
pub struct Http;

impl Server for Http {
    async fn config(&self, token: &str, etag: Option<&str>) -> Reply<NewConfig> {
        let bearer = bearer(token);
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.extend(etag.map(|etag| ("if-none-match", etag)));
        let path = ["/api/v1/kiosk/config?kinds=", Kind::WORDS].concat();
        let Some(response) = ask(&path, &headers, None).await else { return Reply::Status(0) };
        match body(&response).await {
            Some((text, config)) => Reply::Body(NewConfig { text, etag: response.header("etag"), config }),
            None => Reply::Status(status(&response)),
        }
    }

    async fn heartbeat(&self, token: &str, beat: &Heartbeat) -> Reply<HeartbeatReply> {
        let Some(response) = post("/api/v1/kiosk/heartbeat", token, &beat.to_json()).await else {
            return Reply::Status(0);
        };
        match body(&response).await {
            Some((text, reply)) if HeartbeatReply::is_ours(&reply) => {
                page::show_beat(&text);
                Reply::Body(reply)
            }
            Some(_) => Reply::Status(200),
            None => Reply::Status(status(&response)),
        }
    }

    async fn unpair(&self, token: &str) -> bool {
        let response = post("/api/v1/kiosk/unpair", token, "").await;
        response.is_some_and(|response| matches!(status(&response), 204 | 401))
    }

    async fn deliver(&self, token: &str, batch: String) -> BatchReply {
        let Some(response) = post("/api/v1/kiosk/responses", token, &batch).await else {
            return BatchReply::Refused(Refusal::default());
        };
        match body(&response).await {
            Some((_, result)) => BatchReply::Read(result),
            None => BatchReply::Refused(Refusal {
                status: response.status(),
                ours: is_ours(&response),
                retry_after: response.header("retry-after").and_then(|seconds| seconds.parse().ok()),
            }),
        }
    }

    fn read_config(&self, text: &str) -> Option<KioskConfig> {
        read(text)
    }
}

async fn post(path: &str, token: &str, text: &str) -> Option<FetchResponse> {
    let headers = [("authorization", &*bearer(token)), ("content-type", "application/json")];
    ask(path, &headers, Some(text)).await
}

fn bearer(token: &str) -> String {
    ["Bearer ", token].concat()
}

async fn ask(path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Option<FetchResponse> {
    fetch(FetchRequest { path, headers, body, timeout_ms: Some(TIMEOUT_MS) }).await
}

/// What an answer without the expected body means. That a token opens nothing is believed from Aplodi
/// alone: a proxy that wants a login says 401 as well, and no tablet is unpaired by that.
fn status(response: &FetchResponse) -> u16 {
    match response.status() {
        401 if !is_ours(response) => 0,
        status => status,
    }
}

/// Whether Aplodi itself refuses, in a problem document.
fn is_ours(response: &FetchResponse) -> bool {
    response.header("content-type").is_some_and(|kind| kind.starts_with("application/problem+json"))
}

async fn body<T: FromJson>(response: &FetchResponse) -> Option<(String, T)> {
    if response.status() != 200 {
        return None;
    }
    let text = response.text().await?;
    let body = read(&text)?;
    Some((text, body))
}
