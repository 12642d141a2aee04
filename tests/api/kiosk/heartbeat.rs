//! `POST /api/v1/kiosk/heartbeat`

use domain::heartbeat::LAST_SEQ;
use harness::{on_test_server, test_server::NOW};
use serde_json::{Value, json};

on_test_server!(a_sign_of_life_is_answered_as_only_aplodi_answers, |server| {
    let address = format!("{}/api/v1/kiosk/heartbeat", server.base);
    let beat = json!({"device_now": NOW - 5, "seq": 17, "outbox": 3, "rejected": 0, "oldest_ms": 1200,
                      "app_version": "0.1.0", "persisted": true, "storage": {"usage": 1.0, "quota": 2.0}});
    let send = |body: Value| server.http.post(&address).bearer_auth(&server.kiosk_token).json(&body).send();
    let response = send(beat.clone()).await.expect("an answer");
    assert_eq!(response.status(), 200);
    let reply: Value = response.json().await.expect("JSON");
    assert_eq!(reply["ok"], "aplodi");
    assert_eq!(reply["server_now"], NOW);
    assert_eq!(reply["epoch"], server.state.keys.epoch);
    assert_eq!(server.state.store.system().seq_seen(server.pairing.id).await.expect("a number"), 17);
    let mut before_a_move = beat.clone();
    before_a_move["pairing"] = json!(server.event.id);
    before_a_move["seq"] = json!(400);
    assert_eq!(send(before_a_move).await.expect("an answer").status(), 200);
    assert_eq!(
        server.state.store.system().seq_seen(server.pairing.id).await.expect("a number"),
        17,
        "another pairing's numbers"
    );
    assert_eq!(send(json!({"seq": "many"})).await.expect("an answer").status(), 422);
    for seq in [LAST_SEQ + 1, u64::MAX] {
        let mut impossible = beat.clone();
        impossible["seq"] = json!(seq);
        assert_eq!(send(impossible).await.expect("an answer").status(), 422, "{seq}");
    }
    assert_eq!(server.state.store.system().seq_seen(server.pairing.id).await.expect("a number"), 17);
});
