//! `/staff/events/export.csv`, `.xlsx` and `.ics`: what goes out comes in again as it was.

use domain::lang::Lang;
use harness::{on_test_server, test_server::TestServer};
use store::{Scope, staff::Role};

use super::imports::{looked_at, send, take};

async fn file(server: &TestServer, cookie: &str, ending: &str) -> Vec<u8> {
    let address = format!("{}/staff/events/export.{ending}", server.base);
    let asked = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
    assert!(asked.headers()["content-disposition"].to_str().expect("a name").contains(ending));
    asked.bytes().await.expect("a file").to_vec()
}

/// What an import knows of every event.
async fn programme(server: &TestServer) -> Vec<String> {
    let there = server.state.store.for_staff(Scope::All).whole_programme().await.expect("the programme");
    let shown = |one: &store::imports::ImportedEvent| {
        let event = &one.event;
        let title = event.title.find(Lang::Fi, None).map(|(_, words)| words.to_owned());
        let people = (event.attendance, one.attendance_kind);
        format!("{title:?} {:?} {} {} {people:?} {}", event.venue, event.starts_at, event.ends_at, one.cancelled)
    };
    there.events.iter().map(shown).collect()
}

on_test_server!(what_is_exported_is_imported_as_it_was, |server| {
    let editor = server.session(Role::Editor).await;
    let lines = (0..40).map(|nth| {
        let (day, there, status) = (day_of(nth), nth * 7, ["", "peruttu"][nth % 2]);
        format!("K{nth};=Talvi, \"{nth}\";The Tent;{day} 18:00;{day} 20:00;{there};{status}\r\n")
    });
    let season = lines.collect::<Vec<_>>().concat();
    // An hour that comes twice, and the second of the two.
    let twice = "K90;Yö;The Tent;2026-10-25T03:30:00+02:00;2026-10-25T05:00:00+02:00;;\r\n";
    let all = format!("id;title;venue;start;end;counted;status\r\n{season}{twice}");
    send(server, &editor, "kausi.csv", all.as_bytes()).await;
    let shown = looked_at(server, &editor, "").await;
    assert_eq!(take(server, &editor, &shown).await.status(), 303, "{shown}");
    let before = programme(server).await;
    assert_eq!(before.len(), 42);

    let csv = String::from_utf8(file(server, &editor, "csv").await).expect("UTF-8");
    assert!(csv.contains("\"'=Talvi"), "nothing is computed: {csv}");
    for ending in ["csv", "xlsx", "ics"] {
        let bytes = file(server, &editor, ending).await;
        send(server, &editor, &format!("aplodi.{ending}"), &bytes).await;
        let again = looked_at(server, &editor, "&takes_ids=yes").await;
        // A calendar gives an id to what had none.
        let nothing = again.contains("the file does not change the programme");
        assert!(nothing || (ending == "ics" && again.contains("One event is added or changed")), "{ending}: {again}");
    }

    // All of it goes, and comes back from the file.
    let table = file(server, &editor, "xlsx").await;
    let store = server.state.store.for_staff(Scope::All);
    for one in store.whole_programme().await.expect("the programme").events {
        store.delete_event(one.event.id).await.expect("it goes");
    }
    assert_eq!(programme(server).await, [""; 0]);
    send(server, &editor, "aplodi.xlsx", &table).await;
    let shown = looked_at(server, &editor, "").await;
    assert_eq!(take(server, &editor, &shown).await.status(), 303, "{shown}");
    assert_eq!(programme(server).await, before);
});

/// Days of the season, one for each number.
fn day_of(nth: usize) -> String {
    let month = if nth < 28 { 12 } else { 11 };
    format!("2026-{month}-{:02}", nth % 28 + 1)
}

on_test_server!(a_viewer_exports_what_they_see, |server| {
    let viewer = server.session(Role::Viewer).await;
    assert!(String::from_utf8(file(server, &viewer, "ics").await).expect("UTF-8").starts_with("BEGIN:VCALENDAR"));
});
