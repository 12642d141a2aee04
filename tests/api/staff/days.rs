//! A venue's day outside events: its page, its place on *Tonight* and in the programme, its notices.

use aplodi::secrets::{hash_token, new_token};
use domain::{
    event::Venue,
    time::{DAY, HOUR, MINUTE, Millis},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::{Value, json};
use store::{
    Scope,
    kiosks::Pairing,
    staff::{Role, User},
};

use crate::steps::hear;

/// Sunday 16:30 in Helsinki: the show of Saturday takes no answers any more.
const SUNDAY: Millis = NOW + 20 * HOUR;

/// The cookie of somebody who may see these venues, for a week.
async fn reader(server: &TestServer, scope: Scope) -> String {
    let (state, token) = (&server.state, new_token(&server.state.rng));
    let id = state.rng.uuid(NOW);
    let user = User { id: id.into(), email: format!("{id}@house.example"), role: Role::Viewer, scope };
    assert!(state.store.system().add_user(&user, NOW).await.expect("a user"));
    state.store.system().add_session(hash_token(&token), user.id, NOW, NOW + 7 * DAY).await.expect("a session");
    format!("aplodi={token}")
}

async fn get(server: &TestServer, cookie: &str, path: &str) -> reqwest::Response {
    let between = if path.contains('?') { '&' } else { '?' };
    let address = format!("{}{path}{between}lang=en", server.base);
    server.http.get(address).header("cookie", cookie).send().await.expect("an answer")
}

async fn page(server: &TestServer, cookie: &str, path: &str) -> String {
    let response = get(server, cookie, path).await;
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.expect("text")
}

/// The heading of *Tonight* with the line below it, and where its other links lead.
async fn tonight(server: &TestServer, cookie: &str) -> (String, Vec<String>) {
    let html = page(server, cookie, "/staff").await;
    let (head, rest) = html.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</header>")).expect("a heading");
    let head = head.replace("</h1>", "").replace("<p>", ", ");
    let nav = rest.split_once("<nav").and_then(|(_, nav)| nav.split_once("</nav>")).map_or("", |(links, _)| links);
    let links = nav.split("href=\"").skip(1).filter_map(|link| link.split('"').next());
    (head.split("</p>").next().unwrap_or_default().to_owned(), links.map(str::to_owned).collect())
}

/// So many tap the best face on this tablet `ago` before now, outside every event.
async fn tap(server: &TestServer, token: &str, how_many: usize, ago: Millis) {
    let now = aplodi::clock::Clock::now(&*server.clock);
    let items: Vec<Value> = (0..how_many)
        .map(|_| {
            json!({
                "id": server.state.rng.uuid(now), "survey_version": server.survey.version, "event": null, "lang": "fi",
                "answered_at": now - ago, "age_ms": ago, "end": "done",
                "answers": [{"question": server.question(0).id, "value": 5}],
            })
        })
        .collect();
    let body = json!({"device_now": now, "responses": items});
    let request = server.http.post(format!("{}/api/v1/kiosk/responses", server.base)).bearer_auth(token).json(&body);
    let body: Value = request.send().await.expect("an answer").json().await.expect("JSON");
    let results = body["results"].as_array().expect("results");
    assert!(results.iter().all(|result| result["status"] == "stored"), "{body}");
}

/// A second venue, an ocean away, and its tablet.
async fn new_york(server: &TestServer) -> (Venue, String) {
    let (store, rng) = (server.state.store.system(), &server.state.rng);
    let venue = Venue {
        id: rng.uuid(NOW).into(),
        code: "LOFT".into(),
        name: "The Loft".into(),
        time_zone: "America/New_York".into(),
        ..server.venue.clone()
    };
    store.save_venue(&venue).await.expect("a venue");
    let token = new_token(rng);
    let pairing =
        Pairing { id: rng.uuid(NOW).into(), kiosk: rng.uuid(NOW).into(), venue: venue.id, ..server.pairing.clone() };
    store.add_kiosk(&pairing, hash_token(&token), NOW).await.expect("a kiosk");
    (venue, token)
}

fn day(venue: &Venue, day: &str) -> String {
    format!("/staff/venues/{}/days/{day}", venue.id)
}

on_test_server!(a_day_outside_events_has_a_page, |server| {
    server.clock.set(SUNDAY);
    let cookie = reader(server, Scope::All).await;
    let sunday = day(&server.venue, "2026-11-22");
    assert!(page(server, &cookie, &sunday).await.contains("No answers yet"));
    tap(server, &server.kiosk_token, 6, MINUTE).await;
    let html = page(server, &cookie, &sunday).await;
    assert!(html.contains("<h1>The Tent</h1>") && html.contains("Sunday 22 Nov · Outside the shows"), "{html}");
    assert!(html.contains("<span class=\"big\">6</span>") && html.contains("chart-faces"), "{html}");
    assert!(page(server, &cookie, &day(&server.venue, "2026-11-21")).await.contains("No answers yet"), "another day");
    let alone = page(server, &cookie, &format!("{sunday}/live")).await;
    assert!(alone.starts_with("<section id=\"live\">") && html.contains(&alone), "{alone}");

    let listens = format!("data-changes=\"/staff/changes?venue={}\"", server.venue.id);
    for (later, is_live) in [(0, true), (DAY, true), (2 * DAY, false)] {
        server.clock.set(SUNDAY + later);
        let html = page(server, &cookie, &sunday).await;
        assert_eq!(html.contains(&listens), is_live, "{later}");
        assert!(html.contains("<span class=\"big\">6</span>"));
    }
    server.clock.set(SUNDAY - DAY);
    assert!(!page(server, &cookie, &sunday).await.contains(&listens), "a day to come");
});

on_test_server!(a_day_is_only_for_those_who_may_see_its_venue, |server| {
    server.clock.set(SUNDAY);
    tap(server, &server.kiosk_token, 1, MINUTE).await;
    let (loft, _) = new_york(server).await;
    let here = reader(server, Scope::Venues(vec![server.venue.id])).await;
    let elsewhere = reader(server, Scope::Venues(vec![loft.id])).await;
    let sunday = day(&server.venue, "2026-11-22");
    for path in [sunday.clone(), format!("{sunday}/live")] {
        assert_eq!(get(server, &here, &path).await.status(), 200, "{path}");
        assert_eq!(get(server, &elsewhere, &path).await.status(), 404, "{path}");
    }
    for wrong in ["2026-02-31", "2026-11-2", "20261122", "today", "2026-11-22T10:00"] {
        assert_eq!(get(server, &here, &day(&server.venue, wrong)).await.status(), 404, "{wrong}");
    }
    assert!(page(server, &here, "/staff/events").await.contains(&sunday));
    assert!(!page(server, &elsewhere, "/staff/events").await.contains(&sunday));
    assert!(tonight(server, &elsewhere).await.0.starts_with("Tonight"), "nothing is on there");
});

on_test_server!(tonight_shows_what_is_on_and_links_the_rest, |server| {
    let cookie = reader(server, Scope::All).await;
    let (saturday, sunday, monday) =
        (day(&server.venue, "2026-11-21"), day(&server.venue, "2026-11-22"), day(&server.venue, "2026-11-23"));
    let show = format!("/staff/events/{}", server.event.id);
    let shown = async || tonight(server, &cookie).await;
    let tap = async |how_many, ago| tap(server, &server.kiosk_token, how_many, ago).await;

    // While the show takes answers, what came at noon is a doubt beside it.
    tap(2, 8 * HOUR).await;
    let (head, links) = shown().await;
    assert!(head.starts_with("Winter Circus"), "{head}");
    assert_eq!(links, [saturday.as_str()]);

    // The day after, the show stands until something else comes in; then it is one click away.
    server.clock.set(SUNDAY);
    let (head, links) = shown().await;
    assert!(head.starts_with("Winter Circus"), "{head}");
    assert_eq!(links, [saturday.as_str()]);
    tap(1, MINUTE).await;
    let (head, links) = shown().await;
    assert_eq!(head, "The Tent, Sunday 22 Nov · Outside the shows");
    assert_eq!(links, [show.clone(), saturday]);

    // Half past midnight: what was given before belongs to Sunday, what was given after to Monday.
    server.clock.set(NOW + 28 * HOUR);
    tap(2, 50 * MINUTE).await;
    let (head, links) = shown().await;
    assert!(head.starts_with("Winter Circus"), "nothing came on Monday yet: {head}");
    assert_eq!(links, [sunday.as_str()]);
    tap(1, 10 * MINUTE).await;
    let (head, links) = shown().await;
    assert_eq!(head, "The Tent, Monday 23 Nov · Outside the shows");
    assert_eq!(links, [show, sunday.clone()]);
    assert!(page(server, &cookie, &sunday).await.contains("<span class=\"big\">3</span>"));
    assert!(page(server, &cookie, &monday).await.contains("<span class=\"big\">1</span>"));

    // On Tuesday the show is history and Monday is the last thing that was; on Wednesday nothing is.
    server.clock.set(NOW + 61 * HOUR);
    assert_eq!(shown().await, ("The Tent, Monday 23 Nov · Outside the shows".to_owned(), Vec::new()));
    server.clock.set(NOW + 85 * HOUR);
    assert!(shown().await.0.starts_with("Tonight"));
    let programme = page(server, &cookie, "/staff/events").await;
    let places = [&monday, &sunday].map(|path| programme.find(path.as_str()).expect("is in the programme"));
    assert!(places[0] < places[1], "the newest first");
});

on_test_server!(every_venue_has_its_own_today, |server| {
    let cookie = reader(server, Scope::All).await;
    let (loft, token) = new_york(server).await;
    // Monday 00:30 in Helsinki is Sunday 17:30 in New York.
    server.clock.set(NOW + 28 * HOUR);
    tap(server, &token, 2, MINUTE).await;
    tap(server, &server.kiosk_token, 1, MINUTE).await;
    let (head, links) = tonight(server, &cookie).await;
    assert_eq!(head, "The Loft, Sunday 22 Nov · Outside the shows", "where most answered");
    assert_eq!(links, [day(&server.venue, "2026-11-23"), format!("/staff/events/{}", server.event.id)]);
    assert!(page(server, &cookie, &day(&loft, "2026-11-23")).await.contains("No answers yet"));
});

on_test_server!(an_open_day_hears_of_new_answers, |server| {
    server.clock.set(SUNDAY);
    let cookie = reader(server, Scope::All).await;
    let mut notices = get(server, &cookie, &format!("/staff/changes?venue={}", server.venue.id)).await;
    assert_eq!(notices.status(), 200);
    tap(server, &server.kiosk_token, 1, MINUTE).await;
    hear(&mut notices).await;
});
