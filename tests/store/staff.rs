//! Users, set-up links, sessions, tokens, failed logins.

use aplodi::store::{
    Scope,
    staff::{Role, SetupLink, User},
};
use app::domain::{
    id::{UserId, VenueId},
    time::{DAY, HOUR},
};
use harness::{audience::TONIGHT, on_both_databases, store::TestStore};
use uuid::Uuid;

on_both_databases!(users, setup_links_work_once, sessions_end, api_tokens, failed_logins_are_forgotten);

fn user(email: &str, scope: Scope) -> User {
    User { id: UserId(Uuid::now_v7()), email: email.into(), role: Role::Editor, scope }
}

async fn users(db: &TestStore) {
    assert!(db.store.no_users().await.unwrap());
    let editor = user("maija@example.org", Scope::Venues(vec![VenueId(Uuid::now_v7())]));
    assert!(db.store.add_user(&editor, TONIGHT).await.unwrap());
    assert!(!db.store.add_user(&user("maija@example.org", Scope::All), TONIGHT).await.unwrap(), "the address is taken");
    assert!(!db.store.no_users().await.unwrap());
    assert_eq!(db.store.user(editor.id).await.unwrap(), Some(editor.clone()));
    let credentials = db.store.credentials("maija@example.org").await.unwrap().unwrap();
    assert_eq!((credentials.user, credentials.password), (editor.clone(), None));
    assert!(db.store.credentials("nobody@example.org").await.unwrap().is_none());

    db.store.add_session([1; 32], editor.id, TONIGHT, TONIGHT + DAY).await.unwrap();
    db.store.set_password(editor.id, "$argon2id$...", TONIGHT).await.unwrap();
    let credentials = db.store.credentials("maija@example.org").await.unwrap().unwrap();
    assert_eq!(credentials.password.as_deref(), Some("$argon2id$..."));
    assert_eq!(db.store.session([1; 32], TONIGHT).await.unwrap(), None, "a new password ends every session");
}

async fn setup_links_work_once(db: &TestStore) {
    let editor = user("maija@example.org", Scope::All);
    db.store.add_user(&editor, TONIGHT).await.unwrap();
    for whose in [None, Some(editor.id)] {
        let link = |token| SetupLink { token: [token; 32], user: whose, expires_at: TONIGHT + HOUR };
        db.store.add_setup_link(&link(1)).await.unwrap();
        db.store.add_setup_link(&link(2)).await.unwrap();
        assert_eq!(db.store.setup_link([1; 32], TONIGHT).await.unwrap(), None, "a new link voids the old one");
        assert_eq!(db.store.setup_link([2; 32], TONIGHT).await.unwrap(), Some(link(2)));
        assert_eq!(db.store.setup_link([2; 32], TONIGHT + HOUR).await.unwrap(), None, "too late");
        assert!(!db.store.use_setup_link([2; 32], TONIGHT + HOUR).await.unwrap());
        let (one, two) =
            tokio::join!(db.store.use_setup_link([2; 32], TONIGHT), db.store.use_setup_link([2; 32], TONIGHT));
        assert_ne!(one.unwrap(), two.unwrap(), "one of them is quicker");
    }
}

async fn sessions_end(db: &TestStore) {
    let editor = user("maija@example.org", Scope::All);
    db.store.add_user(&editor, TONIGHT).await.unwrap();
    db.store.add_session([1; 32], editor.id, TONIGHT, TONIGHT + HOUR).await.unwrap();
    db.store.add_session([2; 32], editor.id, TONIGHT, TONIGHT + DAY).await.unwrap();
    assert_eq!(db.store.session([1; 32], TONIGHT).await.unwrap(), Some(editor.clone()));
    assert_eq!(db.store.session([1; 32], TONIGHT + HOUR).await.unwrap(), None);
    db.store.end_session([2; 32]).await.unwrap();
    assert_eq!(db.store.session([2; 32], TONIGHT).await.unwrap(), None);
    db.store.add_session([3; 32], editor.id, TONIGHT + DAY, TONIGHT + 2 * DAY).await.unwrap();
    assert_eq!(db.rows("sessions").await, 1, "what has expired is swept");
}

async fn api_tokens(db: &TestStore) {
    assert_eq!(db.store.token_role([1; 32]).await.unwrap(), None);
    db.store.add_token([1; 32], "website", Role::Viewer, TONIGHT).await.unwrap();
    assert_eq!(db.store.token_role([1; 32]).await.unwrap(), Some(Role::Viewer));
    db.execute("UPDATE api_tokens SET revoked_at = 1").await;
    assert_eq!(db.store.token_role([1; 32]).await.unwrap(), None);
}

async fn failed_logins_are_forgotten(db: &TestStore) {
    for minute in 0..5 {
        db.store.add_failed_login("maija", TONIGHT + minute, 0).await.unwrap();
    }
    db.store.add_failed_login("pekka", TONIGHT, 0).await.unwrap();
    assert_eq!(db.store.failed_logins("maija", TONIGHT).await.unwrap(), 5);
    assert_eq!(db.store.failed_logins("maija", TONIGHT + 3).await.unwrap(), 2);
    db.store.add_failed_login("pekka", TONIGHT + 9, TONIGHT + 3).await.unwrap();
    assert_eq!(db.store.failed_logins("maija", 0).await.unwrap(), 2);
    assert_eq!(db.store.failed_logins("pekka", 0).await.unwrap(), 1);
}
