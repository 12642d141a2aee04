//! Comments appear once nobody can tell who wrote them.

use domain::{
    event::Subject,
    flag::Flag,
    time::{LocalDay, Millis},
};
use harness::{
    fixture::{Fixture, TODAY, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    comments::CommentQuery,
    decisions::{DecidedBy, Decision, Verdict},
    responses::Outcome,
};

on_both_databases!(
    five_later_responses_hide_the_writer,
    only_what_counts,
    of_a_venue_by_day,
    the_permission_to_quote_outlives_the_words,
    of_what_is_set_aside_the_beginning_is_kept,
    what_was_set_aside_before_is_shortened_once,
);

fn query(subject: Subject, now: Millis) -> CommentQuery {
    CommentQuery { subject, day: None, delay: 5, all_from: TONIGHT + 1_000, now, limit: 10 }
}

async fn texts(db: &TestStore, query: &CommentQuery) -> Vec<String> {
    db.everything().newest_comments(query).await.unwrap().into_iter().map(|comment| comment.text).collect()
}

async fn five_later_responses_hide_the_writer(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let query = query(Subject::Event(fixture.event.id), TONIGHT);
    let first = fixture.visitor().face(4).wrote("Hieno ilta").received(TONIGHT).done();
    db.system().commit(&[first]).await.unwrap();
    for later in 1..=5 {
        assert!(texts(db, &query).await.is_empty(), "after {later}");
        db.system().commit(&[fixture.visitor().received(TONIGHT + later).done()]).await.unwrap();
    }
    let comments = db.everything().newest_comments(&query).await.unwrap();
    assert_eq!(comments.len(), 1);
    assert_eq!(comments[0].text, "Hieno ilta");
    assert_eq!(comments[0].face, Some(4));
    assert_eq!(comments[0].question, fixture.question(3));

    db.system().commit(&[fixture.visitor().wrote("Toinen").received(TONIGHT + 6).done()]).await.unwrap();
    assert_eq!(texts(db, &query).await, ["Hieno ilta"]);
    let after = CommentQuery { now: query.all_from, ..query };
    assert_eq!(texts(db, &after).await, ["Toinen", "Hieno ilta"], "the window is over, the newest first");
    assert_eq!(texts(db, &CommentQuery { limit: 1, ..after }).await, ["Toinen"]);
    assert_eq!(texts(db, &CommentQuery { delay: 0, ..query }).await.len(), 2);
}

async fn only_what_counts(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let group = [
        fixture.visitor().wrote("set aside").doubted(Flag::Burst).done(),
        fixture.visitor().wrote("redacted").done(),
        fixture.visitor().wrote("kept").done(),
        fixture.visitor().without_event().wrote("elsewhere").done(),
    ];
    db.system().commit(&group).await.unwrap();
    db.execute("UPDATE comments SET text = '' WHERE text = 'redacted'").await;
    let query = query(Subject::Event(fixture.event.id), Millis::MAX);
    assert_eq!(texts(db, &query).await, ["kept"]);
    assert_eq!(db.system().recount(false).await.unwrap(), [], "redaction changes no count");
}

async fn of_a_venue_by_day(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let mut yesterday = fixture.visitor().without_event().wrote("eilen");
    yesterday.place.local_day = LocalDay(TODAY.0 - 1);
    let today = fixture.visitor().without_event().wrote("tänään");
    db.system().commit(&[yesterday.done(), today.done()]).await.unwrap();
    let query = CommentQuery { day: Some(TODAY), ..query(Subject::Venue(fixture.venue.id), Millis::MAX) };
    assert_eq!(texts(db, &query).await, ["tänään"]);
}

async fn the_permission_to_quote_outlives_the_words(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let phone = fixture.visitor().by_phone(TONIGHT).wrote("Hieno ilta");
    let query = query(Subject::Event(fixture.event.id), Millis::MAX);
    let told = async || -> Vec<(String, bool)> {
        let comments = db.everything().newest_comments(&query).await.unwrap().into_iter();
        comments.map(|comment| (comment.text, comment.may_quote)).collect()
    };
    db.system().commit(&[phone.clone().done()]).await.unwrap();
    assert_eq!(told().await, [("Hieno ilta".to_owned(), false)]);

    // Back, a tick, and sent again: that alone is a change of mind.
    let outcomes = db.system().commit(&[phone.clone().quotable().done()]).await.unwrap();
    assert_eq!(outcomes, [Outcome::Stored]);
    assert_eq!(told().await, [("Hieno ilta".to_owned(), true)]);
    assert_eq!(db.rows("responses WHERE revision = 2").await, 1);
    assert_eq!(db.system().commit(&[phone.quotable().done()]).await.unwrap(), [Outcome::Duplicate]);

    db.execute("UPDATE comments SET text = ''").await;
    assert_eq!(told().await, []);
    assert_eq!(db.rows("comments WHERE may_quote").await, 1);
    assert_eq!(db.system().recount(false).await.unwrap(), []);

    let tablet = fixture.visitor().wrote("Kyllä");
    db.system().commit(&[tablet.clone().done()]).await.unwrap();
    assert_eq!(db.system().commit(&[tablet.quotable().done()]).await.unwrap(), [Outcome::Conflict]);
    assert_eq!(db.rows("conflicts WHERE may_quote").await, 1);
}

async fn of_what_is_set_aside_the_beginning_is_kept(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let long = "ä".repeat(1_500);
    let phone = fixture.visitor().by_phone(TONIGHT).wrote(&long);
    let doubted = fixture.visitor().wrote(&long).doubted(Flag::Contradiction);
    db.system().commit(&[phone.clone().done(), doubted.clone().done()]).await.unwrap();
    // One at once, the other when staff set it aside; what is short stays as it is.
    let kept = async |length: usize| {
        db.rows(&format!(
            "comments WHERE length(text) = {length} AND shortened = {}",
            if length == 200 { "TRUE" } else { "FALSE" }
        ))
        .await
    };
    assert_eq!((kept(1_500).await, kept(200).await), (1, 1));
    let decide = async |verdict| {
        let decision = Decision { verdict, why: "A test".into(), by: DecidedBy::CommandLine, at: TONIGHT };
        let ids = [phone.response.id, doubted.response.id];
        db.everything().decide(&ids, &decision).await.unwrap();
    };
    decide(Verdict::SetAside).await;
    assert_eq!((kept(1_500).await, kept(200).await), (0, 2));
    // It is the same answer all the same.
    assert_eq!(db.system().commit(&[doubted.clone().done()]).await.unwrap(), [Outcome::Duplicate]);

    // Put back, it counts, and says that there was more.
    decide(Verdict::PutBack).await;
    let query = query(Subject::Event(fixture.event.id), Millis::MAX);
    let comments = db.everything().newest_comments(&query).await.unwrap();
    assert_eq!(comments.len(), 2);
    assert!(comments.iter().all(|comment| comment.is_shortened && long.starts_with(&comment.text)));

    // Written anew by its visitor, it is whole again.
    assert_eq!(db.system().commit(&[phone.clone().face(2).done()]).await.unwrap(), [Outcome::Stored]);
    assert_eq!((kept(1_500).await, kept(200).await), (1, 1));
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}

async fn what_was_set_aside_before_is_shortened_once(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let family = "👨‍👩‍👧".repeat(150);
    let long = "ä".repeat(1_500);
    let mut crowd: Vec<_> = (0..120).map(|_| fixture.visitor().wrote(&long).doubted(Flag::Contradiction)).collect();
    crowd.push(fixture.visitor().wrote(&family).doubted(Flag::Demo));
    crowd.push(fixture.visitor().wrote(&long));
    for some in crowd.into_iter().map(harness::fixture::Visitor::done).collect::<Vec<_>>().chunks(50) {
        db.system().commit(some).await.unwrap();
    }
    // As versions before 0019 have left it.
    let (long, family) = (format!("'{long}'"), format!("'{family}'"));
    db.execute(&format!("UPDATE comments SET text = {long}, shortened = FALSE WHERE shortened")).await;
    let whole = async |text: &str| db.rows(&format!("comments WHERE text = {text} AND NOT shortened")).await;
    assert_eq!((whole(&long).await, whole(&family).await), (121, 1));

    assert_eq!(db.system().shorten_old_comments(TONIGHT).await.unwrap(), 121);
    assert_eq!((whole(&long).await, whole(&family).await), (1, 1), "what counts, and what is short enough, stays");
    assert_eq!(db.rows("comments WHERE length(text) = 200 AND shortened").await, 120);
    assert_eq!(db.system().recount(false).await.unwrap(), []);

    // It is remembered: nothing is looked through again.
    db.execute(&format!("UPDATE comments SET text = {long}, shortened = FALSE WHERE shortened")).await;
    assert_eq!(db.system().shorten_old_comments(TONIGHT).await.unwrap(), 0);
    assert_eq!(whole(&long).await, 121);
}
