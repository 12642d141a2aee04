//! `/api/v1/kiosk/pairings`, and `/staff/kiosks/pair` where the words are typed.

use std::collections::BTreeSet;

use aplodi::{
    pairing::{
        limits::{LASTS, LOOKS_AWAY, MOST_WAITING, UNDISTURBED},
        words::Words,
    },
    secrets::{hash_token, new_token},
};
use domain::{
    lang::Lang,
    time::{MINUTE, Millis, SECOND},
};
use futures::future::join_all;
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
    until,
};
use serde_json::{Value, json};
use store::{Scope, staff::Role};

use crate::tablets::{Tablet, ask, ask_with, config, kiosk_of, page, post, stored, type_words};

on_test_server!(from_words_to_a_kiosk, |server| {
    let tablet = Tablet::new(server).await;
    assert_eq!(tablet.is_told(server).await, (202, Value::Null));
    assert_eq!(config(server, &tablet.token).await.0, 401, "nobody has confirmed it yet");

    let cookie = server.session(Role::Editor).await;
    let typed = format!(" {} ,{}, {}.", tablet.words[0].to_uppercase(), tablet.words[1], tablet.words[2]);
    let kiosk = kiosk_of(&type_words(server, &cookie, &typed).await);
    for _ in 0..2 {
        let (status, told) = tablet.is_told(server).await;
        assert_eq!((status, &told["kiosk"]["id"]), (200, &json!(kiosk)), "as often as it asks");
        assert_eq!(told["kiosk"]["name"], "Bar");
    }
    let (status, config) = config(server, &tablet.token).await;
    assert_eq!((status, &config["venue"]["code"]), (200, &json!("TENT")));

    let (status, html) = page(server, &cookie, &format!("/staff/kiosks/{kiosk}?done=paired")).await;
    assert_eq!(status, 200);
    assert!(html.contains("Bar") && html.contains("The Tent") && html.contains("role=\"status\""), "{html}");
    assert_eq!(type_words(server, &cookie, &tablet.shown_words()).await.status(), 422, "words work once");
});

on_test_server!(who_asks_again_keeps_the_words, |server| {
    let token = new_token(&server.state.rng);
    let first: Value = ask(server, &token, Lang::Sv).await.json().await.expect("JSON");
    server.clock.set(NOW + MINUTE);
    let second: Value = ask(server, &token, Lang::Sv).await.json().await.expect("JSON");
    assert_eq!((&first["id"], &first["words"]), (&second["id"], &second["words"]));
    assert_eq!(second["expires_at"].as_i64(), Some(NOW + LASTS));
    assert_eq!(second["server_now"].as_i64(), Some(NOW + MINUTE));
    let said = |invitation: &Value| {
        let words: Vec<String> = serde_json::from_value(invitation["words"].clone()).expect("words");
        Words::parse(&words.join(" ")).expect("words that are known").into_iter().collect::<BTreeSet<_>>()
    };
    let english: Value = ask(server, &token, Lang::En).await.json().await.expect("JSON");
    assert_eq!(english["id"], first["id"]);
    assert_ne!(english["words"], first["words"]);
    assert_eq!(said(&english).intersection(&said(&first)).count(), 1, "the same secret in another language");
    assert_eq!(first["address"], format!("{}/staff/kiosks/pair", server.base));
    assert!(first["qr"]["path"].as_str().is_some_and(|path| path.starts_with('M')));
    let other: Value = ask(server, &new_token(&server.state.rng), Lang::Sv).await.json().await.expect("JSON");
    assert_ne!((&other["id"], &other["words"]), (&first["id"], &first["words"]));
});

on_test_server!(words_die_of_age, |server| {
    let tablet = Tablet::new(server).await;
    let cookie = server.session(Role::Editor).await;
    server.clock.set(NOW + LASTS - 1);
    assert_eq!(tablet.is_told(server).await.0, 202);
    server.clock.set(NOW + LASTS);
    assert_eq!(tablet.is_told(server).await.0, 404);
    assert_eq!(type_words(server, &cookie, &tablet.shown_words()).await.status(), 422);
    let renewed: Value = ask(server, &tablet.token, Lang::Fi).await.json().await.expect("JSON");
    assert_ne!(renewed["words"], json!(tablet.words));
});

on_test_server!(nobody_else_hears_of_a_waiting_tablet, |server| {
    let tablet = Tablet::new(server).await;
    let address = format!("{}/api/v1/kiosk/pairings/{}", server.base, tablet.id);
    let stranger = new_token(&server.state.rng);
    for response in
        [server.http.get(&address).send().await, server.http.get(&address).bearer_auth(stranger).send().await]
    {
        assert_eq!(response.expect("an answer").status(), 404);
    }
    let cookie = server.session(Role::Admin).await;
    let (status, html) = page(server, &cookie, "/staff/kiosks/pair").await;
    assert_eq!(status, 200);
    assert!(tablet.words.iter().all(|word| !html.contains(&format!(">{word}<"))), "it is not listed");
    let unknown = Tablet { id: server.event.id.to_string(), ..tablet };
    assert_eq!(unknown.is_told(server).await.0, 404);
});

on_test_server!(two_who_type_at_once_pair_it_once, |server| {
    let tablet = Tablet::new(server).await;
    let words = tablet.shown_words();
    let (one, other) = (server.session(Role::Editor).await, server.session(Role::Editor).await);
    let (one, other) = tokio::join!(type_words(server, &one, &words), type_words(server, &other, &words));
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert_eq!(tablet.is_told(server).await.0, 200);
    let named = server.state.store.for_staff(Scope::All).kiosks().await.expect("kiosks");
    assert_eq!(named.iter().filter(|kiosk| kiosk.name == "Bar").count(), 1);
});

on_test_server!(wrong_words_slow_their_typist_down, |server| {
    let tablet = Tablet::new(server).await;
    let (guesser, other) = (server.session(Role::Editor).await, server.session(Role::Editor).await);
    let right = Words::parse(&tablet.shown_words()).expect("words")[0];
    let guess = |n: u8| Words([right.0[0], right.0[1], right.0[2].wrapping_add(n)]).spoken(Lang::Fi).join(" ");
    let guesses = join_all((1..=20).map(|n| {
        let (words, guesser) = (guess(n), &guesser);
        async move { type_words(server, guesser, &words).await.status().as_u16() }
    }));
    let statuses = guesses.await;
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 10, "{statuses:?}");
    assert_eq!(
        type_words(server, &guesser, &tablet.shown_words()).await.status(),
        429,
        "even the right ones have to wait"
    );
    assert_eq!(type_words(server, &guesser, "kuu talo").await.status(), 422, "that was no guess");
    assert_eq!(type_words(server, &other, &tablet.shown_words()).await.status(), 303, "others do not wait");
    server.clock.set(NOW + 16 * MINUTE);
    assert_eq!(type_words(server, &guesser, &guess(1)).await.status(), 422, "nor does the guesser for ever");
});

on_test_server!(everybody_together_is_slowed_down_too, |server| {
    let mut statuses = Vec::new();
    for _ in 0..16 {
        let cookie = server.session(Role::Editor).await;
        let wrong = join_all((0..10).map(|_| type_words(server, &cookie, "kuu talo vene")));
        statuses.extend(wrong.await.into_iter().map(|response| response.status().as_u16()));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 150);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 10);
});

/// As many tablets as may wait, at an instant.
async fn crowd(server: &TestServer, now: Millis) -> Vec<Tablet> {
    server.clock.set(now);
    let mut crowd = Vec::new();
    for _ in 0..MOST_WAITING {
        crowd.push(Tablet::new(server).await);
    }
    crowd
}

/// How many of them still wait; to ask keeps their places.
async fn waiting(server: &TestServer, crowd: &[Tablet]) -> usize {
    let mut waiting = 0;
    for tablet in crowd {
        waiting += usize::from(tablet.is_told(server).await.0 == 202);
    }
    waiting
}

async fn is_taken(server: &TestServer, token: &str) -> bool {
    let response = ask(server, token, Lang::Fi).await;
    assert_eq!(response.headers().contains_key("retry-after"), response.status() == 429);
    assert!([200, 429].contains(&response.status().as_u16()));
    response.status() == 200
}

on_test_server!(a_flood_of_words_that_nobody_reads_shuts_nobody_out, |server| {
    let flood = crowd(server, NOW).await;
    assert!(!is_taken(server, "at once").await, "words are given out at a pace");
    server.clock.set(NOW + SECOND);
    let honest = Tablet::new(server).await;
    assert_eq!(honest.is_told(server).await.0, 202);
    crowd(server, NOW + 12 * SECOND).await;
    assert_eq!(honest.is_told(server).await.0, 202, "somebody looks at it");
    assert_eq!(waiting(server, &flood).await, 0, "the flood drove itself out");
    let cookie = server.session(Role::Editor).await;
    assert_eq!(type_words(server, &cookie, &honest.shown_words()).await.status(), 303);
});

on_test_server!(waiting_tablets_are_bounded, |server| {
    let crowd = crowd(server, NOW).await;
    assert_eq!(waiting(server, &crowd).await, crowd.len());
    server.clock.set(NOW + LOOKS_AWAY - 1);
    assert!(!is_taken(server, "too many").await, "they all look");
    assert_eq!(waiting(server, &crowd[1..]).await, crowd.len() - 1);
    server.clock.set(NOW + LOOKS_AWAY);
    let another = Tablet::new(server).await;
    assert_eq!(another.is_told(server).await.0, 202, "one has looked away");
    assert!(!is_taken(server, "one too many").await, "and no other has");
    assert_eq!(waiting(server, &crowd).await, crowd.len() - 1);
    server.clock.set(NOW + UNDISTURBED + 1);
    assert_eq!(waiting(server, &crowd).await, crowd.len() - 1);
    assert_eq!(another.is_told(server).await.0, 202);
    assert!(is_taken(server, &another.token).await, "it waits already");
    assert!(is_taken(server, "one too many").await, "nobody keeps a place for ever");
    server.clock.set(NOW + UNDISTURBED + LASTS);
    assert_eq!(waiting(server, &crowd).await, 0);
});

on_test_server!(a_flood_from_everywhere_does_not_shut_out_who_comes_back, |server| {
    crowd(server, NOW).await;
    let honest = new_token(&server.state.rng);
    assert!(!is_taken(server, &honest).await, "all that is given out at once is gone");
    for second in 1..=5 {
        server.clock.set(NOW + second * SECOND);
        for nth in 0..MOST_WAITING {
            _ = ask(server, &format!("flood {second} {nth}"), Lang::Fi).await;
        }
    }
    assert!(is_taken(server, &honest).await, "whoever comes back is no flood");
    assert!(!is_taken(server, "another").await);
});

on_test_server!(what_is_no_request_is_refused, |server| {
    let hash = hex::encode(hash_token("x"));
    for body in [
        json!({}),
        json!({ "token_sha256": hash }),
        json!({ "token_sha256": hash, "lang": "de" }),
        json!({ "token_sha256": &hash[2..], "lang": "fi" }),
        json!({ "token_sha256": "g".repeat(64), "lang": "fi" }),
    ] {
        assert_eq!(ask_with(server, body.clone()).await.status(), 422, "{body}");
    }
    assert_eq!(ask_with(server, json!({ "token_sha256": "0".repeat(2_000), "lang": "fi" })).await.status(), 413);
    let foreign = server.http.post(format!("{}/api/v1/kiosk/pairings", server.base));
    let foreign = foreign.header("sec-fetch-site", "cross-site").json(&json!({ "token_sha256": hash, "lang": "fi" }));
    let refused = foreign.send().await.expect("an answer");
    assert_eq!(refused.status(), 403);
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
});

on_test_server!(another_tablet_takes_the_place, |server| {
    server.results(&[server.item(1, 5, 9)]).await;
    let tablet = Tablet::new(server).await;
    let cookie = server.session(Role::Editor).await;
    let place = format!("instead:{}", server.pairing.kiosk);
    let response =
        post(server, &cookie, "/staff/kiosks/pair", &[("words", &tablet.shown_words()), ("place", &place)]).await;
    assert_eq!(kiosk_of(&response), server.pairing.kiosk.to_string(), "the kiosk stays");
    until("the old token opens nothing", async || config(server, &server.kiosk_token).await.0 == 401).await;
    let (status, told) = config(server, &tablet.token).await;
    assert_eq!((status, &told["kiosk"]["name"]), (200, &json!("Foyer")), "its name too");
    assert_ne!(told["kiosk"]["pairing"], json!(server.pairing.id));
    let (_, tablets) =
        server.state.store.for_staff(Scope::All).kiosk(server.pairing.kiosk).await.expect("a kiosk").expect("a kiosk");
    assert_eq!(tablets.len(), 2, "and its history");
    assert!(tablets[0].ended.is_none() && tablets[0].paired_by.is_some());
    assert!(tablets[1].ended.is_some());

    // What the old tablet still held arrives by the new one's token, or any other, under its own pairing.
    let mut late = server.item(2, 4, 8);
    late["pairing"] = json!(server.pairing.id);
    let body = json!({ "device_now": NOW, "responses": [late] });
    let address = format!("{}/api/v1/kiosk/responses", server.base);
    let sent = server.http.post(address).bearer_auth(&tablet.token).json(&body).send().await.expect("an answer");
    assert_eq!(sent.status(), 200);
    let stored = stored(server, 2).await;
    assert_eq!(stored.response.pairing, Some(server.pairing.id));
    assert_eq!(stored.place.kiosk, Some(server.pairing.kiosk));
});
