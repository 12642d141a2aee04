//! A pace that is too fast puts everybody in doubt who is part of it: whatever arrives when, in
//! whatever groups, and how often.

use domain::{
    event::Subject,
    flag::Flag,
    id::KioskId,
    response::Channel,
    time::{MINUTE, Millis, SECOND},
};
use harness::{fixture::Fixture, on_both_databases, store::TestStore};
use store::responses::{NewResponse, Outcome};
use uuid::Uuid;

on_both_databases!(
    a_burst_is_flagged_from_its_first_to_its_last,
    the_order_of_arrival_does_not_matter,
    what_comes_twice_counts_once,
    counters_do_not_share_a_pace,
    what_staff_have_lifted_stays_lifted,
    two_servers_agree_in_the_end,
    a_changed_answer_keeps_its_pace,
);

/// Two people, then five within half a minute, then two more; three are believed.
const TIMES: [Millis; 9] = [0, 50, 200, 205, 212, 220, 230, 300, 400];
const DOUBTED: [bool; 9] = [false, false, true, true, true, true, true, false, false];
const MOST: usize = 3;

async fn open_fixture(db: &TestStore) -> Fixture {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    fixture
}

fn visitors(fixture: &Fixture) -> Vec<NewResponse> {
    TIMES.iter().map(|after| fixture.visitor().at_pace(after * SECOND, MOST).done()).collect()
}

/// Whether each is flagged, in the order of the list; and that everything else agrees with it.
async fn flagged(db: &TestStore, fixture: &Fixture, items: &[NewResponse]) -> Vec<bool> {
    let stored = db.system().responses(None, 1_000).await.unwrap().responses;
    let flagged: Vec<bool> = items
        .iter()
        .map(|item| {
            let found = stored.iter().find(|stored| stored.response.id == item.response.id);
            found.is_some_and(|stored| stored.flags.contains(&Flag::Burst))
        })
        .collect();
    assert_eq!(db.system().recount(false).await.unwrap(), [], "the tallies say what the responses say");
    let aside = db.rows("responses WHERE standing = 1").await;
    assert_eq!(usize::try_from(aside).unwrap(), flagged.iter().filter(|is| **is).count());
    let tally = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();
    assert_eq!(tally.iter().filter(|(_, count)| *count < 0).count(), 0);
    flagged
}

async fn a_burst_is_flagged_from_its_first_to_its_last(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let items = visitors(&fixture);
    for (nth, item) in items.iter().enumerate() {
        let outcomes = db.system().commit(std::slice::from_ref(item)).await.unwrap();
        assert_eq!(outcomes, [Outcome::Stored]);
        if nth == 4 {
            assert_eq!(flagged(db, &fixture, &items).await, [false; 9], "three are believed");
        }
    }
    assert_eq!(flagged(db, &fixture, &items).await, DOUBTED);
}

async fn the_order_of_arrival_does_not_matter(db: &TestStore) {
    for (groups, step) in [(9, 1), (1, 1), (9, 5), (2, 2), (4, 7), (3, 4)] {
        let fixture = Fixture::new();
        fixture.open(db.system()).await;
        let items = visitors(&fixture);
        // 9 and the steps have no divisor in common: every order holds everybody once.
        let order: Vec<NewResponse> = (0..9).map(|nth| items[8 - nth * step % 9].clone()).collect();
        for group in order.chunks(groups) {
            db.system().commit(group).await.unwrap();
        }
        let stored = db.system().responses(None, 1_000).await.unwrap().responses;
        let flags = |item: &NewResponse| {
            stored.iter().any(|it| it.response.id == item.response.id && it.flags == [Flag::Burst])
        };
        assert_eq!(items.iter().map(flags).collect::<Vec<_>>(), DOUBTED, "{groups} at a time, step {step}");
    }
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}

async fn what_comes_twice_counts_once(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let slowly: Vec<NewResponse> =
        (0..3).map(|nth| fixture.visitor().at_pace(nth * 10 * SECOND, MOST).done()).collect();
    for _ in 0..3 {
        db.system().commit(&slowly).await.unwrap();
        let both: Vec<NewResponse> = slowly.iter().chain(&slowly).cloned().collect();
        db.system().commit(&both).await.unwrap();
    }
    assert_eq!(flagged(db, &fixture, &slowly).await, [false; 3]);
    let last = fixture.visitor().at_pace(MINUTE, MOST).done();
    let everybody: Vec<NewResponse> = slowly.into_iter().chain([last]).collect();
    db.system().commit(&everybody).await.unwrap();
    assert_eq!(
        flagged(db, &fixture, &everybody).await,
        [true; 4],
        "a replay brings its neighbours no doubt, a new one does"
    );
    assert_eq!(db.system().commit(&everybody).await.unwrap(), [Outcome::Duplicate; 4]);
    assert_eq!(flagged(db, &fixture, &everybody).await, [true; 4]);
}

async fn counters_do_not_share_a_pace(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let mut items = Vec::new();
    for nth in 0..8 {
        let mut at_kiosk = fixture.visitor().at_pace(nth * SECOND, 5);
        if nth % 2 == 0 {
            at_kiosk.place.kiosk = Some(KioskId(Uuid::from_u128(7)));
        }
        items.push(at_kiosk.done());
        items.extend((nth % 2 == 0).then(|| fixture.visitor().by_phone(0).at_pace(nth * SECOND, 5).done()));
        // Staff show the tablet to somebody, and type in what they wrote down.
        let mut shown = fixture.visitor().at_pace(nth * SECOND, 5);
        shown.response.demo = true;
        shown.burst_limit = None;
        let mut interview = fixture.visitor().at_pace(nth * SECOND, 5);
        interview.response.channel = Channel::Spoken;
        interview.burst_limit = None;
        items.extend([shown.done(), interview.done()]);
    }
    for item in &items {
        db.system().commit(std::slice::from_ref(item)).await.unwrap();
    }
    let none = vec![false; items.len()];
    assert_eq!(flagged(db, &fixture, &items).await, none, "four at each of two tablets, four by phone");
    let phones: Vec<NewResponse> = (0..2).map(|_| fixture.visitor().by_phone(0).at_pace(0, 5).done()).collect();
    db.system().commit(&phones).await.unwrap();
    items.extend(phones);
    let by_phone: Vec<bool> = items.iter().map(|item| item.response.channel == Channel::Qr).collect();
    assert_eq!(flagged(db, &fixture, &items).await, by_phone);
}

async fn what_staff_have_lifted_stays_lifted(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let items = visitors(&fixture);
    db.system().commit(&items[..7]).await.unwrap();
    let sql = "UPDATE flags SET lifted_at = 1 WHERE flag = 'burst'";
    assert_eq!(db.execute(sql).await, 5);
    assert_eq!(db.execute("UPDATE responses SET standing = 0").await, 7);
    db.system().recount(true).await.unwrap();
    let more = fixture.visitor().at_pace(221 * SECOND, MOST).done();
    db.system().commit(std::slice::from_ref(&more)).await.unwrap();
    let mut expected = vec![false; 7];
    expected.push(true);
    let items: Vec<NewResponse> = items[..7].iter().cloned().chain([more]).collect();
    assert_eq!(flagged(db, &fixture, &items).await, expected);
}

async fn two_servers_agree_in_the_end(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = store::open(&db.url).await.unwrap();
    let mut items: Vec<NewResponse> = (0..40).map(|nth| fixture.visitor().at_pace(nth * SECOND, MOST).done()).collect();
    let (here, there) = items.split_at(20);
    let (here, there) = tokio::join!(
        async {
            for item in here {
                db.system().commit(std::slice::from_ref(item)).await.unwrap();
            }
        },
        async {
            for item in there.iter().rev() {
                other.system().commit(std::slice::from_ref(item)).await.unwrap();
            }
        }
    );
    let ((), ()) = (here, there);
    // Whoever was missed because both wrote in the same moment is found by the next in the burst.
    for at in [0, 19, 20, 39] {
        items.push(fixture.visitor().at_pace(at * SECOND, MOST).done());
        db.system().commit(&items[items.len() - 1..]).await.unwrap();
    }
    assert_eq!(flagged(db, &fixture, &items).await, vec![true; items.len()]);
}

async fn a_changed_answer_keeps_its_pace(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let phones: Vec<NewResponse> =
        (0..4).map(|nth| fixture.visitor().by_phone(0).at_pace(nth * SECOND, MOST).done()).collect();
    db.system().commit(&phones).await.unwrap();
    let mut changed = fixture.visitor().by_phone(0).at_pace(10 * MINUTE, MOST).face(1);
    changed.response.id = phones[0].response.id;
    assert_eq!(db.system().commit(&[changed.done()]).await.unwrap(), [Outcome::Stored]);
    assert_eq!(flagged(db, &fixture, &phones).await, [true; 4]);
}
