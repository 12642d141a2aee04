//! `/staff/kiosks/{id}`: a kiosk is renamed, moved and left by its tablet.

use aplodi::secrets::{hash_token, new_token};
use domain::{event::Venue, time::HOUR};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
    until,
};
use serde_json::{Value, json};
use store::{
    Scope,
    staff::{Role, User},
};

use crate::tablets::{Tablet, config, kiosk_of, page, post, stored};

/// Another venue of the same organisation.
async fn annex(server: &TestServer) -> Venue {
    let annex = Venue {
        id: server.state.rng.uuid(NOW).into(),
        code: "ANNEX".into(),
        name: "The Annex".into(),
        ..server.venue.clone()
    };
    server.state.store.system().save_venue(&annex).await.expect("a venue");
    annex
}

/// A session of an editor who may see one venue.
async fn editor_of(server: &TestServer, venue: &Venue) -> String {
    let (state, token) = (&server.state, new_token(&server.state.rng));
    let user = User {
        id: state.rng.uuid(NOW).into(),
        email: format!("{}@house.example", venue.code.to_lowercase()),
        role: Role::Editor,
        scope: Scope::Venues(vec![venue.id]),
    };
    assert!(state.store.system().add_user(&user, NOW).await.expect("a user"));
    state.store.system().add_session(hash_token(&token), user.id, NOW, NOW + HOUR).await.expect("a session");
    format!("aplodi={token}")
}

on_test_server!(an_unpaired_tablet_opens_nothing, |server| {
    let cookie = server.session(Role::Editor).await;
    let path = format!("/staff/kiosks/{}/unpair", server.pairing.kiosk);
    assert_eq!(page(server, &cookie, &path).await.0, 200, "asks first");
    assert_eq!(config(server, &server.kiosk_token).await.0, 200, "a question changes nothing");
    assert_eq!(post(server, &cookie, &path, &[]).await.status(), 303);
    until("the token opens nothing", async || config(server, &server.kiosk_token).await.0 == 401).await;
    assert_eq!(server.post(&[server.item(1, 5, 9)]).await.status(), 401);
    assert_eq!(post(server, &cookie, &path, &[]).await.status(), 303, "a second click harms nobody");
});

on_test_server!(a_tablet_may_leave_by_itself, |server| {
    let address = format!("{}/api/v1/kiosk/unpair", server.base);
    let leave = || server.http.post(&address).bearer_auth(&server.kiosk_token).send();
    assert_eq!(leave().await.expect("an answer").status(), 204);
    until("the token opens nothing", async || config(server, &server.kiosk_token).await.0 == 401).await;
    assert_eq!(leave().await.expect("an answer").status(), 401);
});

on_test_server!(a_kiosk_that_moves_leaves_its_answers_where_they_were_given, |server| {
    let annex = annex(server).await;
    let cookie = server.session(Role::Editor).await;
    let path = format!("/staff/kiosks/{}/venue", server.pairing.kiosk);
    let moved = post(server, &cookie, &path, &[("venue", &annex.id.to_string())]).await;
    assert_eq!(moved.status(), 303);
    let token = &server.kiosk_token;
    until("the same token opens the annex", async || config(server, token).await.1["venue"]["code"] == "ANNEX").await;
    let now = config(server, token).await.1["kiosk"]["pairing"].clone();
    assert_ne!(now, json!(server.pairing.id), "what it takes from now on has another place");

    let mut early = server.item(1, 5, 9);
    early["pairing"] = json!(server.pairing.id);
    let mut late = server.item(2, 5, 9);
    late["pairing"] = now;
    late["event"] = Value::Null;
    for result in server.results(&[early, late]).await {
        assert_eq!(result["status"], "stored", "{result}");
    }
    let place = async |number| {
        let stored = stored(server, number).await;
        (stored.place.venue, stored.place.kiosk)
    };
    assert_eq!(place(1).await, (server.venue.id, Some(server.pairing.kiosk)), "taken before the move");
    assert_eq!(place(2).await, (annex.id, Some(server.pairing.kiosk)), "taken after it");
});

on_test_server!(a_kiosk_gets_another_name, |server| {
    let cookie = server.session(Role::Editor).await;
    let path = format!("/staff/kiosks/{}/name", server.pairing.kiosk);
    for wrong in ["", "  ", "a\nb", "a\0b", &"x".repeat(121)] {
        assert_eq!(post(server, &cookie, &path, &[("name", wrong)]).await.status(), 422, "{wrong:?}");
    }
    assert_eq!(post(server, &cookie, &path, &[("name", " Stage door ")]).await.status(), 303);
    let token = &server.kiosk_token;
    until("the tablet hears of it", async || config(server, token).await.1["kiosk"]["name"] == "Stage door").await;
});

on_test_server!(a_scope_ends_at_its_venues, |server| {
    let annex = annex(server).await;
    let cookie = editor_of(server, &annex).await;
    let kiosk = server.pairing.kiosk;
    for path in [format!("/staff/kiosks/{kiosk}"), format!("/staff/kiosks/{kiosk}/unpair")] {
        assert_eq!(page(server, &cookie, &path).await.0, 404, "{path}");
    }
    let annex_id = annex.id.to_string();
    for (what, pairs) in [("unpair", vec![]), ("name", vec![("name", "Mine")]), ("venue", vec![("venue", &*annex_id)])]
    {
        let path = format!("/staff/kiosks/{kiosk}/{what}");
        assert_eq!(post(server, &cookie, &path, &pairs).await.status(), 404, "{path}");
    }
    let (_, html) = page(server, &cookie, "/staff/kiosks/pair").await;
    assert!(html.contains("The Annex") && !html.contains("The Tent") && !html.contains("Foyer"), "{html}");
    let tablet = Tablet::new(server).await;
    for place in [format!("new:{}", server.venue.id), format!("instead:{kiosk}"), "new:x".into()] {
        let pairs = [("words", &*tablet.shown_words()), ("place", &place), ("name", "Mine")];
        assert_eq!(post(server, &cookie, "/staff/kiosks/pair", &pairs).await.status(), 422, "{place}");
        assert_eq!(tablet.is_told(server).await.0, 202, "still waits");
    }
    assert_eq!(config(server, &server.kiosk_token).await.1["kiosk"]["name"], "Foyer", "nothing has changed");
    let place = format!("new:{annex_id}");
    let pairs = [("words", &*tablet.shown_words()), ("place", &place), ("name", "Mine")];
    let mine = kiosk_of(&post(server, &cookie, "/staff/kiosks/pair", &pairs).await);
    let away = format!("/staff/kiosks/{mine}/venue");
    let to_tent = server.venue.id.to_string();
    assert_eq!(post(server, &cookie, &away, &[("venue", &to_tent)]).await.status(), 404, "nor may it send one there");
});

on_test_server!(viewers_look_and_change_nothing, |server| {
    let cookie = server.session(Role::Viewer).await;
    let (status, html) = page(server, &cookie, &format!("/staff/kiosks/{}", server.pairing.kiosk)).await;
    assert_eq!(status, 200);
    assert!(html.contains("Foyer") && !html.contains("action=\"/staff/kiosks/"), "{html}");
    assert_eq!(page(server, &cookie, "/staff/kiosks/pair").await.0, 403);
});

on_test_server!(viewers_do_not_read_the_addresses_of_their_colleagues, |server| {
    let annex = annex(server).await;
    let (editor, viewer) = (server.session(Role::Editor).await, server.session(Role::Viewer).await);
    let kiosk = format!("/staff/kiosks/{}", server.pairing.kiosk);
    let moved = post(server, &editor, &format!("{kiosk}/venue"), &[("venue", &annex.id.to_string())]).await;
    assert_eq!(moved.status(), 303);
    let (_, html) = page(server, &editor, &kiosk).await;
    assert!(html.contains("@house.example"), "{html}");
    let (status, html) = page(server, &viewer, &kiosk).await;
    assert_eq!(status, 200);
    assert!(!html.contains("@house.example"), "{html}");
});
