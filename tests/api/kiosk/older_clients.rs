//! A tablet that was offline for weeks runs an older build. What it sends is taken, and what it is told has everything
//! that it reads.
//!
//! `older/` has, by version, what a client sent and what it was told. Once a release has gone out its files are never
//! changed; they are deleted when it is more than two versions old.

use std::collections::BTreeMap;

use domain::{
    lang::{Lang, LanguageTag},
    survey::{Collection, Kind},
};
use harness::{
    on_test_server,
    test_server::{TestServer, id},
};
use serde_json::{Value, json};

/// The versions whose clients are still served, the one that is being built included.
const SERVED: [Older; 1] = [Older {
    version: "0.1",
    heartbeat: include_str!("older/heartbeat-0.1.json"),
    responses: include_str!("older/responses-0.1.json"),
    config: include_str!("older/config-0.1.json"),
}];

struct Older {
    version: &'static str,
    heartbeat: &'static str,
    responses: &'static str,
    config: &'static str,
}

async fn post(server: &TestServer, what: &str, body: String) -> Value {
    let address = format!("{}/api/v1/kiosk/{what}", server.base);
    let request = server.http.post(address).bearer_auth(&server.kiosk_token).header("content-type", "application/json");
    let response = request.body(body).send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{what}");
    response.json().await.expect("JSON")
}

on_test_server!(a_tablet_that_does_not_ask_lets_nothing_be_quoted, |server| {
    let comment = serde_json::json!({ "question": server.question(4).id, "value": "Kiitos!" });
    let said = |number, may_quote: Option<bool>| {
        let mut item = server.item(number, 5, 10);
        item["answers"].as_array_mut().expect("answers").push(comment.clone());
        if let Some(may_quote) = may_quote {
            item["may_quote"] = may_quote.into();
        }
        item
    };
    for (number, may_quote) in [(1, None), (2, Some(false)), (3, Some(true))] {
        assert_eq!(server.results(&[said(number, may_quote)]).await[0]["status"], "stored");
    }
    for (number, may_quote, again) in
        [(1, Some(false), "duplicate"), (2, None, "duplicate"), (3, Some(true), "duplicate"), (3, None, "conflict")]
    {
        assert_eq!(server.results(&[said(number, may_quote)]).await[0]["status"], again, "{number} {may_quote:?}");
    }
    // Where nothing was written there is nothing to quote, whatever was ticked.
    let mut wordless = server.item(4, 5, 10);
    wordless["may_quote"] = true.into();
    assert_eq!(server.results(&[wordless]).await[0]["status"], "stored");
    assert_eq!(server.results(&[server.item(4, 5, 10)]).await[0]["status"], "duplicate");
});

on_test_server!(channels_of_older_tablets_are_read_as_those_of_today, |server| {
    let mut interview = server.survey.clone();
    interview.version = id(700).into();
    let store = &server.state.store;
    store
        .system()
        .publish(id(701).into(), &aplodi::standard_survey::name(), &interview, harness::test_server::NOW)
        .await
        .expect("published");
    assert!(
        store.for_staff(store::Scope::All).set_collection(id(701).into(), Collection::Interview).await.expect("set")
    );
    for (number, (said, read)) in (1..).zip([("season", "kiosk"), ("interview", "spoken"), ("spoken", "spoken")]) {
        let mut item = server.item(number, 5, 10);
        item["channel"] = said.into();
        item["survey_version"] = json!(interview.version);
        assert_eq!(server.results(&[item.clone()]).await[0]["status"], "stored", "{said}");
        assert_eq!(server.results(&[item]).await[0]["status"], "duplicate", "{said}");
        let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
        assert_eq!(stored.last().expect("a response").response.channel.as_str(), read, "{said}");
    }
    assert_eq!(server.summary().await["collection"], "continuous");
});

on_test_server!(what_older_tablets_send_is_taken, |server| {
    for Older { version, heartbeat, responses, .. } in SERVED {
        let reply = post(server, "heartbeat", heartbeat.to_owned()).await;
        assert_eq!(reply["ok"], "aplodi", "{version}");
        assert!(reply["server_now"].is_i64() && reply["epoch"].is_string(), "{version}: {reply}");

        let mut body = responses.to_owned();
        for (name, id) in [
            ("{survey}", server.survey.version.to_string()),
            ("{event}", server.event.id.to_string()),
            ("{pairing}", server.pairing.id.to_string()),
            ("{face}", server.question(0).id.to_string()),
            ("{nps}", server.question(1).id.to_string()),
            ("{comment}", server.question(4).id.to_string()),
        ] {
            body = body.replace(name, &id);
        }
        for said in ["stored", "duplicate"] {
            let result = post(server, "responses", body.clone()).await;
            assert!(result["server_now"].is_i64() && result["epoch"].is_string(), "{version}: {result}");
            for (place, one) in result["results"].as_array().expect("results").iter().enumerate() {
                assert_eq!((&one["index"], &one["status"]), (&place.into(), &said.into()), "{version}: {one}");
                assert!(one["id"].is_string(), "{version}: {one}");
            }
        }
    }
});

on_test_server!(what_older_tablets_are_told_has_all_that_they_read, |server| {
    for Older { version, config, .. } in SERVED {
        let address = format!("{}/api/v1/kiosk/config", server.base);
        let answer = server.http.get(address).bearer_auth(&server.kiosk_token).send().await.expect("an answer");
        let told: Value = answer.json().await.expect("JSON");
        let known: Value = serde_json::from_str(config).expect("JSON");
        let mut missing = Vec::new();
        compare(&known, &told, "", &mut missing);
        assert_eq!(missing, Vec::<String>::new(), "{version}");
    }
});

on_test_server!(an_older_tablet_is_told_of_no_language_that_it_does_not_know, |server| {
    server.speak("ar", |_| "\u{643}\u{64a}\u{641}".to_owned()).await;
    let store = server.state.store.system();
    let mut venue = store.venue(server.venue.id).await.expect("the store").expect("a venue");
    venue.languages.push("sv-FI".parse().expect("a tag"));
    store.save_venue(&venue).await.expect("saved");
    let mut event = server.event.clone();
    // Written in one language alone, and not for somebody who reads another.
    event.title = [(LanguageTag::from(Lang::Sv), "Vintercirkus".to_owned())].into_iter().collect();
    store.save_event(&event).await.expect("saved");
    let told = async |query: &str| -> Value {
        let address = format!("{}/api/v1/kiosk/config{query}", server.base);
        let answer = server.http.get(address).bearer_auth(&server.kiosk_token).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    };
    for Older { version, config, .. } in SERVED {
        let told = told("").await;
        assert_eq!(told["venue"]["languages"], serde_json::json!(["fi", "sv", "en"]), "{version}");
        let mut missing = Vec::new();
        compare(&serde_json::from_str(config).expect("JSON"), &told, "", &mut missing);
        assert_eq!(missing, Vec::<String>::new(), "{version}");
        let mut texts = Vec::new();
        texts_in(&told, &mut texts);
        assert!(texts.len() > 20, "{version}: {}", texts.len());
        for text in texts {
            let words: BTreeMap<String, String> = serde_json::from_value(text.clone()).expect("a text");
            assert_eq!(words.keys().collect::<Vec<_>>(), ["en", "fi", "sv"], "{version}: {text}");
            assert!(words.values().all(|words| !words.is_empty()), "{version}: {text}");
        }
        assert_eq!(told["events"][0]["title"]["fi"], "Vintercirkus", "{version}");
    }
    let new = told(&["?kinds=", Kind::WORDS].concat()).await;
    assert_eq!(new["venue"]["languages"], serde_json::json!(["fi", "sv", "en", "ar", "sv-FI"]));
    assert_eq!(new["events"][0]["title"], serde_json::json!({ "sv": "Vintercirkus" }));
});

/// All that visitors read.
fn texts_in<'a>(told: &'a Value, found: &mut Vec<&'a Value>) {
    match told {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("title" | "text", value) => found.push(value),
                    ("labels", Value::Array(labels)) => found.extend(labels),
                    (_, value) => texts_in(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts_in(item, found)),
        _ => {}
    }
}

/// Notes where something of another kind, or nothing, stands in `told` for what stands in `known`. Of lists the first
/// of each `kind` counts; they may be longer or shorter, but not empty.
fn compare(known: &Value, told: &Value, at: &str, missing: &mut Vec<String>) {
    match (known, told) {
        (Value::Object(known), Value::Object(told)) => {
            for (name, known) in known {
                compare(known, told.get(name).unwrap_or(&Value::Null), &format!("{at}/{name}"), missing);
            }
        }
        (Value::Array(known), Value::Array(told)) => {
            for (place, known) in known.iter().enumerate() {
                let alike = known.get("kind").and_then(|kind| told.iter().find(|one| one.get("kind") == Some(kind)));
                let told = alike.or_else(|| told.get(place)).or_else(|| told.last()).unwrap_or(&Value::Null);
                compare(known, told, &format!("{at}/{place}"), missing);
            }
        }
        (Value::Number(_), Value::Number(_))
        | (Value::String(_), Value::String(_))
        | (Value::Bool(_), Value::Bool(_)) => {}
        _ => missing.push(format!("{at}: {known} became {told}")),
    }
}
