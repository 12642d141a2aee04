//! When an answer was given, whatever the tablet's clock says.

use domain::{
    event::{EventSource, Window},
    flag::Flag,
    time::{DAY, HOUR, LocalDay, MINUTE, Millis},
};
use harness::{
    house::{House, NOW, id},
    in_a_house,
};
use serde_json::{Value, json};

/// Posts items from a tablet whose clock shows `device_now`, and says what became of each.
async fn deliver(house: &House, device_now: Millis, items: &[Value]) -> Vec<String> {
    let body = json!({"device_now": device_now, "responses": items});
    let reply: Value = house.post_raw(body.to_string().into_bytes()).await.json().await.expect("JSON");
    let results = reply["results"].as_array().expect("results");
    results.iter().map(|result| result["status"].as_str().expect("a status").to_owned()).collect()
}

/// A tap at a time of the tablet's clock; with no event, so that the time decides.
fn tap(house: &House, number: u128, answered_at: Millis) -> Value {
    let mut item = house.item(number, 5, 10);
    item["event"] = Value::Null;
    item["answered_at"] = json!(answered_at);
    item
}

fn with(mut item: Value, key: &str, value: Millis) -> Value {
    item[key] = json!(value);
    item
}

/// When each was given, in the order of their numbers.
async fn given(house: &House) -> Vec<Millis> {
    let stored = house.state.store.responses(None, 100).await.expect("responses").responses;
    stored.iter().map(|response| response.place.corrected_at).collect()
}

in_a_house!(a_tablet_in_1970_is_put_right, |house| {
    // It started at noon of 2 January 1970, by its own clock, and has never been corrected.
    let device_now = DAY + 12 * HOUR;
    let offset = NOW - device_now;
    let items = [
        // It knew by how much it is off.
        with(tap(house, 1, device_now - 10 * MINUTE), "offset_ms", offset),
        // It did not, and does now.
        tap(house, 2, device_now - 8 * MINUTE),
        // The page that took the tap still counts the time.
        with(tap(house, 3, device_now - 6 * MINUTE), "age_ms", 6 * MINUTE),
        // That counts more than any clock.
        with(with(tap(house, 4, 0), "age_ms", 4 * MINUTE), "offset_ms", 77),
    ];
    assert_eq!(deliver(house, device_now, &items).await, ["stored"; 4]);
    assert_eq!(given(house).await, [10, 8, 6, 4].map(|minutes| NOW - minutes * MINUTE));
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    for response in stored {
        let placed = (response.place.event, response.place.source.map(EventSource::word), response.flags);
        assert_eq!(placed, (Some(house.event.id), Some("programme"), Vec::new()), "ten minutes after the show");
    }
});

in_a_house!(a_tablet_two_hours_ahead_is_put_right, |house| {
    let device_now = NOW + 2 * HOUR;
    let items = [
        with(tap(house, 1, device_now - 5 * MINUTE), "offset_ms", -2 * HOUR),
        tap(house, 2, device_now - 3 * MINUTE),
        with(tap(house, 3, device_now), "age_ms", 0),
    ];
    assert_eq!(deliver(house, device_now, &items).await, ["stored"; 3]);
    assert_eq!(given(house).await, [NOW - 5 * MINUTE, NOW - 3 * MINUTE, NOW]);
});

in_a_house!(a_clock_that_was_corrected_after_the_tap_moves_nothing, |house| {
    // Tapped while the tablet lived three hours ago and knew it; delivered with the right time.
    let behind = with(tap(house, 1, NOW - 3 * HOUR - 7 * MINUTE), "offset_ms", 3 * HOUR);
    // Tapped with the right time and delivered after the tablet had fallen back to 1970.
    let right = with(tap(house, 2, NOW - 6 * MINUTE), "offset_ms", 0);
    assert_eq!(deliver(house, NOW, &[behind]).await, ["stored"]);
    assert_eq!(deliver(house, 1_000, &[right]).await, ["stored"]);
    assert_eq!(given(house).await, [NOW - 7 * MINUTE, NOW - 6 * MINUTE]);
});

in_a_house!(an_offset_from_before_a_flat_battery_moves_nothing, |house| {
    // Measured long ago, and no longer true of a clock that is right.
    let stale = [NOW, 20 * HOUR, 3_650 * DAY, -400 * DAY];
    let items = stale.iter().zip(1..).map(|(offset, number)| {
        let item = with(tap(house, number, NOW - 10 * MINUTE), "offset_ms", *offset);
        with(item, "not_before", NOW - HOUR)
    });
    assert_eq!(deliver(house, NOW, &items.collect::<Vec<_>>()).await, ["stored"; 4]);
    assert_eq!(given(house).await, [NOW - 10 * MINUTE; 4]);
});

in_a_house!(a_tablet_that_slept_is_placed_by_its_clock, |house| {
    house.clock.set(NOW + 9 * HOUR);
    let mut slept = with(tap(house, 1, NOW - MINUTE), "age_ms", 2 * MINUTE);
    slept["may_have_slept"] = json!(true);
    let awake = with(tap(house, 2, NOW - 9 * HOUR), "age_ms", 2 * MINUTE);
    assert_eq!(deliver(house, NOW + 9 * HOUR, &[slept, awake]).await, ["stored"; 2]);
    assert_eq!(given(house).await, [NOW - MINUTE, NOW + 9 * HOUR - 2 * MINUTE], "the second clock was set in between");
});

in_a_house!(no_tablet_that_was_in_touch_is_refused_for_its_time, |house| {
    let never = [0, 5_000, NOW + HOUR, Millis::MAX, Millis::MIN];
    let mut items: Vec<Value> = never.iter().zip(1..).map(|(at, number)| tap(house, number, *at)).collect();
    // An outbox of 1970, taken by a page that has died, delivered by a tablet that knows the time again.
    items.extend((6..40).map(|number| tap(house, number, Millis::try_from(number).expect("small") * 20_000)));
    let heard = |item: Value| with(item, "not_before", NOW - 30 * DAY);
    let items: Vec<Value> = items.into_iter().map(heard).collect();
    assert!(deliver(house, NOW, &items).await.iter().all(|status| status == "stored"));
    let stored = house.state.store.responses(None, 100).await.expect("responses").responses;
    for response in &stored {
        assert_eq!((response.place.corrected_at, &response.flags), (NOW, &Vec::new()), "and it is no burst");
    }
    assert_eq!(stored.len(), items.len());
});

in_a_house!(days_offline_before_the_first_contact_are_put_right, |house| {
    // It has been ten minutes fast from the beginning, and reaches the server for the first time two
    // days after the tap.
    let fast = 10 * MINUTE;
    house.clock.set(NOW + 2 * DAY);
    let tapped = tap(house, 1, NOW - MINUTE + fast);
    assert_eq!(deliver(house, NOW + 2 * DAY + fast, &[tapped]).await, ["stored"]);
    assert_eq!(given(house).await, [NOW - MINUTE]);
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored[0].place.event, Some(house.event.id), "the show of that evening");
    assert_eq!(stored[0].place.received_at, NOW + 2 * DAY);
});

in_a_house!(an_answer_after_the_window_is_doubted_on_a_day_with_a_show, |house| {
    let morning = house.event.window.until + MINUTE;
    house.clock.set(morning + 2 * DAY);
    let shown = |number, at| {
        let mut item = tap(house, number, at);
        item["event"] = json!(house.event.id);
        item
    };
    let items = [
        shown(1, house.event.window.until),
        shown(2, house.event.window.until + 1),
        // Before the window of a day with a show, and on a day without one.
        tap(house, 3, house.event.window.from - 1),
        tap(house, 4, morning + DAY),
    ];
    assert_eq!(deliver(house, morning + 2 * DAY, &items).await, ["stored"; 4]);
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    let doubts: Vec<bool> = stored.iter().map(|response| response.flags == [Flag::OutsideWindow]).collect();
    assert_eq!(doubts, [false, true, true, false]);
});

in_a_house!(the_night_in_which_an_hour_comes_twice_has_one_of_each, |house| {
    // 24 October 2026 in Helsinki: the show ends at 23:30, at 4:00 the clocks go back to 3:00.
    let ends_at = 1_792_873_800_000;
    let mut late = house.event.clone();
    late.id = id(70).into();
    late.code = "LATE".into();
    late.doors_at = None;
    late.starts_at = ends_at - 2 * HOUR;
    late.ends_at = ends_at;
    late.window = Window::around(ends_at, Window::BEFORE, Window::AFTER, None);
    house.state.store.save_event(&late).await.expect("saved");
    // 3:30 in the morning, and 3:30 an hour later.
    let (first, second) = (ends_at + 4 * HOUR, ends_at + 5 * HOUR);
    house.clock.set(second + DAY);
    let afternoon = ends_at + 17 * HOUR + 30 * MINUTE;
    let items = [tap(house, 1, first), tap(house, 2, second), tap(house, 3, afternoon)];
    assert_eq!(deliver(house, second + DAY, &items).await, ["stored"; 3]);
    assert_eq!(given(house).await, [first, second, afternoon], "the same time on the wall, and two instants");
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    let placed: Vec<_> = stored.iter().map(|response| (response.place.event, response.place.local_day)).collect();
    let evening = (Some(late.id), LocalDay::from_date(2026, 10, 24));
    assert_eq!(placed, [evening, evening, (None, LocalDay::from_date(2026, 10, 25))]);
});
