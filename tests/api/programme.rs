//! `GET /api/v1/venues` and `GET /api/v1/productions`: what the ids of events stand for.

use domain::{event::Event, id::ProductionId, lang::Text};
use harness::on_test_server;
use serde_json::{Value, json};
use store::{programme::Production, staff::Role};
use uuid::Uuid;

on_test_server!(a_program_that_reads_events_learns_what_their_ids_mean, |server| {
    let system = server.state.store.system();
    let title = Text::new("Yötaivas", "Natthimlen", "Night sky");
    let production = Production::new(ProductionId(Uuid::from_u128(7)), title.clone());
    system.save_production(&production).await.expect("a production");
    let event = Event { production: Some(production.id), ..server.event.clone() };
    system.save_event(&event).await.expect("an event");

    let token = server.api_token(Role::Viewer).await;
    let read = async |address: &str| -> Value {
        let asked = server.http.get(format!("{}{address}", server.base)).bearer_auth(&token).send();
        asked.await.expect("an answer").json().await.expect("JSON")
    };
    let events = read("/api/v1/events").await;
    let listed = read("/api/v1/venues").await;
    let venue = &listed["venues"][0];
    assert_eq!(venue["id"], events["events"][0]["venue"]);
    assert_eq!(venue["name"], server.venue.name);
    assert_eq!(venue["time_zone"], server.venue.time_zone);
    let listed = read("/api/v1/productions").await;
    assert_eq!(listed, json!({"productions": [{"id": events["events"][0]["production"], "title": title}]}));
});
