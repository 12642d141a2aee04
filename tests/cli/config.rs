//! `aplodi config`

use harness::program::{printed, run};

#[tokio::test]
async fn the_configuration_is_shown_without_its_password() {
    let database = "postgres://aplodi:verysecret@db.example/aplodi";
    let mail = ["--smtp-url", "smtps://aplodi:verysecret@mail.example", "--mail-from", "aplodi@circus.example"];
    let shown = printed(database, &[&["config", "--public-url", "https://feedback.example"], &mail[..]].concat()).await;
    assert!(!shown.contains("verysecret"), "{shown}");
    assert!(shown.contains("APLODI_SMTP_URL=smtps://aplodi:hidden@mail.example"), "{shown}");
    assert!(shown.contains("APLODI_MAIL_FROM=aplodi@circus.example"), "{shown}");
    assert!(shown.contains("db.example/aplodi"), "{shown}");
    assert!(shown.contains("APLODI_PUBLIC_URL=https://feedback.example"), "{shown}");
    assert!(shown.contains("APLODI_LOG_FORMAT=text") && !shown.contains("METRICS"), "{shown}");
}

#[tokio::test]
async fn the_token_of_the_metrics_is_hidden() {
    let given =
        ["config", "--metrics-token", "verysecret", "--metrics-listen", "127.0.0.1:9100", "--log-format", "json"];
    let shown = printed("sqlite://a.db", &given).await;
    assert!(!shown.contains("verysecret") && shown.contains("APLODI_METRICS_TOKEN=hidden"), "{shown}");
    assert!(shown.contains("APLODI_METRICS_LISTEN=127.0.0.1:9100"), "{shown}");
    assert!(shown.contains("APLODI_LOG_FORMAT=json"), "{shown}");
}

#[tokio::test]
async fn the_web_servers_in_front_are_shown() {
    let given = ["config", "--trusted-proxy", "127.0.0.1", "--trusted-proxy", "10.0.0.0/8,fd00::/8"];
    let shown = printed("sqlite://a.db", &given).await;
    assert!(shown.contains("APLODI_TRUSTED_PROXY=127.0.0.1/32,10.0.0.0/8,fd00::/8"), "{shown}");
}

#[tokio::test]
async fn an_address_that_is_more_than_an_origin_is_refused_at_the_start() {
    for address in
        ["https://own.example/palaute", "https://own.example?a", "https://eva@own.example", "ftp://own.example"]
    {
        for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["config"]] {
            let output = run("sqlite://nowhere/a.db", &[command, &["--public-url", address]].concat()).await;
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(!output.status.success() && said.contains("the public address"), "{command:?} {address}: {said}");
        }
    }
}
