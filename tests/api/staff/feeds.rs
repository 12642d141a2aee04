//! A calendar follows the programme by an address of its own, until that is revoked.

use harness::{on_test_server, test_server::TestServer};
use reqwest::StatusCode;
use store::staff::Role;

use super::events::{page, post};

const FEEDS: &str = "/staff/events/feeds";

async fn get(server: &TestServer, address: &str, etag: Option<&str>) -> reqwest::Response {
    let request = server.http.get(address);
    let request = if let Some(etag) = etag { request.header("if-none-match", etag) } else { request };
    request.send().await.expect("an answer")
}

on_test_server!(a_calendar_follows_the_programme, |server| {
    let editor = server.session(Role::Editor).await;
    assert!(page(server, &editor, "/staff/events").await.contains(FEEDS));
    assert_eq!(post(server, &editor, FEEDS, &[("name", " "), ("venue", "")]).await.status(), 422);
    let venue = server.venue.id.to_string();
    let made = post(server, &editor, FEEDS, &[("name", "Maija"), ("venue", &venue)]).await;
    let shown = made.text().await.expect("a page");
    let (_, rest) = shown.split_once("<code id=\"address\">").expect("an address");
    let address = rest.split('<').next().unwrap_or_default().to_owned();
    assert!(address.starts_with(&format!("{}/feed/", server.base)) && address.contains(".ics"), "{address}");
    let listed = page(server, &editor, FEEDS).await;
    assert!(listed.contains("Maija") && !listed.contains(&address), "it is shown once");

    server.results(&[server.item(1, 5, 9)]).await;
    let first = get(server, &address, None).await;
    assert_eq!(first.headers()["content-type"], "text/calendar; charset=utf-8");
    let etag = first.headers()["etag"].to_str().expect("a tag").to_owned();
    let calendar = first.text().await.expect("a calendar");
    assert!(
        calendar.contains("STATUS:CONFIRMED") && calendar.contains(&format!("UID:{}", server.event.id)),
        "{calendar}"
    );
    assert!(!calendar.contains("540"), "how many were there is nobody's business: {calendar}");
    server.clock.set(harness::test_server::NOW + 60_000);
    assert_eq!(get(server, &address, Some(&etag)).await.status(), StatusCode::NOT_MODIFIED);

    let store = server.state.store.for_staff(store::Scope::All);
    let mut one = store.imported_event(server.event.id).await.expect("a read").expect("an event");
    one.cancelled = true;
    let import = harness::test_server::id(77);
    store.stage_events(import, &[one], 0).await.expect("staged");
    assert!(store.apply_import(import, &[]).await.expect("applied"));
    let later = get(server, &address, Some(&etag)).await;
    assert_eq!(later.status(), 200);
    let calendar = later.text().await.expect("a calendar");
    assert!(
        calendar.contains("STATUS:CANCELLED") && calendar.contains(&format!("UID:{}", server.event.id)),
        "{calendar}"
    );

    let id = listed.split_once(&format!("{FEEDS}/")).and_then(|(_, rest)| rest.split('/').next()).expect("an id");
    assert_eq!(post(server, &editor, &format!("{FEEDS}/{id}/remove"), &[]).await.status(), 303);
    assert_eq!(get(server, &address, None).await.status(), 404, "the address opens nothing any more");
    assert_eq!(post(server, &editor, &format!("{FEEDS}/{id}/remove"), &[]).await.status(), 404);
    assert_eq!(get(server, &format!("{}/feed/none.ics", server.base), None).await.status(), 404);
});
