//! Alerts, their messages, and who of several servers sends them.

use domain::{
    health::alert::{Alert, Kind},
    id::{KioskId, VenueId},
    time::{DAY, HOUR, MINUTE, Millis},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope,
    alerts::{DeliveryMethod, DeliveryOutcome, KioskAlert, Message},
};
use uuid::Uuid;

on_both_databases!(one_server_holds_a_job, alerts_come_and_go, messages_are_sent_or_given_up);

fn alert(kiosk: KioskId, kind: Kind, began_at: Millis) -> KioskAlert {
    let alert = Alert { kind, began_at, ended_at: None, told_at: None, end_told_at: None };
    KioskAlert { id: Uuid::now_v7(), kiosk, alert }
}

fn message(alert: Uuid, method: DeliveryMethod, made_at: Millis) -> Message {
    let (target, payload) = ("maija@house.example".into(), "{\"subject\":\"Ä\"}".into());
    Message { id: Uuid::now_v7(), alert, method, target, payload, made_at, tries: 0 }
}

async fn one_server_holds_a_job(db: &TestStore) {
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    let claim = async |job: &str, holder, now| db.system().claim(job, holder, now, now + MINUTE).await.unwrap();
    let (first, second) = tokio::join!(claim("alerts", one, TONIGHT), claim("alerts", two, TONIGHT));
    assert_ne!(first, second, "one of them is quicker");
    let (holder, other) = if first { (one, two) } else { (two, one) };
    assert!(claim("alerts", holder, TONIGHT + MINUTE / 2).await, "whoever has it keeps it");
    assert!(!claim("alerts", other, TONIGHT + MINUTE).await, "for longer then");
    assert!(claim("alerts", other, TONIGHT + MINUTE / 2 + MINUTE).await, "whoever says nothing loses it");
    assert!(!claim("alerts", holder, TONIGHT + 2 * MINUTE).await);
    assert!(claim("another", holder, TONIGHT + 2 * MINUTE).await);
}

async fn alerts_come_and_go(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let neighbour = fixture.neighbour();
    neighbour.open_with_known_questions(db.system()).await;
    let keep = async |alert: &KioskAlert, forget| db.system().keep_alert(alert, &[], forget).await.unwrap();
    let newest = async || db.system().newest_alerts().await.unwrap();
    assert_eq!(newest().await, []);

    let mut silent = alert(fixture.pairing.kiosk, Kind::Silent, TONIGHT);
    keep(&silent, 0).await;
    silent.alert.told_at = Some(TONIGHT + MINUTE);
    keep(&silent, 0).await;
    assert_eq!(newest().await, [silent]);
    let again = alert(fixture.pairing.kiosk, Kind::Silent, TONIGHT + HOUR);
    keep(&again, 0).await;
    assert_eq!(newest().await, [again]);
    let told = db.everything().alert_log(9).await.unwrap();
    silent.alert.ended_at = Some(TONIGHT + HOUR);
    assert_eq!(told.iter().map(|told| told.alert).collect::<Vec<_>>(), [again, silent], "the older one is over");

    let cleared = alert(fixture.pairing.kiosk, Kind::Cleared, TONIGHT);
    let other = alert(neighbour.pairing.kiosk, Kind::Silent, TONIGHT + 2 * HOUR);
    keep(&cleared, 0).await;
    keep(&other, 0).await;
    assert_eq!(newest().await.len(), 3, "of each kind and kiosk");
    for (scope, seen) in [
        (Scope::All, 4),
        (Scope::Venues(vec![fixture.venue.id]), 3),
        (Scope::Venues(vec![neighbour.venue.id, VenueId(Uuid::now_v7())]), 1),
        (Scope::Venues(Vec::new()), 0),
    ] {
        assert_eq!(db.staff(scope.clone()).alert_log(9).await.unwrap().len(), seen, "{scope:?}");
    }
    assert_eq!(db.everything().alert_log(1).await.unwrap()[0].alert, other);

    db.system().keep_alert(&again, &[message(again.id, DeliveryMethod::Email, TONIGHT)], 0).await.unwrap();
    let over = KioskAlert { alert: Alert { ended_at: Some(TONIGHT + DAY), ..again.alert }, ..again };
    keep(&over, 0).await;
    keep(&cleared, TONIGHT + DAY + 1).await;
    assert_eq!(newest().await.len(), 2, "what has been over for long is forgotten, with its messages");
    assert_eq!((db.rows("alerts").await, db.rows("messages").await), (2, 0));
}

async fn messages_are_sent_or_given_up(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let alert = alert(fixture.pairing.kiosk, Kind::Rejected, TONIGHT);
    let (email, call) =
        (message(alert.id, DeliveryMethod::Email, TONIGHT), message(alert.id, DeliveryMethod::Webhook, TONIGHT + 1));
    db.system().keep_alert(&alert, &[email.clone(), call.clone()], 0).await.unwrap();
    let due = async |now, limit| db.system().due_messages(now, limit).await.unwrap();
    let record =
        async |id, outcome: DeliveryOutcome, now| db.system().record_delivery(id, &outcome, now).await.unwrap();
    assert_eq!(due(TONIGHT - 1, 9).await, []);
    assert_eq!(due(TONIGHT, 9).await, std::slice::from_ref(&email));
    assert_eq!(due(TONIGHT + 1, 9).await, [email.clone(), call.clone()]);
    assert_eq!(due(TONIGHT + 1, 1).await, std::slice::from_ref(&email));

    record(email.id, DeliveryOutcome::RetryAt(TONIGHT + HOUR, "closed".into()), TONIGHT + MINUTE).await;
    record(call.id, DeliveryOutcome::Sent, TONIGHT + MINUTE).await;
    assert_eq!(due(TONIGHT + HOUR - 1, 9).await, []);
    assert_eq!(due(TONIGHT + HOUR, 9).await, [Message { tries: 1, ..email.clone() }]);
    let trouble = async || {
        let told = db.everything().alert_log(9).await.unwrap();
        let deliveries = &told[0].deliveries;
        assert_eq!((deliveries[1].sent_at, deliveries[1].method), (Some(TONIGHT + MINUTE), DeliveryMethod::Webhook));
        (deliveries[0].trouble.clone(), deliveries[0].given_up_at)
    };
    assert_eq!(trouble().await, (Some("closed".into()), None));
    record(email.id, DeliveryOutcome::GivenUp("still closed".into()), TONIGHT + DAY).await;
    assert_eq!(due(TONIGHT + 2 * DAY, 9).await, []);
    assert_eq!(trouble().await, (Some("still closed".into()), Some(TONIGHT + DAY)));
}
