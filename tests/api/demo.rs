//! The demo season, as whoever looks first finds it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    event::EventSource,
    flag::{Flag, Standing},
    heartbeat::Heartbeat,
    time::{MINUTE, SECOND},
};
use harness::{
    store::sqlite,
    test_server::{NOW, TestServer},
};
use store::health::KioskReport;

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

/// Those who look around should see tablets as they are on a good day; whoever opens one takes it over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_tablets_are_in_touch_while_the_demo_is_played() {
    let (data, _folder) = sqlite().await;
    let server = TestServer::open_as(&data.url, |options| options.demo = true).await;
    let tablets = server.demo_tablets.as_ref().expect("the tablets of the demo");
    let heard = async || {
        let reports = data.everything().kiosk_reports(NOW).await.expect("reports");
        let heard = |report: &KioskReport| report.report.last_contact;
        let (ours, demo): (Vec<_>, Vec<_>) = reports.iter().partition(|report| report.kiosk == server.pairing.kiosk);
        assert_eq!((ours.len(), demo.len()), (1, 8));
        demo.into_iter().map(|report| (report.kiosk, heard(report))).collect::<BTreeMap<_, _>>()
    };
    let first = heard().await;
    let (in_touch, away): (Vec<_>, Vec<_>) = first.iter().partition(|(_, heard)| **heard == Some(NOW));
    assert_eq!((in_touch.len(), away.len()), (7, 1), "one was switched off after a concert");

    let later = NOW + 10 * MINUTE;
    server.clock.set(later);
    tablets.round().await.expect("a round");
    let second = heard().await;
    assert_eq!(second.values().filter(|heard| **heard == Some(later)).count(), 7);
    assert_eq!(second[away[0].0], *away[0].1);

    // Somebody opens one, and puts it away again.
    let opened = tablets.tablets.lock().await[0].clone();
    let beat = Heartbeat { outbox: 3, ..opened.beat };
    data.system().record_heartbeat(opened.pairing.id, &beat, later + SECOND).await.expect("a sign of life");
    server.clock.set(later + MINUTE);
    tablets.round().await.expect("a round");
    let third = heard().await;
    assert_eq!(third[&opened.pairing.kiosk], Some(later + SECOND), "nobody speaks for it any more");
    assert_eq!(third.values().filter(|heard| **heard == Some(later + MINUTE)).count(), 6);
    server.close().await;
}
