//! `/staff/kiosks/{id}`: a kiosk is renamed, moved and left by its tablet.

use aplodi::secrets::{hash_token, new_token};
use domain::{event::Venue, time::HOUR};
use harness::{
    house::{House, NOW},
    in_a_house, until,
};
use serde_json::{Value, json};
use store::{
    Scope,
    staff::{Role, User},
};

use crate::tablets::{Tablet, config, kiosk_of, page, post, stored};

/// Another venue of the same organisation.
async fn annex(house: &House) -> Venue {
    let annex = Venue {
        id: house.state.chance.uuid(NOW).into(),
        code: "ANNEX".into(),
        name: "The Annex".into(),
        ..house.venue.clone()
    };
    house.state.store.save_venue(&annex).await.expect("a venue");
    annex
}

/// A session of an editor who may see one venue.
async fn editor_of(house: &House, venue: &Venue) -> String {
    let (state, token) = (&house.state, new_token(&house.state.chance));
    let user = User {
        id: state.chance.uuid(NOW).into(),
        email: format!("{}@house.example", venue.code.to_lowercase()),
        role: Role::Editor,
        scope: Scope::Venues(vec![venue.id]),
    };
    assert!(state.store.add_user(&user, NOW).await.expect("a user"));
    state.store.add_session(hash_token(&token), user.id, NOW, NOW + HOUR).await.expect("a session");
    format!("aplodi={token}")
}

in_a_house!(an_unpaired_tablet_opens_nothing, |house| {
    let cookie = house.session(Role::Editor).await;
    let path = format!("/staff/kiosks/{}/unpair", house.pairing.kiosk);
    assert_eq!(page(house, &cookie, &path).await.0, 200, "asks first");
    assert_eq!(config(house, &house.kiosk_token).await.0, 200, "a question changes nothing");
    assert_eq!(post(house, &cookie, &path, &[]).await.status(), 303);
    until("the token opens nothing", async || config(house, &house.kiosk_token).await.0 == 401).await;
    assert_eq!(house.post(&[house.item(1, 5, 9)]).await.status(), 401);
    assert_eq!(post(house, &cookie, &path, &[]).await.status(), 303, "a second click harms nobody");
});

in_a_house!(a_tablet_may_leave_by_itself, |house| {
    let address = format!("{}/api/v1/kiosk/unpair", house.base);
    let leave = || house.http.post(&address).bearer_auth(&house.kiosk_token).send();
    assert_eq!(leave().await.expect("an answer").status(), 204);
    until("the token opens nothing", async || config(house, &house.kiosk_token).await.0 == 401).await;
    assert_eq!(leave().await.expect("an answer").status(), 401);
});

in_a_house!(a_kiosk_that_moves_leaves_its_answers_where_they_were_given, |house| {
    let annex = annex(house).await;
    let cookie = house.session(Role::Editor).await;
    let path = format!("/staff/kiosks/{}/venue", house.pairing.kiosk);
    let moved = post(house, &cookie, &path, &[("venue", &annex.id.to_string())]).await;
    assert_eq!(moved.status(), 303);
    let token = &house.kiosk_token;
    until("the same token opens the annex", async || config(house, token).await.1["venue"]["code"] == "ANNEX").await;
    let now = config(house, token).await.1["kiosk"]["pairing"].clone();
    assert_ne!(now, json!(house.pairing.id), "what it takes from now on has another place");

    let mut early = house.item(1, 5, 9);
    early["pairing"] = json!(house.pairing.id);
    let mut late = house.item(2, 5, 9);
    late["pairing"] = now;
    late["event"] = Value::Null;
    for result in house.results(&[early, late]).await {
        assert_eq!(result["status"], "stored", "{result}");
    }
    let place = async |number| {
        let stored = stored(house, number).await;
        (stored.place.venue, stored.place.kiosk)
    };
    assert_eq!(place(1).await, (house.venue.id, Some(house.pairing.kiosk)), "taken before the move");
    assert_eq!(place(2).await, (annex.id, Some(house.pairing.kiosk)), "taken after it");
});

in_a_house!(a_kiosk_gets_another_name, |house| {
    let cookie = house.session(Role::Editor).await;
    let path = format!("/staff/kiosks/{}/name", house.pairing.kiosk);
    for wrong in ["", "  ", "a\nb", "a\0b", &"x".repeat(121)] {
        assert_eq!(post(house, &cookie, &path, &[("name", wrong)]).await.status(), 422, "{wrong:?}");
    }
    assert_eq!(post(house, &cookie, &path, &[("name", " Stage door ")]).await.status(), 303);
    let token = &house.kiosk_token;
    until("the tablet hears of it", async || config(house, token).await.1["kiosk"]["name"] == "Stage door").await;
});

in_a_house!(a_scope_ends_at_its_venues, |house| {
    let annex = annex(house).await;
    let cookie = editor_of(house, &annex).await;
    let kiosk = house.pairing.kiosk;
    for path in [format!("/staff/kiosks/{kiosk}"), format!("/staff/kiosks/{kiosk}/unpair")] {
        assert_eq!(page(house, &cookie, &path).await.0, 404, "{path}");
    }
    let annex_id = annex.id.to_string();
    for (what, pairs) in [("unpair", vec![]), ("name", vec![("name", "Mine")]), ("venue", vec![("venue", &*annex_id)])]
    {
        let path = format!("/staff/kiosks/{kiosk}/{what}");
        assert_eq!(post(house, &cookie, &path, &pairs).await.status(), 404, "{path}");
    }
    let (_, html) = page(house, &cookie, "/staff/kiosks/pair").await;
    assert!(html.contains("The Annex") && !html.contains("The Tent") && !html.contains("Foyer"), "{html}");
    let tablet = Tablet::new(house).await;
    for place in [format!("new:{}", house.venue.id), format!("instead:{kiosk}"), "new:x".into()] {
        let pairs = [("words", &*tablet.says()), ("place", &place), ("name", "Mine")];
        assert_eq!(post(house, &cookie, "/staff/kiosks/pair", &pairs).await.status(), 422, "{place}");
        assert_eq!(tablet.is_told(house).await.0, 202, "still waits");
    }
    assert_eq!(config(house, &house.kiosk_token).await.1["kiosk"]["name"], "Foyer", "nothing has changed");
    let place = format!("new:{annex_id}");
    let pairs = [("words", &*tablet.says()), ("place", &place), ("name", "Mine")];
    let mine = kiosk_of(&post(house, &cookie, "/staff/kiosks/pair", &pairs).await);
    let away = format!("/staff/kiosks/{mine}/venue");
    let to_tent = house.venue.id.to_string();
    assert_eq!(post(house, &cookie, &away, &[("venue", &to_tent)]).await.status(), 404, "nor may it send one there");
});

in_a_house!(viewers_look_and_change_nothing, |house| {
    let cookie = house.session(Role::Viewer).await;
    let (status, html) = page(house, &cookie, &format!("/staff/kiosks/{}", house.pairing.kiosk)).await;
    assert_eq!(status, 200);
    assert!(html.contains("Foyer") && !html.contains("action=\"/staff/kiosks/"), "{html}");
    assert_eq!(page(house, &cookie, "/staff/kiosks/pair").await.0, 403);
});
