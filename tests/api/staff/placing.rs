//! `/staff/events/{id}/edit`: where the answers go that the programme had placed, when an event moves.

use domain::{
    event::EventSource,
    flag::Flag,
    id::EventId,
    time::{DAY, LocalDay},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::Value;
use store::staff::Role;

use super::events::post;

const TODAY: LocalDay = LocalDay::from_date(2026, 11, 21);

/// Where answers are: the event, what decided it, the day, and whether it is doubted.
type Placed = (Option<EventId>, Option<EventSource>, LocalDay, bool);

/// Where the answers are that named an event, and those that did not.
async fn placed(server: &TestServer) -> (Vec<Placed>, Vec<Placed>) {
    let page = server.state.store.system().responses(None, 99).await.expect("responses");
    let (named, unnamed): (Vec<_>, Vec<_>) =
        page.responses.into_iter().partition(|stored| stored.response.event.is_some());
    let [named, unnamed] = [named, unnamed].map(|some| {
        let place = |stored: &store::responses::StoredResponse| {
            let is_outside = stored.flags.contains(&Flag::OutsideWindow);
            (stored.place.event, stored.place.source, stored.place.local_day, is_outside)
        };
        some.iter().map(place).collect()
    });
    (named, unnamed)
}

/// Saves the show as the form has it, with other words in some fields.
async fn save(server: &TestServer, cookie: &str, other: &[(&str, &str)]) {
    let venue = server.venue.id.to_string();
    let usual = [
        ("title_fi", "Talvisirkus"),
        ("title_sv", "Vintercirkus"),
        ("title_en", "Winter Circus"),
        ("venue", &venue),
        ("day", "2026-11-21"),
        ("starts", "18:20"),
        ("ends", "20:20"),
        ("attendance", "540"),
    ];
    let is_usual = |name: &str| other.iter().all(|(other, _)| *other != name);
    let fields: Vec<_> = usual.into_iter().filter(|(name, _)| is_usual(name)).chain(other.iter().copied()).collect();
    let path = format!("/staff/events/{}/edit", server.event.id);
    assert_eq!(post(server, cookie, &path, &fields).await.status(), 303);
}

/// Answers at a tablet that named no event, at a tablet that showed it, and by its code.
async fn answer(server: &TestServer) {
    let mut items: Vec<Value> = (1..=9).map(|number| server.item(number, 5, 9)).collect();
    for item in &mut items[..6] {
        item["event"] = Value::Null;
    }
    server.results(&items).await;
    let page = server.http.get(format!("{}/f/kx7p", server.base)).send().await.expect("an answer");
    let page = page.text().await.expect("a page");
    let (_, token) = page.split_once("name=\"token\" value=\"").expect("a token");
    let token = token.split_once('"').expect("its end").0;
    let face = format!("q.{}", server.question(0).id);
    let sent = post(server, "", "/f/KX7P/answer", &[("token", token), ("lang", "fi"), (&face, "4")]).await;
    assert_eq!(sent.status(), 303);
}

on_test_server!(an_event_that_moves_takes_along_only_what_named_it, |server| {
    answer(server).await;
    let (named, there) = placed(server).await;
    let at_the_show = (Some(server.event.id), Some(EventSource::Programme), TODAY, false);
    assert_eq!((named.len(), there), (4, vec![at_the_show; 6]));
    assert!(named.iter().any(|(_, source, ..)| *source == Some(EventSource::Code)));
    assert!(named.iter().any(|(_, source, ..)| *source == Some(EventSource::Kiosk)));
    let editor = server.session(Role::Editor).await;
    let of_the_day = (None, None, TODAY, false);
    let (tomorrow, late) = (("day", "2026-11-22"), [("starts", "22:30"), ("ends", "23:50")]);
    for (what, fields, expected) in [
        ("tomorrow", &[tomorrow][..], of_the_day),
        ("as it was", &[], at_the_show),
        ("later tonight: nobody answers a show before it", &late, (None, None, TODAY, true)),
        ("as it was again", &[], at_the_show),
        ("cancelled: no answer is about it but by its code", &[("cancelled", "yes")], of_the_day),
        ("after all", &[], at_the_show),
    ] {
        server.settle().await;
        save(server, &editor, fields).await;
        assert_ne!(server.state.store.system().due(1).await.expect("what is due"), [], "{what}");
        assert_eq!(placed(server).await, (named.clone(), vec![expected; 6]), "{what}");
        let at_the_event = if expected == at_the_show { 10 } else { 4 };
        assert_eq!(server.summary().await["counted"], at_the_event, "{what}");
        assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), [], "{what}");
    }
    server.settle().await;
    save(server, &editor, &[]).await;
    assert_eq!(server.state.store.system().due(1).await.expect("what is due"), [], "nothing has changed");
});

on_test_server!(an_event_at_another_venue_leaves_its_answers_where_they_were_given, |server| {
    answer(server).await;
    let (named, _) = placed(server).await;
    let mut elsewhere = server.venue.clone();
    elsewhere.id = harness::test_server::id(800).into();
    (elsewhere.code, elsewhere.name) = ("HALL".into(), "The Hall".into());
    server.state.store.system().save_venue(&elsewhere).await.expect("a venue");
    let editor = server.session(Role::Editor).await;
    save(server, &editor, &[("venue", &elsewhere.id.to_string())]).await;
    assert_eq!(placed(server).await, (named, vec![(None, None, TODAY, false); 6]));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(an_event_that_is_added_afterwards_gets_the_answers_that_found_none, |server| {
    let mut items: Vec<Value> = (1..=6).map(|number| server.item(number, 5, 9)).collect();
    for item in &mut items {
        item["event"] = Value::Null;
        item["answered_at"] = (NOW - 2 * DAY).into();
    }
    server.results(&items).await;
    let day = LocalDay::from_date(2026, 11, 19);
    assert_eq!(placed(server).await.1, vec![(None, None, day, false); 6]);
    let editor = server.session(Role::Editor).await;
    let venue = server.venue.id.to_string();
    let fields =
        [("title_fi", "Unohdettu"), ("venue", &venue), ("day", "19.11.2026"), ("starts", "18:00"), ("ends", "20:00")];
    assert_eq!(post(server, &editor, "/staff/events/new", &fields).await.status(), 303);
    for (event, source, ..) in placed(server).await.1 {
        assert!(event.is_some_and(|event| event != server.event.id));
        assert_eq!(source, Some(EventSource::Programme));
    }
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});
