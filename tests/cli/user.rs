//! `aplodi user`

use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{Serving, printed, run},
    store::TestStore,
};

use store::{Scope, staff::Role};

use crate::failed;

on_both_databases!(
    a_newcomer_gets_a_link_that_opens,
    who_is_there_is_named_and_not_changed,
    rights_are_given_and_taken_back,
    what_is_no_address_is_refused,
);

async fn a_newcomer_gets_a_link_that_opens(db: &TestStore) {
    Fixture::new().open(db.system()).await;
    let serving = Serving::start(&db.url, &[]).await;
    for role in ["viewer", "admin"] {
        let email = format!("{role}@house.example");
        let add = ["user", "add", "--email", &email, "--role", role, "--public-url", &serving.base];
        let printed = printed(&db.url, &add).await;
        let link = printed.split_whitespace().find(|word| word.starts_with(&serving.base)).expect("a link");
        let page = reqwest::get(link).await.expect("an answer");
        assert_eq!(page.status(), 200);
        assert!(page.text().await.expect("text").contains(&email), "the page says whose password it is");
    }
    let wrong = reqwest::get(format!("{}/staff/set-up/wrong", serving.base)).await.expect("an answer");
    assert_eq!(wrong.status(), 410);
    assert!(serving.stop().await);
}

async fn who_is_there_is_named_and_not_changed(db: &TestStore) {
    let add = async |role: &str, more: &[&str]| {
        run(&db.url, &[&["user", "add", "--email", "Maija@House.example", "--role", role], more].concat()).await
    };
    assert!(add("viewer", &[]).await.status.success());
    for (role, more) in [("viewer", &[][..]), ("admin", &[]), ("admin", &["--new-link"])] {
        let said = failed(&add(role, more).await);
        assert!(said.contains("maija@house.example: viewer, every venue"), "{said}");
        assert!(said.contains("not changed") && !said.contains("/staff/set-up/"), "{said}");
    }
    assert_eq!(db.rows("users").await, 1);
    let again = add("viewer", &["--new-link"]).await;
    assert!(again.status.success() && String::from_utf8_lossy(&again.stdout).contains("/staff/set-up/"));
    assert_eq!(db.rows("setup_links").await, 1, "the one before is void");
}

async fn rights_are_given_and_taken_back(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let user = |command: &[&str]| {
        let words: Vec<String> = ["user"].iter().chain(command).map(|word| (*word).to_owned()).collect();
        async move { printed(&db.url, &words.iter().map(String::as_str).collect::<Vec<_>>()).await }
    };
    let whose = ["--email", "maija@house.example"];
    user(&[&["add"][..], &whose, &["--role", "admin"]].concat()).await;
    let maija = db.system().credentials("maija@house.example").await.expect("a look").expect("somebody").user;
    db.system().set_password(maija.id, "a hash", 1).await.expect("a password");
    for token in [[1; 32], [2; 32]] {
        db.system().add_session(token, maija.id, 1, i64::MAX).await.expect("a session");
    }
    let listed = user(&["list"]).await;
    assert_eq!(listed, "maija@house.example: admin, every venue, 2 sessions\n");
    let code = fixture.venue.code.as_str();
    let said = user(&[&["role"][..], &whose, &["--role", "viewer"]].concat()).await;
    assert_eq!(
        (said.as_str(), db.rows("sessions").await),
        ("maija@house.example: viewer, every venue, not logged in\n", 0)
    );
    for token in [[1; 32], [2; 32]] {
        db.system().add_session(token, maija.id, 1, i64::MAX).await.expect("a session");
    }
    let said = user(&[&["scope"][..], &whose, &["--venues", code]].concat()).await;
    assert_eq!(said, format!("maija@house.example: viewer, {code}, 2 sessions\n"));
    let session = db.system().session([1; 32], 2).await.expect("a look").expect("a session");
    assert_eq!((session.user.role, session.user.scope), (Role::Viewer, Scope::Venues(vec![fixture.venue.id])));
    assert!(user(&[&["scope"][..], &whose, &["--all"]].concat()).await.contains("every venue"));
    assert_eq!(user(&[&["sessions", "end"][..], &whose].concat()).await, "2 sessions ended\n");
    assert_eq!(db.rows("sessions").await, 0);
    db.system().add_session([3; 32], maija.id, 1, i64::MAX).await.expect("a session");
    assert_eq!(user(&["sessions", "end", "--everybody"]).await, "1 sessions ended\n");
    db.system().add_session([4; 32], maija.id, 1, i64::MAX).await.expect("a session");
    let said = user(&[&["disable"][..], &whose].concat()).await;
    assert!(said.contains("cannot log in"), "{said}");
    assert_eq!((db.rows("sessions").await, db.rows("setup_links").await), (0, 0));
    let disabled = db.system().credentials("maija@house.example").await.expect("a look").expect("somebody");
    assert_eq!(disabled.password, None);
    let said = failed(&run(&db.url, &["user", "role", "--email", "nobody@house.example", "--role", "admin"]).await);
    assert!(said.contains("nobody@house.example"), "{said}");
}

async fn what_is_no_address_is_refused(db: &TestStore) {
    let said = failed(&run(&db.url, &["user", "add", "--email", "nobody", "--role", "viewer"]).await);
    assert!(said.contains("nobody"), "{said}");
    for (hidden, shown) in [("m\u{200b}aija@house.example", "u{200b}"), ("maija@house.\u{ad}example", "u{ad}")] {
        let said = failed(&run(&db.url, &["user", "add", "--email", hidden, "--role", "viewer"]).await);
        assert!(said.contains("e-mail") && said.contains(shown), "{said}");
    }
    assert_eq!(printed(&db.url, &["user", "list"]).await, "");
}
