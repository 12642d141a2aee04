//! The one writer.

use std::task::Poll;

use harness::{fixture::Fixture, on_both_databases, statements::counted, store::TestStore, until};
use sqlx::{Connection, PgConnection, SqliteConnection};
use store::{StoreError, responses::Outcome, writer::Writer};

on_both_databases!(
    everybody_hears_about_their_own,
    one_poisoned_item_harms_nobody,
    closing_writes_what_was_accepted,
    trouble_is_told_to_everybody,
    trouble_of_a_group_is_logged_once,
    nobody_hears_what_became_of_anothers,
);

async fn everybody_hears_about_their_own(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let writer = Writer::start(db.store.system().clone());
    let audience = fixture.audience(300);
    let submissions = audience.chunks(7).map(|some| {
        let (writer, some) = (writer.clone(), some.to_vec());
        tokio::spawn(async move { (some.len(), writer.submit(some).await.unwrap()) })
    });
    for submission in futures::future::join_all(submissions).await {
        let (size, written) = submission.unwrap();
        assert_eq!(written, vec![Outcome::Stored; size]);
    }
    assert_eq!(db.rows("responses").await, 300);
    assert_eq!(writer.submit(Vec::new()).await.unwrap(), []);
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}

async fn one_poisoned_item_harms_nobody(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let writer = Writer::start(db.store.system().clone());
    let mut group = fixture.audience(5);
    group.push(fixture.visitor().wrote("hyvä\0ilta").done());
    group.push(group[0].clone());
    let alone = writer.submit(vec![fixture.visitor().done()]);
    let (written, alone) = tokio::join!(writer.submit(group), alone);
    let written = written.unwrap();
    assert_eq!(written[..5], [Outcome::Stored; 5]);
    assert!(matches!(written[5..], [Outcome::Refused(_), Outcome::Duplicate]), "{written:?}");
    assert_eq!(alone.unwrap(), [Outcome::Stored]);
    assert_eq!(db.rows("responses").await, 6);
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}

async fn closing_writes_what_was_accepted(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let writer = Writer::start(db.store.system().clone());
    let mut accepted = Vec::new();
    for item in fixture.audience(50) {
        let mut submission = Box::pin({
            let writer = writer.clone();
            async move { writer.submit(vec![item]).await }
        });
        // Polled once, it stands in the queue, or has even been written.
        match futures::poll!(&mut submission) {
            Poll::Pending => accepted.push(submission),
            Poll::Ready(written) => assert_eq!(written.unwrap(), [Outcome::Stored]),
        }
    }
    writer.close().await;
    for submission in accepted {
        assert_eq!(submission.await.unwrap(), [Outcome::Stored]);
    }
    assert_eq!(db.rows("responses").await, 50);
    let late = writer.submit(vec![fixture.visitor().done()]).await.unwrap_err();
    assert!(late.error.may_pass(), "{late:?}");
    writer.close().await;
}

async fn trouble_is_told_to_everybody(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let writer = Writer::start(db.store.system().clone());
    db.execute("ALTER TABLE responses RENAME TO elsewhere").await;
    let (one, two) =
        tokio::join!(writer.submit(vec![fixture.visitor().done()]), writer.submit(vec![fixture.visitor().done()]));
    for error in [one.unwrap_err().error, two.unwrap_err().error] {
        assert!(matches!(error, StoreError::Unavailable(_)), "nothing is acknowledged and nothing refused: {error:?}");
    }
    db.execute("ALTER TABLE elsewhere RENAME TO responses").await;
    assert_eq!(writer.submit(vec![fixture.visitor().done()]).await.unwrap(), [Outcome::Stored], "and it goes on");
}

/// Breaks the database, in a transaction that holds the writer up until the work is done.
async fn while_breaking(db: &TestStore, work: impl AsyncFnOnce()) {
    const BREAK: &str = "ALTER TABLE responses RENAME TO elsewhere";
    if db.is_sqlite() {
        let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query(BREAK).execute(&mut *transaction).await.unwrap();
        work().await;
        transaction.commit().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(&db.url).await.unwrap();
        let mut transaction = connection.begin().await.unwrap();
        sqlx::query(BREAK).execute(&mut *transaction).await.unwrap();
        work().await;
        transaction.commit().await.unwrap();
    }
}

async fn trouble_of_a_group_is_logged_once(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let writer = Writer::start(db.store.system().clone());
    let (failed, statements) = counted(async {
        let mut waiting = Vec::new();
        while_breaking(db, async || {
            for _ in 0..9 {
                let mut submission = Box::pin(writer.submit(vec![fixture.visitor().done()]));
                // Polled once, it stands in the queue; the first is taken from it, and waits for the database.
                assert!(futures::poll!(&mut submission).is_pending());
                if waiting.is_empty() {
                    until("the writer is busy", async || writer.queued() == 0).await;
                }
                waiting.push(submission);
            }
        })
        .await;
        futures::future::join_all(waiting).await
    })
    .await;
    assert!(failed.iter().all(|written| written.as_ref().is_err_and(|error| error.error.may_pass())), "{failed:?}");
    // One for those who were first, one for those who gathered meanwhile.
    assert!((1..=2).contains(&statements.complaints), "{statements:?}");
}

/// Makes the database say "not now" to a response that took 666 ms, and "never" to one that took 667.
async fn trouble_with_some(db: &TestStore) {
    let statements: &[&str] = if db.url.starts_with("sqlite:") {
        &[
            "CREATE TRIGGER later BEFORE INSERT ON responses WHEN NEW.duration_ms = 666
             BEGIN SELECT json('{' || NEW.lang); END",
            "CREATE TRIGGER never BEFORE INSERT ON responses WHEN NEW.duration_ms = 667
             BEGIN SELECT RAISE(ABORT, 'never'); END",
        ]
    } else {
        &[
            "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF NEW.duration_ms = 666 THEN RAISE EXCEPTION 'later' USING ERRCODE = '53100'; END IF;
             IF NEW.duration_ms = 667 THEN RAISE EXCEPTION 'never' USING ERRCODE = '23514'; END IF;
             RETURN NEW; END $$",
            "CREATE TRIGGER trouble BEFORE INSERT ON responses FOR EACH ROW EXECUTE FUNCTION trouble()",
        ]
    };
    for statement in statements {
        db.execute(statement).await;
    }
}

async fn nobody_hears_what_became_of_anothers(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    trouble_with_some(db).await;
    let writer = Writer::start(db.store.system().clone());
    let that_took = |duration_ms| {
        let mut response = fixture.visitor().done();
        response.response.timing.duration_ms = Some(duration_ms);
        response
    };
    for _ in 0..10 {
        // While these are written, the next ones gather in one group.
        let before = fixture.audience(100);
        // Refused first, so that all of the group are tried one by one.
        let never = vec![that_took(667)];
        let half = vec![that_took(666), fixture.visitor().done()];
        let later = vec![that_took(666)];
        let (before, never, half, later) =
            tokio::join!(writer.submit(before), writer.submit(never), writer.submit(half), writer.submit(later));
        assert_eq!(before.unwrap(), vec![Outcome::Stored; 100]);
        assert!(matches!(never.unwrap()[..], [Outcome::Refused(_)]));
        assert!(half.unwrap_err().error.may_pass());
        assert!(later.unwrap_err().error.may_pass(), "the good half of another's is no answer to this one");
    }
}
