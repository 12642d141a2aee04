//! `/staff/events`: the programme asks the database as often for fifty events as for five.

use aplodi::http::staff::programme::gather;
use domain::{
    event::{Event, Window},
    live_delay::LiveDelay,
    time::{DAY, HOUR},
};
use harness::{
    on_test_server,
    statements::counted,
    test_server::{NOW, TestServer, id},
};
use store::Scope;

/// Adds shows: half of them have been, half are to come.
async fn add_events(server: &TestServer, numbers: std::ops::Range<u128>) {
    for number in numbers {
        let nth = i64::try_from(number).expect("few");
        let days = if nth % 2 == 0 { -nth - 1 } else { nth };
        let starts_at = NOW + days * DAY;
        let event = Event {
            id: id(number).into(),
            code: format!("show{number}"),
            doors_at: None,
            starts_at,
            ends_at: starts_at + 2 * HOUR,
            window: Window::around(starts_at + 2 * HOUR, Window::BEFORE, Window::AFTER, None),
            ..server.event.clone()
        };
        server.state.store.system().save_event(&event).await.expect("an event");
    }
}

/// How many events stand on the page, and how many statements they took.
async fn asked(server: &TestServer) -> (usize, u64) {
    let store = server.state.store.for_staff(Scope::All);
    let (data, statements) = counted(gather(&*store, true, LiveDelay::Off, NOW)).await;
    let data = data.expect("a programme");
    (data.coming.len() + data.past.len(), statements.sent)
}

on_test_server!(the_programme_asks_as_often_for_fifty_events_as_for_five, |server| {
    server.results(&[server.item(1, 5, 9)]).await;
    add_events(server, 100..104).await;
    let (few, asked_for_few) = asked(server).await;
    add_events(server, 104..149).await;
    let (many, asked_for_many) = asked(server).await;
    assert_eq!((few, many), (5, 50));
    assert_eq!(asked_for_few, asked_for_many);
    assert!((1..=6).contains(&asked_for_many), "{asked_for_many}");
});
