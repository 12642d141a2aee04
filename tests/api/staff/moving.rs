//! Answers that came to the wrong event are looked at and moved, by a form and by a program.

use domain::{
    id::EventId,
    time::{DAY, HOUR, MINUTE},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer, id},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use store::staff::Role;

use super::events::{page, post};

/// A show at the same venue a day before.
async fn matinee(server: &TestServer) -> EventId {
    let mut event = server.event.clone();
    event.id = EventId(id(900));
    event.code = "matinea".into();
    for at in [&mut event.starts_at, &mut event.ends_at, &mut event.window.from, &mut event.window.until] {
        *at -= DAY;
    }
    server.state.store.system().save_event(&event).await.expect("an event");
    event.id
}

async fn counted(server: &TestServer, event: EventId) -> u64 {
    let store = server.state.store.for_staff(store::Scope::All);
    store.counted(&[event]).await.expect("a count").get(&event).copied().unwrap_or(0)
}

on_test_server!(a_span_of_an_evening_is_moved_by_a_form, |server| {
    let other = matinee(server).await;
    let items: Vec<Value> = (1..=6).map(|number| server.item(number, 5, 9)).collect();
    server.results(&items).await;
    let editor = server.session(Role::Editor).await;
    let path = format!("/staff/events/{}/move", server.event.id);
    assert!(page(server, &editor, &format!("/staff/events/{}/edit", server.event.id)).await.contains(&path));
    let empty = page(server, &editor, &path).await;
    assert!(empty.contains(&other.to_string()) && !empty.contains("Move them"), "{empty}");

    // All of them were given a minute before half past eight.
    let asked = |from: &str, until: &str| format!("{path}?to={other}&from=2026-11-21T{from}&until=2026-11-21T{until}");
    let shown = page(server, &editor, &asked("20:00", "20:29")).await;
    assert!(shown.contains("6 answers, given from Sat 21 Nov, 20:00 to Sat 21 Nov, 20:29, move to"), "{shown}");
    assert!(page(server, &editor, &asked("19:00", "20:28")).await.contains("Nothing was answered"));
    assert_eq!(counted(server, other).await, 0, "looking moves nothing");
    for (from, until, field) in [("25:00", "20:29", "from"), ("20:00", "x", "until"), ("20:30", "20:00", "until")] {
        let refused = page(server, &editor, &asked(from, until)).await;
        assert!(refused.contains(&format!("id=\"{field}-problem\"")), "{from} {until}: {refused}");
    }

    let to = other.to_string();
    let form = [("to", to.as_str()), ("from", "2026-11-21T20:00"), ("until", "2026-11-21T20:29")];
    let moved = post(server, &editor, &path, &form).await;
    assert_eq!(moved.headers()["location"], format!("{path}?moved=6"));
    assert!(page(server, &editor, &format!("{path}?moved=6")).await.contains("6 answers were moved."));
    assert_eq!((counted(server, server.event.id).await, counted(server, other).await), (0, 6));
    assert_eq!(server.state.store.system().recount(false).await.expect("counted"), []);
    let elsewhere = id(901).to_string();
    let wrong = [("to", elsewhere.as_str()), ("from", "2026-11-21T20:00"), ("until", "2026-11-21T20:29")];
    assert_eq!(post(server, &editor, &path, &wrong).await.status(), 422, "it is no event of this venue");
});

on_test_server!(a_program_moves_answers, |server| {
    let other = matinee(server).await;
    let items: Vec<Value> = (1..=6).map(|number| server.item(number, 5, 9)).collect();
    server.results(&items).await;
    let token = server.api_token(Role::Editor).await;
    let send = async |path: String, body: Value| {
        let request = server.http.post(format!("{}/api/v1/{path}", server.base)).bearer_auth(&token);
        let response = request.header("content-type", "application/json").body(body.to_string()).send();
        let response = response.await.expect("an answer");
        (response.status(), response.json::<Value>().await.expect("JSON"))
    };
    let path = format!("events/{}/moves", server.event.id);
    let span = |until: i64, dry_run: bool| json!({"from": NOW - HOUR, "until": until, "to": other, "dry_run": dry_run});
    assert_eq!(send(path.clone(), span(NOW, true)).await, (StatusCode::OK, json!({"responses": 6})));
    assert_eq!(send(path.clone(), span(NOW - MINUTE, true)).await.1, json!({"responses": 0}));
    assert_eq!(counted(server, other).await, 0);
    assert_eq!(send(path.clone(), span(NOW + 1, false)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let one = send(format!("responses/{}/moves", id(1)), json!({"to": other})).await;
    assert_eq!(one, (StatusCode::OK, json!({"responses": 1})));
    assert_eq!(send(path.clone(), span(NOW, false)).await.1, json!({"responses": 5}));
    let nowhere = json!({"from": 0, "until": NOW, "to": id(901)});
    assert_eq!(send(path, nowhere).await.0, StatusCode::NOT_FOUND);
    assert_eq!((counted(server, server.event.id).await, counted(server, other).await), (0, 6));
});
