//! What is done again and again in these stories.

use domain::time::Millis;
use harness::test_server::TestServer;
use serde_json::{Value, json};

/// Waits for a notice; what only keeps the stream alive is none.
pub(crate) async fn hear(stream: &mut reqwest::Response) {
    let mut heard = String::new();
    while !heard.contains("event: changed") {
        heard.push_str(&String::from_utf8_lossy(&stream.chunk().await.expect("no trouble").expect("more to come")));
    }
}

/// Time passes, and the server listens all the while.
pub(crate) async fn pass_until(server: &TestServer, now: Millis) {
    server.state.store.system().listen(server.state.clock.now(), now).await.expect("a server that listens");
    server.clock.set(now);
}

/// A sign of life by the clock of the server: everything is well, but for what is given.
pub(crate) async fn beat(server: &TestServer, given: Value) {
    let mut beat = json!({
        "device_now": server.state.clock.now(), "seq": 0, "outbox": 0, "rejected": 0,
        "app_version": server.state.site.version(), "persisted": true,
    });
    for (name, value) in given.as_object().into_iter().flatten() {
        beat[name] = value.clone();
    }
    let address = format!("{}/api/v1/kiosk/heartbeat", server.base);
    let answer = server.http.post(address).bearer_auth(&server.kiosk_token).json(&beat).send().await;
    assert_eq!(answer.expect("an answer").status(), 200);
}
