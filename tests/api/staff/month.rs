//! The programme as a month: each event on its day, by the clock of its venue.

use domain::{
    event::{Event, Venue},
    id::EventId,
    time::{HOUR, Millis},
};
use harness::{
    on_test_server,
    test_server::{TestServer, id},
};
use store::staff::Role;

use super::events::page;

async fn add(server: &TestServer, number: u128, venue: &Venue, title: &str, starts_at: Millis) {
    let mut event = Event { id: EventId(id(number)), code: format!("kk{number}"), ..server.event.clone() };
    (event.venue, event.title) = (venue.id, domain::lang::Text::same(title));
    (event.starts_at, event.ends_at, event.doors_at) = (starts_at, starts_at + 2 * HOUR, None);
    server.state.store.system().save_event(&event).await.expect("an event");
}

/// What stands on a day, by its words.
fn on(month: &str, day: &str) -> String {
    let (_, rest) = month
        .split_once(&format!("<span class=\"whole\">{day}</span>"))
        .unwrap_or_else(|| panic!("{day} is on {month}"));
    rest.split("<h2>").next().unwrap_or_default().to_owned()
}

on_test_server!(an_event_stands_on_its_day, |server| {
    let viewer = server.session(Role::Viewer).await;
    let mut turku = server.venue.clone();
    (turku.id, turku.code, turku.name) = (id(800).into(), "tku".into(), "Turun sali".into());
    turku.time_zone = "America/New_York".into();
    server.state.store.system().save_venue(&turku).await.expect("a venue");
    // 30 November, 22:30 UTC: a day later in Helsinki, the same in New York.
    let late = 1_796_077_800_000;
    add(server, 801, &server.venue, "Myöhäinen", late).await;
    add(server, 802, &turku, "Kaukainen", late).await;
    // In Helsinki the clock goes back on 25 October at 4: it has 25 hours.
    let double = 1_792_879_200_000 + 90 * 60_000;
    add(server, 803, &server.venue, "Yönäytös", double).await;

    let november = page(server, &viewer, "/staff/events?view=month&month=2026-11").await;
    assert!(
        november.contains("November 2026") && november.contains("month=2026-10") && november.contains("month=2026-12")
    );
    assert_eq!(november.matches("class=\"whole\"").count(), 30);
    assert!(on(&november, "Monday 30 Nov").contains("Kaukainen") && !november.contains("Myöhäinen"));
    assert!(
        on(&november, "Saturday 21 Nov").contains("today")
            && on(&november, "Saturday 21 Nov").contains("Winter Circus")
    );
    assert!(
        november.contains("class=\"from-6 is-empty\"><h2><span aria-hidden=\"true\" class=\"number\">1<"),
        "a Sunday"
    );
    let december = page(server, &viewer, "/staff/events?view=month&month=2026-12").await;
    assert!(on(&december, "Tuesday 1 Dec").contains("Myöhäinen"));
    let october = page(server, &viewer, "/staff/events?view=month&month=2026-10").await;
    assert_eq!(october.matches("class=\"whole\"").count(), 31);
    assert!(on(&october, "Sunday 25 Oct").contains("Yönäytös"), "{october}");

    let one = format!("/staff/events?view=month&month=2026-11&venue={}", turku.id);
    let one = page(server, &viewer, &one).await;
    assert!(one.contains("Kaukainen") && !one.contains("Winter Circus"));
    assert!(
        one.contains(&format!("month=2026-12&amp;venue={}", turku.id))
            || one.contains(&format!("venue={}&amp;month=2026-12", turku.id)),
        "{one}"
    );
    let list = page(server, &viewer, &format!("/staff/events?venue={}", turku.id)).await;
    assert!(list.contains("Kaukainen") && !list.contains("Winter Circus"), "{list}");
    assert!(list.contains(&format!("venue={}&amp;view=month", turku.id)), "the month remembers the venue: {list}");
    for wrong in ["month=2026-13", "month=x", "month=9999-01", ""] {
        let shown = page(server, &viewer, &format!("/staff/events?view=month&{wrong}")).await;
        assert!(shown.contains("November 2026"), "{wrong}: this month");
    }
});
