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

on_test_server!(an_odd_number_beside_the_answers_costs_none_of_them, |server| {
    let odd = ["12.5", "-1", "18446744073709551616", "1e999", "-0.5", "\"5\"", "true", "null", "[]"];
    let fields = ["seq", "offset_ms", "not_before", "age_ms", "duration_ms"];
    let cases = fields.into_iter().flat_map(|field| odd.into_iter().map(move |odd| (field, odd)));
    let items: Vec<String> = (0..)
        .zip(cases)
        .map(|(number, (field, odd))| {
            let mut item = server.item(number, 5, 10);
            item[field] = "odd".into();
            item.to_string().replace("\"odd\"", odd)
        })
        .collect();
    let fraction = server.item(900, 5, 10).to_string().replace(&NOW.to_string(), &format!("{NOW}.5"));
    let items = items.into_iter().chain([fraction]).collect::<Vec<_>>().join(",");
    let answer = server
        .http
        .post(format!("{}/api/v1/kiosk/responses", server.base))
        .bearer_auth(&server.kiosk_token)
        .body(format!("{{\"device_now\":{NOW}.75,\"responses\":[{items}]}}"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    let results = answer.json::<Value>().await.expect("JSON")["results"].clone();
    let results = results.as_array().expect("a list");
    assert_eq!(results.len(), fields.len() * odd.len() + 1);
    assert!(results.iter().all(|result| result["status"] == "stored"), "{results:?}");
});

on_test_server!(a_comment_loses_what_is_too_long_or_harmful_and_one_that_nobody_sees_is_none, |server| {
    let comment = server.question(4).id;
    let answering = |number: u128, text: &str| {
        let mut item = server.item(number, 5, 10);
        item["answers"].as_array_mut().expect("answers").push(json!({"question": comment, "value": text}));
        item
    };
    let family = "👨\u{200d}👩\u{200d}👧";
    let long = format!("{}{family}", "x".repeat(1_998));
    let items = [
        answering(1, &long),
        answering(2, "\u{200b}\u{2060} "),
        answering(3, family),
        answering(5, "a\u{0}b\u{1b}[31m\r\n\u{7f}c"),
        answering(6, "\u{0}\u{200b}"),
    ];
    assert_eq!(statuses(&server.results(&items).await), ["stored"; 5]);
    assert_eq!(statuses(&server.results(&items).await), ["duplicate"; 5], "cut alike when it comes again");
    let mut alone = answering(4, "\u{200b}");
    alone["answers"] = json!([{"question": comment, "value": "\u{200b}"}]);
    let refused = server.results(&[alone]).await;
    assert_eq!((&refused[0]["status"], &refused[0]["reason"]), (&json!("rejected"), &json!("no_answers")));
    let about = domain::event::Subject::Event(server.event.id);
    let query = store::comments::CommentQuery { subject: about, day: None, delay: 0, all_from: 0, now: NOW, limit: 9 };
    let comments = server.state.store.for_staff(store::Scope::All).newest_comments(&query).await.expect("comments");
    let mut kept: Vec<String> = comments.into_iter().map(|comment| comment.text).collect();
    kept.sort();
    assert_eq!(kept, ["ab[31m\nc".to_owned(), "x".repeat(1_998), family.to_owned()]);
});

on_test_server!(a_tablet_that_was_not_paired_then_is_doubted, |server| {
    let (store, now) = (server.state.store.system(), NOW);
    let flags = async |number: u128| {
        let page = store.responses(None, 50).await.expect("responses").responses;
        let found = page.into_iter().find(|stored| stored.response.id.0 == id(number)).expect("it is kept");
        found.flags
    };
    let at = |number: u128, answered_at: i64| {
        let mut item = server.item(number, 5, 10);
        item["answered_at"] = json!(answered_at);
        item
    };
    let long_ago = now - 60 * DAY - HOUR;
    let mut made_up = at(3, long_ago);
    made_up["pairing"] = json!(id(4_711));
    let items = [at(1, now - MINUTE), at(2, long_ago), made_up];
    assert_eq!(statuses(&server.results(&items).await), ["stored"; 3]);
    assert_eq!(flags(1).await, []);
    assert_eq!(flags(2).await, [domain::flag::Flag::OutsideWindow], "before it was paired");
    assert_eq!(flags(3).await, [domain::flag::Flag::OutsideWindow], "naming a pairing that nobody knows helps nobody");
    // The tablet is paired anew; what it took before comes by the new token and names the old pairing.
    let token = aplodi::secrets::new_token(&server.state.rng);
    let next = store::kiosks::Pairing { id: id(800).into(), ..server.pairing.clone() };
    assert!(store.revoke_pairing(server.pairing.id, now).await.expect("revoked"));
    let next = store::kiosks::Pairing { kiosk: id(801).into(), ..next };
    store.add_kiosk(&next, aplodi::secrets::hash_token(&token), now + HOUR).await.expect("a kiosk");
    server.clock.set(now + 3 * HOUR);
    let (mut older, mut ended) = (at(5, now - MINUTE), at(6, now + 2 * HOUR));
    for item in [&mut older, &mut ended] {
        item["pairing"] = json!(server.pairing.id);
    }
    let batch = json!({"device_now": now + 3 * HOUR, "responses": [older, ended]});
    let post = server.http.post(format!("{}/api/v1/kiosk/responses", server.base)).bearer_auth(&token).json(&batch);
    assert_eq!(post.send().await.expect("an answer").status(), 200);
    assert_eq!(flags(5).await, [], "its older pairing held then");
    assert!(flags(6).await.contains(&domain::flag::Flag::OutsideWindow), "and this one had ended");
});

on_test_server!(answers_from_before_a_backup_are_not_doubted_for_a_pairing_that_it_lost, |server| {
    // The backup is older than the pairing under which these were given; the tablet, paired anew, sends them again.
    let long_ago = NOW - 60 * DAY - HOUR;
    let given = |number: u128, pairing: Value| {
        let mut item = server.item(number, 5, 10);
        (item["answered_at"], item["pairing"], item["event"]) = (json!(long_ago), pairing, Value::Null);
        item
    };
    let restored = store::organisation::new_epoch([7; 8], NOW);
    server.state.store.system().begin_epoch(&restored).await.expect("begun");
    server.clock.set(NOW + 2 * HOUR);
    let batch = json!({"device_now": NOW + 2 * HOUR, "responses": [given(1, json!(id(4_711))), given(2, Value::Null)]});
    harness::until("the new epoch is known", async || {
        let post = server.http.post(format!("{}/api/v1/kiosk/responses", server.base)).bearer_auth(&server.kiosk_token);
        let none = json!({"device_now": NOW, "responses": []});
        let reply: Value = post.json(&none).send().await.expect("an answer").json().await.expect("JSON");
        reply["epoch"] == *restored
    })
    .await;
    let post = server.http.post(format!("{}/api/v1/kiosk/responses", server.base)).bearer_auth(&server.kiosk_token);
    assert_eq!(post.json(&batch).send().await.expect("an answer").status(), 200);
    let stored = server.state.store.system().responses(None, 50).await.expect("responses").responses;
    let doubted = |number: u128| {
        let found = stored.iter().find(|stored| stored.response.id.0 == id(number)).expect("it is kept");
        found.flags.contains(&domain::flag::Flag::OutsideWindow)
    };
    assert!(!doubted(1), "its pairing may have been lost with the data");
    assert!(doubted(2), "the pairing that it is sent by began later");
});

on_test_server!(what_only_an_interview_may_claim_counts_as_a_tablets_elsewhere, |server| {
    let mut item = server.item(1, 5, 10);
    item["channel"] = json!("spoken");
    assert_eq!(statuses(&server.results(&[item]).await), ["stored"]);
    let summary = server.summary().await;
    assert_eq!(summary["by_channel"][0]["channel"], "kiosk", "the survey is not asked in conversations");
});

on_test_server!(a_new_epoch_is_heard_by_a_running_server, |server| {
    server.state.store.system().begin_epoch("another").await.expect("begun");
    harness::until("the tablet is told the new epoch", async || {
        let batch = json!({"device_now": NOW, "responses": []});
        let post = server.http.post(format!("{}/api/v1/kiosk/responses", server.base)).bearer_auth(&server.kiosk_token);
        let reply: Value = post.json(&batch).send().await.expect("an answer").json().await.expect("JSON");
        reply["epoch"] == "another"
    })
    .await;
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
        (answering(111, json!([{"question": comment, "value": "\u{0}\u{7}"}])), "no_answers"),
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
