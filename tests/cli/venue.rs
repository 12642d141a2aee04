//! `aplodi venue`

use harness::{
    on_both_databases,
    program::{printed, run},
    store::TestStore,
};

use crate::failed;

on_both_databases!(a_venue_is_added_to_nothing_and_to_others, what_cannot_be_a_venue_is_refused_by_its_option);

async fn a_venue_is_added_to_nothing_and_to_others(db: &TestStore) {
    let add = ["venue", "add", "--name", "Teltta", "--code", "tel", "--time-zone", "Europe/Helsinki"];
    assert_eq!(printed(&db.url, &add).await, "TEL: Teltta, Europe/Helsinki\n");
    let add = ["venue", "add", "--name", "Gröna Lund", "--code", "GL", "--time-zone", "Europe/Stockholm"];
    printed(&db.url, &add).await;
    let list = "GL: Gröna Lund, Europe/Stockholm\nTEL: Teltta, Europe/Helsinki\n";
    assert_eq!(printed(&db.url, &["venue", "list"]).await, list);
    let venues = db.everything().venues().await.expect("a list");
    assert_eq!(venues[0].survey_version, venues[1].survey_version, "one survey for both");
    let surveyed = db.system().survey_version(venues[0].survey_version).await.expect("a look");
    assert!(surveyed.is_some_and(|version| !version.questions.is_empty()));
}

async fn what_cannot_be_a_venue_is_refused_by_its_option(db: &TestStore) {
    printed(&db.url, &["venue", "add", "--name", "Teltta", "--code", "TEL", "--time-zone", "Europe/Helsinki"]).await;
    for (name, code, zone, said) in [
        ("Sali", "tel", "Europe/Helsinki", "--code"),
        ("Sali", "a b", "Europe/Helsinki", "--code"),
        ("Sali", "SALI", "Europe/Atlantis", "--time-zone"),
        ("", "SALI", "Europe/Helsinki", "--name"),
        ("teltta", "SALI", "Europe/Helsinki", "--name"),
    ] {
        let add = ["venue", "add", "--name", name, "--code", code, "--time-zone", zone];
        let failed = failed(&run(&db.url, &add).await);
        assert!(failed.contains(said), "{failed}");
    }
    assert_eq!(db.everything().venues().await.expect("a list").len(), 1);
}
