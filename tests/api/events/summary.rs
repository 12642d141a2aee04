//! `GET /api/v1/events/{id}/summary`: honest numbers.

use domain::time::{MINUTE, SECOND};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::{Value, json};
use store::staff::Role;

async fn post(server: &TestServer, numbers: std::ops::Range<u128>, face: u8, nps: u8) {
    let items: Vec<Value> = numbers
        .map(|number| {
            let mut item = server.item(number, face, nps);
            // One after the other, as people do.
            item["answered_at"] = json!(NOW - MINUTE - 10 * SECOND * i64::try_from(number).expect("small"));
            item
        })
        .collect();
    assert!(server.results(&items).await.iter().all(|result| result["status"] == "stored"));
}

on_test_server!(says_no_more_than_so_few_answers_allow, |server| {
    post(server, 0..4, 5, 10).await;
    let summary = server.summary().await;
    assert_eq!(summary["counted"], 4);
    let nps = &summary["questions"][1];
    assert_eq!((&nps["n"], &nps["score"], &nps["interval"]), (&json!(4), &Value::Null, &Value::Null));
    assert_eq!(nps["counts"], json!({}), "who answered what could be guessed from four");

    post(server, 4..5, 5, 10).await;
    let token = server.api_token(Role::Viewer).await;
    let address = format!("{}/api/v1/events/{}/summary?scores=all", server.base, server.event.id);
    let asked: Value =
        server.http.get(address).bearer_auth(token).send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(asked["questions"][1]["score"], 100);
    assert_eq!(asked["questions"][1]["interval"], json!([17.5, 100.0]), "the check value of 5/0/0");
    assert_eq!(server.summary().await["questions"][1]["score"], Value::Null, "only on request");
});

on_test_server!(the_check_value_of_twenty, |server| {
    post(server, 0..12, 5, 9).await;
    post(server, 12..17, 4, 7).await;
    post(server, 17..20, 2, 3).await;
    let summary = server.summary().await;
    let nps = &summary["questions"][1];
    assert_eq!(nps["n"], 20);
    assert_eq!(nps["score"], 45);
    assert_eq!(nps["interval"], json!([8.4, 69.8]));
    assert_eq!(nps["note"], "small sample");
    assert_eq!(summary["questions"][0]["counts"], json!({"1": 0, "2": 3, "3": 0, "4": 5, "5": 12}));
    assert_eq!(summary["questions"][0]["score"], 85, "17 of 20 gave one of the two best faces");
    assert_eq!(summary["attendance"], 540);
    assert_eq!(summary["response_rate"], 0.037);
    assert_eq!(summary["by_channel"][0]["channel"], "kiosk");
    assert_eq!(summary["by_channel"][0]["n"], 20);
});

on_test_server!(doubtful_answers_stand_beside_the_score, |server| {
    post(server, 0..10, 5, 10).await;
    post(server, 10..12, 1, 10).await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(10), &json!(2)));
    assert_eq!(summary["set_aside"], json!({}), "a reason tells what somebody answered");
    post(server, 12..16, 1, 10).await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(10), &json!(6)));
    assert_eq!(summary["set_aside"], json!({"contradiction": 6}));
    assert_eq!(summary["questions"][0]["n"], 10);
});

on_test_server!(an_unknown_event_is_not_found, |server| {
    let token = server.api_token(Role::Viewer).await;
    let address = format!("{}/api/v1/events/{}/summary", server.base, harness::test_server::id(5));
    let response = server.http.get(address).bearer_auth(token).send().await.expect("an answer");
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
});
