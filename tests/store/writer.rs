//! The one writer.

use aplodi::store::{
    StoreError,
    responses::Outcome,
    writer::{Writer, Written},
};
use harness::{audience::House, on_both_databases, store::TestStore};

on_both_databases!(
    everybody_hears_about_their_own,
    one_poisoned_item_harms_nobody,
    closing_writes_what_was_accepted,
    trouble_is_told_to_everybody,
);

const STORED: Written = Written::Kept(Outcome::Stored);

async fn everybody_hears_about_their_own(db: &TestStore) {
    let house = House::new();
    house.open(&*db.store).await;
    let writer = Writer::start(db.store.clone());
    let audience = house.audience(300);
    let submissions = audience.chunks(7).map(|some| {
        let (writer, some) = (writer.clone(), some.to_vec());
        tokio::spawn(async move { (some.len(), writer.submit(some).await.unwrap()) })
    });
    for submission in futures::future::join_all(submissions).await {
        let (size, written) = submission.unwrap();
        assert_eq!(written, vec![STORED; size]);
    }
    assert_eq!(db.rows("responses").await, 300);
    assert_eq!(writer.submit(Vec::new()).await.unwrap(), []);
    assert_eq!(db.store.recount(false).await.unwrap(), []);
}

async fn one_poisoned_item_harms_nobody(db: &TestStore) {
    let house = House::new();
    house.open(&*db.store).await;
    let writer = Writer::start(db.store.clone());
    let mut group = house.audience(5);
    group.push(house.visitor().wrote("hyvä\0ilta").done());
    group.push(group[0].clone());
    let alone = writer.submit(vec![house.visitor().done()]);
    let (written, alone) = tokio::join!(writer.submit(group), alone);
    let written = written.unwrap();
    assert_eq!(written[..5], [STORED; 5]);
    assert_eq!(written[5..], [Written::Refused, Written::Kept(Outcome::Duplicate)]);
    assert_eq!(alone.unwrap(), [STORED]);
    assert_eq!(db.rows("responses").await, 6);
    assert_eq!(db.store.recount(false).await.unwrap(), []);
}

async fn closing_writes_what_was_accepted(db: &TestStore) {
    let house = House::new();
    house.open(&*db.store).await;
    let writer = Writer::start(db.store.clone());
    let mut accepted = Vec::new();
    for item in house.audience(50) {
        let mut submission = Box::pin({
            let writer = writer.clone();
            async move { writer.submit(vec![item]).await }
        });
        // Polled once, it stands in the queue.
        assert!(futures::poll!(&mut submission).is_pending());
        accepted.push(submission);
    }
    writer.close().await;
    for submission in accepted {
        assert_eq!(submission.await.unwrap(), [STORED]);
    }
    assert_eq!(db.rows("responses").await, 50);
    let late = writer.submit(vec![house.visitor().done()]).await.unwrap_err();
    assert!(late.may_pass(), "{late:?}");
    writer.close().await;
}

async fn trouble_is_told_to_everybody(db: &TestStore) {
    let house = House::new();
    house.open(&*db.store).await;
    let writer = Writer::start(db.store.clone());
    db.execute("ALTER TABLE responses RENAME TO elsewhere").await;
    let (one, two) =
        tokio::join!(writer.submit(vec![house.visitor().done()]), writer.submit(vec![house.visitor().done()]));
    for error in [one.unwrap_err(), two.unwrap_err()] {
        assert!(matches!(error, StoreError::Unavailable(_)), "nothing is acknowledged and nothing refused: {error:?}");
    }
    db.execute("ALTER TABLE elsewhere RENAME TO responses").await;
    assert_eq!(writer.submit(vec![house.visitor().done()]).await.unwrap(), [STORED], "and it goes on");
}
