//! `GET /api/v1/events`

use harness::on_test_server;
use serde_json::Value;
use store::staff::Role;

on_test_server!(lists_events_with_how_many_answered, |server| {
    server.results(&[server.item(1, 5, 10), server.item(2, 1, 0)]).await;
    let token = server.api_token(Role::Viewer).await;
    let list = |query: &'static str| {
        server.http.get(format!("{}/api/v1/events{query}", server.base)).bearer_auth(&token).send()
    };
    let body: Value = list("").await.expect("an answer").json().await.expect("JSON");
    assert_eq!(body["events"].as_array().expect("events").len(), 1);
    assert_eq!(body["events"][0]["code"], "KX7P");
    assert_eq!(body["events"][0]["counted"], 2);
    let body: Value = list("?until=1000").await.expect("an answer").json().await.expect("JSON");
    assert_eq!(body["events"], serde_json::json!([]));
});
