//! `aplodi kiosk add`

use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{Serving, printed, run},
    store::TestStore,
};
use serde_json::Value;

use crate::failed;

on_both_databases!(a_kiosk_is_added_by_its_venue, an_unknown_venue_is_named, what_is_assumed_is_said);

async fn a_kiosk_is_added_by_its_venue(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let serving = Serving::start(&db.url, &[]).await;
    let add = ["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer", "--public-url", &serving.base];
    let printed = printed(&db.url, &add).await;
    let token = printed.lines().next().expect("a token");
    assert!(printed.contains(&format!("{}/kiosk#token={token}", serving.base)), "{printed}");

    let config = format!("{}/api/v1/kiosk/config", serving.base);
    let answer = reqwest::Client::new().get(config).bearer_auth(token).send().await.expect("an answer");
    let config: Value = answer.json().await.expect("JSON");
    assert_eq!(config["venue"]["code"], fixture.venue.code);
    assert_eq!(config["kiosk"]["name"], "Foyer");
    assert!(serving.stop().await);
}

async fn an_unknown_venue_is_named(db: &TestStore) {
    let said = failed(&run(&db.url, &["kiosk", "add", "--venue", "NOWHERE", "--name", "Foyer"]).await);
    assert!(said.contains("NOWHERE"), "{said}");
}

async fn what_is_assumed_is_said(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let printed = printed(&db.url, &["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer"]).await;
    assert!(printed.contains("http://127.0.0.1:3000/kiosk#token="), "{printed}");
    assert!(printed.contains("--public-url"), "{printed}");
}
