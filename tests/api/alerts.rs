//! Who is told what is wrong with a tablet, and when.

use std::sync::Arc;

use aplodi::{
    clock::Chance,
    http::site::Site,
    jobs::alerts::round,
    server::{Limits, Options, Server},
};
use domain::{
    time::{DAY, HOUR, MINUTE, Millis},
    venue_settings::{Alerts, VenueSettings},
};
use harness::{
    house::{House, NOW, post_of},
    in_a_house,
    post::{PostOffice, Program},
    until,
};
use serde_json::json;
use store::staff::Role;

use crate::steps::{beat, pass_until};

/// Somebody is to be told.
async fn tell(house: &House, alerts: Alerts) {
    let settings = VenueSettings { alerts, ..VenueSettings::default() };
    assert!(house.state.store.set_venue_settings(house.venue.id, &settings).await.expect("settings"));
}

fn by_mail() -> Alerts {
    Alerts { emails: vec!["maija@house.example".into()], ..Alerts::default() }
}

/// Lets the server look at an instant, and listen until then.
async fn at(house: &House, now: Millis) {
    pass_until(house, now).await;
    round(&house.state).await.expect("a round");
}

/// What the letters are about, without the place.
fn subjects(post: &PostOffice) -> Vec<String> {
    let letters = post.letters();
    letters.iter().map(|letter| letter.subject.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// The page of the tablets as an editor reads it, in English.
async fn page(house: &House) -> String {
    let session = house.session(Role::Editor).await;
    let address = format!("{}/staff/kiosks?lang=en", house.base);
    let page = house.http.get(address).header("cookie", session).send().await.expect("an answer");
    page.text().await.expect("a page")
}

in_a_house!(a_silence_is_told_once_and_so_is_its_end, |house| {
    let program = Program::start().await;
    tell(house, Alerts { webhook: Some(program.url.clone()), ..by_mail() }).await;
    beat(house, json!({"seq": 0})).await;
    at(house, NOW + 14 * MINUTE).await;
    assert!(house.post.letters().is_empty(), "not yet");
    for minutes in 15..40 {
        at(house, NOW + minutes * MINUTE).await;
    }
    let letters = house.post.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert_eq!(letters[0].subject, "Tabletti ei vastaa: Foyer, The Tent");
    assert_eq!((letters[0].from.as_str(), letters[0].to.as_str()), ("aplodi@house.example", "maija@house.example"));
    assert!(letters[0].text.contains("la 21.11. klo 20.30"), "since when, on the clock of the venue: {letters:#?}");
    assert!(
        letters[0].text.contains("Älä tyhjennä") && letters[0].text.contains(&format!("{}/staff/kiosks", house.base))
    );
    let calls = program.calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["type"], "kiosk.silent");
    assert_eq!(calls[0]["heard"], true, "as JSON, at the whole address");
    assert_eq!((&calls[0]["since"], &calls[0]["until"]), (&json!(NOW), &json!(null)));
    assert_eq!(calls[0]["kiosk"], json!({"id": house.pairing.kiosk, "name": "Foyer"}));
    assert_eq!(calls[0]["venue"]["code"], "TENT");

    house.clock.set(NOW + 40 * MINUTE);
    beat(house, json!({"seq": 0})).await;
    for minutes in 40..50 {
        at(house, NOW + minutes * MINUTE).await;
    }
    assert_eq!(subjects(&house.post), ["Tabletti ei vastaa", "Tabletti on taas yhteydessä"]);
    let calls = program.calls();
    assert_eq!((&calls[1]["type"], &calls[1]["id"]), (&json!("kiosk.back"), &calls[0]["id"]));
    assert_eq!(calls[1]["until"], NOW + 40 * MINUTE);
    let page = page(house).await;
    assert!(page.contains("E-mail maija@house.example: sent Sat 21 Nov, 20:45"), "{page}");
    assert!(page.contains("Another program 127.0.0.1: sent") && !page.contains("key=secret"), "{page}");
});

in_a_house!(a_server_that_was_away_takes_no_tablet_for_silent, |house| {
    tell(house, by_mail()).await;
    beat(house, json!({"seq": 0})).await;
    at(house, NOW).await;
    // Nobody has listened for half an hour.
    let back = NOW + 30 * MINUTE;
    house.clock.set(back);
    at(house, back).await;
    let shown = page(house).await;
    assert!(shown.contains("Contact is faltering") && !shown.contains("Out of touch"), "{shown}");
    for rounds in 1..28 {
        at(house, back + rounds * MINUTE / 2).await;
    }
    assert!(page(house).await.contains("Out of touch"), "whoever looks is told what is true");
    assert!(house.post.letters().is_empty(), "the server was away, not the tablet");
    at(house, NOW + 45 * MINUTE).await;
    assert_eq!(subjects(&house.post), ["Tabletti ei vastaa"], "it has had its time");
});

in_a_house!(a_tablet_that_is_off_at_night_wakes_nobody, |house| {
    tell(house, by_mail()).await;
    // The house's own server looks by itself as well.
    for minutes in (0..50).step_by(7) {
        house.clock.set(NOW + minutes * MINUTE);
        beat(house, json!({"seq": 0})).await;
    }
    for hours in 2..14 {
        at(house, NOW + hours * HOUR).await;
    }
    assert!(house.post.letters().is_empty());
});

in_a_house!(quiet_hours_are_quiet, |house| {
    // From 20:00 until 7:00 in Helsinki; it is 20:30.
    tell(house, Alerts { quiet: Some([20 * 60, 7 * 60]), ..by_mail() }).await;
    beat(house, json!({"seq": 0})).await;
    at(house, NOW + 20 * MINUTE).await;
    assert!(page(house).await.contains("Will be told after the quiet hours"));
    at(house, NOW + 10 * HOUR).await;
    assert!(house.post.letters().is_empty());
    at(house, NOW + 10 * HOUR + 30 * MINUTE).await;
    assert_eq!(subjects(&house.post), ["Tabletti ei vastaa"], "it still holds");
});

in_a_house!(what_mends_itself_in_quiet_hours_is_never_told, |house| {
    tell(house, Alerts { quiet: Some([20 * 60, 7 * 60]), ..by_mail() }).await;
    beat(house, json!({"seq": 0})).await;
    at(house, NOW + 20 * MINUTE).await;
    beat(house, json!({"seq": 0})).await;
    at(house, NOW + 21 * MINUTE).await;
    at(house, NOW + 12 * HOUR).await;
    assert!(house.post.letters().is_empty());
    assert!(page(house).await.contains("Passed during the quiet hours"));
});

in_a_house!(a_cleared_storage_and_refused_answers_are_told_once, |house| {
    tell(house, by_mail()).await;
    beat(house, json!({"seq": 7})).await;
    at(house, NOW).await;
    beat(house, json!({"seq": 0, "rejected": 2})).await;
    for minutes in 1..5 {
        at(house, NOW + minutes * MINUTE).await;
        beat(house, json!({"seq": 0, "rejected": 3})).await;
    }
    let mut told = subjects(&house.post);
    told.sort();
    assert_eq!(told, ["Palvelin hylkäsi vastauksia", "Tabletin muisti on tyhjennetty"]);
});

in_a_house!(a_post_office_that_is_closed_is_tried_again_and_holds_nothing_up, |house| {
    let program = Program::start().await;
    tell(house, Alerts { webhook: Some(program.url.clone()), ..by_mail() }).await;
    beat(house, json!({"seq": 0})).await;
    house.post.set_open(false);
    program.answer(302);
    at(house, NOW + 15 * MINUTE).await;
    assert_eq!(program.calls().len(), 1, "who points elsewhere is not followed");
    assert_eq!(house.results(&[house.item(1, 5, 10)]).await[0]["status"], "stored");
    let shown = page(house).await;
    assert!(shown.contains("E-mail maija@house.example: not delivered, trying again"), "{shown}");
    assert!(shown.contains("trying again (the answer was 302 Found)"), "{shown}");
    at(house, NOW + 15 * MINUTE + 59_000).await;
    assert_eq!(program.calls().len(), 1, "not before its time");
    program.answer(204);
    at(house, NOW + 16 * MINUTE).await;
    at(house, NOW + 17 * MINUTE).await;
    assert_eq!(program.calls().len(), 2);
    house.post.set_open(true);
    at(house, NOW + 20 * MINUTE).await;
    at(house, NOW + 21 * MINUTE).await;
    assert_eq!(subjects(&house.post), ["Tabletti ei vastaa"]);
});

in_a_house!(after_a_day_nobody_tries_any_more, |house| {
    tell(house, by_mail()).await;
    beat(house, json!({"seq": 0})).await;
    house.post.set_open(false);
    at(house, NOW + 15 * MINUTE).await;
    at(house, NOW + 15 * MINUTE + DAY).await;
    house.post.set_open(true);
    at(house, NOW + 3 * DAY).await;
    assert!(house.post.letters().is_empty());
    assert!(page(house).await.contains("not delivered, given up Sun 22 Nov, 20:45"));
});

in_a_house!(of_several_servers_one_tells, |house| {
    tell(house, by_mail()).await;
    beat(house, json!({"seq": 0})).await;
    let mut others = Vec::new();
    for seed in 0..3 {
        let options = Options {
            database_url: house.database_url.clone(),
            public_url: house.base.parse().expect("a URL"),
            demo: false,
            mailer: Some(post_of(&house.post)),
            site: Site::load().unwrap_or_default(),
            clock: house.clock.clone(),
            chance: Arc::new(Chance::seeded(seed)),
            limits: Limits::default(),
        };
        others.push(Server::prepare(options).await.expect("another server"));
    }
    pass_until(house, NOW + 15 * MINUTE).await;
    let rounds = others.iter().map(|server| round(server.state())).chain([round(&house.state)]);
    for round in futures::future::join_all(rounds).await {
        round.expect("a round");
    }
    assert_eq!(subjects(&house.post), ["Tabletti ei vastaa"]);
    // The one that told is gone; another takes over.
    house.clock.set(NOW + 30 * MINUTE);
    beat(house, json!({"seq": 0})).await;
    round(others[1].state()).await.expect("a round");
    round(others[2].state()).await.expect("a round");
    // The house's own server may have been the quickest.
    until("the end is told", async || house.post.letters().len() > 1).await;
    assert_eq!(subjects(&house.post), ["Tabletti ei vastaa", "Tabletti on taas yhteydessä"]);
});
