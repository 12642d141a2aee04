//! What visitors wrote is blanked after a time, and nothing but that; whoever reads no comments is given none.

use domain::{
    event::Subject,
    live_delay::LiveDelay,
    time::{DAY, Millis},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Caller, LiveView, Scope,
    audit::{AuditQuery, Author},
    comments::CommentQuery,
    responses::Outcome,
};

on_both_databases!(
    the_oldest_words_are_blanked_and_the_answers_stay,
    words_are_blanked_in_pieces_and_each_is_counted,
    whoever_reads_no_comments_is_given_none,
);

const LATER: Millis = TONIGHT + 400 * DAY;

async fn texts(db: &TestStore, fixture: &Fixture) -> Vec<String> {
    let subject = Subject::Event(fixture.event.id);
    let query = CommentQuery { subject, day: None, delay: 0, all_from: 0, now: LATER, limit: 1_000 };
    db.everything().newest_comments(&query).await.unwrap().into_iter().map(|comment| comment.text).collect()
}

async fn counted(db: &TestStore) -> Vec<String> {
    let log = db.everything().audit_log(&AuditQuery::default(), 0, 99).await.unwrap();
    assert!(log.iter().all(|line| line.actor == "program" && line.at == LATER), "{log:?}");
    assert!(!format!("{log:?}").contains("Sana"), "what was written is not in the log: {log:?}");
    log.into_iter().filter_map(|line| line.before).collect()
}

async fn the_oldest_words_are_blanked_and_the_answers_stay(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let first = fixture.visitor().face(5).wrote("Sana ensin");
    let late = fixture.visitor().face(4).wrote("Sana myöhemmin").after(30 * DAY).received(TONIGHT + 30 * DAY);
    let refused = first.clone().face(1).wrote("Sana toisin").done();
    let group = [first.clone().done(), late.done(), fixture.visitor().face(3).done()];
    db.system().commit(&group).await.unwrap();
    assert_eq!(db.system().commit(&[refused]).await.unwrap(), [Outcome::Conflict]);

    assert_eq!(db.system().blank_comments(TONIGHT - DAY, LATER).await.unwrap(), 0);
    assert_eq!(counted(db).await.len(), 0);
    assert_eq!(db.system().blank_comments(TONIGHT + 10 * DAY, LATER).await.unwrap(), 2, "and what was refused");
    assert_eq!(texts(db, &fixture).await, ["Sana myöhemmin"]);
    assert_eq!(db.rows("comments WHERE text LIKE '%ensin%'").await, 0);
    assert_eq!(db.rows("conflicts WHERE comments IS NULL").await, 1);
    assert_eq!(counted(db).await, [r#"{"comments":2}"#]);
    assert_eq!(db.system().blank_comments(TONIGHT + 10 * DAY, LATER).await.unwrap(), 0, "once");

    assert_eq!(db.rows("responses").await, 3);
    assert_eq!(db.system().recount(false).await.unwrap(), [], "no number has changed");
    // What a tablet sends once more is what it was: nothing comes back.
    assert_eq!(db.system().commit(&[first.done()]).await.unwrap(), [Outcome::Duplicate]);
    assert_eq!(texts(db, &fixture).await, ["Sana myöhemmin"]);
}

async fn words_are_blanked_in_pieces_and_each_is_counted(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let group: Vec<_> = (0..450).map(|nth| fixture.visitor().wrote(&format!("Sana {nth}")).done()).collect();
    for group in group.chunks(100) {
        db.system().commit(group).await.unwrap();
    }
    assert_eq!(db.system().blank_comments(LATER, LATER).await.unwrap(), 450);
    assert_eq!(db.rows("comments WHERE text <> ''").await, 0);
    assert_eq!(db.rows("comments").await, 450);
    let counted = counted(db).await;
    assert!(counted.len() > 1, "{counted:?}");
    let numbers = counted.iter().map(|line| line.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().unwrap());
    assert_eq!(numbers.sum::<u64>(), 450);
}

async fn whoever_reads_no_comments_is_given_none(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&[fixture.visitor().wrote("Sana").done()]).await.unwrap();
    assert_eq!(texts(db, &fixture).await, ["Sana"]);
    let view = LiveView { delay: LiveDelay::Off, now: LATER, comments: false };
    let reader = db.store.for_caller(Caller { scope: Scope::All, view, author: Author::PROGRAM });
    let subject = Subject::Event(fixture.event.id);
    let query = CommentQuery { subject, day: None, delay: 0, all_from: 0, now: LATER, limit: 9 };
    assert_eq!(reader.newest_comments(&query).await.unwrap(), []);
}
