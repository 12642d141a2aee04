//! `/staff/venues/{id}/settings`: what staff decide holds for the next answer, and only those who may decide it do.

use aplodi::secrets::{hash_token, new_token, usual_pin};
use domain::{
    id::VenueId,
    time::HOUR,
    venue_settings::{Burst, Hours, VenueSettings},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::{
    Scope,
    staff::{Role, User},
};
use uuid::Uuid;

fn address(server: &TestServer, venue: VenueId) -> String {
    format!("{}/staff/venues/{venue}/settings", server.base)
}

/// The form as a browser sends it, with some fields changed.
fn form(changed: &[(&str, &str)]) -> String {
    let usual = [
        ("opening", "always"),
        ("burst_most", "12"),
        ("burst_by_code", "300"),
        ("burst_seconds", "60"),
        ("contradiction", "yes"),
        ("silent_minutes", "15"),
    ];
    let kept = usual.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept.chain(changed)).finish()
}

async fn post(server: &TestServer, cookie: &str, venue: VenueId, changed: &[(&str, &str)]) -> reqwest::Response {
    server
        .http
        .post(address(server, venue))
        .header("origin", &server.base)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form(changed))
        .send()
        .await
        .expect("an answer")
}

async fn read(server: &TestServer, cookie: &str, query: &str) -> String {
    let address = format!("{}{query}", address(server, server.venue.id));
    let response = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.text().await.expect("text")
}

on_test_server!(an_editor_decides_about_a_venue, |server| {
    let editor = server.session(Role::Editor).await;
    let page = read(server, &editor, "?lang=en").await;
    let pin = usual_pin(&server.state.keys.form_key, server.venue.id);
    assert!(page.contains(&format!("value=\"{}\"", pin.as_str())), "the PIN that holds is shown");

    let response = post(
        server,
        &editor,
        server.venue.id,
        &[
            ("opening", "hours"),
            ("from4", "17:00"),
            ("until4", "02:00"),
            ("burst_most", "3"),
            ("pin", "4711"),
            ("emails", "vahti@house.example"),
            ("quiet_from", "23:00"),
            ("quiet_until", "07:00"),
        ],
    )
    .await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], format!("/staff/venues/{}/settings?saved=yes", server.venue.id));
    let stored = server.state.store.venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored.opening.on(4), Hours::new(1_020, 1_560));
    assert_eq!(stored.burst, Burst { most: 3, ..Burst::default() });
    assert_eq!(stored.pin, Some("4711".parse().expect("a PIN")));
    assert_eq!(stored.alerts.quiet, Some([1_380, 420]));
    assert!(stored.contradiction);
    let page = read(server, &editor, "?saved=yes&lang=en").await;
    assert!(page.contains("role=\"status\"") && page.contains("value=\"4711\"") && page.contains("value=\"02:00\""));

    // A box without its tick is not sent at all; an empty PIN is the usual one again.
    let without = form(&[("pin", "")]).replace("&contradiction=yes", "");
    let response = server.http.post(address(server, server.venue.id)).header("origin", &server.base);
    let response = response.header("cookie", &editor).body(without).send().await.expect("an answer");
    assert_eq!(response.status(), 303);
    let expected = VenueSettings { contradiction: false, ..VenueSettings::default() };
    assert_eq!(server.state.store.venue_settings(server.venue.id).await.expect("settings"), expected);
});

on_test_server!(what_is_wrong_is_said_and_nothing_is_saved, |server| {
    let editor = server.session(Role::Editor).await;
    let wrong = [("opening", "hours"), ("from0", "10:00"), ("burst_most", "-1"), ("pin", "12"), ("webhook", "x")];
    let response = post(server, &editor, server.venue.id, &wrong).await;
    assert_eq!(response.status(), 422);
    let page = response.text().await.expect("text");
    assert_eq!(page.matches("aria-invalid").count(), 5, "both ends of a day, and three more");
    assert!(page.contains("value=\"-1\""), "nothing has to be typed twice");
    let stored = server.state.store.venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored, VenueSettings::default());
});

on_test_server!(only_the_venues_of_an_editor, |server| {
    let (state, token) = (&server.state, new_token(&server.state.rng));
    let scope = Scope::Venues(vec![VenueId(Uuid::from_u128(7))]);
    let user = User { id: state.rng.uuid(NOW).into(), email: "far@house.example".into(), role: Role::Editor, scope };
    assert!(state.store.add_user(&user, NOW).await.expect("a user"));
    state.store.add_session(hash_token(&token), user.id, NOW, NOW + HOUR).await.expect("a session");
    let far = format!("aplodi={token}");
    assert_eq!(post(server, &far, server.venue.id, &[]).await.status(), 404);
    let response =
        server.http.get(address(server, server.venue.id)).header("cookie", &far).send().await.expect("an answer");
    assert_eq!(response.status(), 404);

    let viewer = server.session(Role::Viewer).await;
    assert_eq!(post(server, &viewer, server.venue.id, &[("burst_most", "0")]).await.status(), 403);
    let programme = server.http.get(format!("{}/staff/events", server.base)).header("cookie", &viewer);
    let programme = programme.send().await.expect("an answer").text().await.expect("text");
    assert!(!programme.contains("/settings"), "who may only look is not led to a closed door");
    let stored = state.store.venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored, VenueSettings::default());
    let editor = server.session(Role::Editor).await;
    assert_eq!(post(server, &editor, VenueId(Uuid::from_u128(9)), &[]).await.status(), 404);
});
