//! The tablet outside opening hours: dark, with what comes next, and awake at a touch.

use aplodi::clock::{Clock, SystemClock};
use domain::{
    event::{Event, Window},
    lang::Text,
    time::{DAY, HOUR, Millis},
    venue_settings::VenueSettings,
};
use harness::{
    browser::{Browser, Screen},
    fixture::Fixture,
    program::{Serving, token},
    store::{TestStore, on_sqlite},
    until,
};
use serde_json::json;
use store::{Scope, Store};

use crate::steps::HAPPIEST;

/// As the server sets it: the countdown comes after so long, and runs as long again, in milliseconds.
const IDLE: u32 = 20_000;
/// Longer than `api::config::sleep::ROUSED`.
const LONG: u32 = 125_000;

/// A venue that opens for its shows only, and its show begins at this time.
async fn closed_fixture(store: &Store, show: Millis) -> Fixture {
    let mut fixture = Fixture::new();
    fixture.event = Event {
        title: Text::new("Talvisirkus", "Vintercirkus", "Winter Circus"),
        doors_at: None,
        starts_at: show,
        ends_at: show + 2 * HOUR,
        window: Window { from: show, until: show + 16 * HOUR },
        ..fixture.event
    };
    fixture.open(&**store.system()).await;
    let settings: VenueSettings =
        serde_json::from_value(json!({"opening": [null, null, null, null, null, null, null]})).expect("settings");
    store.for_staff(Scope::All).set_venue_settings(fixture.venue.id, &settings).await.expect("stored");
    fixture
}

/// The tablet of that venue.
pub(crate) async fn closed_tablet(db: &TestStore, show: Millis) -> (Serving, Browser) {
    let fixture = closed_fixture(&db.store, show).await;
    let serving = Serving::start(&db.url, &[]).await;
    let token = token(&db.url, &["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer"]).await;
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.stop_the_clock().await;
    kiosk.become_tablet(format!("{}/kiosk#token={token}", serving.base)).await;
    // Whoever has said that it is the tablet has just touched it; the next time it starts it sleeps at once.
    kiosk.wait_for(HAPPIEST).await;
    kiosk.reload().await;
    (serving, kiosk)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_sleeps_until_somebody_wants_to_answer() {
    on_sqlite(async |db| {
        let (serving, kiosk) = closed_tablet(db, SystemClock.now() + 2 * DAY).await;

        kiosk.wait_for(".asleep").await;
        assert_eq!(kiosk.text(".asleep h1").await, "Talvisirkus");
        let lead = kiosk.text(".asleep h1 + .lead").await;
        assert!(lead.starts_with("Sirkusteltta, ") && lead.contains(" klo "), "{lead}");
        let found = kiosk.violations().await;
        assert!(found.is_empty(), "{found:?}");

        kiosk.click(".asleep").await;
        kiosk.wait_for(HAPPIEST).await;
        kiosk.skip(LONG).await;
        kiosk.wait_for(".asleep").await;

        kiosk.click(".wake").await;
        kiosk.tap_until(HAPPIEST, ".nps").await;
        kiosk.skip(IDLE).await;
        kiosk.wait_for(".overlay").await;
        assert!(!kiosk.has(".asleep").await, "never over a visitor");
        kiosk.skip(IDLE).await;
        kiosk.wait_for(".is-attract").await;
        until("what was answered arrives", async || db.rows("responses").await == 1).await;
        kiosk.skip(LONG).await;
        kiosk.wait_for(".asleep").await;
        kiosk.close().await;
        assert!(serving.stop().await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_show_it_sleeps_and_still_takes_answers() {
    on_sqlite(async |db| {
        let (serving, kiosk) = closed_tablet(db, SystemClock.now() - 4 * HOUR).await;
        kiosk.wait_for(".asleep").await;
        kiosk.click(".wake").await;
        kiosk.tap_until(HAPPIEST, ".nps").await;
        kiosk.skip(2 * IDLE).await;
        let arrived = async || db.rows("responses WHERE event IS NOT NULL AND standing = 0").await == 1;
        until("the answer belongs to the show", arrived).await;
        kiosk.close().await;
        assert!(serving.stop().await);
    })
    .await;
}
