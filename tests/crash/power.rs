//! The power is cut while people answer.

use harness::{
    program::{Serving, printed},
    report,
    store::{TestStore, on_sqlite},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use tempfile::TempDir;

use crate::{
    aftermath::lost,
    crowd::Crowd,
    disk::{Disk, NAME, QUIETLY, UNSYNCED_WRITES, copied, url},
    killed,
};

/// Which moments are chosen to cut it, and what becomes of what was not synced.
const SEED: u64 = 17;
/// Makes a program that is not optimised sync as seldom as `synchronous=NORMAL` does.
const UNSYNCED: &[(&str, &str)] = &[("APLODI_TEST_UNSYNCED", "1"), ("APLODI_LOG", "off")];

/// What a disk holds with the data of a small fixture, and people in its server. Somebody has set it up,
/// so that a start writes nothing.
pub(crate) async fn open_fixture() -> (TempDir, Crowd) {
    let (content, mut people) = (tempfile::tempdir().expect("a folder"), None);
    on_sqlite(async |db: &TestStore| {
        people = Some(killed::crowd(db).await);
        printed(&db.url, &["user", "add", "--email", "a@house.example", "--role", "admin"]).await;
        printed(&db.url, &["backup", &content.path().join(NAME).to_string_lossy()]).await;
    })
    .await;
    (content, people.expect("people"))
}

/// Looks at what a cut left, in a copy of it, and says how many answers are lost.
pub(crate) async fn lost_on(left: &TempDir, crowd: &Crowd) -> usize {
    lost(&url(copied(left.path()).path()), crowd).await
}

/// What so many cuts did.
#[derive(Default)]
struct Cuts {
    cuts: u32,
    lost: usize,
}

/// Cuts the power so many times, or until answers are lost.
async fn cut(crowd: &Crowd, mut content: TempDir, most: u32, environment: &[(&str, &str)]) -> Option<Cuts> {
    let mut moments = StdRng::seed_from_u64(SEED);
    let mut cuts = Cuts::default();
    while cuts.cuts < most && cuts.lost == 0 {
        let disk = Disk::insert(content.path(), &mut moments).await?;
        let serving = Serving::start_in(environment, &disk.url(), &[]).await;
        let answering = crowd.answer(&serving.base);
        crowd.wait_until_confirmed(moments.random_range(1..200)).await;
        content = disk.cut(UNSYNCED_WRITES[cuts.cuts as usize % UNSYNCED_WRITES.len()]).await;
        serving.kill().await;
        answering.join_all().await;
        disk.remove().await;
        cuts.lost = lost_on(&content, crowd).await;
        cuts.cuts += 1;
    }
    Some(cuts)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_confirmed_survives_a_power_cut() {
    let (content, crowd) = open_fixture().await;
    let Some(Cuts { cuts, lost }) = cut(&crowd, content, report::cycles(6), QUIETLY).await else { return };
    assert_eq!(lost, 0, "of {} confirmed, after {cuts} power cuts", crowd.confirmed().len());
    assert!(crowd.sent_again() > 0, "people were answering when the power went");
    let (confirmed, again) = (crowd.confirmed().len(), crowd.sent_again());
    report::seen(&format!("power cut {cuts} times: {confirmed} answers confirmed, {again} sent again, 0 lost"));
}

/// The other arm: a program that does not sync must lose answers here, or the test above is blind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_syncing_a_power_cut_loses_answers() {
    let (content, crowd) = open_fixture().await;
    let Some(Cuts { cuts, lost }) = cut(&crowd, content, 10, UNSYNCED).await else { return };
    assert!(lost > 0, "{cuts} power cuts without a sync lost nothing: the disk forgets nothing");
    report::seen(&format!("not synced, power cut {cuts} times: {lost} confirmed answers lost, as they must be"));
}
