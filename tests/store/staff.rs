//! Users, set-up links, sessions, tokens, failed logins.

use domain::{
    id::{UserId, VenueId},
    lang::Text,
    time::{DAY, HOUR},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope,
    staff::{FirstSetup, Purpose, Role, SetupLink, SetupOutcome, User},
};
use uuid::Uuid;

on_both_databases!(users, setup_links_work_once, sessions_end, api_tokens, attempts_are_limited_and_forgotten);

fn user(email: &str, scope: Scope) -> User {
    User { id: UserId(Uuid::now_v7()), email: email.into(), role: Role::Editor, scope }
}

async fn users(db: &TestStore) {
    assert!(db.system().no_users().await.unwrap());
    let editor = user("maija@example.org", Scope::Venues(vec![VenueId(Uuid::now_v7())]));
    assert!(db.system().add_user(&editor, TONIGHT).await.unwrap());
    assert!(
        !db.system().add_user(&user("maija@example.org", Scope::All), TONIGHT).await.unwrap(),
        "the address is taken"
    );
    assert!(!db.system().no_users().await.unwrap());
    assert_eq!(db.system().user(editor.id).await.unwrap(), Some(editor.clone()));
    let credentials = db.system().credentials("maija@example.org").await.unwrap().unwrap();
    assert_eq!((credentials.user, credentials.password), (editor.clone(), None));
    assert!(db.system().credentials("nobody@example.org").await.unwrap().is_none());

    db.system().add_session([1; 32], editor.id, TONIGHT, TONIGHT + DAY).await.unwrap();
    db.system().set_password(editor.id, "$argon2id$...", TONIGHT).await.unwrap();
    let credentials = db.system().credentials("maija@example.org").await.unwrap().unwrap();
    assert_eq!(credentials.password.as_deref(), Some("$argon2id$..."));
    assert_eq!(db.system().session([1; 32], TONIGHT).await.unwrap(), None, "a new password ends every session");
}

async fn setup_links_work_once(db: &TestStore) {
    let editor = user("maija@example.org", Scope::All);
    db.system().add_user(&editor, TONIGHT).await.unwrap();
    for (whose, first) in [(None, 1), (Some(editor.id), 3)] {
        let link = |token| SetupLink {
            token: [token; 32],
            user: whose,
            expires_at: TONIGHT + HOUR,
            purpose: Purpose::Invitation,
        };
        db.system().add_setup_link(&link(first)).await.unwrap();
        db.system().add_setup_link(&link(first + 1)).await.unwrap();
        let open = async |token, now| db.system().setup_link([token; 32], now).await.unwrap();
        assert_eq!(open(first, TONIGHT).await, None, "a new link voids the old one");
        assert_eq!(open(first + 1, TONIGHT).await, Some(link(first + 1)));
        assert_eq!(open(first + 1, TONIGHT + HOUR).await, None, "too late");
    }
    let choose = async |user, now| db.system().choose_password([4; 32], user, "$argon2id$...", now).await.unwrap();
    assert!(!choose(editor.id, TONIGHT + HOUR).await, "too late");
    assert!(!choose(UserId(Uuid::now_v7()), TONIGHT).await, "the link of somebody else");
    let (one, two) = tokio::join!(choose(editor.id, TONIGHT), choose(editor.id, TONIGHT));
    assert_ne!(one, two, "one of them is quicker");
    assert!(db.system().setup_link([2; 32], TONIGHT).await.unwrap().is_some(), "the other link still works");

    // The form looks first; somebody may be added between that and this.
    let fixture = Fixture::new();
    let setup = |email| FirstSetup {
        link: [2; 32],
        organisation: "Circus".into(),
        survey: fixture.survey,
        survey_name: Text::same("Tonight"),
        version: fixture.version.clone(),
        venue: fixture.venue.clone(),
        user: user(email, Scope::All),
        password: "$argon2id$...".into(),
        recovery_code: [8; 32],
    };
    let set_up = async |email| db.system().set_up(&setup(email), TONIGHT).await.unwrap();
    assert_eq!(set_up("maija@example.org").await, SetupOutcome::EmailTaken);
    assert_eq!((db.rows("venues").await, db.rows("surveys").await, db.rows("users").await), (0, 0, 1));
    assert_eq!(set_up("pekka@example.org").await, SetupOutcome::Done, "the link was not used up");
    assert_eq!((db.rows("venues").await, db.rows("surveys").await, db.rows("users").await), (1, 1, 2));
    let pekka = db.system().credentials("pekka@example.org").await.unwrap().unwrap();
    assert_eq!(pekka.password.as_deref(), Some("$argon2id$..."));
    assert_eq!(set_up("liisa@example.org").await, SetupOutcome::LinkGone);
    assert_eq!(db.rows("users").await, 2);

    // Nor is the code of a venue free because it was a moment ago.
    let mut other = Fixture::new();
    other.venue.code = fixture.venue.code.to_lowercase();
    let link = SetupLink { token: [6; 32], user: None, expires_at: TONIGHT + HOUR, purpose: Purpose::Invitation };
    db.system().add_setup_link(&link).await.unwrap();
    let again = FirstSetup {
        link: link.token,
        survey: other.survey,
        version: other.version,
        venue: other.venue,
        ..setup("liisa@example.org")
    };
    assert_eq!(db.system().set_up(&again, TONIGHT).await.unwrap(), SetupOutcome::CodeTaken);
    assert_eq!((db.rows("venues").await, db.rows("surveys").await, db.rows("users").await), (1, 1, 2));
    assert!(db.system().setup_link(link.token, TONIGHT).await.unwrap().is_some(), "the link still works");
}

async fn sessions_end(db: &TestStore) {
    let editor = user("maija@example.org", Scope::All);
    db.system().add_user(&editor, TONIGHT).await.unwrap();
    db.system().add_session([1; 32], editor.id, TONIGHT, TONIGHT + HOUR).await.unwrap();
    db.system().add_session([2; 32], editor.id, TONIGHT, TONIGHT + DAY).await.unwrap();
    let session = db.system().session([1; 32], TONIGHT).await.unwrap().unwrap();
    assert_eq!((session.user, session.expires_at), (editor.clone(), TONIGHT + HOUR));
    assert_eq!(db.system().session([1; 32], TONIGHT + HOUR).await.unwrap(), None);
    db.system().end_session([2; 32]).await.unwrap();
    assert_eq!(db.system().session([2; 32], TONIGHT).await.unwrap(), None);
    db.system().add_session([3; 32], editor.id, TONIGHT + DAY, TONIGHT + 2 * DAY).await.unwrap();
    assert_eq!(db.rows("sessions").await, 1, "what has expired is swept");
}

async fn api_tokens(db: &TestStore) {
    assert_eq!(db.system().token_role([1; 32]).await.unwrap(), None);
    db.system().add_token([1; 32], "website", Role::Viewer, TONIGHT).await.unwrap();
    assert_eq!(db.system().token_role([1; 32]).await.unwrap(), Some(Role::Viewer));
    db.execute("UPDATE api_tokens SET revoked_at = 1").await;
    assert_eq!(db.system().token_role([1; 32]).await.unwrap(), None);
}

async fn attempts_are_limited_and_forgotten(db: &TestStore) {
    let attempt = async |key, at| db.system().try_login(key, at, at - HOUR, 5).await.unwrap();
    let at_once = futures::future::join_all((0..20).map(|_| attempt("maija", TONIGHT))).await;
    assert_eq!(at_once.into_iter().filter(|may| *may).count(), 5, "no more than five, however they come");
    assert!(!attempt("maija", TONIGHT + HOUR).await, "not yet");
    assert!(attempt("pekka", TONIGHT).await, "others are not held up");
    assert!(attempt("maija", TONIGHT + HOUR + 1).await);
    assert_eq!(db.rows("failed_logins").await, 1, "what is too old is swept");
    db.system().forget_logins("pekka").await.unwrap();
    assert_eq!(db.rows("failed_logins").await, 1, "only one's own");
    db.system().forget_logins("maija").await.unwrap();
    assert_eq!(db.rows("failed_logins").await, 0);
}
