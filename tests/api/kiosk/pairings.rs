//! `/api/v1/kiosk/pairings`, and `/staff/kiosks/pair` where the words are typed.

use std::collections::BTreeSet;

use aplodi::{
    pairing::{LASTS, LOOKS_AWAY, MOST_WAITING, UNDISTURBED, words::Words},
    secrets::{hash_token, new_token},
};
use domain::{
    lang::Lang,
    time::{MINUTE, Millis, SECOND},
};
use futures::future::join_all;
use harness::{
    house::{House, NOW},
    in_a_house, until,
};
use serde_json::{Value, json};
use store::{Scope, staff::Role};

use crate::tablets::{Tablet, ask, ask_with, config, kiosk_of, page, post, stored, type_words};

in_a_house!(from_words_to_a_kiosk, |house| {
    let tablet = Tablet::new(house).await;
    assert_eq!(tablet.is_told(house).await, (202, Value::Null));
    assert_eq!(config(house, &tablet.token).await.0, 401, "nobody has confirmed it yet");

    let cookie = house.session(Role::Editor).await;
    let typed = format!(" {} ,{}, {}.", tablet.words[0].to_uppercase(), tablet.words[1], tablet.words[2]);
    let kiosk = kiosk_of(&type_words(house, &cookie, &typed).await);
    for _ in 0..2 {
        let (status, told) = tablet.is_told(house).await;
        assert_eq!((status, &told["kiosk"]["id"]), (200, &json!(kiosk)), "as often as it asks");
        assert_eq!(told["kiosk"]["name"], "Bar");
    }
    let (status, config) = config(house, &tablet.token).await;
    assert_eq!((status, &config["venue"]["code"]), (200, &json!("TENT")));

    let (status, html) = page(house, &cookie, &format!("/staff/kiosks/{kiosk}?done=paired")).await;
    assert_eq!(status, 200);
    assert!(html.contains("Bar") && html.contains("The Tent") && html.contains("role=\"status\""), "{html}");
    assert_eq!(type_words(house, &cookie, &tablet.says()).await.status(), 422, "words work once");
});

in_a_house!(who_asks_again_keeps_the_words, |house| {
    let token = new_token(&house.state.chance);
    let first: Value = ask(house, &token, Lang::Sv).await.json().await.expect("JSON");
    house.clock.set(NOW + MINUTE);
    let second: Value = ask(house, &token, Lang::Sv).await.json().await.expect("JSON");
    assert_eq!((&first["id"], &first["words"]), (&second["id"], &second["words"]));
    assert_eq!(second["expires_at"].as_i64(), Some(NOW + LASTS));
    assert_eq!(second["server_now"].as_i64(), Some(NOW + MINUTE));
    let said = |invitation: &Value| {
        let words: Vec<String> = serde_json::from_value(invitation["words"].clone()).expect("words");
        Words::heard(&words.join(" ")).expect("words that are known").into_iter().collect::<BTreeSet<_>>()
    };
    let english: Value = ask(house, &token, Lang::En).await.json().await.expect("JSON");
    assert_eq!(english["id"], first["id"]);
    assert_ne!(english["words"], first["words"]);
    assert_eq!(said(&english).intersection(&said(&first)).count(), 1, "the same secret in another language");
    assert_eq!(first["address"], format!("{}/staff/kiosks/pair", house.base));
    assert!(first["qr"]["path"].as_str().is_some_and(|path| path.starts_with('M')));
    let other: Value = ask(house, &new_token(&house.state.chance), Lang::Sv).await.json().await.expect("JSON");
    assert_ne!((&other["id"], &other["words"]), (&first["id"], &first["words"]));
});

in_a_house!(words_die_of_age, |house| {
    let tablet = Tablet::new(house).await;
    let cookie = house.session(Role::Editor).await;
    house.clock.set(NOW + LASTS - 1);
    assert_eq!(tablet.is_told(house).await.0, 202);
    house.clock.set(NOW + LASTS);
    assert_eq!(tablet.is_told(house).await.0, 404);
    assert_eq!(type_words(house, &cookie, &tablet.says()).await.status(), 422);
    let renewed: Value = ask(house, &tablet.token, Lang::Fi).await.json().await.expect("JSON");
    assert_ne!(renewed["words"], json!(tablet.words));
});

in_a_house!(nobody_else_hears_of_a_waiting_tablet, |house| {
    let tablet = Tablet::new(house).await;
    let address = format!("{}/api/v1/kiosk/pairings/{}", house.base, tablet.id);
    let stranger = new_token(&house.state.chance);
    for response in [house.http.get(&address).send().await, house.http.get(&address).bearer_auth(stranger).send().await]
    {
        assert_eq!(response.expect("an answer").status(), 404);
    }
    let cookie = house.session(Role::Admin).await;
    let (status, html) = page(house, &cookie, "/staff/kiosks/pair").await;
    assert_eq!(status, 200);
    assert!(tablet.words.iter().all(|word| !html.contains(&format!(">{word}<"))), "it is not listed");
    let unknown = Tablet { id: house.event.id.to_string(), ..tablet };
    assert_eq!(unknown.is_told(house).await.0, 404);
});

in_a_house!(two_who_type_at_once_pair_it_once, |house| {
    let tablet = Tablet::new(house).await;
    let words = tablet.says();
    let (one, other) = (house.session(Role::Editor).await, house.session(Role::Editor).await);
    let (one, other) = tokio::join!(type_words(house, &one, &words), type_words(house, &other, &words));
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert_eq!(tablet.is_told(house).await.0, 200);
    let named = house.state.store.kiosks(&Scope::All).await.expect("kiosks");
    assert_eq!(named.iter().filter(|kiosk| kiosk.name == "Bar").count(), 1);
});

in_a_house!(wrong_words_slow_their_typist_down, |house| {
    let tablet = Tablet::new(house).await;
    let (guesser, other) = (house.session(Role::Editor).await, house.session(Role::Editor).await);
    let right = Words::heard(&tablet.says()).expect("words")[0];
    let guess = |n: u8| Words([right.0[0], right.0[1], right.0[2].wrapping_add(n)]).spoken(Lang::Fi).join(" ");
    let guesses = join_all((1..=20).map(|n| {
        let (words, guesser) = (guess(n), &guesser);
        async move { type_words(house, guesser, &words).await.status().as_u16() }
    }));
    let statuses = guesses.await;
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 10, "{statuses:?}");
    assert_eq!(type_words(house, &guesser, &tablet.says()).await.status(), 429, "even the right ones have to wait");
    assert_eq!(type_words(house, &guesser, "kuu talo").await.status(), 422, "that was no guess");
    assert_eq!(type_words(house, &other, &tablet.says()).await.status(), 303, "others do not wait");
    house.clock.set(NOW + 16 * MINUTE);
    assert_eq!(type_words(house, &guesser, &guess(1)).await.status(), 422, "nor does the guesser for ever");
});

in_a_house!(everybody_together_is_slowed_down_too, |house| {
    let mut statuses = Vec::new();
    for _ in 0..16 {
        let cookie = house.session(Role::Editor).await;
        let wrong = join_all((0..10).map(|_| type_words(house, &cookie, "kuu talo vene")));
        statuses.extend(wrong.await.into_iter().map(|response| response.status().as_u16()));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 150);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 10);
});

/// As many tablets as may wait, at an instant.
async fn crowd(house: &House, now: Millis) -> Vec<Tablet> {
    house.clock.set(now);
    let mut crowd = Vec::new();
    for _ in 0..MOST_WAITING {
        crowd.push(Tablet::new(house).await);
    }
    crowd
}

/// How many of them still wait; to ask keeps their places.
async fn waiting(house: &House, crowd: &[Tablet]) -> usize {
    let mut waiting = 0;
    for tablet in crowd {
        waiting += usize::from(tablet.is_told(house).await.0 == 202);
    }
    waiting
}

async fn is_taken(house: &House, token: &str) -> bool {
    let response = ask(house, token, Lang::Fi).await;
    assert_eq!(response.headers().contains_key("retry-after"), response.status() == 429);
    assert!([200, 429].contains(&response.status().as_u16()));
    response.status() == 200
}

in_a_house!(a_flood_of_words_that_nobody_reads_shuts_nobody_out, |house| {
    let flood = crowd(house, NOW).await;
    assert!(!is_taken(house, "at once").await, "words are given out at a pace");
    house.clock.set(NOW + SECOND);
    let honest = Tablet::new(house).await;
    assert_eq!(honest.is_told(house).await.0, 202);
    crowd(house, NOW + 12 * SECOND).await;
    assert_eq!(honest.is_told(house).await.0, 202, "somebody looks at it");
    assert_eq!(waiting(house, &flood).await, 0, "the flood drove itself out");
    let cookie = house.session(Role::Editor).await;
    assert_eq!(type_words(house, &cookie, &honest.says()).await.status(), 303);
});

in_a_house!(waiting_tablets_are_bounded, |house| {
    let crowd = crowd(house, NOW).await;
    assert_eq!(waiting(house, &crowd).await, crowd.len());
    house.clock.set(NOW + LOOKS_AWAY - 1);
    assert!(!is_taken(house, "too many").await, "they all look");
    assert_eq!(waiting(house, &crowd[1..]).await, crowd.len() - 1);
    house.clock.set(NOW + LOOKS_AWAY);
    let another = Tablet::new(house).await;
    assert_eq!(another.is_told(house).await.0, 202, "one has looked away");
    assert!(!is_taken(house, "one too many").await, "and no other has");
    assert_eq!(waiting(house, &crowd).await, crowd.len() - 1);
    house.clock.set(NOW + UNDISTURBED + 1);
    assert_eq!(waiting(house, &crowd).await, crowd.len() - 1);
    assert_eq!(another.is_told(house).await.0, 202);
    assert!(is_taken(house, &another.token).await, "it waits already");
    assert!(is_taken(house, "one too many").await, "nobody keeps a place for ever");
    house.clock.set(NOW + UNDISTURBED + LASTS);
    assert_eq!(waiting(house, &crowd).await, 0);
});

in_a_house!(what_is_no_request_is_refused, |house| {
    let hash = hex::encode(hash_token("x"));
    for body in [
        json!({}),
        json!({ "token_sha256": hash }),
        json!({ "token_sha256": hash, "lang": "de" }),
        json!({ "token_sha256": &hash[2..], "lang": "fi" }),
        json!({ "token_sha256": "g".repeat(64), "lang": "fi" }),
    ] {
        assert_eq!(ask_with(house, body.clone()).await.status(), 422, "{body}");
    }
    assert_eq!(ask_with(house, json!({ "token_sha256": "0".repeat(2_000), "lang": "fi" })).await.status(), 413);
    let foreign = house.http.post(format!("{}/api/v1/kiosk/pairings", house.base));
    let foreign = foreign.header("sec-fetch-site", "cross-site").json(&json!({ "token_sha256": hash, "lang": "fi" }));
    let refused = foreign.send().await.expect("an answer");
    assert_eq!(refused.status(), 403);
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
});

in_a_house!(another_tablet_takes_the_place, |house| {
    house.results(&[house.item(1, 5, 9)]).await;
    let tablet = Tablet::new(house).await;
    let cookie = house.session(Role::Editor).await;
    let place = format!("instead:{}", house.pairing.kiosk);
    let response = post(house, &cookie, "/staff/kiosks/pair", &[("words", &tablet.says()), ("place", &place)]).await;
    assert_eq!(kiosk_of(&response), house.pairing.kiosk.to_string(), "the kiosk stays");
    until("the old token opens nothing", async || config(house, &house.kiosk_token).await.0 == 401).await;
    let (status, told) = config(house, &tablet.token).await;
    assert_eq!((status, &told["kiosk"]["name"]), (200, &json!("Foyer")), "its name too");
    assert_ne!(told["kiosk"]["pairing"], json!(house.pairing.id));
    let (_, tablets) =
        house.state.store.kiosk(&Scope::All, house.pairing.kiosk).await.expect("a kiosk").expect("a kiosk");
    assert_eq!(tablets.len(), 2, "and its history");
    assert!(tablets[0].ended.is_none() && tablets[0].paired_by.is_some());
    assert!(tablets[1].ended.is_some());

    // What the old tablet still held arrives by the new one's token, or any other, under its own pairing.
    let mut late = house.item(2, 4, 8);
    late["pairing"] = json!(house.pairing.id);
    let body = json!({ "device_now": NOW, "responses": [late] });
    let address = format!("{}/api/v1/kiosk/responses", house.base);
    let sent = house.http.post(address).bearer_auth(&tablet.token).json(&body).send().await.expect("an answer");
    assert_eq!(sent.status(), 200);
    let stored = stored(house, 2).await;
    assert_eq!(stored.response.pairing, Some(house.pairing.id));
    assert_eq!(stored.place.kiosk, Some(house.pairing.kiosk));
});
