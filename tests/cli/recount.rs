//! `aplodi recount`

use harness::{fixture::Fixture, on_both_databases, program::run, store::TestStore};

on_both_databases!(a_difference_is_told_by_the_exit_code_until_it_is_fixed);

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
