//! `/staff/events/new`, `/staff/events/{id}/edit` and `/staff/events/{id}/attendance`: events written by hand.

use domain::{event::Event, id::EventId, time::HOUR};
use harness::{on_test_server, test_server::TestServer};
use serde_json::Value;
use store::{Scope, staff::Role};

/// What somebody types about a matinee on the day after the show.
const MATINEE: [(&str, &str); 8] = [
    ("title_fi", "Pikku leijona"),
    ("title_en", "Little Lion"),
    ("production", "new"),
    ("day", "2026-11-22"),
    ("doors", "9:00"),
    ("starts", "10:00"),
    ("ends", "11:30"),
    ("attendance", ""),
];

/// Posts a form as a browser does.
pub(super) async fn post(server: &TestServer, cookie: &str, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = server.http.post(format!("{}{path}?lang=en", server.base));
    let request = request.header("origin", &server.base).header("cookie", cookie);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.expect("an answer")
}

pub(super) async fn page(server: &TestServer, cookie: &str, path: &str) -> String {
    let more = if path.contains('?') { '&' } else { '?' };
    let asked = server.http.get(format!("{}{path}{more}lang=en", server.base)).header("cookie", cookie).send();
    asked.await.expect("an answer").text().await.expect("a page")
}

/// The form with other words in some fields.
fn typed<'a>(venue: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let said = |name: &str| other.iter().any(|(other, _)| *other == name);
    let usual = MATINEE.into_iter().chain([("venue", venue)]).filter(|(name, _)| !said(name));
    usual.chain(other.iter().copied()).collect()
}

async fn events(server: &TestServer) -> Vec<Event> {
    let store = server.state.store.for_staff(Scope::All);
    store.whole_programme().await.expect("the programme").events.into_iter().map(|one| one.event).collect()
}

/// The titles that a tablet of the venue may show.
async fn on_the_tablet(server: &TestServer) -> Vec<String> {
    let asked = server.http.get(format!("{}/api/v1/kiosk/config", server.base)).bearer_auth(&server.kiosk_token);
    let config: Value = asked.send().await.expect("an answer").json().await.expect("JSON");
    let events = config["events"].as_array().expect("events");
    events.iter().map(|event| event["title"]["fi"].as_str().unwrap_or_default().to_owned()).collect()
}

fn address(id: EventId) -> String {
    format!("/staff/events/{id}")
}

on_test_server!(an_evening_is_added_changed_and_cancelled, |server| {
    let editor = server.session(Role::Editor).await;
    let venue = server.venue.id.to_string();
    assert!(page(server, &editor, "/staff/events").await.contains("href=\"/staff/events/new\""));
    assert!(page(server, &editor, "/staff/events/new").await.contains("The Tent"));

    let saved = post(server, &editor, "/staff/events/new", &typed(&venue, &[])).await;
    assert_eq!(saved.status(), 303);
    let there = events(server).await;
    let [before, added] = &there[..] else { panic!("{there:?}") };
    assert_eq!(saved.headers()["location"], *format!("{}?done=saved", address(added.id)));
    // 10.00 in Helsinki.
    assert_eq!((added.starts_at, added.ends_at - added.starts_at), (1_795_334_400_000, 3 * HOUR / 2));
    assert_eq!(added.survey_version, server.survey.version);
    assert_eq!(before.window.until, added.starts_at - HOUR - 1, "who answers after the doors opened means the matinee");
    let productions = server.state.store.for_staff(Scope::All).productions().await.expect("productions");
    assert_eq!(
        productions.iter().map(|production| production.id).collect::<Vec<_>>(),
        [added.production.expect("one")]
    );
    let code = server.http.get(format!("{}/f/{}?lang=fi", server.base, added.code)).send().await.expect("an answer");
    assert!(code.text().await.expect("a page").contains("Pikku leijona"), "its code opens it at once");
    assert!(on_the_tablet(server).await.contains(&"Pikku leijona".to_owned()));

    let edit = format!("{}/edit", address(added.id));
    let fields = page(server, &editor, &edit).await;
    for value in ["Pikku leijona", "Little Lion", "2026-11-22", "09:00", "10:00", "11:30"] {
        assert!(fields.contains(&format!("value=\"{value}\"")), "{value}: {fields}");
    }
    let known = added.production.expect("one").to_string();
    let later =
        typed(&venue, &[("starts", "11:00"), ("ends", "12:30"), ("production", &known), ("title_sv", "Lilla lejonet")]);
    assert_eq!(post(server, &editor, &edit, &later).await.status(), 303);
    let changed = events(server).await.into_iter().find(|event| event.id == added.id).expect("the same event");
    assert_eq!((changed.starts_at - added.starts_at, &changed.code), (HOUR, &added.code));
    assert_eq!(changed.window.until - added.window.until, HOUR);

    let cancelled = [&later[..], &[("cancelled", "yes")]].concat();
    assert_eq!(post(server, &editor, &edit, &cancelled).await.status(), 303);
    assert!(page(server, &editor, &address(added.id)).await.contains("cancelled"));
    assert!(!on_the_tablet(server).await.contains(&"Pikku leijona".to_owned()));
});

on_test_server!(what_is_wrong_with_an_event_is_said_at_its_field, |server| {
    let editor = server.session(Role::Editor).await;
    let venue = server.venue.id.to_string();
    for (field, value, says) in [
        ("title_fi", "", None),
        ("day", "2026-02-31", Some("This is no day.")),
        ("starts", "25:00", Some("This is no time of the day.")),
        ("ends", "10:00", Some("The event would end when it begins.")),
        ("ends", "9:30", Some("The event would last over 12 hours.")),
        ("doors", "10:30", Some("The doors would open after the event begins.")),
        ("attendance", "many", Some("A whole number of people")),
        ("production", "another", Some("Choose one of these.")),
        ("venue", "elsewhere", Some("Choose one of these.")),
    ] {
        let answer =
            post(server, &editor, "/staff/events/new", &typed(&venue, &[(field, value), ("title_en", "")])).await;
        assert_eq!(answer.status(), 422, "{field} {value}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains(&format!("id=\"{field}-problem\"")), "{field} {value}");
        assert!(says.is_none_or(|says| page.contains(says)), "{field} {value}: {page}");
        assert!(page.contains("value=\"9:00\"") || field == "doors", "what was typed stays: {page}");
    }
    assert_eq!(events(server).await.len(), 1, "nothing was saved");
    let nowhere = format!("/staff/events/{}/edit", server.venue.id);
    assert_eq!(post(server, &editor, &nowhere, &typed(&venue, &[])).await.status(), 404);
});

on_test_server!(how_many_were_there_is_said_right_after_the_show, |server| {
    let editor = server.session(Role::Editor).await;
    let numbers: Vec<Value> = (0..8).map(|number| server.item(number, 5, 9)).collect();
    server.results(&numbers).await;
    let path = format!("{}/attendance", address(server.event.id));
    for from in ["/staff".to_owned(), address(server.event.id)] {
        assert!(page(server, &editor, &from).await.contains(&format!("action=\"{path}\"")), "{from}");
    }
    let viewer = server.session(Role::Viewer).await;
    assert!(!page(server, &viewer, "/staff").await.contains(&path), "who may not say it is not asked");

    let wrong = post(server, &editor, &path, &[("attendance", "about 20"), ("attendance_kind", "counted")]).await;
    assert_eq!(wrong.status(), 422);
    let wrong = wrong.text().await.expect("a page");
    assert!(wrong.contains("attendance-problem") && wrong.contains("value=\"about 20\""), "{wrong}");

    let saved = post(server, &editor, &path, &[("attendance", "16"), ("attendance_kind", "sold")]).await;
    assert_eq!(saved.status(), 303);
    let known = page(server, &editor, &address(server.event.id)).await;
    assert!(known.contains("50% of 16") && known.contains("number of tickets sold"), "{known}");
    let kept = server.state.store.for_staff(Scope::All).event(server.event.id).await.expect("the store");
    assert_eq!(kept.expect("the event").attendance, Some(16));
    let none = post(server, &editor, &path, &[("attendance", ""), ("attendance_kind", "sold")]).await;
    assert_eq!(none.status(), 303);
    assert!(page(server, &editor, &address(server.event.id)).await.contains("The attendance is not recorded"));
});
