//! A season by hand: events that are repeated, copied, deleted, and changed by two people at once.

use domain::{event::Event, time::HOUR};
use harness::{on_test_server, test_server::TestServer};
use store::{Scope, imports::ImportedEvent, staff::Role};

use super::events::{page, post};

async fn events(server: &TestServer) -> Vec<ImportedEvent> {
    server.state.store.for_staff(Scope::All).whole_programme().await.expect("the programme").events
}

/// Somebody adds an event on a Thursday, and what it became.
async fn thursday(server: &TestServer, editor: &str) -> Event {
    let venue = server.venue.id.to_string();
    let typed = [
        ("title_fi", "Sirkuskoulu"),
        ("production", "new"),
        ("venue", venue.as_str()),
        ("day", "2026-10-15"),
        ("doors", "16:30"),
        ("starts", "17:00"),
        ("ends", "18:30"),
        ("notes", "Avaimet Maijalta"),
        ("segment", "child"),
        ("segment", "companion"),
        ("link_text_0", "Käsiohjelma"),
        ("link_url_0", "https://example.org/ohjelma"),
    ];
    assert_eq!(post(server, editor, "/staff/events/new", &typed).await.status(), 303);
    let there = events(server).await;
    there.into_iter().find(|one| one.event.title.iter().any(|(_, words)| words == "Sirkuskoulu")).expect("it").event
}

on_test_server!(an_event_is_repeated_weekly_by_the_clock_of_its_venue, |server| {
    let editor = server.session(Role::Editor).await;
    let first = thursday(server, &editor).await;
    let repeat = format!("/staff/events/{}/repeat", first.id);
    assert!(page(server, &editor, &repeat).await.contains("Thu 15 Oct, 17:00"));
    for typed in [&[][..], &[("weekday", "3"), ("until", "2026-10-01")][..], &[("days", "2026-02-30")][..]] {
        assert_eq!(post(server, &editor, &repeat, typed).await.status(), 422, "{typed:?}");
    }
    // The clocks go back on 25 October.
    let typed = [("weekday", "3"), ("until", "2026-10-29"), ("days", "20.10.2026, 2026-10-22")];
    let done = post(server, &editor, &repeat, &typed).await;
    assert_eq!(done.headers()["location"], "/staff/events?done=repeated&events=3");
    let there = events(server).await;
    let school: Vec<&ImportedEvent> = there.iter().filter(|one| one.event.production == first.production).collect();
    let hours: Vec<i64> = school.iter().map(|one| (one.event.starts_at - first.starts_at) / HOUR).collect();
    assert_eq!(hours, [0, 5 * 24, 7 * 24, 14 * 24 + 1], "at 17.00 on the clock, also after it was put back");
    assert!(school.iter().all(|one| one.notes == "Avaimet Maijalta" && one.segments.len() == 2));
    assert!(
        school.iter().all(|one| one.event.links.len() == 1 && one.event.ends_at - one.event.starts_at == 5_400_000)
    );
    let again = post(server, &editor, &repeat, &typed).await;
    assert_eq!(again.headers()["location"], "/staff/events?done=repeated&events=0", "what is there stays one");

    let copy = page(server, &editor, &format!("/staff/events/new?from={}", first.id)).await;
    assert!(copy.contains("Avaimet Maijalta"), "{copy}");
});

on_test_server!(an_event_with_answers_is_cancelled_and_not_deleted, |server| {
    let editor = server.session(Role::Editor).await;
    let new = thursday(server, &editor).await;
    let delete = format!("/staff/events/{}/delete", new.id);
    assert!(page(server, &editor, &delete).await.contains("cannot be undone"));
    let done = post(server, &editor, &delete, &[]).await;
    assert_eq!(done.headers()["location"], "/staff/events?done=deleted");
    assert!(events(server).await.iter().all(|one| one.event.id != new.id));
    let code = server.http.get(format!("{}/f/{}", server.base, new.code)).send().await.expect("an answer");
    assert_eq!(code.status(), 404, "its code opens nothing");
    assert_eq!(post(server, &editor, &delete, &[]).await.status(), 404);

    server.results(&[server.item(1, 5, 9)]).await;
    let delete = format!("/staff/events/{}/delete", server.event.id);
    assert!(page(server, &editor, &delete).await.contains("cannot be deleted"));
    assert_eq!(post(server, &editor, &delete, &[]).await.status(), 409);
    assert!(events(server).await.iter().any(|one| one.event.id == server.event.id));
});

on_test_server!(the_second_of_two_people_sees_both_versions, |server| {
    let editor = server.session(Role::Editor).await;
    let event = thursday(server, &editor).await;
    let edit = format!("/staff/events/{}/edit", event.id);
    let shown = page(server, &editor, &edit).await;
    let seen = |page: &str| {
        let rest = page.split("name=\"seen\" value=\"").nth(1).expect("a version");
        rest.split('"').next().expect("an end").to_owned()
    };
    let (venue, first) = (server.venue.id.to_string(), seen(&shown));
    let typed = |starts: &'static str, seen: &str| {
        [
            ("title_fi", "Sirkuskoulu".to_owned()),
            ("venue", venue.clone()),
            ("day", "2026-10-15".to_owned()),
            ("starts", starts.to_owned()),
            ("ends", "19:00".to_owned()),
            ("seen", seen.to_owned()),
        ]
    };
    let send = async |starts: &'static str, seen: &str| {
        let typed = typed(starts, seen);
        let fields: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        post(server, &editor, &edit, &fields).await
    };
    assert_eq!(send("17:15", &first).await.status(), 303);
    let second = send("17:45", &first).await;
    assert_eq!(second.status(), 409);
    let both = second.text().await.expect("a page");
    assert!(both.contains("Somebody else has changed the event") && both.contains("17:15"), "{both}");
    assert!(both.contains("value=\"17:45\""), "the own version is in the fields: {both}");
    assert_eq!(send("17:45", &seen(&both)).await.status(), 303, "now it was seen");
});
