//! `aplodi serve --smtp-url`

use harness::{
    fixture::Fixture,
    message_sinks::MailSink,
    program::{aplodi, run},
    store::sqlite,
    until,
};

use domain::{
    event::Window,
    time::{HOUR, Millis},
    venue_settings::{Alerts, VenueSettings},
};
use std::{
    process::Stdio,
    time::{SystemTime, UNIX_EPOCH},
};

use super::failed;

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    since.as_millis().try_into().expect("soon")
}

/// A tablet that was paired long ago and has never been heard from, and an audience that is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_tablet_is_told_by_mail() {
    let (db, _folder) = sqlite().await;
    let (post, mut fixture) = (MailSink::open().await, Fixture::new());
    fixture.event.ends_at = now();
    fixture.event.starts_at = now() - HOUR;
    fixture.event.window = Window { from: now() - HOUR, until: now() + HOUR };
    fixture.open(db.system()).await;
    db.execute("UPDATE pairings SET paired_at = 1000").await;
    // It has only been started anew, as for an update: a pause would have to be waited out.
    let moment_ago = format!("INSERT INTO listening (one, since, until) VALUES (1, 1000, {})", now() + HOUR);
    db.execute(&moment_ago).await;
    let alerts = Alerts { emails: vec!["maija@house.example".into()], ..Alerts::default() };
    let settings = VenueSettings { alerts, ..VenueSettings::default() };
    assert!(db.everything().set_venue_settings(fixture.venue.id, &settings).await.expect("settings"));

    let mut serving = aplodi(&db.url);
    serving.args(["serve", "--listen", "127.0.0.1:0"]).stdin(Stdio::null()).stdout(Stdio::null());
    serving.env("APLODI_SMTP_URL", &post.url).env("APLODI_MAIL_FROM", "Aplodi <aplodi@house.example>");
    let _serving = serving.spawn().expect("the program starts");
    until("an email", async || !post.emails().is_empty()).await;
    assert_eq!(post.emails()[0].subject, "Tabletti ei vastaa: aula, Sirkusteltta");
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_is_refused_without_its_password() {
    let (db, _folder) = sqlite().await;
    let serve = async |more: &[&str]| run(&db.url, &[&["serve", "--listen", "127.0.0.1:0"], more].concat()).await;
    let said = failed(&serve(&["--smtp-url", "http://a:verysecret@mail.example", "--mail-from", "a@b.fi"]).await);
    assert!(said.contains("--smtp-url") && !said.contains("verysecret"), "{said}");
    let said = failed(&serve(&["--smtp-url", "smtps://mail.example", "--mail-from", "nobody"]).await);
    assert!(said.contains("--mail-from"), "{said}");
    let alone = serve(&["--smtp-url", "smtps://mail.example"]).await;
    assert!(!alone.status.success());
    assert!(String::from_utf8_lossy(&alone.stderr).contains("--mail-from"), "{alone:?}");
}
