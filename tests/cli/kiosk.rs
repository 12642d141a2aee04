//! `aplodi kiosk`

use std::process::{Output, Stdio};

use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{Serving, aplodi, printed, run},
    store::TestStore,
};
use serde_json::Value;

use crate::failed;

on_both_databases!(
    a_kiosk_is_added_by_its_venue,
    a_tablet_is_named_and_unpaired,
    a_name_is_what_a_page_would_take,
    an_unknown_venue_is_named,
    what_is_assumed_is_said,
    who_reads_no_further_is_not_shouted_at,
);

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

async fn a_tablet_is_named_and_unpaired(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let venue = ["--venue", &fixture.venue.code, "--name", "Balcony"];
    let token = printed(&db.url, &[&["kiosk", "add"][..], &venue].concat()).await;
    let token = aplodi::secrets::hash_token(token.lines().next().expect("a token"));
    let line = |state: &str| format!("{}, Balcony: {state}\n", fixture.venue.code);
    assert!(printed(&db.url, &["kiosk", "list"]).await.contains(&line("paired")));
    assert!(db.system().pairing_by_token(token).await.expect("a look").is_some());
    printed(&db.url, &[&["kiosk", "revoke"][..], &venue].concat()).await;
    assert!(printed(&db.url, &["kiosk", "list"]).await.contains(&line("no tablet")));
    assert!(db.system().pairing_by_token(token).await.expect("a look").is_none());
    let said = failed(&run(&db.url, &[&["kiosk", "revoke"][..], &venue].concat()).await);
    assert!(said.contains("Balcony"), "{said}");
}

async fn a_name_is_what_a_page_would_take(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let kiosks = printed(&db.url, &["kiosk", "list"]).await;
    for name in ["", "\u{200b}", "\u{1b}[31mFoyer", "Foyer\nBalcony: paired", &"n".repeat(121)] {
        for add in [&["kiosk", "add", "--venue", &fixture.venue.code][..], &["token", "add", "--role", "viewer"]] {
            let output = run(&db.url, &[add, &["--name", name]].concat()).await;
            assert!(!output.status.success(), "{output:?}");
        }
    }
    assert_eq!(printed(&db.url, &["kiosk", "list"]).await, kiosks);
    assert_eq!(printed(&db.url, &["token", "list"]).await, "");
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

/// A pipe whose reader is satisfied is no failure, and nothing is left undone for it.
async fn who_reads_no_further_is_not_shouted_at(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let at_venue = |name| ["--venue", &fixture.venue.code, "--name", name];
    for arguments in [
        vec!["kiosk", "list"],
        vec!["venue", "list"],
        vec!["recount"],
        vec!["config"],
        [&["kiosk", "add"][..], &at_venue("Balcony")].concat(),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ran = run_into(writer.into(), &db.url, &arguments).await;
        assert_eq!(String::from_utf8_lossy(&ran.stderr), "", "{arguments:?}");
        assert!(ran.status.success(), "{arguments:?}: {}", ran.status);
    }
    assert!(printed(&db.url, &["kiosk", "list"]).await.contains("Balcony"));
    let full = std::fs::File::options().write(true).open("/dev/full");
    if let Ok(full) = full {
        failed(&run_into(full.into(), &db.url, &["config"]).await);
    }
}

async fn run_into(stdout: Stdio, url: &str, arguments: &[&str]) -> Output {
    let mut command = aplodi(url);
    command.args(arguments).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped());
    command.spawn().expect("the program starts").wait_with_output().await.expect("an end")
}
