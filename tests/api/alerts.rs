//! Who is told what is wrong with a tablet, and when.

use std::sync::Arc;

use aplodi::{
    client_address::Proxies,
    clock::Rng,
    http::site::Site,
    notify::reach::WebhookReach,
    server::{Limits, Options, Server},
};
use domain::{
    time::{DAY, HOUR, MINUTE, Millis},
    venue_settings::{Alerts, VenueSettings},
};
use harness::{
    message_sinks::{MailSink, WebhookSink},
    on_test_server,
    test_server::{NOW, TestServer, mailer_to},
};
use serde_json::json;
use store::{Scope, staff::Role};

use crate::steps::{beat, pass_until};

/// Somebody is to be told.
async fn tell(server: &TestServer, alerts: Alerts) {
    let settings = VenueSettings { alerts, ..VenueSettings::default() };
    assert!(
        server
            .state
            .store
            .for_staff(Scope::All)
            .set_venue_settings(server.venue.id, &settings)
            .await
            .expect("settings")
    );
}

fn by_mail() -> Alerts {
    Alerts { emails: vec!["maija@house.example".into()], ..Alerts::default() }
}

/// Lets the server look at an instant, and listen until then.
async fn at(server: &TestServer, now: Millis) {
    pass_until(server, now).await;
    server.alert_job.round().await.expect("a round");
}

/// What the emails are about, without the place.
fn subjects(mail: &MailSink) -> Vec<String> {
    let emails = mail.emails();
    emails.iter().map(|email| email.subject.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// The page of the tablets as an editor reads it, in English.
async fn page(server: &TestServer) -> String {
    let session = server.session(Role::Editor).await;
    let address = format!("{}/staff/kiosks?lang=en", server.base);
    let page = server.http.get(address).header("cookie", session).send().await.expect("an answer");
    page.text().await.expect("a page")
}

on_test_server!(a_silence_is_told_once_and_so_is_its_end, |server| {
    let program = WebhookSink::start().await;
    tell(server, Alerts { webhook: Some(program.url.clone()), ..by_mail() }).await;
    beat(server, json!({"seq": 0})).await;
    at(server, NOW + 14 * MINUTE).await;
    assert!(server.mail.emails().is_empty(), "not yet");
    for minutes in 15..40 {
        at(server, NOW + minutes * MINUTE).await;
    }
    let emails = server.mail.emails();
    assert_eq!(emails.len(), 1, "{emails:#?}");
    assert_eq!(emails[0].subject, "Tabletti ei vastaa: Foyer, The Tent");
    assert_eq!((emails[0].from.as_str(), emails[0].to.as_str()), ("aplodi@house.example", "maija@house.example"));
    assert!(emails[0].text.contains("la 21.11. klo 20.30"), "since when, on the clock of the venue: {emails:#?}");
    assert!(
        emails[0].text.contains("Älä tyhjennä") && emails[0].text.contains(&format!("{}/staff/kiosks", server.base))
    );
    let calls = program.calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["type"], "kiosk.silent");
    assert_eq!(calls[0]["heard"], true, "as JSON, at the whole address");
    assert_eq!((&calls[0]["since"], &calls[0]["until"]), (&json!(NOW), &json!(null)));
    assert_eq!(calls[0]["kiosk"], json!({"id": server.pairing.kiosk, "name": "Foyer"}));
    assert_eq!(calls[0]["venue"]["code"], "TENT");

    server.clock.set(NOW + 40 * MINUTE);
    beat(server, json!({"seq": 0})).await;
    for minutes in 40..50 {
        at(server, NOW + minutes * MINUTE).await;
    }
    assert_eq!(subjects(&server.mail), ["Tabletti ei vastaa", "Tabletti on taas yhteydessä"]);
    let calls = program.calls();
    assert_eq!((&calls[1]["type"], &calls[1]["id"]), (&json!("kiosk.back"), &calls[0]["id"]));
    assert_eq!(calls[1]["until"], NOW + 40 * MINUTE);
    let page = page(server).await;
    assert!(page.contains("E-mail maija@house.example: sent Sat 21 Nov, 20:45"), "{page}");
    assert!(page.contains("Another program 127.0.0.1: sent") && !page.contains("key=secret"), "{page}");
});

on_test_server!(a_server_that_was_away_takes_no_tablet_for_silent, |server| {
    tell(server, by_mail()).await;
    beat(server, json!({"seq": 0})).await;
    at(server, NOW).await;
    // Nobody has listened for half an hour.
    let back = NOW + 30 * MINUTE;
    server.clock.set(back);
    at(server, back).await;
    let shown = page(server).await;
    assert!(shown.contains("Contact is faltering") && !shown.contains("Out of touch"), "{shown}");
    for rounds in 1..28 {
        at(server, back + rounds * MINUTE / 2).await;
    }
    assert!(page(server).await.contains("Out of touch"), "whoever looks is told what is true");
    assert!(server.mail.emails().is_empty(), "the server was away, not the tablet");
    at(server, NOW + 45 * MINUTE).await;
    assert_eq!(subjects(&server.mail), ["Tabletti ei vastaa"], "it has had its time");
});

on_test_server!(a_tablet_that_is_off_at_night_wakes_nobody, |server| {
    tell(server, by_mail()).await;
    for minutes in (0..50).step_by(7) {
        server.clock.set(NOW + minutes * MINUTE);
        beat(server, json!({"seq": 0})).await;
    }
    for hours in 2..14 {
        at(server, NOW + hours * HOUR).await;
    }
    assert!(server.mail.emails().is_empty());
});

on_test_server!(quiet_hours_are_quiet, |server| {
    // From 20:00 until 7:00 in Helsinki; it is 20:30.
    tell(server, Alerts { quiet: Some([20 * 60, 7 * 60]), ..by_mail() }).await;
    beat(server, json!({"seq": 0})).await;
    at(server, NOW + 20 * MINUTE).await;
    assert!(page(server).await.contains("Will be sent after the quiet hours"));
    at(server, NOW + 10 * HOUR).await;
    assert!(server.mail.emails().is_empty());
    at(server, NOW + 10 * HOUR + 30 * MINUTE).await;
    assert_eq!(subjects(&server.mail), ["Tabletti ei vastaa"], "it still holds");
});

on_test_server!(what_mends_itself_in_quiet_hours_is_never_told, |server| {
    tell(server, Alerts { quiet: Some([20 * 60, 7 * 60]), ..by_mail() }).await;
    beat(server, json!({"seq": 0})).await;
    at(server, NOW + 20 * MINUTE).await;
    beat(server, json!({"seq": 0})).await;
    at(server, NOW + 21 * MINUTE).await;
    at(server, NOW + 12 * HOUR).await;
    assert!(server.mail.emails().is_empty());
    assert!(page(server).await.contains("Passed during the quiet hours"));
});

on_test_server!(a_cleared_storage_and_refused_answers_are_told_once, |server| {
    tell(server, by_mail()).await;
    beat(server, json!({"seq": 7})).await;
    at(server, NOW).await;
    beat(server, json!({"seq": 0, "rejected": 2})).await;
    for minutes in 1..5 {
        at(server, NOW + minutes * MINUTE).await;
        beat(server, json!({"seq": 0, "rejected": 3})).await;
    }
    let mut told = subjects(&server.mail);
    told.sort();
    assert_eq!(told, ["Palvelin hylkäsi vastauksia", "Tabletin muisti on tyhjennetty"]);
});

on_test_server!(a_post_office_that_is_closed_is_tried_again_and_holds_nothing_up, |server| {
    let program = WebhookSink::start().await;
    tell(server, Alerts { webhook: Some(program.url.clone()), ..by_mail() }).await;
    beat(server, json!({"seq": 0})).await;
    server.mail.set_open(false);
    program.answer(302);
    at(server, NOW + 15 * MINUTE).await;
    assert_eq!(program.calls().len(), 1, "who points elsewhere is not followed");
    assert_eq!(server.results(&[server.item(1, 5, 10)]).await[0]["status"], "stored");
    let shown = page(server).await;
    assert!(shown.contains("E-mail maija@house.example: not delivered, trying again"), "{shown}");
    assert!(shown.contains("Another program 127.0.0.1: not delivered, trying again"), "{shown}");
    assert!(!shown.contains("302"), "what it answered is nobody's business: {shown}");
    at(server, NOW + 15 * MINUTE + 59_000).await;
    assert_eq!(program.calls().len(), 1, "not before its time");
    program.answer(204);
    at(server, NOW + 16 * MINUTE).await;
    at(server, NOW + 17 * MINUTE).await;
    assert_eq!(program.calls().len(), 2);
    server.mail.set_open(true);
    at(server, NOW + 20 * MINUTE).await;
    at(server, NOW + 21 * MINUTE).await;
    assert_eq!(subjects(&server.mail), ["Tabletti ei vastaa"]);
});

on_test_server!(after_a_day_nobody_tries_any_more, |server| {
    tell(server, by_mail()).await;
    beat(server, json!({"seq": 0})).await;
    server.mail.set_open(false);
    at(server, NOW + 15 * MINUTE).await;
    at(server, NOW + 15 * MINUTE + DAY).await;
    server.mail.set_open(true);
    at(server, NOW + 3 * DAY).await;
    assert!(server.mail.emails().is_empty());
    assert!(page(server).await.contains("not delivered, given up Sun 22 Nov, 20:45"));
});

on_test_server!(of_several_servers_one_tells, |server| {
    tell(server, by_mail()).await;
    beat(server, json!({"seq": 0})).await;
    let mut others = Vec::new();
    for seed in 0..3 {
        let options = Options {
            database_url: server.database_url.clone(),
            public_url: server.base.parse().expect("a URL"),
            demo: false,
            mailer: Some(mailer_to(&server.mail)),
            webhooks: WebhookReach::Private,
            open_id: None,
            site: Site::load().unwrap_or_default(),
            clock: server.clock.clone(),
            rng: Arc::new(Rng::seeded(seed)),
            limits: Limits::default(),
            proxies: Proxies::default(),
            metrics_token: None,
        };
        others.push(Server::prepare(options).await.expect("another server"));
    }
    pass_until(server, NOW + 15 * MINUTE).await;
    let rounds = others.iter().map(Server::alert_job).chain([&server.alert_job]).map(|job| job.round());
    for round in futures::future::join_all(rounds).await {
        round.expect("a round");
    }
    assert_eq!(subjects(&server.mail), ["Tabletti ei vastaa"]);
    // The one that told is gone; another takes over.
    server.clock.set(NOW + 30 * MINUTE);
    beat(server, json!({"seq": 0})).await;
    others[1].alert_job().round().await.expect("a round");
    others[2].alert_job().round().await.expect("a round");
    assert_eq!(subjects(&server.mail), ["Tabletti ei vastaa", "Tabletti on taas yhteydessä"]);
});
