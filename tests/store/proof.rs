//! The tallies are what the responses say, whatever happened.

use domain::{
    event::Subject,
    flag::Flag,
    lang::{Lang, LanguageTag},
    response::Segment,
    tally::Tally,
    time::MINUTE,
};
use harness::{
    fixture::{Fixture, TODAY, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::{
    responses::{NewResponse, Outcome},
    tallies::MonthsOf,
};
use uuid::Uuid;

on_both_databases!(recount_finds_and_fixes, any_grouping_gives_the_same_tallies);

async fn recount_finds_and_fixes(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&fixture.audience(40)).await.unwrap();
    let before = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();
    assert_eq!(db.system().recount(false).await.unwrap(), []);

    let touched = db.execute("UPDATE tallies SET count = count + 1 WHERE value = 'responses' AND dimension = 0").await;
    assert_eq!(touched, 1);
    let lost = db.execute("DELETE FROM period_tallies WHERE value = '=5' AND dimension = 0").await;
    assert!(lost > 0);
    db.execute("UPDATE tallies SET value = '=unknown' WHERE value = '=seat' AND dimension = 0").await;

    let found = db.system().recount(false).await.unwrap();
    assert_eq!(found.len(), 1 + usize::try_from(lost).unwrap() + 2, "{found:#?}");
    assert!(found.iter().any(|difference| (difference.tallied, difference.counted) == (41, 40)));
    assert_eq!(db.system().recount(false).await.unwrap(), found, "looking changes nothing");
    assert_eq!(db.system().recount(true).await.unwrap(), found, "fixing tells what was wrong");
    assert_eq!(db.system().recount(false).await.unwrap(), []);
    assert_eq!(db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap(), before);
}

/// One delivery: which visitor, and with what.
#[derive(Clone, Debug)]
struct Delivery {
    visitor: usize,
    face: u8,
    comment: Option<&'static str>,
    segment: Option<Segment>,
    lang: LanguageTag,
    flag: Option<Flag>,
    phone: bool,
    event: bool,
    minutes: i64,
    ends_group: bool,
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let segment = prop::option::of(prop::sample::select(Segment::ALL.to_vec()));
    let flag = prop::option::weighted(0.3, prop::sample::select(Flag::ALL.to_vec()));
    let lang = prop::sample::select(Lang::ALL.map(LanguageTag::from).to_vec());
    let comment = prop::option::of(prop::sample::select(vec!["hyvä", "huono"]));
    let flags = (comment, any::<bool>(), any::<bool>(), any::<bool>());
    (0..6_usize, 1..=5_u8, segment, lang, flag, flags, 0..30_i64).prop_map(
        |(visitor, face, segment, lang, flag, (comment, phone, event, ends_group), minutes)| Delivery {
            visitor,
            face,
            comment,
            segment,
            lang,
            flag,
            phone,
            event,
            minutes,
            ends_group,
        },
    )
}

fn item(fixture: &Fixture, ids: &[Uuid], delivery: &Delivery) -> NewResponse {
    let mut visitor = fixture.visitor().face(delivery.face);
    if let Some(text) = delivery.comment {
        visitor = visitor.wrote(text);
    }
    if delivery.phone {
        visitor = visitor.by_phone(TONIGHT);
    }
    if !delivery.event {
        visitor = visitor.without_event();
    }
    visitor.flags.extend(delivery.flag);
    visitor.response.id.0 = ids[delivery.visitor];
    visitor.response.segment = delivery.segment;
    visitor.response.lang = delivery.lang;
    visitor.place.corrected_at += delivery.minutes * MINUTE;
    visitor.done()
}

/// Delivers everything to a venue of its own, in groups that end where `ends` says, and returns the
/// outcomes and the three tallies.
async fn deliver(
    db: &TestStore,
    fixture: &Fixture,
    deliveries: &[Delivery],
    ends: impl Fn(&Delivery) -> bool,
) -> (Vec<Outcome>, [Tally; 3]) {
    let ids: Vec<Uuid> = (0..6).map(|_| Uuid::now_v7()).collect();
    let mut outcomes = Vec::new();
    for group in deliveries.split_inclusive(|delivery| ends(delivery)) {
        let group: Vec<NewResponse> = group.iter().map(|delivery| item(fixture, &ids, delivery)).collect();
        outcomes.extend(db.system().commit(&group).await.unwrap());
    }
    let tallies = [
        db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap(),
        db.everything().tally(Subject::Venue(fixture.venue.id), None).await.unwrap(),
        db.everything().tally_of_months(MonthsOf::Venue(fixture.venue.id), TODAY.month(), TODAY.month()).await.unwrap(),
    ];
    (outcomes, tallies)
}

async fn any_grouping_gives_the_same_tallies(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        TestRunner::new(config)
            .run(&prop::collection::vec(delivery(), 1..40), |deliveries| {
                runtime.block_on(async {
                    let (alone, mine) = (fixture.neighbour(), fixture.neighbour());
                    let one_by_one = deliver(db, &alone, &deliveries, |_| true).await;
                    let together = deliver(db, &mine, &deliveries, |delivery| delivery.ends_group).await;
                    prop_assert_eq!(one_by_one, together);
                    Ok(())
                })
            })
            .unwrap();
    });
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}
