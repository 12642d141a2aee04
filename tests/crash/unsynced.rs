//! The program is killed before its sync has ended, and then the power is cut: the answer was written,
//! so that the next program finds it, but it was never on the disk.

use harness::program::Serving;
use rand::{SeedableRng, rngs::StdRng};

use crate::{
    disk::{Disk, FORGOTTEN, GOOD, QUIETLY, SYNCS_FAIL, SYNCS_HANG},
    power::{lost_on, open_fixture},
};

async fn a_duplicate_is_as_safe_as_the_first(trouble: &str) {
    let (content, crowd) = open_fixture().await;
    let Some(disk) = Disk::insert(content.path(), &mut StdRng::seed_from_u64(1)).await else { return };
    let serving = Serving::start_in(QUIETLY, &disk.url(), &[]).await;
    let first = crowd.somebody();
    crowd.confirm(&serving.base, &first).await;

    disk.make(trouble).await;
    let second = crowd.somebody();
    let base = serving.base.clone();
    let sent = crowd.one(&base, &second.1);
    if trouble == SYNCS_HANG {
        // The reply never comes; what is written waits for its sync when the program is killed.
        let killed = async {
            disk.until_a_sync_hangs().await;
            tokio::join!(serving.kill(), disk.let_go());
        };
        let (sent, ()) = tokio::join!(sent, killed);
        assert!(sent.is_err(), "nothing is confirmed before its sync has ended");
    } else {
        assert_eq!(sent.await.expect("an answer").status(), 503);
        serving.kill().await;
    }

    disk.make(GOOD).await;
    let serving = Serving::start_in(QUIETLY, &disk.url(), &[]).await;
    crowd.confirm(&serving.base, &second).await;
    let left = disk.cut(FORGOTTEN).await;
    serving.kill().await;
    disk.remove().await;
    assert_eq!(lost_on(&left, &crowd).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_syncing_and_then_without_power() {
    a_duplicate_is_as_safe_as_the_first(SYNCS_HANG).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_after_a_failed_sync_and_then_without_power() {
    a_duplicate_is_as_safe_as_the_first(SYNCS_FAIL).await;
}
