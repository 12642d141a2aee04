//! What has become of an installation: its backups, and its first steps as they are taken.

use domain::time::DAY;
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope,
    installation::{FirstSteps, InstallationState},
    staff::{Role, User},
};
use uuid::Uuid;

on_both_databases!(steps_are_ticked_off_by_what_happens, an_older_backup_hides_no_newer_one);

async fn state(db: &TestStore) -> InstallationState {
    db.everything().installation().await.unwrap().unwrap()
}

async fn add_user(db: &TestStore, email: &str) {
    let user = User { id: Uuid::now_v7().into(), email: email.to_owned(), role: Role::Admin, scope: Scope::All };
    assert!(db.system().add_user(&user, TONIGHT).await.unwrap());
}

async fn steps_are_ticked_off_by_what_happens(db: &TestStore) {
    add_user(db, "eva@circus.example").await;
    let empty = state(db).await;
    assert_eq!(empty, InstallationState { first_steps: Some(FirstSteps::default()), ..InstallationState::default() });

    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let steps = state(db).await.first_steps.unwrap();
    assert_eq!(steps, FirstSteps { tablet: true, programme: true, ..FirstSteps::default() });

    add_user(db, "olli@circus.example").await;
    db.system().commit(&fixture.audience(4)).await.unwrap();
    let four = state(db).await;
    assert!(four.has_answers && four.first_steps.unwrap().colleagues, "{four:?}");
    assert!(!four.first_steps.unwrap().numbers && !four.first_steps.unwrap().poster, "{four:?}");

    db.system().commit(&[fixture.visitor().by_phone(TONIGHT).face(5).done()]).await.unwrap();
    assert!(state(db).await.first_steps.unwrap().are_done());

    assert!(db.everything().put_first_steps_away(TONIGHT).await.unwrap());
    assert_eq!(state(db).await.first_steps, None);
}

async fn an_older_backup_hides_no_newer_one(db: &TestStore) {
    assert_eq!(state(db).await.backed_up_at, None);
    for (made, newest) in [(TONIGHT, TONIGHT), (TONIGHT - DAY, TONIGHT), (TONIGHT + DAY, TONIGHT + DAY)] {
        db.system().note_backup(made).await.unwrap();
        assert_eq!(state(db).await.backed_up_at, Some(newest));
    }
    assert!(db.everything().put_first_steps_away(TONIGHT).await.unwrap());
    assert_eq!(state(db).await.backed_up_at, Some(TONIGHT + DAY), "each is kept without the other");
}
