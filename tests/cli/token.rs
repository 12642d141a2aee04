//! `aplodi token`

use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{Serving, printed, run, token},
    store::TestStore,
};
use serde_json::Value;

use crate::failed;

on_both_databases!(a_token_reads_the_events, a_token_is_named_changed_and_revoked);

async fn a_token_reads_the_events(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let serving = Serving::start(&db.url, &[]).await;
    let token = token(&db.url, &["token", "add", "--name", "annual report", "--role", "viewer"]).await;
    let ask = |token: &str| {
        let address = format!("{}/api/v1/events", serving.base);
        reqwest::Client::new().get(address).bearer_auth(token).send()
    };
    let events: Value = ask(&token).await.expect("an answer").json().await.expect("JSON");
    assert_eq!(events["events"][0]["id"], fixture.event.id.to_string());
    assert_eq!(ask("another").await.expect("an answer").status(), 401);
    assert!(serving.stop().await);
}

async fn a_token_is_named_changed_and_revoked(db: &TestStore) {
    let token = token(&db.url, &["token", "add", "--name", "annual report", "--role", "editor"]).await;
    let role = async || db.system().token_role(aplodi::secrets::hash_token(&token)).await.expect("a look");
    let listed = printed(&db.url, &["token", "list"]).await;
    assert!(listed.starts_with("annual report: editor, added 20") && !listed.contains(&token), "{listed}");
    printed(&db.url, &["token", "role", "--name", "annual report", "--role", "viewer"]).await;
    assert_eq!(role().await, Some(store::staff::Role::Viewer));
    printed(&db.url, &["token", "revoke", "--name", "annual report"]).await;
    assert_eq!(role().await, None);
    assert!(printed(&db.url, &["token", "list"]).await.contains("revoked 20"));
    let said = failed(&run(&db.url, &["token", "revoke", "--name", "annual report"]).await);
    assert!(said.contains("annual report"), "{said}");
}

#[tokio::test]
async fn an_unknown_role_is_refused() {
    let output = run("sqlite://never-opened.db", &["token", "add", "--name", "x", "--role", "king"]).await;
    assert_eq!(output.status.code(), Some(2), "the usage is wrong");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("viewer, editor or admin"), "{said}");
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_said_to_be() {
    let said = failed(&run("mysql://somewhere/else", &["token", "add", "--name", "x", "--role", "viewer"]).await);
    assert!(said.starts_with("aplodi: "), "{said}");
}
