//! Codes of events for mails: of the events of one's own venues alone.

use domain::response::Channel;
use harness::{fixture::TONIGHT, on_both_databases, store::TestStore};
use store::{
    codes::{MailCode, MailCodeIssued},
    programme::Coded,
};

use super::{scope_of, two_venues};

on_both_databases!(no_mail_code_of_other_venues_is_seen_or_made, a_code_belongs_to_one_way_of_answering);

async fn no_mail_code_of_other_venues_is_seen_or_made(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let all = db.everything();
    assert_eq!(staff.issue_mail_code(other.event.id, "MAIL1").await.unwrap(), MailCodeIssued::NotThere);
    assert_eq!(db.system().issued("mail1").await.unwrap(), None);
    let there = MailCode { code: "MAIL1".into(), faces_at: None };
    assert_eq!(all.issue_mail_code(other.event.id, "mail1").await.unwrap(), MailCodeIssued::There(there.clone()));
    assert_eq!(all.mail_code(other.event.id).await.unwrap(), Some(there.clone()));
    assert_eq!(staff.mail_code(other.event.id).await.unwrap(), None);
    assert!(!staff.set_mail_faces(other.event.id, None, Some(TONIGHT)).await.unwrap());
    assert_eq!(all.mail_code(other.event.id).await.unwrap(), Some(there));
}

async fn a_code_belongs_to_one_way_of_answering(db: &TestStore) {
    let (own, _) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let mut event = own.event.clone();
    assert_eq!(staff.issue_mail_code(event.id, &event.code).await.unwrap(), MailCodeIssued::CodeTaken);
    let lines = db.rows("audit_log").await;
    let there = MailCode { code: "MAIL2".into(), faces_at: None };
    for code in ["MAIL2", "MAIL3"] {
        assert_eq!(staff.issue_mail_code(event.id, code).await.unwrap(), MailCodeIssued::There(there.clone()));
    }
    for at in [Some(TONIGHT), Some(TONIGHT + 1)] {
        assert!(staff.set_mail_faces(event.id, None, at).await.unwrap());
        assert_eq!(staff.mail_code(event.id).await.unwrap().unwrap().faces_at, Some(TONIGHT), "when it was ticked");
    }
    assert_eq!(db.rows("audit_log").await, lines + 2, "one line for what was changed");
    // Another code on the posters leaves that of the mails alone.
    event.code = "NEW22".into();
    db.system().save_event(&event).await.unwrap();
    let issued = async |code: &str| db.system().issued(code).await.unwrap().unwrap();
    let (poster, mail) = (issued("new22").await, issued("mail2").await);
    assert_eq!((poster.channel, poster.with_faces), (Channel::Qr, false));
    assert_eq!((mail.channel, mail.with_faces), (Channel::Mail, true));
    assert_eq!(
        (poster.opens, mail.opens),
        (Coded::Event(Box::new(event.clone())), Coded::Event(Box::new(event.clone())))
    );
    assert!(staff.set_mail_faces(event.id, None, None).await.unwrap());
    assert!(!issued("mail2").await.with_faces);
}
