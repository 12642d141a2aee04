//! `/staff/events/import`: a programme from a file, looked at before it is taken.

use domain::{
    attendance::AttendanceKind,
    time::MINUTE,
    venue_settings::{AnswerWindow, VenueSettings},
};
use harness::{on_test_server, test_server::TestServer};
use store::{Scope, imports::ImportedEvent, staff::Role};

use super::events::{page, post};

const IMPORT: &str = "/staff/events/import";
const PREVIEW: &str = "/staff/events/import/preview";

/// Sends a file as a browser does.
pub(super) async fn send(server: &TestServer, cookie: &str, name: &str, bytes: &[u8]) -> reqwest::Response {
    let head = format!("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
    let request = server.http.post(format!("{}{IMPORT}?lang=en", server.base));
    let request = request.header("origin", &server.base).header("cookie", cookie);
    let request = request.header("content-type", "multipart/form-data; boundary=x").body(body);
    request.send().await.expect("an answer")
}

pub(super) async fn looked_at(server: &TestServer, cookie: &str, query: &str) -> String {
    let asked = server.http.get(format!("{}{PREVIEW}?lang=en{query}", server.base)).header("cookie", cookie);
    asked.send().await.expect("an answer").text().await.expect("a page")
}

/// What the form that does it sends along.
fn hidden(page: &str) -> Vec<(String, String)> {
    let form = page.split("class=\"slip\"").nth(1).expect("something to do").split("</form>").next().expect("a form");
    let value = |input: &str, name: &str| {
        let rest = input.split(&format!("{name}=\"")).nth(1).expect("it is there");
        rest.split('"').next().expect("an end").replace("&amp;", "&")
    };
    form.split("<input").skip(1).map(|input| (value(input, "name"), value(input, "value"))).collect()
}

pub(super) async fn take(server: &TestServer, cookie: &str, page: &str) -> reqwest::Response {
    let hidden = hidden(page);
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    post(server, cookie, PREVIEW, &fields).await
}

async fn events(server: &TestServer) -> Vec<ImportedEvent> {
    server.state.store.for_staff(Scope::All).whole_programme().await.expect("the programme").events
}

const SEASON: &str = "id;title;venue;start;end;sold\r\n\
    K1;Talvisirkus;The Tent;2026-12-05 18:00;2026-12-05 20:00;212\r\n\
    K2;Talvisirkus;The Tent;2026-12-06 15:00;2026-12-06 17:00;\r\n";

on_test_server!(a_file_is_looked_at_and_then_taken_once, |server| {
    let editor = server.session(Role::Editor).await;
    assert!(page(server, &editor, "/staff/events").await.contains(IMPORT));
    assert!(page(server, &editor, IMPORT).await.contains("multipart/form-data"));

    let before = events(server).await;
    let sent = send(server, &editor, "syksy.csv", SEASON.as_bytes()).await;
    assert_eq!(
        (sent.status().as_u16(), &sent.headers()["location"]),
        (303, &reqwest::header::HeaderValue::from_static(PREVIEW))
    );
    let shown = looked_at(server, &editor, "").await;
    for said in ["syksy.csv", "Talvisirkus", "Sat 5 Dec 2026 18:00–20:00", "2 events are added or changed", "line 3"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert_eq!(events(server).await, before, "nothing is changed by looking");

    let done = take(server, &editor, &shown).await;
    assert_eq!(done.headers()["location"], "/staff/events/import?taken=2");
    let asked = server.http.get(format!("{}{IMPORT}?taken=2&lang=en", server.base)).header("cookie", &editor);
    assert!(asked.send().await.expect("an answer").text().await.expect("a page").contains("2 events were added"));
    let after = events(server).await;
    assert_eq!(after.len(), before.len() + 2);
    assert!(looked_at(server, &editor, "").await.contains("The file is not kept any more"));

    send(server, &editor, "syksy.csv", SEASON.as_bytes()).await;
    let again = looked_at(server, &editor, "").await;
    assert!(again.contains("the file does not change the programme") && !again.contains("class=\"slip\""), "{again}");

    send(server, &editor, "syksy.csv", SEASON.replace("12-06 15:00", "12-06 14:00").as_bytes()).await;
    let moved = looked_at(server, &editor, "").await;
    assert!(moved.contains("before: 6 Dec 2026 15:00, The Tent"), "{moved}");
    assert_eq!(take(server, &editor, &moved).await.headers()["location"], "/staff/events/import?taken=1");
});

on_test_server!(a_file_with_mistakes_changes_nothing_and_says_where, |server| {
    let editor = server.session(Role::Editor).await;
    let before = events(server).await;
    let wrong = SEASON.replace("2026-12-06 15:00", "31.11.2026 15:00");
    send(server, &editor, "väärin.csv", wrong.as_bytes()).await;
    let shown = looked_at(server, &editor, "").await;
    for said in ["31.11.2026 15:00", "column 4", "line 3", "before the refused lines are put right"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("class=\"slip\""), "there is nothing to press");
    // Somebody presses a button that is not there.
    let forced = post(server, &editor, PREVIEW, &[("seen", "anything")]).await;
    assert_eq!(forced.status(), 422);

    for (name, bytes) in [("kuva.png", &b"\x89PNG\r\n\x1a\n"[..]), ("tyhja.csv", b""), ("rikki.xlsx", b"PK\x03\x04 no")]
    {
        assert_eq!(send(server, &editor, name, bytes).await.status(), 303);
        let shown = looked_at(server, &editor, "").await;
        assert!(shown.contains("is-urgent") && !shown.contains("class=\"slip\""), "{name}: {shown}");
    }
    let large = send(server, &editor, "suuri.csv", &vec![b'x'; 17 * 1024 * 1024]).await;
    assert_eq!(large.status(), 422);
    assert!(large.text().await.expect("a page").contains("larger than 16 MB"));
    assert_eq!(send(server, &editor, "", b"").await.status(), 422, "none was chosen");
    let broken = server.http.post(format!("{}{IMPORT}", server.base)).header("origin", &server.base);
    let broken = broken.header("cookie", &editor).body("no form").send().await.expect("an answer");
    assert_eq!(broken.status(), 422);
    assert_eq!(events(server).await, before);
});

on_test_server!(what_somebody_else_changed_is_looked_at_again, |server| {
    let editor = server.session(Role::Editor).await;
    send(server, &editor, "syksy.csv", SEASON.as_bytes()).await;
    take(server, &editor, &looked_at(server, &editor, "").await).await;
    send(server, &editor, "syksy.csv", SEASON.replace("12-06 15:00", "12-06 14:00").as_bytes()).await;
    let seen = looked_at(server, &editor, "").await;

    let there = events(server).await;
    let second = there.iter().find(|one| one.external_id.as_deref() == Some("K2")).expect("it was taken");
    let counted = [("attendance", "150"), ("attendance_kind", "counted")];
    let saved = post(server, &editor, &format!("/staff/events/{}/attendance", second.event.id), &counted).await;
    assert_eq!(saved.status(), 303);

    let late = take(server, &editor, &seen).await;
    assert_eq!(late.status(), 409);
    let anew = late.text().await.expect("a page");
    assert!(anew.contains("Somebody else has changed the programme"), "{anew}");
    assert_eq!(take(server, &editor, &anew).await.status(), 303, "now it was seen");
    let after = events(server).await;
    let second = after.iter().find(|one| one.external_id.as_deref() == Some("K2")).expect("it is there");
    assert_eq!(second.event.attendance, Some(150), "what the file does not say stays");
});

on_test_server!(columns_are_named_by_hand_and_remembered, |server| {
    let editor = server.session(Role::Editor).await;
    let odd = SEASON.replace("title", "Ohjelmanumero").replace("start;end", "Ovikello;Siivous");
    send(server, &editor, "outo.csv", odd.as_bytes()).await;
    let shown = looked_at(server, &editor, "").await;
    assert!(
        shown.contains("Ohjelmanumero") && shown.contains("Talvisirkus") && shown.contains("The title is missing"),
        "{shown}"
    );

    let said = "&column%3AOhjelmanumero=title&column%3AOvikello=start&column%3ASiivous=end&column%3Aid=id\
        &column%3Avenue=venue&column%3Asold=sold";
    let named = looked_at(server, &editor, said).await;
    assert!(named.contains("2 events are added or changed"), "{named}");
    assert_eq!(take(server, &editor, &named).await.status(), 303);

    send(server, &editor, "outo.csv", odd.replace("15:00", "16:00").as_bytes()).await;
    let again = looked_at(server, &editor, "").await;
    assert!(again.contains("One event is added or changed"), "{again}");
});

on_test_server!(nobody_sees_the_file_of_somebody_else, |server| {
    let (one, other) = (server.session(Role::Editor).await, server.session(Role::Admin).await);
    send(server, &one, "syksy.csv", SEASON.as_bytes()).await;
    assert!(looked_at(server, &other, "").await.contains("not kept any more"));
    let viewer = server.session(Role::Viewer).await;
    assert_eq!(send(server, &viewer, "syksy.csv", SEASON.as_bytes()).await.status(), 403);
});

on_test_server!(what_a_venue_decides_fills_in_what_a_file_leaves_out, |server| {
    let editor = server.session(Role::Editor).await;
    let file = "id;title;venue;start\r\nK1;Talvisirkus;The Tent;2026-12-05 18:00\r\n";
    send(server, &editor, "syksy.csv", file.as_bytes()).await;
    assert!(!looked_at(server, &editor, "").await.contains("class=\"slip\""), "nobody says when it ends");
    assert!(looked_at(server, &editor, "&minutes=60").await.contains("18:00–19:00"));

    let store = server.state.store.for_staff(Scope::All);
    let window = AnswerWindow { before_minutes: 30, after_minutes: 120, ..AnswerWindow::default() };
    let settings = VenueSettings { usual_minutes: Some(75), window, ..VenueSettings::default() };
    assert!(store.set_venue_settings(server.venue.id, &settings).await.expect("settings"));
    let shown = looked_at(server, &editor, "").await;
    assert!(shown.contains("18:00–19:15"), "{shown}");
    assert_eq!(take(server, &editor, &shown).await.status(), 303);
    let there = events(server).await;
    let event = &there.iter().find(|one| one.external_id.is_some()).expect("it was taken").event;
    assert_eq!((event.window.from - event.ends_at, event.window.until - event.ends_at), (-30 * MINUTE, 120 * MINUTE));
});

on_test_server!(how_many_were_there_is_taken_from_a_table_without_titles, |server| {
    let editor = server.session(Role::Editor).await;
    send(server, &editor, "syksy.csv", SEASON.as_bytes()).await;
    let shown = looked_at(server, &editor, "").await;
    take(server, &editor, &shown).await;
    let before = events(server).await;

    let counted = "date;venue;counted\r\n2026-12-05;The Tent;198\r\n2026-12-06;The Tent;175\r\n";
    send(server, &editor, "yleisö.csv", counted.as_bytes()).await;
    let shown = looked_at(server, &editor, "").await;
    assert!(shown.contains("Talvisirkus") && shown.contains("2 events are added or changed"), "{shown}");
    assert_eq!(take(server, &editor, &shown).await.headers()["location"], "/staff/events/import?taken=2");
    let after = events(server).await;
    assert_eq!(after.len(), before.len());
    let known = |id: &str| {
        let one = after.iter().find(|one| one.external_id.as_deref() == Some(id)).expect("it is there");
        (one.event.attendance, one.attendance_kind)
    };
    assert_eq!(known("K1"), (Some(198), Some(AttendanceKind::Counted)));
    assert_eq!(known("K2"), (Some(175), Some(AttendanceKind::Counted)));

    send(server, &editor, "yleisö.csv", b"id;sold\r\nK2;180\r\nK9;3\r\n").await;
    let shown = looked_at(server, &editor, "").await;
    assert!(shown.contains("there is no such event") && !shown.contains("class=\"slip\""), "{shown}");
    assert_eq!(events(server).await, after);
});
