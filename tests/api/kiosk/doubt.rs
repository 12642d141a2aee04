//! Answers that nobody in the audience gave, and those of everybody else: as signs and the venue decide.

use std::collections::BTreeMap;

use domain::{
    flag::Flag,
    response::Given,
    time::{HOUR, MINUTE, Millis, SECOND},
    venue_settings::{Burst, VenueSettings},
};
use harness::{
    honest::{Honest, audience},
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

/// Somebody at the tablet, so long after the first of the evening.
fn at_tablet(server: &TestServer, number: u128, one: Honest) -> Value {
    let mut item = server.item(number, one.face, one.nps);
    item["answered_at"] = json!(NOW + one.after);
    item["offset_ms"] = json!(0);
    item["duration_ms"] = json!(one.duration_ms);
    item
}

/// A hand that presses the worst of everything, without reading.
const fn hostile(after: Millis) -> Honest {
    Honest { face: 1, nps: 0, duration_ms: 700, after }
}

async fn deliver(server: &TestServer, first: u128, people: impl Iterator<Item = Honest>) {
    let items: Vec<Value> = people.zip(first..).map(|(one, number)| at_tablet(server, number, one)).collect();
    for batch in items.chunks(50) {
        assert!(server.results(batch).await.iter().all(|result| result["status"] == "stored"));
    }
}

/// Everybody on a phone of their own: each opens the form as long before it is sent as it takes.
async fn on_phones(server: &TestServer, people: &[Honest]) {
    let mut steps: Vec<(Millis, bool, usize)> = (0..people.len())
        .flat_map(|nth| {
            let sends = NOW + HOUR + people[nth].after;
            [(sends - people[nth].duration_ms, false, nth), (sends, true, nth)]
        })
        .collect();
    steps.sort_unstable();
    let mut tokens = BTreeMap::new();
    for (at, sends, nth) in steps {
        server.clock.set(at);
        if !sends {
            tokens.insert(nth, form_token(server).await);
            continue;
        }
        let Honest { face, nps, .. } = people[nth];
        let token = tokens.remove(&nth).expect("the form was opened");
        let form = [
            ("token".to_owned(), token),
            (format!("q.{}", server.question(0).id), face.to_string()),
            (format!("q.{}", server.question(1).id), nps.to_string()),
        ];
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let post = server.http.post(format!("{}/f/KX7P/answer", server.base)).body(body);
        assert_eq!(post.send().await.expect("an answer").status(), 303, "number {nth} is thanked like the first");
    }
}

async fn form_token(server: &TestServer) -> String {
    let page = server.http.get(format!("{}/f/kx7p", server.base)).send().await.expect("an answer");
    let page = page.text().await.expect("text");
    let (_, rest) = page.split_once("name=\"token\" value=\"").expect("a token");
    rest.split_once('"').expect("its end").0.to_owned()
}

/// A phone on which the form takes as long as it takes people.
fn reader(one: Honest) -> Honest {
    Honest { duration_ms: 5 * one.duration_ms, ..one }
}

/// Face, recommendation and doubts of everybody, once all is judged.
async fn everybody(server: &TestServer) -> Vec<(u8, u8, Vec<Flag>)> {
    server.settle().await;
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
    let page = server.state.store.system().responses(None, 5_000).await.expect("responses");
    let number = |given: &Given| match given {
        Given::Face(value) | Given::Nps(value) => *value,
        other => panic!("{other:?}"),
    };
    let read = |stored: store::responses::StoredResponse| {
        let answers = &stored.response.answers;
        (number(&answers[0].given), number(&answers[1].given), stored.flags)
    };
    page.responses.into_iter().map(read).collect()
}

/// Promoters less detractors of those that count, in percent.
fn nps(everybody: &[(u8, u8, Vec<Flag>)]) -> i64 {
    let counted: Vec<u8> = everybody.iter().filter(|(.., flags)| flags.is_empty()).map(|(_, nps, _)| *nps).collect();
    let sum: i64 = counted.iter().map(|nps| i64::from(*nps >= 9) - i64::from(*nps <= 6)).sum();
    (100 * sum).div_euclid(i64::try_from(counted.len()).expect("a number of answers"))
}

/// A hundred honest answers and an attack: the score stays, and the hundred are counted.
async fn holds(server: &TestServer) {
    let all = everybody(server).await;
    let honest: Vec<_> = all.iter().filter(|(face, ..)| *face > 1).cloned().collect();
    assert_eq!(honest.len(), 100);
    let taken: Vec<_> = honest.iter().filter(|(.., flags)| !flags.is_empty()).collect();
    assert_eq!(taken, Vec::<&(u8, u8, Vec<Flag>)>::new(), "nobody is taken along");
    let moved = nps(&honest) - nps(&all);
    assert!(moved.abs() <= 5, "the score moved by {moved}");
    let summary = server.summary().await;
    let (counted, aside) = (&summary["counted"], &summary["aside"]);
    assert_eq!(counted.as_u64().zip(aside.as_u64()).map(|(one, other)| one + other), Some(all.len() as u64));
}

on_test_server!(one_phone_that_sends_and_sends_moves_nothing, |server| {
    let honest = audience().take(100).map(reader);
    let attack = (0..290).map(|nth| Honest { duration_ms: 2, ..hostile(20 * MINUTE + nth * 9 / 2) });
    on_phones(server, &honest.chain(attack).collect::<Vec<_>>()).await;
    holds(server).await;
});

on_test_server!(a_tap_every_six_seconds_moves_nothing, |server| {
    server.clock.set(NOW + 2 * HOUR);
    deliver(server, 0, audience().take(100)).await;
    deliver(server, 1_000, (0..300).map(|nth| hostile(5 * MINUTE + nth * 6 * SECOND))).await;
    holds(server).await;
});

on_test_server!(a_tap_every_five_seconds_moves_nothing, |server| {
    server.clock.set(NOW + 2 * HOUR);
    deliver(server, 1_000, (0..360).map(|nth| hostile(5 * MINUTE + nth * 5 * SECOND))).await;
    deliver(server, 0, audience().take(100)).await;
    holds(server).await;
});

on_test_server!(hostile_phones_take_nobody_with_them, |server| {
    // Twenty of the hundred send within the very minute.
    let honest = audience().take(100).enumerate().map(|(nth, one)| {
        let within = audience().nth(40).expect("people").after + one.after % MINUTE;
        reader(if (40..60).contains(&nth) { Honest { after: within, ..one } } else { one })
    });
    let begins = audience().nth(40).expect("people").after;
    let attack = (0..290).map(|nth| Honest { duration_ms: 900, ..hostile(begins + nth * 200) });
    on_phones(server, &honest.chain(attack).collect::<Vec<_>>()).await;
    holds(server).await;
});

on_test_server!(a_late_outbox_is_judged_by_when_people_tapped, |server| {
    server.clock.set(NOW + 5 * HOUR);
    // Every half a minute somebody; all of them arrive in one second.
    deliver(server, 0, audience().take(8)).await;
    server.settle().await;
    assert_eq!(server.summary().await["aside"], 0);
    // A child taps every five seconds; the taps arrive one by one, the last first, and twice.
    let child: Vec<Value> =
        (20..).zip(0..8).map(|(number, nth)| at_tablet(server, number, hostile(HOUR + nth * 5 * SECOND))).collect();
    for item in child.iter().rev() {
        server.results(std::slice::from_ref(item)).await;
        server.results(std::slice::from_ref(item)).await;
    }
    server.settle().await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(8), &json!(8)));
    assert_eq!((&summary["set_aside"]["hasty"], &summary["set_aside"]["run"]), (&json!(8), &json!(8)));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(nothing_is_a_burst_where_staff_want_none, |server| {
    decide(server, &burst(0, 0)).await;
    server.clock.set(NOW + HOUR);
    let quick = |one: Honest| Honest { duration_ms: 600, after: one.after / 20, ..one };
    deliver(server, 0, audience().take(40).map(quick)).await;
    server.settle().await;
    assert_eq!(server.summary().await["counted"], 40, "quick, and nothing else");
    decide(server, &burst(3, 0)).await;
    server.settle().await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(0), &json!(40)), "another limit is another judgement");
    assert_eq!(summary["set_aside"], json!({"hasty": 40, "burst": 40}));
    decide(server, &VenueSettings { contradiction: false, ..burst(0, 0) }).await;
    server.results(&[server.item(100, 1, 10)]).await;
    server.settle().await;
    assert_eq!(server.summary().await["counted"], 41, "nor a contradiction");
    decide(server, &burst(0, 0)).await;
    server.results(&[server.item(101, 1, 10)]).await;
    server.settle().await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(41), &json!(1)));
});

on_test_server!(a_demo_is_no_burst_and_its_own_doubt, |server| {
    decide(server, &burst(3, 0)).await;
    let mut shown: Vec<Value> =
        (0..).zip(0..12).map(|(number, nth)| at_tablet(server, number, hostile(nth - MINUTE))).collect();
    for item in &mut shown[..10] {
        item["demo"] = json!(true);
    }
    server.results(&shown).await;
    server.settle().await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(2), &json!(10)), "two people are no burst");
    assert_eq!(summary["set_aside"], json!({"demo": 10}));
});

on_test_server!(nobody_closes_a_code_for_the_others, |server| {
    decide(server, &burst(0, 3)).await;
    let people: Vec<Honest> = audience().take(6).map(|one| Honest { after: one.after / 6, ..reader(one) }).collect();
    let flood = (0..40).map(|nth| Honest { duration_ms: 400, ..hostile(nth * 700) });
    on_phones(server, &people.iter().copied().chain(flood).collect::<Vec<_>>()).await;
    server.settle().await;
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["aside"]), (&json!(6), &json!(40)), "over the limit like the others");
    on_phones(server, &[Honest { after: 3 * MINUTE, ..people[0] }]).await;
    server.settle().await;
    assert_eq!(server.summary().await["counted"], 7, "whoever comes later is believed");
});
