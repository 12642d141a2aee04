//! When an answer was given, whatever the tablet's clock says.

use domain::{
    event::{EventSource, Window},
    flag::Flag,
    time::{DAY, HOUR, LocalDay, MINUTE, Millis},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer, id},
};
use serde_json::{Value, json};

/// Posts items from a tablet whose clock shows `device_now`, and says what became of each.
async fn deliver(server: &TestServer, device_now: Millis, items: &[Value]) -> Vec<String> {
    let body = json!({"device_now": device_now, "responses": items});
    let reply: Value = server.post_raw(body.to_string().into_bytes()).await.json().await.expect("JSON");
    let results = reply["results"].as_array().expect("results");
    results.iter().map(|result| result["status"].as_str().expect("a status").to_owned()).collect()
}

/// A tap at a time of the tablet's clock; with no event, so that the time decides.
fn tap(server: &TestServer, number: u128, answered_at: Millis) -> Value {
    let mut item = server.item(number, 5, 10);
    item["event"] = Value::Null;
    item["answered_at"] = json!(answered_at);
    item
}

fn with(mut item: Value, key: &str, value: Millis) -> Value {
    item[key] = json!(value);
    item
}

/// When each was given, in the order of their numbers.
async fn given(server: &TestServer) -> Vec<Millis> {
    let stored = server.state.store.system().responses(None, 100).await.expect("responses").responses;
    stored.iter().map(|response| response.place.corrected_at).collect()
}

on_test_server!(a_tablet_in_1970_is_put_right, |server| {
    // It started at noon of 2 January 1970, by its own clock, and has never been corrected.
    let device_now = DAY + 12 * HOUR;
    let offset = NOW - device_now;
    let items = [
        // It knew by how much it is off.
        with(tap(server, 1, device_now - 10 * MINUTE), "offset_ms", offset),
        // It did not, and does now.
        tap(server, 2, device_now - 8 * MINUTE),
        // The page that took the tap still counts the time.
        with(tap(server, 3, device_now - 6 * MINUTE), "age_ms", 6 * MINUTE),
        // That counts more than any clock.
        with(with(tap(server, 4, 0), "age_ms", 4 * MINUTE), "offset_ms", 77),
    ];
    assert_eq!(deliver(server, device_now, &items).await, ["stored"; 4]);
    assert_eq!(given(server).await, [10, 8, 6, 4].map(|minutes| NOW - minutes * MINUTE));
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    for response in stored {
        let placed = (response.place.event, response.place.source.map(EventSource::as_str), response.flags);
        assert_eq!(placed, (Some(server.event.id), Some("programme"), Vec::new()), "ten minutes after the show");
    }
});

on_test_server!(a_tablet_two_hours_ahead_is_put_right, |server| {
    let device_now = NOW + 2 * HOUR;
    let items = [
        with(tap(server, 1, device_now - 5 * MINUTE), "offset_ms", -2 * HOUR),
        tap(server, 2, device_now - 3 * MINUTE),
        with(tap(server, 3, device_now), "age_ms", 0),
    ];
    assert_eq!(deliver(server, device_now, &items).await, ["stored"; 3]);
    assert_eq!(given(server).await, [NOW - 5 * MINUTE, NOW - 3 * MINUTE, NOW]);
});

on_test_server!(a_clock_that_was_corrected_after_the_tap_moves_nothing, |server| {
    // Tapped while the tablet lived three hours ago and knew it; delivered with the right time.
    let behind = with(tap(server, 1, NOW - 3 * HOUR - 7 * MINUTE), "offset_ms", 3 * HOUR);
    // Tapped with the right time and delivered after the tablet had fallen back to 1970.
    let right = with(tap(server, 2, NOW - 6 * MINUTE), "offset_ms", 0);
    assert_eq!(deliver(server, NOW, &[behind]).await, ["stored"]);
    assert_eq!(deliver(server, 1_000, &[right]).await, ["stored"]);
    assert_eq!(given(server).await, [NOW - 7 * MINUTE, NOW - 6 * MINUTE]);
});

on_test_server!(an_offset_from_before_a_flat_battery_moves_nothing, |server| {
    // Measured long ago, and no longer true of a clock that is right.
    let stale = [NOW, 20 * HOUR, 3_650 * DAY, -400 * DAY];
    let items = stale.iter().zip(1..).map(|(offset, number)| {
        let item = with(tap(server, number, NOW - 10 * MINUTE), "offset_ms", *offset);
        with(item, "not_before", NOW - HOUR)
    });
    assert_eq!(deliver(server, NOW, &items.collect::<Vec<_>>()).await, ["stored"; 4]);
    assert_eq!(given(server).await, [NOW - 10 * MINUTE; 4]);
});

on_test_server!(a_tablet_that_slept_is_placed_by_its_clock, |server| {
    server.clock.set(NOW + 9 * HOUR);
    let mut slept = with(tap(server, 1, NOW - MINUTE), "age_ms", 2 * MINUTE);
    slept["may_have_slept"] = json!(true);
    let awake = with(tap(server, 2, NOW - 9 * HOUR), "age_ms", 2 * MINUTE);
    assert_eq!(deliver(server, NOW + 9 * HOUR, &[slept, awake]).await, ["stored"; 2]);
    assert_eq!(given(server).await, [NOW - MINUTE, NOW + 9 * HOUR - 2 * MINUTE], "the second clock was set in between");
});

on_test_server!(no_tablet_that_was_in_touch_is_refused_for_its_time, |server| {
    let never = [0, 5_000, NOW + HOUR, Millis::MAX, Millis::MIN];
    let mut items: Vec<Value> = never.iter().zip(1..).map(|(at, number)| tap(server, number, *at)).collect();
    // An outbox of 1970, taken by a page that has died, delivered by a tablet that knows the time again.
    items.extend((6..40).map(|number| tap(server, number, Millis::try_from(number).expect("small") * 20_000)));
    let heard = |item: Value| with(item, "not_before", NOW - 30 * DAY);
    let items: Vec<Value> = items.into_iter().map(heard).collect();
    assert!(deliver(server, NOW, &items).await.iter().all(|status| status == "stored"));
    let stored = server.state.store.system().responses(None, 100).await.expect("responses").responses;
    for response in &stored {
        assert_eq!((response.place.corrected_at, &response.flags), (NOW, &Vec::new()), "and it is no burst");
    }
    assert_eq!(stored.len(), items.len());
});

on_test_server!(days_offline_before_the_first_contact_are_put_right, |server| {
    // It has been ten minutes fast from the beginning, and reaches the server for the first time two
    // days after the tap.
    let fast = 10 * MINUTE;
    server.clock.set(NOW + 2 * DAY);
    let tapped = tap(server, 1, NOW - MINUTE + fast);
    assert_eq!(deliver(server, NOW + 2 * DAY + fast, &[tapped]).await, ["stored"]);
    assert_eq!(given(server).await, [NOW - MINUTE]);
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored[0].place.event, Some(server.event.id), "the show of that evening");
    assert_eq!(stored[0].place.received_at, NOW + 2 * DAY);
});

on_test_server!(an_answer_after_the_window_is_doubted_on_a_day_with_a_show, |server| {
    let morning = server.event.window.until + MINUTE;
    server.clock.set(morning + 2 * DAY);
    let shown = |number, at| {
        let mut item = tap(server, number, at);
        item["event"] = json!(server.event.id);
        item
    };
    let items = [
        shown(1, server.event.window.until),
        shown(2, server.event.window.until + 1),
        // Before the window of a day with a show, and on a day without one.
        tap(server, 3, server.event.window.from - 1),
        tap(server, 4, morning + DAY),
    ];
    assert_eq!(deliver(server, morning + 2 * DAY, &items).await, ["stored"; 4]);
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    let doubts: Vec<bool> = stored.iter().map(|response| response.flags == [Flag::OutsideWindow]).collect();
    assert_eq!(doubts, [false, true, true, false]);
});

on_test_server!(the_night_in_which_an_hour_comes_twice_has_one_of_each, |server| {
    // 24 October 2026 in Helsinki: the show ends at 23:30, at 4:00 the clocks go back to 3:00.
    let ends_at = 1_792_873_800_000;
    let mut late = server.event.clone();
    late.id = id(70).into();
    late.code = "LATE".into();
    late.doors_at = None;
    late.starts_at = ends_at - 2 * HOUR;
    late.ends_at = ends_at;
    late.window = Window::around(ends_at, Window::BEFORE, Window::AFTER, None);
    server.state.store.system().save_event(&late).await.expect("saved");
    // 3:30 in the morning, and 3:30 an hour later.
    let (first, second) = (ends_at + 4 * HOUR, ends_at + 5 * HOUR);
    server.clock.set(second + DAY);
    let afternoon = ends_at + 17 * HOUR + 30 * MINUTE;
    let items = [tap(server, 1, first), tap(server, 2, second), tap(server, 3, afternoon)];
    assert_eq!(deliver(server, second + DAY, &items).await, ["stored"; 3]);
    assert_eq!(given(server).await, [first, second, afternoon], "the same time on the wall, and two instants");
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    let placed: Vec<_> = stored.iter().map(|response| (response.place.event, response.place.local_day)).collect();
    let evening = (Some(late.id), LocalDay::from_date(2026, 10, 24));
    assert_eq!(placed, [evening, evening, (None, LocalDay::from_date(2026, 10, 25))]);
});
