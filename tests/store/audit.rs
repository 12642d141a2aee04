//! The audit log: what staff change is written down by the transaction that changes it.

use domain::{
    attendance::AttendanceKind,
    id::UserId,
    lang::{Lang, LanguageTag},
    time::DAY,
    venue_settings::VenueSettings,
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Caller, LiveView, Scope, StaffStore,
    audit::{Actor, AuditQuery, Author, Entry, Kind, Verb},
    staff::{Role, User},
};
use uuid::Uuid;

on_both_databases!(
    a_change_says_who_and_what,
    what_was_not_done_is_not_written_down,
    the_log_is_searched_and_forgotten,
    an_imported_season_is_written_down
);

fn caller(db: &TestStore, scope: Scope, actor: Actor) -> Box<dyn StaffStore> {
    let author = Author { actor, at: TONIGHT };
    db.store.for_caller(Caller { scope, view: LiveView::EVERYTHING, author })
}

async fn a_change_says_who_and_what(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let id = UserId(Uuid::now_v7());
    let user = User { id, email: "maija@example.org".into(), role: Role::Editor, scope: Scope::All };
    db.system().add_user(&user, TONIGHT).await.unwrap();
    let staff = caller(db, Scope::Venues(vec![fixture.venue.id]), Actor::User(id));
    assert!(staff.set_attendance(fixture.event.id, Some(312), Some(AttendanceKind::Counted)).await.unwrap());
    assert!(staff.rename_kiosk(fixture.pairing.kiosk, "foyer").await.unwrap());
    let secret = VenueSettings { pin: "482913".parse().ok(), ..VenueSettings::default() };
    assert!(staff.set_venue_settings(fixture.venue.id, &secret).await.unwrap());

    let log = db.everything().audit_log(&AuditQuery::default(), 0, 9).await.unwrap();
    let told: Vec<_> = log.iter().map(|one| (one.verb, one.kind, one.subject.clone())).collect();
    assert_eq!(
        told,
        [
            (Verb::Changed, Kind::Venue, fixture.venue.id.to_string()),
            (Verb::Changed, Kind::Kiosk, fixture.pairing.kiosk.to_string()),
            (Verb::Changed, Kind::Event, fixture.event.id.to_string()),
        ]
    );
    assert!(log.iter().all(|one| (one.actor.as_str(), one.actor_name.as_str()) == ("user", "maija@example.org")));
    assert!(log.iter().all(|one| one.at == TONIGHT));
    assert_eq!(log[1].after.as_deref(), Some(r#"{"name":"foyer"}"#));
    assert_eq!(log[2].after.as_deref(), Some(r#"{"attendance":312,"attendance_kind":"counted"}"#));
    assert!(!format!("{log:?}").contains("482913"), "what opens something is not written down: {log:?}");

    assert!(staff.set_attendance(fixture.event.id, Some(312), Some(AttendanceKind::Counted)).await.unwrap());
    assert_eq!(db.rows("audit_log").await, 3, "nothing has changed");
    assert_eq!(staff.audit_log(&AuditQuery::default(), 0, 9).await.unwrap(), [], "for those who see everything");
    assert_eq!(staff.audit_count(&AuditQuery::default()).await.unwrap(), 0);
    assert_eq!(staff.audit_actors().await.unwrap(), Vec::<String>::new());
    assert!(!staff.keep_audit_for(1).await.unwrap());
}

async fn what_was_not_done_is_not_written_down(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let stranger = caller(db, Scope::Venues(Vec::new()), Actor::CommandLine);
    assert!(!stranger.set_attendance(fixture.event.id, Some(3), None).await.unwrap());
    assert!(!stranger.rename_kiosk(fixture.pairing.kiosk, "foyer").await.unwrap());
    assert!(!stranger.choose_languages(&[LanguageTag::from(Lang::Sv)]).await.unwrap());
    assert_eq!(db.rows("audit_log").await, 0);
}

async fn the_log_is_searched_and_forgotten(db: &TestStore) {
    db.system().name_organisation("Sirkus").await.unwrap();
    let by = |actor, at| {
        db.store.for_caller(Caller { scope: Scope::All, view: LiveView::EVERYTHING, author: Author { actor, at } })
    };
    by(Actor::CommandLine, TONIGHT - 800 * DAY).record(Entry::did(Verb::Exported, Kind::Log, "")).await.unwrap();
    let token = || Actor::Token("raportit".into());
    by(token(), TONIGHT - 700 * DAY).record(Entry::did(Verb::Exported, Kind::Programme, "")).await.unwrap();
    by(token(), TONIGHT).record(Entry::added(Kind::Venue, "7", &"Teltta").named("Teltta")).await.unwrap();
    let staff = by(Actor::CommandLine, TONIGHT);
    assert_eq!(staff.audit_actors().await.unwrap(), ["command_line", "raportit"]);
    let count = async |query: AuditQuery| staff.audit_count(&query).await.unwrap();
    assert_eq!(count(AuditQuery { who: Some("raportit".into()), ..AuditQuery::default() }).await, 2);
    assert_eq!(count(AuditQuery { who: Some("command_line".into()), ..AuditQuery::default() }).await, 1);
    assert_eq!(count(AuditQuery { verb: Some(Verb::Exported), ..AuditQuery::default() }).await, 2);
    assert_eq!(count(AuditQuery { kind: Some(Kind::Venue), ..AuditQuery::default() }).await, 1);
    assert_eq!(count(AuditQuery { from: Some(TONIGHT), ..AuditQuery::default() }).await, 1);
    assert_eq!(count(AuditQuery { until: Some(TONIGHT), ..AuditQuery::default() }).await, 2);
    let second = staff.audit_log(&AuditQuery::default(), 1, 1).await.unwrap();
    assert_eq!((second.len(), second[0].kind), (1, Kind::Programme));

    assert_eq!(staff.audit_months().await.unwrap(), 24);
    assert_eq!(db.system().forget_audit(TONIGHT).await.unwrap(), 1);
    assert!(staff.keep_audit_for(12).await.unwrap());
    assert_eq!(db.system().forget_audit(TONIGHT).await.unwrap(), 1);
    assert_eq!(db.system().forget_audit(TONIGHT).await.unwrap(), 0);
    assert_eq!(db.rows("audit_log").await, 2, "what is new, and that it is kept for less time");
}

async fn an_imported_season_is_written_down(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let staff = caller(db, Scope::All, Actor::CommandLine);
    let mut season = staff.whole_programme().await.unwrap().events;
    season[0].cancelled = true;
    let mut new = season[0].clone();
    (new.event.id, new.event.code, new.cancelled) = (Uuid::now_v7().into(), "NEW".into(), false);
    season.push(new);
    let import = Uuid::now_v7();
    staff.stage_events(import, &season, TONIGHT).await.unwrap();
    assert!(staff.apply_import(import, &[]).await.unwrap());
    let log = staff.audit_log(&AuditQuery::default(), 0, 9).await.unwrap();
    let mut told: Vec<_> = log.iter().map(|one| (one.verb, one.subject_name.clone())).collect();
    told.sort();
    assert_eq!(told, [(Verb::Added, "NEW".to_owned()), (Verb::Cancelled, fixture.event.code.clone())]);
    let cancelled = log.iter().find(|one| one.verb == Verb::Cancelled).unwrap();
    assert_eq!(cancelled.after.as_deref(), Some(r#"{"cancelled":true}"#));
}
