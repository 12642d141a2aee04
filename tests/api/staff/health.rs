//! `/staff/kiosks`: how every tablet is.

use aplodi::secrets::{hash_token, new_token, usual_pin};
use domain::{
    id::VenueId,
    time::{DAY, HOUR, MINUTE},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::{Value, json};
use store::{
    Scope,
    staff::{Role, User},
};
use uuid::Uuid;

use crate::{
    steps::{beat, hear, pass_until},
    tablets::{Tablet, kiosk_of, post},
};

/// The page as somebody reads it, in English.
async fn page(server: &TestServer, role: Role) -> String {
    read(server, &server.session(role).await, "/staff/kiosks").await
}

/// A page as the holder of a session reads it, in English.
async fn read(server: &TestServer, session: &str, path: &str) -> String {
    let address = format!("{}{path}?lang=en", server.base);
    let response = server.http.get(address).header("cookie", session).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.text().await.expect("a page")
}

on_test_server!(a_tablet_is_shown_as_it_is, |server| {
    let says = async |what: &str| {
        let page = page(server, Role::Viewer).await;
        assert!(page.contains(what), "{what}: {page}");
    };
    says("has not been heard from yet").await;
    pass_until(server, NOW + 3 * MINUTE).await;
    says("has never been heard from, and the audience is here").await;
    assert_eq!(server.results(&[server.item(1, 5, 10)]).await[0]["status"], "stored");
    beat(server, json!({"seq": 1})).await;
    says("every answer has arrived").await;
    says("just now").await;

    pass_until(server, NOW + 7 * MINUTE).await;
    says("Contact is faltering (since Sat 21 Nov, 20:33)").await;
    pass_until(server, NOW + 23 * MINUTE).await;
    says("Out of touch (since Sat 21 Nov, 20:33) while the audience is here").await;
    pass_until(server, NOW + 10 * HOUR).await;
    says("It is not needed just now").await;

    beat(server, json!({"seq": 4, "outbox": 2, "oldest_ms": 30 * MINUTE, "rejected": 1})).await;
    says("Answers wait although the tablet is in touch: 2").await;
    says("The server refused answers: 1").await;
    beat(server, json!({"seq": 4, "outbox": 0, "rejected": 1})).await;
    says("neither arrived nor are still on the tablet: 2 (numbers 2–4)").await;
    assert_eq!(server.results(&[server.item(3, 5, 10)]).await[0]["status"], "stored");
    says("neither arrived nor are still on the tablet: 1 (numbers 2, 4)").await;
    beat(server, json!({"seq": 0})).await;
    says("storage was cleared (noticed Sun 22 Nov, 6:30)").await;
    beat(server, json!({"seq": 5, "failure": "quota"})).await;
    says("cannot store answers (quota)").await;
    beat(
        server,
        json!({"seq": 5, "device_now": 0, "battery": 0.07, "charging": false, "persisted": false,
                       "storage": {"usage": 90.0, "quota": 100.0}, "app_version": "0.0.1"}),
    )
    .await;
    for concern in ["at 7% and not charging", "may clear its storage", "90% full", "days behind", "earlier version"] {
        says(concern).await;
    }
});

on_test_server!(a_tablet_that_was_replaced_is_not_forgotten, |server| {
    beat(server, json!({"seq": 3, "outbox": 3})).await;
    let mut next = server.pairing.clone();
    next.id.0 = Uuid::now_v7();
    let token = new_token(&server.state.rng);
    server.state.store.system().revoke_pairing(server.pairing.id, NOW).await.expect("revoked");
    let shown = async || page(server, Role::Viewer).await;
    assert!(shown().await.contains("There is no tablet here"));
    server.state.store.system().add_kiosk(&next, hash_token(&token), NOW).await.expect("paired");
    assert!(shown().await.contains("An earlier tablet still holds answers: 3"));
    server.clock.set(NOW + 31 * DAY);
    assert!(!shown().await.contains("An earlier tablet"), "nobody will find them any more");
});

on_test_server!(a_tablet_that_lost_its_memory_is_asked_about, |server| {
    beat(server, json!({"seq": 3, "outbox": 3})).await;
    server.clock.set(NOW + MINUTE);
    // All that is left of it is the page, which asks for words.
    let tablet = Tablet::new(server).await;
    let (cookie, place) = (server.session(Role::Editor).await, format!("instead:{}", server.pairing.kiosk));
    let paired =
        post(server, &cookie, "/staff/kiosks/pair", &[("words", &tablet.shown_words()), ("place", &place)]).await;
    assert_eq!(kiosk_of(&paired), server.pairing.kiosk.to_string());
    let shown = page(server, Role::Viewer).await;
    assert!(
        shown.contains("started with empty storage") && shown.contains("last in touch Sat 21 Nov, 20:30"),
        "{shown}"
    );
    assert!(shown.contains("An earlier tablet still holds answers: 3"), "{shown}");
    server.clock.set(NOW + 2 * DAY);
    let later = page(server, Role::Viewer).await;
    assert!(!later.contains("started with empty storage") && later.contains("still holds answers: 3"), "{later}");
});

on_test_server!(answers_of_two_contents_are_counted, |server| {
    server.results(&[server.item(1, 5, 10)]).await;
    assert!(!page(server, Role::Viewer).await.contains("another version"));
    for _ in 0..2 {
        assert_eq!(server.results(&[server.item(1, 2, 3)]).await[0]["status"], "conflict");
    }
    assert!(page(server, Role::Viewer).await.contains("already had another version: 1."), "once for each content");
});

on_test_server!(everybody_sees_their_own_venues, |server| {
    let reader = async |scope: Scope| {
        let (state, token) = (&server.state, new_token(&server.state.rng));
        let id = state.rng.uuid(NOW);
        let user = User { id: id.into(), email: format!("{id}@house.example"), role: Role::Editor, scope };
        assert!(state.store.system().add_user(&user, NOW).await.expect("a user"));
        state.store.system().add_session(hash_token(&token), user.id, NOW, NOW + HOUR).await.expect("a session");
        format!("aplodi={token}")
    };
    let here = reader(Scope::Venues(vec![server.venue.id])).await;
    let elsewhere = reader(Scope::Venues(vec![VenueId(Uuid::now_v7())])).await;
    for path in ["/staff/kiosks", "/staff/kiosks/live"] {
        assert!(read(server, &here, path).await.contains("The Tent"), "{path}");
        let nothing = read(server, &elsewhere, path).await;
        assert!(!nothing.contains("The Tent") && nothing.contains("There are no tablets yet"), "{path}");
    }
});

on_test_server!(the_pin_is_for_those_who_pair_tablets, |server| {
    for (role, may) in [(Role::Viewer, false), (Role::Editor, true)] {
        let page = page(server, role).await;
        assert_eq!(page.contains("PIN of the staff corner"), may, "{role:?}");
        assert_eq!(page.contains("href=\"/staff/kiosks/pair\""), may, "{role:?}");
        assert!(page.contains(&format!("href=\"/staff/kiosks/{}\"", server.pairing.kiosk)), "{role:?}");
    }
});

on_test_server!(the_pin_that_staff_read_is_the_one_that_the_tablet_checks, |server| {
    let pin = usual_pin(&server.state.keys.form_key, server.venue.id);
    assert!(page(server, Role::Editor).await.contains(pin.as_str()));
    let address = format!("{}/api/v1/kiosk/config", server.base);
    let config = server.http.get(address).bearer_auth(&server.kiosk_token).send().await.expect("an answer");
    let config: Value = config.json().await.expect("JSON");
    assert_eq!(config["pin"], json!(server.state.pins.of(server.venue.id, Some(&pin)).await));
});

on_test_server!(a_sign_of_life_is_news_for_whoever_watches_the_tablets, |server| {
    let session = server.session(Role::Viewer).await;
    let open = async |query: &str| {
        let address = format!("{}/staff/changes{query}", server.base);
        server.http.get(address).header("cookie", &session).send().await.expect("a stream")
    };
    let (mut tablets, mut tonight) = (open("?kiosks=true").await, open("").await);
    beat(server, json!({"seq": 1})).await;
    hear(&mut tablets).await;
    assert_eq!(server.results(&[server.item(1, 5, 10)]).await[0]["status"], "stored");
    hear(&mut tonight).await;
});
