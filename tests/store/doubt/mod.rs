//! Responses are judged after they are stored, by signs that agree: whatever arrives when, in whatever groups, how
//! often, and on which server.
//!
//! - `agreement`: which responses are set aside, and which never;
//! - `arrival`: order, groups, replays, changes and deletions;
//! - `servers`: several at once, and what one of them knows too late;
//! - `reference`: what earlier events say about later ones.

mod agreement;
mod arrival;
mod reference;
mod servers;

use std::{collections::BTreeMap, sync::Arc};

use aplodi::{clock::StoppedClock, judge::Judge, survey_cache::SurveyCache};
use domain::{
    flag::Flag::{self, Hasty, Run},
    id::ResponseId,
    time::{Millis, SECOND},
};
use harness::{
    fixture::{Fixture, TONIGHT, Visitor},
    honest::audience,
    store::TestStore,
};
use store::{Store, responses::NewResponse};

/// What a child with one favourite face carries.
const CHILD: [Flag; 2] = [Hasty, Run];

async fn open_fixture(db: &TestStore) -> Fixture {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    fixture
}

fn judge_of(store: &Store) -> Judge {
    let system = store.system();
    Judge::new(Arc::clone(system), SurveyCache::new(Arc::clone(system)), Arc::new(StoppedClock::at(TONIGHT)))
}

/// Judges until nothing is due, and checks that tallies, standings and flags say the same.
async fn settle(db: &TestStore) {
    judge_of(&db.store).settle().await.unwrap();
    assert_eq!(db.system().due(1).await.unwrap(), []);
    agrees(db).await;
}

/// Whether the tallies say what the responses say, and the standings what the flags say.
async fn agrees(db: &TestStore) {
    assert_eq!(db.system().recount(false).await.unwrap(), []);
    let wrong = "responses WHERE (standing = 1) <> EXISTS
                 (SELECT 1 FROM flags WHERE flags.response = responses.id AND lifted_at IS NULL)";
    assert_eq!(db.rows(wrong).await, 0);
}

/// The doubts that stand about each response.
async fn flags(db: &TestStore) -> BTreeMap<ResponseId, Vec<Flag>> {
    let page = db.system().responses(None, 5_000).await.unwrap();
    page.responses
        .into_iter()
        .map(|stored| {
            let mut flags = stored.flags;
            flags.sort_unstable();
            (stored.response.id, flags)
        })
        .collect()
}

/// The doubts about some of them, in their order.
async fn flags_of(db: &TestStore, items: &[NewResponse]) -> Vec<Vec<Flag>> {
    let flags = flags(db).await;
    items.iter().map(|item| flags.get(&item.response.id).cloned().unwrap_or_default()).collect()
}

/// So many at the tablet who are what they seem.
fn honest(fixture: &Fixture, size: usize) -> Vec<NewResponse> {
    let visitor = |one: harness::honest::Honest| {
        fixture.visitor().face(one.face).nps(one.nps).took(one.duration_ms).after(one.after).done()
    };
    audience().take(size).map(visitor).collect()
}

/// Seconds from one tap of a child to the next, who is no clock.
const GAPS: [Millis; 9] = [7, 31, 12, 55, 9, 20, 43, 6, 26];

/// A child at the tablet who taps the worst of everything, without reading.
fn taps(fixture: &Fixture, first: Millis, size: usize) -> Vec<NewResponse> {
    let times = GAPS.iter().cycle().scan(first, |at, gap| {
        *at += gap * SECOND;
        Some(*at)
    });
    times.take(size).map(|at| tap(fixture, at).took(250 + at / 1_000 * 37 % 600).done()).collect()
}

fn tap(fixture: &Fixture, after: Millis) -> Visitor {
    fixture.visitor().face(1).nps(0).took(400).after(after)
}

async fn commit(db: &TestStore, items: &[NewResponse]) {
    for group in items.chunks(100) {
        db.system().commit(group).await.unwrap();
    }
}
