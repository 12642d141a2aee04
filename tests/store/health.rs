//! What is known of kiosks' tablets.

use domain::{
    health::{Report, sequence_gaps::Run},
    heartbeat::Heartbeat,
    id::{PairingId, VenueId},
    time::{DAY, HOUR, MINUTE, SECOND},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{Scope, health::KioskReport, kiosks::Pairing};
use uuid::Uuid;

on_both_databases!(
    gaps_in_the_numbers,
    a_cleared_storage,
    tablets_before,
    a_scope_hides_other_kiosks,
    servers_listen_without_a_pause
);

async fn open_fixture(db: &TestStore) -> Fixture {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    fixture
}

async fn reports(db: &TestStore) -> Vec<KioskReport> {
    db.everything().kiosk_reports(TONIGHT - DAY).await.unwrap()
}

async fn report(db: &TestStore) -> Report {
    let reports = reports(db).await;
    assert_eq!(reports.len(), 1);
    reports.into_iter().next().unwrap().report
}

async fn beat(db: &TestStore, pairing: PairingId, seq: u64, at: i64) {
    let beat = Heartbeat { seq, device_now: at, app_version: "0.1.0".into(), ..Heartbeat::default() };
    db.system().record_heartbeat(pairing, &beat, at).await.unwrap();
}

async fn see(db: &TestStore, fixture: &Fixture, numbers: impl IntoIterator<Item = u64>) {
    let group: Vec<_> = numbers.into_iter().map(|seq| fixture.visitor().numbered(seq).done()).collect();
    db.system().commit(&group).await.unwrap();
}

async fn gaps_in_the_numbers(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let untouched = report(db).await;
    assert_eq!(untouched, Report { paired_at: Some(TONIGHT), ..Report::default() });

    // One full block, one with a hole, one of which nothing came, one that has just begun.
    see(db, &fixture, (1..=64).filter(|seq| *seq != 40).chain([97, 98])).await;
    assert_eq!(report(db).await.missing, [], "nobody has told that there were any");
    beat(db, fixture.pairing.id, 101, TONIGHT + MINUTE).await;
    let run = |first, last| Run { first, last };
    let told = report(db).await;
    assert_eq!(told.missing, [run(40, 40), run(65, 96), run(99, 101)]);
    assert_eq!((told.last_contact, told.beat.unwrap().seq), (Some(TONIGHT + MINUTE), 101));
    see(db, &fixture, (65..=96).chain([40, 101])).await;
    assert_eq!(report(db).await.missing, [run(99, 100)]);
    see(db, &fixture, [99, 100, 4_000_000_000_000]).await;
    assert_eq!(report(db).await.missing, [], "a wild number is not what was told");
}

async fn a_cleared_storage(db: &TestStore) {
    let fixture = open_fixture(db).await;
    for (seq, minute, cleared) in [(17, 0, None), (17, 1, None), (0, 2, Some(2)), (0, 3, Some(2)), (18, 4, Some(2))] {
        beat(db, fixture.pairing.id, seq, TONIGHT + minute * MINUTE).await;
        let expected = cleared.map(|minute: i64| TONIGHT + minute * MINUTE);
        assert_eq!(report(db).await.cleared_at, expected, "{seq} at {minute}");
    }
    let failing = Heartbeat { failure: Some("closed".into()), ..Heartbeat::default() };
    db.system().record_heartbeat(fixture.pairing.id, &failing, TONIGHT + 2 * DAY).await.unwrap();
    assert_eq!(report(db).await.cleared_at, Some(TONIGHT + 2 * MINUTE), "it knows no number at all");
    assert_eq!(db.system().seq_seen(fixture.pairing.id).await.unwrap(), 18);
    let nobody = PairingId(Uuid::now_v7());
    db.system().record_heartbeat(nobody, &failing, TONIGHT).await.unwrap();
}

async fn tablets_before(db: &TestStore) {
    let fixture = open_fixture(db).await;
    see(db, &fixture, [1, 2]).await;
    beat(db, fixture.pairing.id, 5, TONIGHT).await;
    db.system().revoke_pairing(fixture.pairing.id, TONIGHT + MINUTE).await.unwrap();
    let gone = report(db).await;
    assert_eq!((gone.paired_at, gone.last_contact, gone.left_behind), (None, None, 3));
    let next = Pairing { id: PairingId(Uuid::now_v7()), ..fixture.pairing.clone() };
    db.system().add_kiosk(&next, [7; 32], TONIGHT + HOUR).await.unwrap();
    let now = report(db).await;
    assert_eq!((now.paired_at, now.beat, now.left_behind), (Some(TONIGHT + HOUR), None, 3));
    see(db, &fixture, [3, 4, 5]).await;
    assert_eq!(report(db).await.left_behind, 0, "they came after all");
    let later = db.everything().kiosk_reports(TONIGHT + MINUTE).await.unwrap();
    assert_eq!(later.len(), 1);
}

async fn a_scope_hides_other_kiosks(db: &TestStore) {
    let fixture = open_fixture(db).await;
    fixture.neighbour().open_with_known_questions(db.system()).await;
    assert_eq!(reports(db).await.len(), 2);
    for (scope, seen) in [
        (Scope::Venues(vec![fixture.venue.id]), 1),
        (Scope::Venues(vec![VenueId(Uuid::now_v7())]), 0),
        (Scope::Venues(Vec::new()), 0),
    ] {
        let reports = db.staff(scope.clone()).kiosk_reports(0).await.unwrap();
        assert_eq!(reports.len(), seen);
        assert!(reports.iter().all(|report| report.venue == fixture.venue.id));
    }
}

async fn servers_listen_without_a_pause(db: &TestStore) {
    let listen = async |now| db.system().listen(now, now + MINUTE).await.unwrap();
    let since = async |now| db.everything().listening_since(now).await.unwrap();
    assert_eq!(since(TONIGHT).await, TONIGHT, "nobody has said so");
    for seconds in [0, 60, 50, 100] {
        listen(TONIGHT + seconds * SECOND).await;
    }
    assert_eq!(since(TONIGHT + 2 * MINUTE).await, TONIGHT, "one or the other, always");
    assert_eq!(since(TONIGHT + HOUR).await, TONIGHT + HOUR, "nobody listens any more");
    listen(TONIGHT + HOUR).await;
    assert_eq!(since(TONIGHT + HOUR + MINUTE).await, TONIGHT + HOUR, "after a pause it begins anew");
    listen(TONIGHT - DAY).await;
    listen(TONIGHT - DAY + MINUTE).await;
    assert_eq!(since(TONIGHT - DAY + 2 * MINUTE).await, TONIGHT - DAY, "a clock that was set back");
    assert_eq!(since(TONIGHT - DAY + HOUR).await, TONIGHT - DAY + HOUR);
}
