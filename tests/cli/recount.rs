//! `aplodi recount`

use harness::{fixture::Fixture, on_both_databases, program::run, store::TestStore};

on_both_databases!(
    a_difference_is_told_by_the_exit_code_until_it_is_fixed,
    a_standing_that_is_not_what_its_signs_say_is_told_and_judged_anew,
);

async fn a_difference_is_told_by_the_exit_code_until_it_is_fixed(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&fixture.audience(40)).await.expect("stored");
    let recount = async |arguments: &[&str]| {
        let output = run(&db.url, &[&["recount"], arguments].concat()).await;
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    assert_eq!(recount(&[]).await.0, Some(0));

    let touched = db.execute("UPDATE tallies SET count = count + 1 WHERE value = 'responses' AND dimension = 0").await;
    assert_eq!(touched, 1);
    let (code, said) = recount(&[]).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("tallied 41, counted 40"), "{said}");
    assert_eq!(recount(&["--fix"]).await.0, Some(0));
    assert_eq!(recount(&[]).await.0, Some(0));
}

async fn a_standing_that_is_not_what_its_signs_say_is_told_and_judged_anew(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let gaps = [0, 7, 38, 50, 105, 114, 134, 177, 183];
    let child =
        gaps.iter().map(|at| fixture.visitor().face(1).nps(0).took(250 + at * 37 % 600).after(at * 1_000).done());
    db.system().commit(&child.collect::<Vec<_>>()).await.expect("stored");
    let recount = async |arguments: &[&str]| {
        let output = run(&db.url, &[&["recount"], arguments].concat()).await;
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    assert_eq!(recount(&["--fix"]).await.0, Some(0));
    assert_eq!(db.rows("responses WHERE standing = 1").await, 9);

    // Somebody takes the signs away behind the program's back, and the tallies follow.
    assert_eq!(db.execute("DELETE FROM flags WHERE flag = 'hasty'").await, 9);
    assert_eq!(db.execute("DELETE FROM flags").await, 9);
    let (code, said) = recount(&[]).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("standing: tallied 1, counted 0"), "{said}");
    assert!(said.contains("2026-11-21 ") && said.contains(": 9 stand otherwise than their signs say"), "{said}");
    assert_eq!(recount(&["--fix"]).await.0, Some(0));
    assert_eq!(recount(&[]).await.0, Some(0));
    assert_eq!(db.rows("responses WHERE standing = 1").await, 9);
    assert_eq!(db.rows("flags").await, 18);
}
