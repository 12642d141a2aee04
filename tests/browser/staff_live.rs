//! A page of the staff that stays open: in tabs that nobody looks at, over the night, after its reader was logged out.

use aplodi::secrets::{hash_token, new_token};
use domain::{
    event::{Event, Window},
    lang::Text,
    time::{DAY, HOUR, MINUTE, Millis},
};
use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    store::sqlite,
    test_server::{NOW, TestServer},
    until,
};
use store::{
    Scope,
    staff::{Role, User},
};
use thirtyfour::Cookie;

use crate::steps::{ANSWERED, log_in, office};

/// Counts the streams of events that are open.
const COUNT: &str = "window.streams = [];
    window.EventSource = class extends EventSource {
        constructor(...how) { super(...how); window.streams.push(this); }
    };";
const OPEN: &str = "return window.streams.filter((stream) => stream.readyState !== 2).length;";

/// What keeps the page right has begun.
const AWAKE: &str = "leptos-island[data-awake] #live-state";

/// The tab is covered by another one, or seen again.
async fn look_away(staff: &Browser, away: bool) {
    const LOOK: &str = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => arguments[0] });
        document.dispatchEvent(new Event('visibilitychange'));";
    staff.execute(&LOOK.replace("arguments[0]", if away { "true" } else { "false" }), Vec::new()).await;
}

/// The office, with a clock that a test moves.
async fn held_office(demo: &Demo) -> Browser {
    let staff = Browser::open(Screen::DESKTOP).await;
    staff.hold_the_clock().await;
    staff.prepare(COUNT).await;
    log_in(&staff, demo).await;
    staff.wait_for(".live:not(.is-off)").await;
    staff
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tab_that_nobody_sees_lets_its_stream_go_and_catches_up() {
    let demo = Demo::start().await;
    let staff = held_office(&demo).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 1);
    look_away(&staff, true).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 0);
    let before: u64 = staff.text(ANSWERED).await.parse().expect("a number");
    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    phone.click(".faces label:nth-child(5)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    phone.close().await;
    look_away(&staff, false).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 1);
    staff.wait_for_text(ANSWERED, |now| now == (before + 1).to_string()).await;
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seven_tabs_leave_room_for_an_eighth() {
    let demo = Demo::start().await;
    let staff = office(&demo).await;
    for _ in 0..7 {
        let tab = staff.driver.new_tab().await.expect("a tab");
        staff.driver.switch_to_window(tab).await.expect("the tab");
        staff.goto(&demo.staff).await;
        staff.wait_for(".live:not(.is-off)").await;
        // A browser without a screen shows all its tabs at once.
        look_away(&staff, true).await;
    }
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_logged_out_elsewhere_reads_no_numbers_and_comes_back() {
    const LOG_OUT: &str = "const done = arguments[0];
        fetch('/staff/logout', { method: 'POST', redirect: 'manual' }).then(() => done());";
    let demo = Demo::start().await;
    let staff = held_office(&demo).await;
    staff.wait_for_script(LOG_OUT, Vec::new()).await;
    staff.forward(60_000).await;
    staff.wait_for_text("#live-state", |says| says.starts_with("Olet kirjautunut ulos.")).await;
    until("the numbers are gone", async || !staff.has(ANSWERED).await).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 0, "it listens no more");
    assert!(staff.has("#live-state a[href='/staff/login?next=%2Fstaff']").await);
    // In another tab.
    let here = staff.driver.window().await.expect("this tab");
    let other = staff.driver.new_tab().await.expect("a tab");
    staff.driver.switch_to_window(other).await.expect("the tab");
    log_in(&staff, &demo).await;
    staff.driver.switch_to_window(here).await.expect("the first tab");
    look_away(&staff, false).await;
    staff.wait_for(ANSWERED).await;
    staff.wait_for(".live:not(.is-off)").await;
    staff.close().await;
}

/// A page of an office whose server has a clock of its own, for somebody who is logged in for days.
async fn office_of(server: &TestServer) -> Browser {
    let (state, token) = (&server.state, new_token(&server.state.rng));
    let email = "office@house.example".to_owned();
    let user = User { id: state.rng.uuid(NOW).into(), email, role: Role::Viewer, scope: Scope::All };
    assert!(state.store.system().add_user(&user, NOW).await.expect("a user"));
    state.store.system().add_session(hash_token(&token), user.id, NOW, NOW + 9 * DAY).await.expect("a session");
    let staff = Browser::open(Screen::DESKTOP).await;
    staff.hold_the_clock().await;
    staff.goto(&server.base).await;
    staff.driver.add_cookie(Cookie::new("aplodi", token)).await.expect("a cookie");
    staff
}

/// Time passes for the server, and a minute of it for the page.
async fn a_minute_later(server: &TestServer, staff: &Browser, now: Millis) {
    server.clock.set(now);
    staff.forward(60_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn last_night_is_no_longer_tonight() {
    const COMING: &str = "section:has(> #coming)";
    const PAST: &str = "section:has(> #past)";
    let (data, _folder) = sqlite().await;
    let server = TestServer::open(&data.url).await;
    let later = |code: &str, title: &str, starts_at: Millis| Event {
        id: server.state.rng.uuid(NOW).into(),
        code: code.into(),
        title: Text::new(title, title, title),
        doors_at: None,
        starts_at,
        ends_at: starts_at + HOUR,
        window: Window::around(starts_at + HOUR, Window::BEFORE, Window::AFTER, None),
        ..server.event.clone()
    };
    let next = later("NEXT", "Yösirkus", NOW + 2 * DAY);
    server.state.store.system().save_event(&next).await.expect("an event");
    let staff = office_of(&server).await;
    let is_called = async |called: &str| {
        let named = async || staff.driver.title().await.expect("a title").starts_with(called);
        until(&format!("the page is called {called}"), named).await;
    };

    staff.goto(format!("{}/staff", server.base)).await;
    staff.wait_for(".live:not(.is-off)").await;
    is_called("Tänä iltana: Talvisirkus").await;
    // Half past midnight.
    a_minute_later(&server, &staff, NOW + 4 * HOUR).await;
    is_called("Viimeksi: Talvisirkus").await;
    // The evening after, when nobody plays: it is not even the last any more the morning after that.
    a_minute_later(&server, &staff, NOW + 37 * HOUR).await;
    staff.wait_for_text(".empty h2", |says| says == "Tänään ei ole esitystä").await;
    is_called("Tänä iltana").await;
    assert!(!staff.has(ANSWERED).await);
    staff.wait_for(AWAKE).await;
    // That evening somebody plays, and nobody has touched the page.
    a_minute_later(&server, &staff, next.starts_at + MINUTE).await;
    staff.wait_for_text("h1", |title| title == "Yösirkus").await;
    is_called("Tänä iltana: Yösirkus").await;
    staff.wait_for(".live:not(.is-off)").await;

    staff.goto(format!("{}/staff/events", server.base)).await;
    staff.wait_for(AWAKE).await;
    assert!(staff.text(COMING).await.contains("Yösirkus"));
    assert!(!staff.text(PAST).await.contains("Yösirkus"));
    a_minute_later(&server, &staff, next.ends_at + MINUTE).await;
    staff.wait_for_text(PAST, |past| past.contains("Yösirkus")).await;
    until("nothing comes any more", async || !staff.has(COMING).await).await;
    assert_eq!(server.state.clock.now(), next.ends_at + MINUTE, "all that within a minute");
    staff.close().await;
    server.close().await;
}
