//! Nothing is lost, nothing is counted twice.

use domain::{
    event::Subject,
    flag::{Flag, Standing},
    response::Given,
    survey::kinds::CountedValue,
    tally::{Cell, Counted, Dimension},
    time::{HOUR, LocalDay},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use store::responses::{NewResponse, Outcome};

on_both_databases!(
    a_thousand_twice,
    other_content_is_kept_aside_once,
    the_same_at_the_same_moment,
    one_id_twice_in_one_group,
    a_deleted_id_stays_dead,
    an_id_that_is_just_being_deleted_stays_dead,
    a_thousand_at_once_in_several_places,
    a_changed_mind_moves_the_tallies,
    a_changed_mind_too_late_is_a_conflict,
    a_changed_mind_keeps_what_staff_said,
    of_a_phone_one_conflict_is_kept,
    what_is_stored_comes_back,
);

async fn count(db: &TestStore, fixture: &Fixture, counted: Counted, standing: Standing) -> i64 {
    let tally = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();
    tally.get(&Cell { survey_version: fixture.version.version, counted, standing, dimension: Dimension::All })
}

async fn counted(db: &TestStore, fixture: &Fixture) -> i64 {
    count(db, fixture, Counted::Response, Standing::Counted).await
}

async fn proved(db: &TestStore) {
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}

async fn open(db: &TestStore) -> Fixture {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    fixture
}

async fn a_thousand_twice(db: &TestStore) {
    let fixture = open(db).await;
    let audience = fixture.audience(1_000);
    for group in audience.chunks(64) {
        let outcomes = db.system().commit(group).await.unwrap();
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Stored));
    }
    for group in audience.chunks(100) {
        let outcomes = db.system().commit(group).await.unwrap();
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Duplicate));
    }
    assert_eq!(db.rows("responses").await, 1_000);
    assert_eq!(db.rows("comments").await, 200);
    assert_eq!(counted(db, &fixture).await, 1_000);
    assert_eq!(db.system().seq_seen(fixture.pairing.id).await.unwrap(), 1_000);
    proved(db).await;
}

async fn other_content_is_kept_aside_once(db: &TestStore) {
    let fixture = open(db).await;
    let first = fixture.visitor().face(5);
    let other = |text: &str| first.clone().face(1).wrote(text).done();
    assert_eq!(db.system().commit(&[first.clone().done()]).await.unwrap(), [Outcome::Stored]);
    for _ in 0..2 {
        assert_eq!(db.system().commit(&[other("no")]).await.unwrap(), [Outcome::Conflict]);
    }
    assert_eq!(db.rows("conflicts").await, 1);
    assert_eq!(db.system().commit(&[other("never")]).await.unwrap(), [Outcome::Conflict]);
    assert_eq!(db.rows("conflicts").await, 2, "another content is another conflict");
    assert_eq!(db.system().commit(&[first.done()]).await.unwrap(), [Outcome::Duplicate], "the first one stays");
    assert_eq!(counted(db, &fixture).await, 1);
    proved(db).await;
}

async fn the_same_at_the_same_moment(db: &TestStore) {
    let fixture = open(db).await;
    for item in fixture.audience(20) {
        let group = [item];
        let (one, two) = tokio::join!(db.system().commit(&group), db.system().commit(&group));
        let mut outcomes = [one.unwrap()[0], two.unwrap()[0]];
        outcomes.sort_by_key(|outcome| *outcome == Outcome::Duplicate);
        assert_eq!(outcomes, [Outcome::Stored, Outcome::Duplicate]);
    }
    assert_eq!(db.rows("responses").await, 20);
    assert_eq!(counted(db, &fixture).await, 20);
    proved(db).await;
}

async fn one_id_twice_in_one_group(db: &TestStore) {
    let fixture = open(db).await;
    let first = fixture.visitor().face(5);
    let group = [first.clone().done(), fixture.visitor().done(), first.clone().done(), first.face(1).done()];
    let outcomes = db.system().commit(&group).await.unwrap();
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Stored, Outcome::Duplicate, Outcome::Conflict]);
    assert_eq!(counted(db, &fixture).await, 2);

    let phone = fixture.visitor().by_phone(TONIGHT).face(2);
    let group = [phone.clone().done(), phone.clone().face(3).done(), phone.face(4).done()];
    assert_eq!(db.system().commit(&group).await.unwrap(), [Outcome::Stored; 3], "the last word counts");
    assert_eq!(
        count(db, &fixture, Counted::Value(fixture.question(0), CountedValue::Number(4)), Standing::Counted).await,
        1
    );
    assert_eq!(counted(db, &fixture).await, 3);
    proved(db).await;
}

async fn a_deleted_id_stays_dead(db: &TestStore) {
    let fixture = open(db).await;
    let visitor = fixture.visitor().wrote("Poistakaa tämä").doubted(Flag::Burst);
    let item = visitor.clone().done();
    db.system().commit(&[item.clone(), fixture.visitor().done()]).await.unwrap();
    assert!(db.system().delete_response(item.response.id, TONIGHT).await.unwrap());
    assert!(!db.system().delete_response(item.response.id, TONIGHT).await.unwrap(), "only once");
    for table in ["comments", "flags"] {
        assert_eq!(db.rows(table).await, 0, "{table}");
    }
    assert_eq!(db.system().commit(&[item]).await.unwrap(), [Outcome::Duplicate]);
    assert_eq!(db.system().commit(&[visitor.face(1).done()]).await.unwrap(), [Outcome::Duplicate]);
    assert_eq!(db.rows("responses").await, 1);
    assert_eq!(count(db, &fixture, Counted::Response, Standing::SetAside).await, 0);
    proved(db).await;
}

/// Somebody else deletes an id while it comes again.
async fn an_id_that_is_just_being_deleted_stays_dead(db: &TestStore) {
    let fixture = open(db).await;
    let item = fixture.visitor().wrote("Poistakaa tämä").done();
    let tombstone = "INSERT INTO tombstones (id, content_form, content_hash, deleted_at) VALUES ($1, 1, $2, 0)";
    let (id, hash) = (item.response.id.0, item.content.hash.to_vec());
    let store = db.store.system().clone();
    let commit = async move { store.commit(&[item]).await.unwrap() };
    let outcomes = if db.url.starts_with("sqlite:") {
        let mut other = SqliteConnection::connect(&db.url).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let coming = tokio::spawn(commit);
        sqlx::query(tombstone).bind(id).bind(hash).execute(&mut other).await.unwrap();
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        coming.await.unwrap()
    } else {
        let mut other = PgConnection::connect(&db.url).await.unwrap();
        let mut deleting = other.begin().await.unwrap();
        // Reading goes on: the store finds the id free, and is stopped before it writes.
        sqlx::query("LOCK TABLE responses IN EXCLUSIVE MODE").execute(&mut *deleting).await.unwrap();
        let coming = tokio::spawn(commit);
        let waiting = "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
             WHERE datname = current_database() AND NOT granted)";
        while !sqlx::query_scalar::<_, bool>(waiting).fetch_one(&mut *deleting).await.unwrap() {}
        sqlx::query(tombstone).bind(id).bind(hash).execute(&mut *deleting).await.unwrap();
        deleting.commit().await.unwrap();
        coming.await.unwrap()
    };
    assert_eq!(outcomes, [Outcome::Duplicate]);
    for table in ["responses", "comments", "tallies", "period_tallies"] {
        assert_eq!(db.rows(table).await, 0, "{table}");
    }
    proved(db).await;
}

/// More of everything than one statement has room for: responses, comments, flags, places and months.
async fn a_thousand_at_once_in_several_places(db: &TestStore) {
    let fixture = open(db).await;
    let mut audience = fixture.audience(1_000);
    for (nth, item) in audience.iter_mut().enumerate() {
        // Five months, and every other one of them without an event.
        item.place.local_day = LocalDay::from_date(2026, 1 + i32::try_from(nth % 5).unwrap(), 15);
        if nth % 2 == 0 {
            (item.place.event, item.place.source, item.place.production) = (None, None, None);
        }
        item.flags.extend([Flag::Burst, Flag::OutsideWindow]);
    }
    assert_eq!(db.system().commit(&audience).await.unwrap(), vec![Outcome::Stored; 1_000]);
    assert_eq!(db.rows("responses WHERE standing = 1").await, 1_000);
    assert_eq!(db.rows("comments").await, 200);
    assert_eq!(db.rows("flags").await, 2_000);
    assert_eq!(db.system().seq_seen(fixture.pairing.id).await.unwrap(), 1_000);
    proved(db).await;
    assert_eq!(db.system().commit(&audience).await.unwrap(), vec![Outcome::Duplicate; 1_000]);
    proved(db).await;
}

async fn a_changed_mind_moves_the_tallies(db: &TestStore) {
    let fixture = open(db).await;
    let first = fixture.visitor().by_phone(TONIGHT).face(1).wrote("Huono").doubted(Flag::Contradiction);
    db.system().commit(&[first.clone().done()]).await.unwrap();
    assert_eq!(count(db, &fixture, Counted::Flag(Flag::Contradiction), Standing::SetAside).await, 1);

    let mut second = first.face(5).wrote("Sittenkin hyvä").received(TONIGHT + HOUR);
    second.flags.clear();
    assert_eq!(db.system().commit(&[second.clone().done()]).await.unwrap(), [Outcome::Stored]);
    let face = |value| Counted::Value(fixture.question(0), CountedValue::Number(value));
    assert_eq!(count(db, &fixture, face(5), Standing::Counted).await, 1);
    assert_eq!(count(db, &fixture, face(1), Standing::SetAside).await, 0);
    assert_eq!(count(db, &fixture, Counted::Flag(Flag::Contradiction), Standing::SetAside).await, 0);
    assert_eq!(db.rows("tallies WHERE count <= 0").await, 0, "a cell at 0 is not there");
    assert_eq!(db.rows("responses WHERE revision = 2").await, 1);
    assert_eq!(db.rows("comments WHERE text = 'Sittenkin hyvä'").await, 1);
    assert_eq!(db.rows("comments").await, 1);
    assert_eq!(db.system().commit(&[second.done()]).await.unwrap(), [Outcome::Duplicate]);
    proved(db).await;
}

async fn a_changed_mind_too_late_is_a_conflict(db: &TestStore) {
    let fixture = open(db).await;
    let first = fixture.visitor().by_phone(TONIGHT).face(1);
    db.system().commit(&[first.clone().done()]).await.unwrap();
    let late = first.clone().by_phone(TONIGHT + 1).face(5).done();
    assert_eq!(db.system().commit(&[late]).await.unwrap(), [Outcome::Conflict]);
    let mut stranger = first.face(4);
    stranger.response.channel = domain::response::Channel::Web;
    assert_eq!(db.system().commit(&[stranger.done()]).await.unwrap(), [Outcome::Conflict], "another channel");
    assert_eq!(
        count(db, &fixture, Counted::Value(fixture.question(0), CountedValue::Number(1)), Standing::Counted).await,
        1
    );
    proved(db).await;
}

async fn of_a_phone_one_conflict_is_kept(db: &TestStore) {
    let fixture = open(db).await;
    let first = fixture.visitor().by_phone(TONIGHT).face(1);
    db.system().commit(&[first.clone().done()]).await.unwrap();
    let late = |text: &str| first.clone().by_phone(TONIGHT + 1).face(5).wrote(text).done();
    for group in [vec![late("a"), late("b")], vec![late("c")], vec![late("a")]] {
        let outcomes = db.system().commit(&group).await.unwrap();
        assert_eq!(outcomes, vec![Outcome::Conflict; group.len()]);
    }
    assert_eq!(db.rows("conflicts").await, 1);
    let tablet = fixture.visitor().face(1);
    db.system().commit(&[tablet.clone().done()]).await.unwrap();
    for text in ["a", "b"] {
        assert_eq!(db.system().commit(&[tablet.clone().wrote(text).done()]).await.unwrap(), [Outcome::Conflict]);
    }
    assert_eq!(db.rows("conflicts").await, 3, "a tablet is known, and says each once");
    proved(db).await;
}

async fn a_changed_mind_keeps_what_staff_said(db: &TestStore) {
    let fixture = open(db).await;
    let first = fixture.visitor().by_phone(TONIGHT).face(3).doubted(Flag::Void);
    db.system().commit(&[first.clone().done()]).await.unwrap();
    db.execute("UPDATE flags SET set_by = response").await;
    let mut second = first.face(4);
    second.flags.clear();
    db.system().commit(&[second.done()]).await.unwrap();
    assert_eq!(counted(db, &fixture).await, 0);
    assert_eq!(
        count(db, &fixture, Counted::Value(fixture.question(0), CountedValue::Number(4)), Standing::SetAside).await,
        1
    );
    assert_eq!(db.rows("responses WHERE standing = 1").await, 1);
    proved(db).await;
}

async fn what_is_stored_comes_back(db: &TestStore) {
    let fixture = open(db).await;
    let mut audience: Vec<NewResponse> = fixture.audience(25);
    audience.push(fixture.visitor().without_event().doubted(Flag::Burst).doubted(Flag::Demo).done());
    db.system().commit(&audience).await.unwrap();

    let mut read = Vec::new();
    let mut after = None;
    loop {
        let page = db.system().responses(after, 10).await.unwrap();
        assert!(page.responses.len() <= 10);
        read.extend(page.responses);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(read.len(), audience.len());
    audience.sort_by_key(|item| item.response.id);
    for (stored, mut given) in read.into_iter().zip(audience) {
        given.response.seq = None;
        for answer in &mut given.response.answers {
            if let Given::Text(text) = &mut answer.given {
                text.clear();
            }
        }
        assert_eq!(stored.response, given.response);
        assert_eq!(stored.place, given.place);
        assert_eq!(stored.flags, given.flags);
    }
}
