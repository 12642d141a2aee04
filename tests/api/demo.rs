//! The demo season, as whoever looks first finds it.

use std::collections::BTreeSet;

use domain::{
    event::EventSource,
    flag::{Flag, Standing},
    time::SECOND,
};
use harness::{store::sqlite, test_server::TestServer};

/// The answers of a child that finds a tablet, on each of three evenings.
const CHILD: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_the_season_is_judged_before_anybody_looks() {
    let (data, _folder) = sqlite().await;
    let server = TestServer::open_as(&data.url, |options| options.demo = true).await;
    let system = data.system();
    assert_eq!(system.due(1).await.expect("what is due"), []);
    let all = system.responses(None, 50_000).await.expect("responses").responses;
    let (played, honest): (Vec<_>, Vec<_>) =
        all.iter().partition(|stored| stored.response.timing.duration_ms.is_some_and(|took| took < SECOND));
    assert_eq!(played.len(), 3 * CHILD);
    for stored in played {
        assert!(stored.flags.contains(&Flag::Hasty) && stored.flags.contains(&Flag::Burst), "{:?}", stored.flags);
    }
    // Beside them only what somebody said about a face and a number that contradict each other, or too late.
    let weak: BTreeSet<Flag> =
        honest.iter().flat_map(|stored| stored.flags.iter().copied()).filter(|flag| flag.is_weak()).collect();
    assert_eq!(weak, BTreeSet::new());
    let counted = honest.iter().filter(|stored| Standing::from_flags(&stored.flags) == Standing::Counted).count();
    assert!(counted > 3_000 && counted * 100 > honest.len() * 98, "{counted} of {}", honest.len());
    assert!(honest.iter().any(|stored| stored.place.source == Some(EventSource::Code)));
    server.close().await;
}
