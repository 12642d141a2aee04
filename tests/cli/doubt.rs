//! `aplodi doubt`

use domain::time::SECOND;
use harness::{fixture::Fixture, on_both_databases, program::run, store::TestStore};
use store::responses::NewResponse;

on_both_databases!(what_is_set_aside_is_shown_and_put_back, limits_are_previewed);

/// A child at the tablet, from 21:00 in Helsinki on.
async fn child(db: &TestStore) -> (Fixture, Vec<NewResponse>) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let times = [0, 7, 38, 50, 105, 114, 134, 177, 183];
    let items: Vec<NewResponse> = times
        .iter()
        .map(|at| fixture.visitor().face(1).nps(0).took(250 + at * 37 % 600).after(at * SECOND).done())
        .collect();
    db.system().commit(&items).await.expect("stored");
    (fixture, items)
}

async fn doubt(db: &TestStore, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(&db.url, &[&["doubt"], arguments].concat()).await;
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

async fn what_is_set_aside_is_shown_and_put_back(db: &TestStore) {
    let (fixture, items) = child(db).await;
    let event = ["--event", &fixture.event.code];
    // What is still to be judged stands as it is; putting it right judges it.
    assert_eq!(run(&db.url, &["recount"]).await.status.code(), Some(0));
    assert_eq!(run(&db.url, &["recount", "--fix"]).await.status.code(), Some(0));
    let (code, said) = doubt(db, &[&["show"], &event[..]].concat()).await;
    assert_eq!((code, &*said), (Some(0), "2026-11-21 21:00 – 2026-11-21 21:04: 9 (hasty, run)\n"));
    let (_, said) = doubt(db, &[&["show", "--each"], &event[..]].concat()).await;
    assert!(said.contains(&format!("2026-11-21 21:01 {} hasty, run\n", items[4].response.id)), "{said}");

    let span = ["--from", "21:00", "--until", "21:02", "--flag", "run", "--why", "A lively class"];
    assert_eq!(doubt(db, &[&["put-back"], &event[..], &span].concat()).await, (Some(0), "6 put back.\n".into()));
    // Three that nobody has put back are no run without the others.
    let (_, said) = doubt(db, &[&["show"], &event[..]].concat()).await;
    let (group, traces) = said.split_once('\n').expect("two lines");
    assert_eq!(group, "2026-11-21 21:00 – 2026-11-21 21:02: 6 (put back)");
    assert!(traces.ends_with("put_back by command_line: A lively class\n"), "{said}");
    assert_eq!(traces.lines().count(), 1, "{said}");

    let one = items[8].response.id.to_string();
    let void = ["set-aside", "--response", &one, "--why", "Our own tablet test"];
    assert_eq!(doubt(db, &void).await, (Some(0), "1 set aside.\n".into()));
    assert_eq!(doubt(db, &void).await, (Some(0), "0 set aside.\n".into()));
    assert_eq!(db.rows("responses WHERE standing = 1").await, 1);
    let (code, _) = doubt(db, &["put-back", "--response", &one]).await;
    assert_eq!(code, Some(2), "not without a reason");
    let (code, said) = doubt(db, &["show", "--event", "NONE"]).await;
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(run(&db.url, &["recount"]).await.status.code(), Some(0));
}

async fn limits_are_previewed(db: &TestStore) {
    let (fixture, _) = child(db).await;
    let quick: Vec<NewResponse> = [(5, 10), (4, 8), (3, 7), (5, 9), (2, 4)]
        .into_iter()
        .zip([3_600, 3_609, 3_611, 3_633, 3_640])
        .map(|((face, nps), at)| fixture.visitor().face(face).nps(nps).took(500).after(at * SECOND).done())
        .collect();
    db.system().commit(&quick).await.expect("stored");
    assert_eq!(run(&db.url, &["recount", "--fix"]).await.status.code(), Some(0));
    let venue = ["preview", "--venue", &fixture.venue.code];
    let same = "0 that are set aside would count.\n0 that count would be set aside.\n";
    assert_eq!(doubt(db, &venue).await, (Some(0), same.into()));
    let stricter = "0 that are set aside would count.\n5 that count would be set aside.\n";
    assert_eq!(doubt(db, &[&venue[..], &["--most", "3"]].concat()).await, (Some(0), stricter.into()));
    assert_eq!(db.rows("responses WHERE standing = 1").await, 9, "nothing is written");
    let (code, _) = doubt(db, &[&venue[..], &["--most", "1001"]].concat()).await;
    assert_eq!(code, Some(2));
}
