//! `aplodi events`

use std::{fmt::Write, path::PathBuf};

use domain::{event::EventSource, time::SECOND};
use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{printed, run},
    store::TestStore,
};
use serde_json::Value;
use tempfile::TempDir;

use crate::failed;

on_both_databases!(
    the_same_programme_again_changes_nothing,
    a_refused_row_refuses_the_file,
    what_is_moved_keeps_its_code,
    what_is_moved_leaves_what_the_programme_gave_it,
    what_is_said_beforehand_decides,
    ten_thousand_events_are_taken_at_once,
);

/// A file of the cases that the readers of files are tried on.
fn case(name: &str) -> String {
    format!("{}/../server/programme/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"))
}

async fn two_venues(db: &TestStore) {
    for (name, code) in [("Teltta", "TELTTA"), ("Konserttisali", "SALI")] {
        printed(&db.url, &["venue", "add", "--name", name, "--code", code, "--time-zone", "Europe/Helsinki"]).await;
    }
}

async fn previewed(db: &TestStore, file: &str, more: &[&str]) -> Vec<Value> {
    let all = [&["events", "import", file, "--dry-run", "--json"][..], more].concat();
    serde_json::from_str(&printed(&db.url, &all).await).expect("a list")
}

fn statuses(list: &[Value]) -> Vec<(&str, &str)> {
    list.iter()
        .map(|one| (one["external_id"].as_str().unwrap_or("-"), one["status"].as_str().expect("a word")))
        .collect()
}

fn file(folder: &TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

async fn the_same_programme_again_changes_nothing(db: &TestStore) {
    two_venues(db).await;
    let first = case("11a-first-import.csv");
    let list = previewed(db, &first, &[]).await;
    assert_eq!(list.len(), 5);
    assert_eq!(
        list[0],
        serde_json::json!({
            "external_id": "T-1", "title": "Valoa kohti", "venue": "Teltta", "starts_at": "2026-09-04T15:30:00Z",
            "ends_at": "2026-09-04T17:30:00Z", "attendance": null, "status": "new", "line": 2, "column": null, "reason": null
        })
    );
    assert_eq!(db.rows("events").await, 0, "a preview changes nothing");
    let import = ["events", "import", &first];
    assert!(printed(&db.url, &import).await.ends_with("Done: 5 events.\n"));
    assert_eq!((db.rows("events").await, db.rows("productions").await, db.rows("staged_events").await), (5, 3, 0));
    assert!(previewed(db, &first, &[]).await.iter().all(|one| one["status"] == "unchanged"));
    assert!(printed(&db.url, &import).await.ends_with("Done: 0 events.\n"));
    assert_eq!((db.rows("events").await, db.rows("codes").await), (5, 7));
}

async fn a_refused_row_refuses_the_file(db: &TestStore) {
    two_venues(db).await;
    printed(&db.url, &["events", "import", &case("11a-first-import.csv")]).await;
    let second = case("11b-second-import.csv");
    let list = previewed(db, &second, &[]).await;
    assert_eq!(
        statuses(&list),
        [
            ("T-1", "unchanged"),
            ("T-2", "moved"),
            ("T-9", "unclear"),
            ("T-5", "cancelled"),
            ("T-4", "refused"),
            ("T-4", "refused"),
            ("T-6", "unclear"),
        ]
    );
    let reason = |at: usize| list[at]["reason"].as_str().expect("a sentence").to_owned();
    assert!(reason(2).contains("T-3") && reason(4).contains("6, 7") && reason(6).contains("not in this file"));
    let said = failed(&run(&db.url, &["events", "import", &second]).await);
    assert!(said.contains("line 6") && said.contains("line 7") && said.contains("nothing was changed"), "{said}");
    assert_eq!(db.rows("events WHERE cancelled").await, 0);

    let hard = previewed(db, &case("10-hard-dates.csv"), &["--lang", "fi"]).await;
    let misspelt = hard.iter().find(|one| one["line"] == 15).expect("line 15");
    assert_eq!((misspelt["status"].as_str(), misspelt["column"].as_i64()), (Some("refused"), Some(3)));
    assert!(misspelt["reason"].as_str().is_some_and(|reason| reason.contains("Tarkoititko: Teltta?")), "{misspelt}");
}

async fn what_is_moved_keeps_its_code(db: &TestStore) {
    two_venues(db).await;
    let folder = TempDir::new().expect("a folder");
    printed(&db.url, &["events", "import", &case("11a-first-import.csv")]).await;
    let codes = async || {
        let all = db.everything().whole_programme().await.expect("all of it").events;
        let named = all.into_iter().map(|one| (one.external_id, one.event.code, one.event.id, one.event.window.until));
        let mut named: Vec<_> = named.collect();
        named.sort();
        named
    };
    let before = codes().await;
    let second = std::fs::read_to_string(case("11b-second-import.csv")).expect("a case");
    let sound: Vec<&str> = second.lines().filter(|line| !line.starts_with("T-4")).collect();
    let sound = file(&folder, "b.csv", &sound.join("\n"));
    assert!(printed(&db.url, &["events", "import", &sound]).await.ends_with("Done: 2 events.\n"));
    let after = codes().await;
    for (one, other) in before.iter().zip(&after) {
        assert_eq!((&one.0, &one.1, one.2), (&other.0, &other.1, other.2));
    }
    assert_eq!(before[1].3 - after[1].3, 12_600_000, "answers are taken three and a half hours earlier, too");
    assert_eq!(db.rows("events WHERE cancelled").await, 1);
    let takes = printed(&db.url, &["events", "import", &sound, "--take-ids"]).await;
    assert!(takes.ends_with("Done: 1 events.\n"), "{takes}");
    assert_eq!(db.rows("events WHERE external_id = 'T-9'").await, 1);
    assert_eq!(db.rows("events").await, 5);
}

async fn what_is_moved_leaves_what_the_programme_gave_it(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let folder = TempDir::new().expect("a folder");
    let mut given = fixture.audience(70);
    for (item, nth) in given.iter_mut().zip(0..) {
        item.place.corrected_at += nth * 40 * SECOND;
        if nth < 60 {
            item.response.event = None;
            item.place.source = Some(EventSource::Programme);
        }
    }
    db.system().commit(&given).await.expect("stored");
    let answers = async || {
        let at_the_event = "responses WHERE event_source = 'programme' AND event IS NOT NULL AND local_day = 20261121";
        let of_the_day = "responses WHERE subject = venue AND event_source IS NULL AND production IS NULL
            AND local_day = 20261121";
        let shown = "responses WHERE event_source = 'kiosk' AND event IS NOT NULL AND production IS NOT NULL";
        (db.rows(at_the_event).await, db.rows(of_the_day).await, db.rows(shown).await)
    };
    for (name, day, status, expected) in [
        ("id", 21, "", (60, 0, 10)),
        ("moved", 22, "", (0, 60, 10)),
        ("back", 21, "", (60, 0, 10)),
        ("cancelled", 21, "cancelled", (0, 60, 10)),
    ] {
        let times = format!("2026-11-{day}T18:45,2026-11-{day}T20:45");
        let text =
            format!("id,title,venue,starts_at,ends_at,status\nY-1,Yötaivas,{},{times},{status}\n", fixture.venue.name);
        let path = file(&folder, &format!("{name}.csv"), &text);
        assert!(printed(&db.url, &["events", "import", &path]).await.ends_with("Done: 1 events.\n"), "{name}");
        assert_eq!(answers().await, expected, "{name}");
        assert_eq!((db.rows("events").await, db.rows("flags").await), (1, 0), "{name}");
        assert_eq!(run(&db.url, &["recount"]).await.status.code(), Some(0), "{name}");
    }
}

async fn what_is_said_beforehand_decides(db: &TestStore) {
    two_venues(db).await;
    let folder = TempDir::new().expect("a folder");
    let text = "Kuka;Milloin\nValoa kohti;03/04/2026 18:30\n";
    let plain = file(&folder, "plain.csv", text);
    let none = run(&db.url, &["events", "import", &plain, "--dry-run", "--json"]).await;
    assert_eq!(none.status.code(), Some(1));
    let none: Vec<Value> = serde_json::from_slice(&none.stdout).expect("a list");
    assert_eq!((none[0]["status"].as_str(), none[0]["line"].as_i64()), (Some("refused"), Some(1)));
    let said =
        ["--map", "Kuka=title", "--map", "2=start", "--venue", "sali", "--dates", "day-first", "--minutes", "90"];
    let list = previewed(db, &plain, &said).await;
    let (starts, ends) = (list[0]["starts_at"].as_str(), list[0]["ends_at"].as_str());
    assert_eq!((starts, ends), (Some("2026-04-03T15:30:00Z"), Some("2026-04-03T17:00:00Z")));
    assert_eq!(list[0]["venue"], "Konserttisali");
    let unknown = failed_option(&db.url, &["events", "import", &plain, "--map", "Kuka=hero"]).await;
    assert!(unknown.contains("title"), "{unknown}");
}

/// What is said where an option itself is wrong.
async fn failed_option(url: &str, arguments: &[&str]) -> String {
    let output = run(url, arguments).await;
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

async fn ten_thousand_events_are_taken_at_once(db: &TestStore) {
    two_venues(db).await;
    let folder = TempDir::new().expect("a folder");
    let mut text = String::from("id;title;venue;date;time;end\n");
    for number in 0..10_000 {
        let (day, month, year) = (number % 28 + 1, number / 28 % 12 + 1, 2026 + number / 336);
        writeln!(text, "{number};Ilta {};Teltta;{day}.{month}.{year};18.30;20.30", number % 50).expect("a line");
    }
    let many = file(&folder, "many.csv", &text);
    printed(&db.url, &["events", "import", &many]).await;
    assert_eq!((db.rows("events").await, db.rows("codes").await, db.rows("productions").await), (10_000, 10_002, 50));
    assert!(printed(&db.url, &["events", "import", &many]).await.ends_with("Done: 0 events.\n"));
}
