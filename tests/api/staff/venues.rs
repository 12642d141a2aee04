//! `/staff/venues` and `/staff/productions`: where is played, and what.

use domain::production::ProductionKind;
use harness::{on_test_server, test_server::TestServer};
use store::{Scope, staff::Role};

use super::events::{page, post};

const NEW: &str = "/staff/venues/new";
const TURKU: [(&str, &str); 3] = [("name", "Turun sali"), ("code", "tku"), ("time_zone", "Europe/Stockholm")];

fn with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    TURKU.into_iter().map(|(key, usual)| (key, if key == name { value } else { usual })).collect()
}

async fn names(server: &TestServer) -> Vec<(String, String, String)> {
    let venues = server.state.store.for_staff(Scope::All).venues().await.expect("venues");
    venues.into_iter().map(|venue| (venue.name, venue.code, venue.time_zone)).collect()
}

on_test_server!(a_second_venue_is_added_and_changed, |server| {
    let editor = server.session(Role::Editor).await;
    let before = names(server).await;
    assert!(page(server, &editor, "/staff/venues").await.contains(NEW));
    let own_code = server.venue.code.clone();
    for (name, value, says) in [
        ("name", "", "name-problem"),
        ("name", "the tent", "Another venue is called so"),
        ("code", "x", "code-problem"),
        ("code", own_code.as_str(), "code-problem"),
        ("time_zone", "Europe/Turku", "time_zone-problem"),
    ] {
        let refused = post(server, &editor, NEW, &with(name, value)).await;
        assert_eq!(refused.status(), 422, "{name} {value:?}");
        let shown = refused.text().await.expect("a page");
        assert!(shown.contains(says) && shown.contains("Turun sali") != (name == "name"), "{name}: {shown}");
    }
    assert_eq!(names(server).await, before);

    let saved = post(server, &editor, NEW, &TURKU).await;
    assert_eq!(saved.headers()["location"], "/staff/venues?done=saved");
    let store = server.state.store.for_staff(Scope::All);
    let venues = store.venues().await.expect("venues");
    let turku = venues.iter().find(|venue| venue.name == "Turun sali").expect("it is there");
    assert_eq!((turku.code.as_str(), turku.time_zone.as_str()), ("TKU", "Europe/Stockholm"));
    assert_eq!(turku.survey_version, server.venue.survey_version);
    let code = server.http.get(format!("{}/f/tku", server.base)).send().await.expect("an answer");
    assert_eq!(code.status(), 200, "its code opens it at once");

    let edit = format!("/staff/venues/{}/edit", turku.id);
    assert!(page(server, &editor, &edit).await.contains("Europe/Stockholm"));
    assert_eq!(post(server, &editor, &edit, &with("time_zone", "Europe/Helsinki")).await.status(), 303);
    assert!(names(server).await.iter().any(|(name, _, zone)| name == "Turun sali" && zone == "Europe/Helsinki"));
});

on_test_server!(a_production_has_a_kind, |server| {
    let editor = server.session(Role::Editor).await;
    let new = "/staff/productions/new";
    assert_eq!(post(server, &editor, new, &[("title_fi", ""), ("kind", "course")]).await.status(), 422);
    let typed = [("title_fi", "Nuorten sirkuskoulu"), ("kind", "course")];
    assert_eq!(post(server, &editor, new, &typed).await.status(), 303);
    let listed = page(server, &editor, "/staff/productions").await;
    assert!(listed.contains("Nuorten sirkuskoulu · course that meets weekly"), "{listed}");
    let store = server.state.store.for_staff(Scope::All);
    let there = store.productions().await.expect("productions");
    let school = there.iter().find(|one| one.kind == ProductionKind::Course).expect("it is there");

    let edit = format!("/staff/productions/{}/edit", school.id);
    assert!(page(server, &editor, &edit).await.contains("Nuorten sirkuskoulu"));
    let typed = [("title_fi", "Sirkuskoulu"), ("title_sv", "Cirkusskola"), ("kind", "workshop")];
    assert_eq!(post(server, &editor, &edit, &typed).await.status(), 303);
    let there = store.productions().await.expect("productions");
    assert!(there.iter().any(|one| one.id == school.id && one.kind == ProductionKind::Workshop));
});
