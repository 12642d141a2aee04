//! `aplodi user add`

use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{Serving, printed, run},
    store::TestStore,
};

use crate::failed;

on_both_databases!(a_newcomer_gets_a_link_that_opens, what_is_no_address_is_refused);

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

async fn what_is_no_address_is_refused(db: &TestStore) {
    let said = failed(&run(&db.url, &["user", "add", "--email", "nobody", "--role", "viewer"]).await);
    assert!(said.contains("nobody"), "{said}");
}
