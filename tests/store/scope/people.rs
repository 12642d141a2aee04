//! People are decided about by those who see everything.

use domain::{
    id::{MailReaderId, UserId},
    lang::Lang,
};
use harness::{fixture::TONIGHT, on_both_databases, store::TestStore};
use store::{
    Scope,
    mail_readers::{MailReader, ReaderAdded},
    people::Decided,
    staff::{Purpose, Role, SetupLink, User},
};
use uuid::Uuid;

use super::{scope_of, two_venues};

on_both_databases!(people_are_decided_about_by_those_who_see_everything);

async fn people_are_decided_about_by_those_who_see_everything(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let user = |email: &str| User {
        id: UserId(Uuid::now_v7()),
        email: email.into(),
        role: Role::Viewer,
        scope: scope_of(&own),
    };
    let somebody = user("maija@example.org");
    let link = |token, user: &User| SetupLink {
        token: [token; 32],
        user: Some(user.id),
        expires_at: TONIGHT,
        purpose: Purpose::Invitation,
    };
    assert_eq!(db.everything().invite(&somebody, &link(1, &somebody)).await.unwrap(), Decided::Done);
    let reader = MailReader {
        id: MailReaderId(Uuid::now_v7()),
        email: "lukija@example.org".into(),
        lang: Lang::Fi,
        scope: scope_of(&own),
        added_at: TONIGHT,
        stopped_at: None,
    };
    assert_eq!(db.everything().add_reader(&reader).await.unwrap(), ReaderAdded::Done);
    for scope in [scope_of(&own), Scope::Venues(vec![own.venue.id, other.venue.id])] {
        let staff = db.staff(scope);
        assert_eq!(staff.people().await.unwrap(), []);
        let (new, more) = (user("uusi@example.org"), User { scope: Scope::All, ..somebody.clone() });
        for decided in [
            staff.invite(&new, &link(2, &new)).await.unwrap(),
            staff.invite_again(&link(3, &somebody)).await.unwrap(),
            staff.change_person(&more).await.unwrap(),
            staff.disable_person(somebody.id).await.unwrap(),
            staff.remove_person(somebody.id).await.unwrap(),
            staff.end_sessions_of(somebody.id).await.unwrap(),
            staff.remove_second_step(somebody.id).await.unwrap(),
            staff.hand_over(somebody.id, somebody.id).await.unwrap(),
        ] {
            assert_eq!(decided, Decided::NotThere);
        }
        assert_eq!(staff.mail_readers().await.unwrap(), []);
        assert_eq!(staff.add_reader(&reader).await.unwrap(), ReaderAdded::NotAllowed);
        assert!(!staff.remove_reader(reader.id).await.unwrap());
        assert!(!staff.renew_printed_code([4; 32]).await.unwrap());
        assert_eq!(staff.printed_code_made_at().await.unwrap(), None);
        staff.recovery_seen().await.unwrap();
    }
    assert_eq!(db.everything().mail_readers().await.unwrap(), std::slice::from_ref(&reader));
    assert_eq!(db.system().readers().await.unwrap(), [reader]);
    assert!(db.everything().renew_printed_code([5; 32]).await.unwrap());
    assert!(db.everything().printed_code_made_at().await.unwrap().is_some());
    assert_eq!(db.everything().people().await.unwrap()[0].user, somebody);
}
