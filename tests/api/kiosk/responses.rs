//! `POST /api/v1/kiosk/responses`: stored once, whatever arrives how often.

use domain::{
    event::EventSource,
    time::{DAY, HOUR, MINUTE},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer, id},
};
use serde_json::{Value, json};

fn statuses(results: &[Value]) -> Vec<&str> {
    results.iter().map(|result| result["status"].as_str().expect("a status")).collect()
}

async fn stored(server: &TestServer) -> usize {
    let mut count = 0;
    let mut after = None;
    loop {
        let page = server.state.store.system().responses(after, 500).await.expect("responses");
        count += page.responses.len();
        after = page.next;
        if after.is_none() {
            return count;
        }
    }
}

on_test_server!(a_thousand_posted_twice_are_a_thousand, |server| {
    let items: Vec<Value> = (0..1_000).map(|n| server.item(n, 1 + (n % 5) as u8, (n % 11) as u8)).collect();
    for batch in items.chunks(100) {
        assert!(server.results(batch).await.iter().all(|result| result["status"] == "stored"));
    }
    for batch in items.chunks(250) {
        assert!(server.results(batch).await.iter().all(|result| result["status"] == "duplicate"));
    }
    assert_eq!(stored(server).await, 1_000);
    assert_eq!(server.results(&[server.item(7, 1, 0)]).await[0]["status"], "conflict");
    assert_eq!(server.results(&[server.item(7, 1, 0)]).await[0]["status"], "conflict", "and again");
    assert_eq!(stored(server).await, 1_000);
    let summary = server.summary().await;
    assert_eq!(summary["counted"].as_u64().zip(summary["aside"].as_u64()).map(|(n, aside)| n + aside), Some(1_000));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(the_same_response_at_the_same_moment_is_one_row, |server| {
    for number in 0..20 {
        let item = [server.item(number, 5, 10)];
        let (one, two) = tokio::join!(server.results(&item), server.results(&item));
        let mut both = [statuses(&one)[0], statuses(&two)[0]];
        both.sort_unstable();
        assert_eq!(both, ["duplicate", "stored"]);
    }
    assert_eq!(stored(server).await, 20);
});

on_test_server!(a_nonsensical_number_costs_neither_the_response_nor_the_tablet, |server| {
    let numbered = |n: u128, seq: u64| {
        let mut item = server.item(n, 5, 10);
        item["seq"] = json!(seq);
        item
    };
    let items = [numbered(1, i64::MAX as u64 + 1), numbered(2, u64::MAX), numbered(3, 1 << 53), numbered(4, 7)];
    let results = server.results(&items).await;
    assert_eq!(statuses(&results), ["stored"; 4]);
    assert_eq!(server.state.store.system().seq_seen(server.pairing.id).await.expect("a number"), 7);
});

on_test_server!(the_same_response_twice_in_one_batch_is_one_row, |server| {
    let results = server.results(&[server.item(1, 5, 10), server.item(1, 5, 10), server.item(1, 1, 0)]).await;
    assert_eq!(statuses(&results), ["stored", "duplicate", "conflict"]);
    assert_eq!(stored(server).await, 1);
});

on_test_server!(bad_items_are_refused_alone_with_a_reason, |server| {
    let face = server.question(0).id;
    let nps = server.question(1).id;
    let reasons = server.question(2).id;
    let comment = server.question(4).id;
    let good = |number| server.item(number, 4, 8);
    let with = |number, key: &str, value: Value| {
        let mut item = good(number);
        item[key] = value;
        item
    };
    let answering = |number, answers: Value| with(number, "answers", answers);
    let bad: Vec<(Value, &str)> = vec![
        (with(100, "survey_version", json!(id(999))), "unknown_survey_version"),
        (answering(101, json!([{"question": id(999), "value": 3}])), "unknown_question"),
        (answering(102, json!([{"question": reasons, "value": ["weather"]}])), "unknown_option"),
        (answering(103, json!([{"question": face, "value": 6}])), "out_of_range"),
        (answering(104, json!([{"question": face, "value": 0}])), "out_of_range"),
        (answering(105, json!([{"question": nps, "value": 11}])), "out_of_range"),
        (answering(106, json!([{"question": nps, "value": -1}])), "out_of_range"),
        (answering(107, json!([{"question": nps, "value": 7.5}])), "out_of_range"),
        (answering(108, json!([{"question": face, "value": 3}, {"question": face, "value": 3}])), "duplicate_question"),
        (answering(109, json!([{"question": comment, "value": "x".repeat(2_001)}])), "text_too_long"),
        (answering(110, json!([{"question": comment, "value": "a\u{0}b"}])), "control_character"),
        (answering(111, json!([{"question": comment, "value": "a\u{7}b"}])), "control_character"),
        (answering(112, json!([{"question": face, "value": "five"}])), "wrong_kind"),
        (answering(113, json!([{"question": face}])), "wrong_kind"),
        (answering(114, json!([])), "no_answers"),
        (answering(115, json!([{"question": face, "skipped": true}])), "no_answers"),
        (with(116, "answered_at", json!(0)), "clock"),
        (with(117, "answered_at", json!(NOW + HOUR)), "clock"),
        (with(118, "answered_at", json!(i64::MAX)), "clock"),
        (with(119, "lang", json!("de")), "unknown_language"),
        (with(124, "lang", json!("d e")), "malformed"),
        (with(120, "id", json!("00000000-0000-4000-8000-000000000000")), "bad_id"),
        (with(121, "id", json!("no id")), "malformed"),
        (with(122, "channel", json!("qr")), "wrong_channel"),
        (with(123, "segment", json!("a\u{0}b")), "malformed"),
        (json!("not an object"), "malformed"),
        (json!(null), "malformed"),
    ];
    let mut batch = Vec::new();
    for (number, (item, _)) in bad.iter().enumerate() {
        batch.push(good(number as u128));
        batch.push(item.clone());
    }
    let results = server.results(&batch).await;
    assert_eq!(results.len(), batch.len());
    for (place, (item, word)) in bad.iter().enumerate() {
        assert_eq!(results[2 * place]["status"], "stored", "the neighbour of {item}");
        let result = &results[2 * place + 1];
        assert_eq!(result["index"], 2 * place + 1);
        assert_eq!(result["status"], "rejected", "{item}");
        let reason = result["reason"].as_str().expect("a reason");
        assert!(reason.starts_with(word), "{item}: {reason}");
    }
    assert_eq!(stored(server).await, bad.len());
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(a_wrong_clock_is_put_right_where_anything_tells_how, |server| {
    let mut still_alive = server.item(1, 5, 10);
    still_alive["answered_at"] = json!(0);
    still_alive["age_ms"] = json!(3 * MINUTE);
    let mut knew_the_offset = server.item(2, 5, 10);
    knew_the_offset["answered_at"] = json!(5 * MINUTE);
    knew_the_offset["offset_ms"] = json!(NOW - 10 * MINUTE);
    assert_eq!(statuses(&server.results(&[still_alive, knew_the_offset]).await), ["stored", "stored"]);
    // A tablet in 1970 that says so: the batch tells how far its clock is off.
    let mut in_1970 = server.item(3, 5, 10);
    in_1970["answered_at"] = json!(2 * DAY - MINUTE);
    let body = json!({"device_now": 2 * DAY, "responses": [in_1970]});
    let reply: Value = server.post_raw(body.to_string().into_bytes()).await.json().await.expect("JSON");
    assert_eq!(reply["results"][0]["status"], "stored");
    let page = server.state.store.system().responses(None, 10).await.expect("responses");
    let corrected: Vec<i64> = page.responses.iter().map(|response| response.place.corrected_at).collect();
    assert_eq!(corrected, [NOW - 3 * MINUTE, NOW - 5 * MINUTE, NOW - MINUTE]);
});

on_test_server!(what_is_no_batch_is_a_problem_document, |server| {
    let many: Vec<Value> = (0..10_000).map(|_| json!({})).collect();
    let many = json!({"device_now": NOW, "responses": many}).to_string().into_bytes();
    let cases: Vec<(Vec<u8>, u16, &str)> = vec![
        (b"{".to_vec(), 400, "malformed_json"),
        (b"".to_vec(), 400, "malformed_json"),
        (b"\xff\xfe{}".to_vec(), 400, "not_utf8"),
        (b"[]".to_vec(), 422, "wrong_shape"),
        (br#"{"device_now":"now","responses":[]}"#.to_vec(), 422, "wrong_shape"),
        (br#"{"responses":[]}"#.to_vec(), 422, "wrong_shape"),
        (many, 413, "too_many_items"),
        (vec![b' '; 8 * 1024 * 1024 + 1], 413, "body_too_large"),
    ];
    for (body, status, kind) in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let response = server.post_raw(body).await;
        assert_eq!(response.status(), status, "{shown}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let problem: Value = response.json().await.expect("JSON");
        assert_eq!(problem["type"], format!("urn:aplodi:problem:{kind}"));
        assert_eq!(problem["status"], status);
        assert!(!problem["detail"].as_str().expect("a detail").is_empty());
    }
    assert_eq!(stored(server).await, 0);
});

on_test_server!(only_a_paired_tablet_may_deliver, |server| {
    let address = format!("{}/api/v1/kiosk/responses", server.base);
    let body = json!({"device_now": NOW, "responses": [server.item(1, 5, 10)]});
    for token in [None, Some("wrong"), Some("")] {
        let request = server.http.post(&address).json(&body);
        let request = token.map_or(request.try_clone().expect("a request"), |token| request.bearer_auth(token));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
    assert!(server.state.store.system().revoke_pairing(server.pairing.id, NOW).await.expect("revoked"));
    harness::until("a revoked token is refused", async || server.post(&[server.item(2, 5, 10)]).await.status() == 401)
        .await;
    assert_eq!(stored(server).await, 0);
});

on_test_server!(an_answer_is_placed_by_what_the_kiosk_showed_or_by_the_programme, |server| {
    let mut by_time = server.item(2, 5, 10);
    by_time["event"] = Value::Null;
    let mut unknown_event = server.item(3, 5, 10);
    unknown_event["event"] = json!(id(999));
    let mut long_before = server.item(4, 5, 10);
    long_before["event"] = Value::Null;
    long_before["answered_at"] = json!(NOW - 40 * DAY);
    let items = [server.item(1, 5, 10), by_time, unknown_event, long_before];
    assert!(server.results(&items).await.iter().all(|result| result["status"] == "stored"));
    let page = server.state.store.system().responses(None, 10).await.expect("responses");
    let placed: Vec<_> =
        page.responses.iter().map(|r| (r.place.event, r.place.source.map(EventSource::as_str))).collect();
    let event = Some(server.event.id);
    assert_eq!(placed, [(event, Some("kiosk")), (event, Some("programme")), (event, Some("programme")), (None, None)]);
});

on_test_server!(an_answer_may_come_in_any_language_that_is_offered, |server| {
    let mut venue = server.venue.clone();
    venue.languages.push("ar".parse().expect("a tag"));
    server.state.store.system().save_venue(&venue).await.expect("saved");
    server.state.cache.forget(store::changes::Change::Programme);
    let said_in = |n: u128, tag: &str| {
        let mut item = server.item(n, 5, 10);
        item["lang"] = json!(tag);
        item
    };
    let items = [said_in(1, "ar"), said_in(2, "AR"), said_in(3, "sv-FI"), said_in(4, "de"), said_in(5, "not a tag")];
    let results = server.results(&items).await;
    assert_eq!(statuses(&results), ["stored", "stored", "stored", "rejected", "rejected"]);
    let reason = |place: usize| results[place]["reason"].as_str().expect("a reason").to_owned();
    assert_eq!(reason(3), "unknown_language: de");
    assert!(reason(4).starts_with("malformed: "), "{}", reason(4));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
    let kept = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    let mut tags: Vec<String> = kept.iter().map(|kept| kept.response.lang.to_string()).collect();
    tags.sort();
    assert_eq!(tags, ["ar", "ar", "sv-FI"], "in the canonical form");
    assert_eq!(statuses(&server.results(&[said_in(2, "ar")]).await), ["duplicate"]);
});
