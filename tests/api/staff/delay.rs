//! How late numbers are shown while answers come in: on every page, in every summary, and in no notice sooner.

use domain::{
    live_delay::LiveDelay,
    time::{DAY, MINUTE, Millis},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::{Value, json};
use store::{Scope, staff::Role};

/// Whatever a page or a program is told about the event.
struct Told {
    summary: Value,
    listed: Value,
    pages: Vec<String>,
}

async fn told(server: &TestServer) -> Told {
    let viewer = server.session(Role::Viewer).await;
    let token = server.api_token(Role::Editor).await;
    let mut pages = Vec::new();
    let event = format!("/staff/events/{}", server.event.id);
    for path in ["/staff", "/staff/events", &event, &format!("{event}/live")] {
        let address = format!("{}{path}?lang=en", server.base);
        let page = server.http.get(address).header("cookie", &viewer).send().await.expect("an answer");
        assert_eq!(page.status(), 200, "{path}");
        pages.push(page.text().await.expect("text"));
    }
    let listed = server.http.get(format!("{}/api/v1/events", server.base)).bearer_auth(token).send().await;
    let listed: Value = listed.expect("an answer").json().await.expect("JSON");
    Told { summary: server.summary().await, listed: listed["events"][0]["counted"].clone(), pages }
}

async fn choose(server: &TestServer, delay: LiveDelay) {
    let editor = server.session(Role::Editor).await;
    let request = server.http.post(format!("{}/staff/organisation?lang=en", server.base));
    let fields = [("language", "fi"), ("language", "en"), ("add", ""), ("default", "fi"), ("delay", delay.as_str())];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    let saved = request.header("origin", &server.base).header("cookie", editor).send().await.expect("an answer");
    assert_eq!(saved.status(), 303);
    let chosen = server.state.store.system().live_delay().await.expect("the store");
    assert_eq!(chosen, delay);
}

/// Answers that arrive at an instant.
async fn answer(server: &TestServer, numbers: std::ops::Range<u128>, at: Millis) {
    server.clock.set(at);
    let items: Vec<Value> = numbers
        .map(|number| {
            let nth = i64::try_from(number).expect("few");
            let face = u8::try_from(3 + nth % 3).expect("a face");
            let mut item = server.item(number, face, 5 + face);
            // One after the other, as people do; the tablet's clock has stopped at `NOW`.
            item["answered_at"] = json!(NOW - 1_000 - 11_000 * nth);
            item
        })
        .collect();
    assert!(server.results(&items).await.iter().all(|result| result["status"] == "stored"));
}

on_test_server!(an_answer_is_shown_five_minutes_late_everywhere, |server| {
    choose(server, LiveDelay::FiveMinutes).await;
    answer(server, 0..7, NOW).await;
    answer(server, 7..9, NOW + 4 * MINUTE).await;

    for (at, n) in [(NOW + 5 * MINUTE - 1, 0), (NOW + 5 * MINUTE, 7), (NOW + 9 * MINUTE, 9)] {
        server.clock.set(at);
        let told = told(server).await;
        assert_eq!(told.summary["counted"], n, "{}", at - NOW);
        assert_eq!(told.summary["live_delay"], "five_minutes");
        let in_slots: u64 =
            told.summary["by_hour"].as_array().expect("slots").iter().filter_map(|slot| slot["n"].as_u64()).sum();
        let channels = told.summary["by_channel"].as_array().expect("channels");
        let in_channels: u64 = channels.iter().filter_map(|part| part["n"].as_u64()).sum();
        assert_eq!((in_slots, in_channels), (n, n));
        assert_eq!(told.listed, n);
        let questions = told.summary["questions"].as_array().expect("questions");
        assert!(questions.iter().take(2).all(|question| question["n"] == n), "{questions:?}");
        for page in &told.pages {
            assert!(page.contains("Numbers are shown five minutes late."), "{page}");
        }
        let big = format!("<span class=\"big\">{n}</span>");
        for page in [&told.pages[0], &told.pages[2], &told.pages[3]] {
            assert_eq!(page.contains(&big), n > 0, "{page}");
        }
    }

    // Whoever chooses to see everything at once does.
    choose(server, LiveDelay::Off).await;
    answer(server, 9..10, NOW + 9 * MINUTE).await;
    let told = told(server).await;
    assert_eq!((&told.summary["counted"], &told.summary["live_delay"]), (&json!(10), &json!("off")));
    assert!(told.pages.iter().all(|page| !page.contains("data-late")));
});

on_test_server!(answers_are_shown_in_steps_of_five_until_no_more_are_expected, |server| {
    choose(server, LiveDelay::StepsOfFive).await;
    for (number, shown) in [(4, 0), (5, 5), (9, 5), (13, 10)] {
        let before = server.state.store.for_staff(Scope::All).counted(&[server.event.id]).await.expect("the store");
        let before = u128::from(before.get(&server.event.id).copied().unwrap_or_default());
        answer(server, before..number, NOW + i64::try_from(number).expect("few") * MINUTE).await;
        let told = told(server).await;
        assert_eq!((&told.summary["counted"], &told.listed), (&json!(shown), &json!(shown)), "of {number}");
    }
    server.clock.set(server.event.window.until + 1);
    assert_eq!(told(server).await.summary["counted"], 13);
});

on_test_server!(a_day_without_a_show_is_late_as_well, |server| {
    choose(server, LiveDelay::FifteenMinutes).await;
    let at = server.event.window.until + 3 * DAY;
    server.clock.set(at);
    let mut item = server.item(1, 5, 10);
    item["event"] = Value::Null;
    assert_eq!(server.results(&[item]).await[0]["status"], "stored");
    for (late, is_there) in [(15 * MINUTE - 1, false), (15 * MINUTE, true)] {
        server.clock.set(at + late);
        let told = told(server).await;
        assert_eq!(
            told.pages[0].contains("id=\"answered\""),
            is_there,
            "that anybody has answered is told with the answer"
        );
    }
});

on_test_server!(a_comment_waits_for_answers_that_are_shown, |server| {
    let mut item = server.item(0, 5, 10);
    item["answers"]
        .as_array_mut()
        .expect("answers")
        .push(json!({"question": server.question(4).id, "value": "Kiitos!"}));
    assert_eq!(server.results(&[item]).await[0]["status"], "stored");
    choose(server, LiveDelay::FiveMinutes).await;
    answer(server, 1..7, NOW + 6 * MINUTE).await;
    for (late, is_there) in [(5 * MINUTE - 1, false), (5 * MINUTE, true)] {
        server.clock.set(NOW + 6 * MINUTE + late);
        assert_eq!(told(server).await.pages[0].contains("Kiitos!"), is_there, "{late}");
    }
});
