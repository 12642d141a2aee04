//! `aplodi config`

use harness::program::printed;

#[tokio::test]
async fn the_configuration_is_shown_without_its_password() {
    let database = "postgres://aplodi:verysecret@db.example/aplodi";
    let shown = printed(database, &["config", "--public-url", "https://feedback.example"]).await;
    assert!(!shown.contains("verysecret"), "{shown}");
    assert!(shown.contains("db.example/aplodi"), "{shown}");
    assert!(shown.contains("APLODI_PUBLIC_URL=https://feedback.example"), "{shown}");
}
