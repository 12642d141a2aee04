//! A pace that nobody believes, and answers that contradict themselves: as the venue decides.

use domain::{
    time::{HOUR, MINUTE, Millis, SECOND},
    venue_settings::{Burst, VenueSettings},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
    until,
};
use serde_json::{Value, json};

async fn decide(server: &TestServer, settings: &VenueSettings) {
    assert!(
        server
            .state
            .store
            .for_staff(store::Scope::All)
            .set_venue_settings(server.venue.id, settings)
            .await
            .expect("saved")
    );
    until("the settings are known", async || {
        *server.state.cache.settings(server.venue.id).await.expect("settings") == *settings
    })
    .await;
}

fn burst(most: u32, most_by_code: u32) -> VenueSettings {
    VenueSettings { burst: Burst { most, most_by_code, within_ms: MINUTE }, ..VenueSettings::default() }
}

fn taps(server: &TestServer, first: u128, times: impl Iterator<Item = Millis>) -> Vec<Value> {
    times
        .zip(first..)
        .map(|(at, number)| {
            let mut item = server.item(number, 4, 8);
            item["answered_at"] = json!(at);
            item["offset_ms"] = json!(0);
            item
        })
        .collect()
}

on_test_server!(a_late_outbox_is_judged_by_when_people_tapped, |server| {
    decide(server, &burst(3, 0)).await;
    server.clock.set(NOW + 5 * HOUR);
    // Every half a minute somebody; all of them arrive in one second.
    let people = taps(server, 0, (0..8).map(|nth| NOW + nth * 30 * SECOND));
    assert!(server.results(&people).await.iter().all(|result| result["status"] == "stored"));
    assert_eq!(server.summary().await["aside"], 0);
    // A child taps every five seconds; the taps arrive one by one, the last first, and twice.
    let mut child = taps(server, 20, (0..6).map(|nth| NOW + HOUR + nth * 5 * SECOND));
    child.reverse();
    for item in &child {
        server.results(std::slice::from_ref(item)).await;
        server.results(std::slice::from_ref(item)).await;
    }
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(8), &json!(6)));
    assert_eq!(summary["set_aside"], json!({"burst": 6}));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(nothing_is_a_burst_where_staff_want_none, |server| {
    decide(server, &burst(0, 0)).await;
    let quick = taps(server, 0, (0..40).map(|nth| NOW - MINUTE + nth));
    server.results(&quick).await;
    assert_eq!(server.summary().await["counted"], 40);
    decide(server, &VenueSettings { contradiction: false, ..burst(0, 0) }).await;
    server.results(&[server.item(100, 1, 10)]).await;
    assert_eq!(server.summary().await["counted"], 41, "nor a contradiction");
    decide(server, &burst(0, 0)).await;
    server.results(&[server.item(101, 1, 10)]).await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(41), &json!(1)));
});

on_test_server!(a_demo_is_no_burst_and_its_own_doubt, |server| {
    decide(server, &burst(3, 0)).await;
    let mut shown = taps(server, 0, (0..8).map(|nth| NOW - MINUTE + nth));
    for item in &mut shown[..6] {
        item["demo"] = json!(true);
    }
    server.results(&shown).await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(2), &json!(6)), "two people are no burst");
});

on_test_server!(nobody_closes_a_code_for_the_others, |server| {
    decide(server, &burst(0, 3)).await;
    let page = async || {
        let page = server.http.get(format!("{}/f/kx7p", server.base)).send().await.expect("an answer");
        let page = page.text().await.expect("text");
        let (_, rest) = page.split_once("name=\"token\" value=\"").expect("a token");
        rest.split_once('"').expect("its end").0.to_owned()
    };
    for nth in 0..6 {
        let form = [("token", page().await), (&*format!("q.{}", server.question(0).id), "5".to_owned())];
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let post = server.http.post(format!("{}/f/KX7P/answer", server.base)).body(body);
        assert_eq!(post.send().await.expect("an answer").status(), 303, "number {nth} is thanked like the first");
    }
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(0), &json!(6)));
    server.clock.set(NOW + 2 * MINUTE);
    let form = [("token", page().await), (&*format!("q.{}", server.question(0).id), "5".to_owned())];
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let post = server.http.post(format!("{}/f/KX7P/answer", server.base)).body(body);
    assert_eq!(post.send().await.expect("an answer").status(), 303);
    assert_eq!(server.summary().await["counted"], 1, "whoever comes later is believed");
});
