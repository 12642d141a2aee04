//! `GET /metrics`: for those who were given the token, and right.

use std::{collections::BTreeSet, panic::AssertUnwindSafe};

use domain::time::MINUTE;
use futures::FutureExt;
use harness::{
    on_test_server,
    prometheus_text::{Sample, samples, value},
    store::{drop_postgres, postgres, sqlite},
    test_server::{NOW, TestServer},
};
use serde_json::json;
use store::staff::Role;

use crate::steps::beat;

const TOKEN: &str = "a token for Prometheus";

/// Every series that there is, and its labels: a role, a route and a tablet, never a person.
const VOCABULARY: [(&str, &str); 12] = [
    ("aplodi_build_info", "database version"),
    ("aplodi_commit_responses_bucket", "le"),
    ("aplodi_commit_responses_count", ""),
    ("aplodi_commit_responses_sum", ""),
    ("aplodi_database_bytes", ""),
    ("aplodi_database_wal_bytes", ""),
    ("aplodi_http_requests_total", "method route status"),
    ("aplodi_kiosk_outbox_age_seconds", "kiosk name"),
    ("aplodi_kiosk_outbox_responses", "kiosk name"),
    ("aplodi_kiosk_silence_seconds", "kiosk name"),
    ("aplodi_open_streams", ""),
    ("aplodi_writer_queue_submissions", ""),
];

async fn get(server: &TestServer, token: &str) -> reqwest::Response {
    let request = server.http.get(format!("{}/metrics", server.base)).bearer_auth(token);
    request.send().await.expect("an answer")
}

async fn read(server: &TestServer) -> Vec<Sample> {
    let response = get(server, TOKEN).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/plain; version=0.0.4");
    samples(&response.text().await.expect("text"))
}

on_test_server!(metrics_are_not_there_unless_they_were_asked_for, |server| {
    for token in [TOKEN, "", server.api_token(Role::Admin).await.as_str()] {
        assert_eq!(get(server, token).await.status(), 404);
    }
});

/// What is counted and asked on a server with a token.
async fn counted(server: &TestServer) {
    for wrong in ["", "a token", server.kiosk_token.as_str(), server.api_token(Role::Admin).await.as_str()] {
        assert_eq!(get(server, wrong).await.status(), 401, "{wrong}");
    }
    server
        .state
        .store
        .for_staff(store::Scope::All)
        .rename_kiosk(server.pairing.kiosk, "Bar \"A\" \\ left")
        .await
        .expect("a name");
    assert_eq!(server.results(&[server.item(1, 5, 10), server.item(2, 4, 9)]).await.len(), 2);
    beat(server, json!({"seq": 5, "outbox": 3, "oldest_ms": MINUTE})).await;
    server.clock.set(NOW + MINUTE);
    for number in 0..20 {
        let strange = reqwest::Method::from_bytes(format!("M{number}").as_bytes()).expect("a method");
        let address = format!("{}/nothing/{number}?token=secret", server.base);
        assert_eq!(server.http.request(strange, address).send().await.expect("an answer").status(), 404);
    }

    let samples = read(server).await;
    let responses = [("method", "POST"), ("route", "/api/v1/kiosk/responses"), ("status", "200")];
    assert_eq!(value(&samples, "aplodi_http_requests_total", &responses), Some(1.0));
    let strange = samples.iter().filter(|sample| sample.1.get("route").is_some_and(|route| route == "none"));
    assert_eq!(strange.map(|sample| sample.2).collect::<Vec<_>>(), [20.0], "one series, whatever strangers ask");
    assert_eq!(value(&samples, "aplodi_commit_responses_sum", &[]), Some(2.0));
    assert_eq!(value(&samples, "aplodi_commit_responses_count", &[]), Some(1.0));
    assert_eq!(value(&samples, "aplodi_commit_responses_bucket", &[("le", "1")]), Some(0.0));
    let kiosk = server.pairing.kiosk.to_string();
    let tablet = [("name", "Bar \"A\" \\ left"), ("kiosk", kiosk.as_str())];
    assert_eq!(value(&samples, "aplodi_kiosk_outbox_responses", &tablet), Some(3.0));
    assert_eq!(value(&samples, "aplodi_kiosk_outbox_age_seconds", &tablet), Some(120.0));
    assert_eq!(value(&samples, "aplodi_kiosk_silence_seconds", &tablet), Some(60.0));
    assert_eq!(value(&samples, "aplodi_writer_queue_submissions", &[]), Some(0.0));
    assert!(value(&samples, "aplodi_database_bytes", &[]) > Some(10_000.0));
    assert!(value(&samples, "aplodi_database_wal_bytes", &[]).is_some());
    assert_eq!(value(&samples, "aplodi_open_streams", &[]), Some(0.0));
    let version = server.state.site.version();
    assert_eq!(value(&samples, "aplodi_build_info", &[("version", &version)]), Some(1.0));
    let words: BTreeSet<(&str, String)> = samples
        .iter()
        .map(|(name, labels, _)| (name.as_str(), labels.keys().map(String::as_str).collect::<Vec<_>>().join(" ")))
        .collect();
    let known = VOCABULARY.map(|(name, labels)| (name, labels.to_owned()));
    assert_eq!(words, BTreeSet::from(known), "the names and labels that dashboards are built on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_what_happens_is_counted() {
    let (data, _folder) = sqlite().await;
    let server = TestServer::open_as(&data.url, |options| options.metrics_token = Some(TOKEN.into())).await;
    counted(&server).await;
    server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_what_happens_is_counted() {
    let data = postgres().await;
    let server = TestServer::open_as(&data.url, |options| options.metrics_token = Some(TOKEN.into())).await;
    let end = AssertUnwindSafe(counted(&server)).catch_unwind().await;
    server.close().await;
    drop_postgres(&data.url).await;
    end.expect("it is counted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_counted_while_it_is_open() {
    let (data, _folder) = sqlite().await;
    let server = TestServer::open_as(&data.url, |options| options.metrics_token = Some(TOKEN.into())).await;
    let cookie = server.session(Role::Viewer).await;
    let request = server.http.get(format!("{}/staff/changes", server.base)).header("cookie", cookie);
    let stream = request.send().await.expect("an answer");
    assert_eq!(value(&read(&server).await, "aplodi_open_streams", &[]), Some(1.0));
    drop(stream);
    harness::until("the stream ends", async || value(&read(&server).await, "aplodi_open_streams", &[]) == Some(0.0))
        .await;
    server.close().await;
}
