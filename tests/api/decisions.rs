//! What programs of the staff decide about responses that are set aside.

use domain::{
    flag::Flag,
    time::{HOUR, MINUTE, SECOND},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer, id},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use store::staff::Role;

async fn post(server: &TestServer, token: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let address = format!("{}/api/v1/{path}", server.base);
    let answer = server.http.post(address).bearer_auth(token).body(body.to_string()).send().await.expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

async fn doubts(server: &TestServer, token: &str) -> Value {
    let address = format!("{}/api/v1/events/{}/doubts", server.base, server.event.id);
    server.http.get(address).bearer_auth(token).send().await.expect("an answer").json().await.expect("JSON")
}

/// A child taps twelve times between 20:31 and 20:33, never at the same pace.
async fn child(server: &TestServer) {
    let gaps = [7, 13, 8, 21, 9, 6, 17, 5, 11, 8, 6, 10];
    let mut at = NOW + MINUTE;
    let items: Vec<Value> = (1..)
        .zip(gaps)
        .map(|(number, gap)| {
            at += gap * SECOND;
            let mut item = server.item(number, 1, 0);
            item["answered_at"] = json!(at);
            item["offset_ms"] = json!(0);
            item["duration_ms"] = json!(600);
            item
        })
        .collect();
    server.clock.set(NOW + HOUR);
    server.results(&items).await;
    server.settle().await;
}

on_test_server!(a_group_is_put_back_and_set_aside_with_a_reason, |server| {
    child(server).await;
    let token = server.api_token(Role::Editor).await;
    let before = doubts(server, &token).await;
    let group = &before["groups"][0];
    assert_eq!(before["groups"].as_array().map(Vec::len), Some(1), "{before}");
    assert_eq!(
        (&group["responses"], &group["from"], &group["until"]),
        (&json!(12), &json!(NOW + MINUTE), &json!(NOW + 4 * MINUTE))
    );
    assert!(group["flags"].as_array().is_some_and(|flags| flags.contains(&json!(Flag::Run))));

    let path = format!("events/{}/decisions", server.event.id);
    let mut decision =
        json!({"verdict": "put_back", "why": " ", "from": group["from"], "until": group["until"], "flag": "run"});
    let (status, problem) = post(server, &token, &path, &decision).await;
    assert_eq!(
        (status, &problem["type"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("urn:aplodi:problem:out_of_range"))
    );
    decision["why"] = json!("A class of twelve on a school visit");
    assert_eq!(post(server, &token, &path, &decision).await, (StatusCode::OK, json!({"responses": 12})));
    assert_eq!(post(server, &token, &path, &decision).await, (StatusCode::OK, json!({"responses": 0})));
    server.settle().await;
    assert_eq!(server.summary().await["counted"], 12);
    let one = format!("responses/{}/decisions", id(3));
    let void = json!({"verdict": "set_aside", "why": "The teacher"});
    assert_eq!(post(server, &token, &one, &void).await, (StatusCode::OK, json!({"responses": 1})));
    let after = doubts(server, &token).await;
    let now = NOW + HOUR;
    let mut decisions = after["decisions"].as_array().cloned().expect("decisions");
    decisions.sort_by_key(|trace| trace["responses"].as_u64());
    assert_eq!(
        decisions,
        [
            json!({"verdict": "set_aside", "why": "The teacher", "who": "token", "at": now, "responses": 1}),
            json!({"verdict": "put_back", "why": decision["why"], "who": "token", "at": now, "responses": 12}),
        ]
    );
    let alone = json!({"flags": ["void"], "responses": 1, "from": NOW, "until": NOW + 10 * MINUTE});
    assert!(
        after["groups"].as_array().is_some_and(|groups| groups.contains(&alone)),
        "of one the minute is hidden: {after}"
    );
});

on_test_server!(a_reason_is_one_line_that_can_be_read, |server| {
    server.results(&[server.item(1, 5, 9)]).await;
    let token = server.api_token(Role::Editor).await;
    let one = format!("responses/{}/decisions", id(1));
    for why in ["a\0b", "\u{1b}[2J\u{1b}[31mgone", "one\r\ntwo", "\u{200b}\u{2060}", &"w".repeat(501)] {
        let (status, problem) = post(server, &token, &one, &json!({"verdict": "set_aside", "why": why})).await;
        let refused = (StatusCode::UNPROCESSABLE_ENTITY, &json!("urn:aplodi:problem:out_of_range"));
        assert_eq!((status, &problem["type"]), refused, "{}: {problem}", why.escape_debug());
    }
    assert_eq!(doubts(server, &token).await["groups"], json!([]), "nothing is decided");
});

on_test_server!(a_decision_does_not_tell_when_somebody_answered, |server| {
    server.results(&[server.item(1, 5, 9)]).await;
    let token = server.api_token(Role::Editor).await;
    let path = format!("events/{}/decisions", server.event.id);
    for (from, until) in [(NOW, NOW + 1), (NOW - 1, NOW + MINUTE), (NOW + SECOND, NOW + MINUTE)] {
        let probe = json!({"verdict": "set_aside", "why": "To see", "from": from, "until": until});
        let (status, problem) = post(server, &token, &path, &probe).await;
        let refused = (StatusCode::UNPROCESSABLE_ENTITY, &json!("urn:aplodi:problem:out_of_range"));
        assert_eq!((status, &problem["type"]), refused, "{problem}");
    }
});

on_test_server!(other_limits_are_shown_before_they_are_saved, |server| {
    child(server).await;
    let token = server.api_token(Role::Editor).await;
    let path = format!("venues/{}/limits/preview", server.venue.id);
    let limits = |most| json!({"most": most, "most_by_code": 300, "within_ms": 60_000});
    let unchanged = json!({"would_count": 0, "would_be_set_aside": 0, "places": 1, "of_places": 1});
    assert_eq!(post(server, &token, &path, &limits(8)).await, (StatusCode::OK, unchanged));
    let (status, _) = post(server, &token, &path, &limits(1_001)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _) = post(server, &token, &format!("venues/{}/limits/preview", id(99)), &limits(8)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    // Quick ones who each say something else: with another limit a second sign would be there.
    let quick: Vec<Value> = [(5, 10), (4, 8), (3, 7), (5, 9), (2, 4)]
        .into_iter()
        .zip(50..)
        .map(|((face, nps), number)| {
            let mut item = server.item(number, face, nps);
            item["answered_at"] =
                json!(NOW + 30 * MINUTE + i64::try_from(number * number % 40).expect("small") * SECOND);
            item["offset_ms"] = json!(0);
            item["duration_ms"] = json!(600);
            item
        })
        .collect();
    server.results(&quick).await;
    server.settle().await;
    let stricter = json!({"would_count": 0, "would_be_set_aside": 5, "places": 1, "of_places": 1});
    assert_eq!(post(server, &token, &path, &limits(3)).await, (StatusCode::OK, stricter));
    assert_eq!(server.summary().await["aside"], 12, "nothing is written");
});
