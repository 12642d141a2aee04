//! A person with a scope sees and changes nothing of other venues: every read and write of the staff, by the list of their
//! traits.
//!
//! - `of_all_venues`: what is decided for the whole organisation;
//! - `people`: who decides about people;
//! - `codes`: codes of events for mails;
//! - `courses`: what is told of a group that meets at several venues;
//! - `commands`: what is asked of tablets;
//! - `moving`: answers that are moved to another event;
//! - `feeds`: calendars that follow a venue;
//! - `imports`: events that are imported, and the answers that they place again.

mod codes;
mod commands;
mod courses;
mod feeds;
mod imports;
mod moving;
mod of_all_venues;
mod people;

use std::{fs, path::Path};

use domain::{
    event::{Subject, Venue, Window},
    flag::Flag,
    health::alert::{Alert, Kind},
    id::{KioskId, PairingId, VenueId},
    time::{LocalDay, LocalMonth},
    venue_settings::{Burst, VenueSettings},
};
use harness::{
    fixture::{Fixture, TODAY, TONIGHT},
    on_both_databases,
    statements::counted,
    store::TestStore,
};
use store::{
    Scope, StaffStore,
    alerts::KioskAlert,
    audit::{AuditQuery, Entry, Kind as Subjects, Verb},
    changes::Change,
    comments::CommentQuery,
    decisions::{DecidedBy, Decision, Verdict, Which},
    pairings::{Confirmation, Move, Paired, Place, Waiting, WaitingLimits, Waits},
    programme::{EventDeleted, VenueSaved},
    responses::Outcome,
    tallies::MonthsOf,
};
use uuid::Uuid;

on_both_databases!(
    nothing_of_other_venues_is_seen,
    nothing_of_other_venues_is_fetched,
    the_log_is_for_those_who_see_everything,
    nothing_of_other_venues_is_changed,
    venues_and_productions_are_of_those_who_see_them_all,
    nobody_decides_about_responses_of_other_venues,
    nothing_is_heard_of_other_venues,
    a_production_that_plays_elsewhere_is_not_summed_up,
);

/// What staff read whatever their scope, and why.
const UNSCOPED: [(&str, &str); 18] = [
    ("audit_months", "how long a log is kept says nothing of what is in it"),
    ("surveys", "which surveys there are is the organisation's"),
    ("add_wording", "what a version asks already, in words that the program has"),
    ("organisation_settings", "what holds for everybody"),
    ("survey_versions", "published surveys are the organisation's"),
    ("collection", "as the survey that it belongs to"),
    ("database", "which program keeps the data says nothing of them"),
    ("organisation_name", "on every page of the staff"),
    ("look", "everybody sees it"),
    ("logo", "everybody sees it"),
    ("notices", "they are on public pages"),
    ("organisation_languages", "every venue may follow them"),
    ("keep_import_file", "of its owner alone, who is named"),
    ("import_file", "of its owner alone, who is named"),
    ("forget_import_file", "of its owner alone, who is named"),
    ("column_mappings", "how files of the organisation look, and nothing that is in them"),
    ("remember_columns", "how files of the organisation look, and nothing that is in them"),
    ("listening_since", "about the servers, and no venue"),
];

/// The methods of the traits by which staff read and write.
fn staff_methods() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/store/src");
    let (mut methods, mut folders) = (Vec::new(), vec![folder]);
    while let Some(folder) = folders.pop() {
        let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.extend(entries.iter().filter(|path| path.is_dir()).cloned());
        for path in entries {
            if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(path).unwrap();
                for of_staff in
                    text.split("pub trait Staff").skip(1).filter(|rest| rest.starts_with(char::is_uppercase))
                {
                    let body = of_staff.split("\n}").next().unwrap();
                    let signatures = body.split("\n    fn ").skip(1).chain(body.split("\n    async fn ").skip(1));
                    methods.extend(signatures.map(|rest| rest.split_once(['(', '<']).unwrap().0.to_owned()));
                }
            }
        }
    }
    methods
}

#[test]
fn no_read_or_write_of_the_staff_is_forgotten_here() {
    let methods = staff_methods();
    for known in ["kiosk_reports", "set_collection", "changes", "pair"] {
        assert!(methods.iter().any(|method| method == known), "{known} is found: {methods:?}");
    }
    let stories = concat!(
        include_str!("mod.rs"),
        include_str!("codes.rs"),
        include_str!("commands.rs"),
        include_str!("courses.rs"),
        include_str!("feeds.rs"),
        include_str!("imports.rs"),
        include_str!("moving.rs"),
        include_str!("of_all_venues.rs"),
        include_str!("people.rs")
    );
    for method in &methods {
        let is_told = stories.contains(&format!("staff.{method}("));
        let is_unscoped = UNSCOPED.iter().any(|(unscoped, _)| unscoped == method);
        assert!(is_told || is_unscoped, "{method}: a story calls it, or UNSCOPED says why none does");
    }
    for (unscoped, _) in UNSCOPED {
        assert!(methods.iter().any(|method| method == unscoped), "{unscoped} is gone");
    }
}

/// Two venues, each with a show, answers, comments, a tablet and an alert.
async fn two_venues(db: &TestStore) -> (Fixture, Fixture) {
    let own = Fixture::new();
    own.open(db.system()).await;
    let other = own.neighbour();
    other.open_with_known_questions(db.system()).await;
    for fixture in [&own, &other] {
        let mut group = fixture.audience(8);
        group.extend((0..8).map(|_| fixture.visitor().wrote("Hieno ilta").done()));
        group.extend((0..3).map(|_| fixture.visitor().without_event().done()));
        db.system().commit(&group).await.unwrap();
        let phone = fixture.visitor().by_phone(TONIGHT).face(5);
        let late = phone.clone().by_phone(TONIGHT + 1).face(1).done();
        assert_eq!(db.system().commit(&[phone.done(), late]).await.unwrap(), [Outcome::Stored, Outcome::Conflict]);
        let alert =
            Alert { kind: Kind::Silent, began_at: TONIGHT, ended_at: None, told_at: Some(TONIGHT), end_told_at: None };
        let alert = KioskAlert { id: Uuid::now_v7(), kiosk: fixture.pairing.kiosk, alert };
        db.system().keep_alert(&alert, &[], 0).await.unwrap();
    }
    (own, other)
}

fn scope_of(fixture: &Fixture) -> Scope {
    Scope::Venues(vec![fixture.venue.id])
}

/// How much every read finds of one venue, asked for by name where it can be.
async fn found(staff: &dyn StaffStore, of: &Fixture) -> Vec<(&'static str, usize)> {
    let (venue, event, kiosk) = (of.venue.id, of.event.id, of.pairing.kiosk);
    let (month, always) = (TODAY.month(), Window { from: 0, until: i64::MAX });
    let day = Some(TODAY);
    let comments = |subject, all_from| CommentQuery { subject, day: None, delay: 2, all_from, now: TONIGHT, limit: 9 };
    let own = |venues: &[_]| venues.iter().filter(|id| **id == venue).count();
    let months = async |of| staff.tally_of_months(of, month, LocalMonth(i32::MAX)).await.unwrap().iter().count();
    vec![
        ("venues", own(&staff.venues().await.unwrap().iter().map(|venue| venue.id).collect::<Vec<_>>())),
        ("productions", staff.productions().await.unwrap().iter().filter(|it| it.id == of.production.id).count()),
        ("venue", usize::from(staff.venue(venue).await.unwrap().is_some())),
        ("event", usize::from(staff.event(event).await.unwrap().is_some())),
        ("imported_event", usize::from(staff.imported_event(event).await.unwrap().is_some())),
        ("event_and_collection", usize::from(staff.event_and_collection(event).await.unwrap().is_some())),
        ("events", own(&staff.events(always).await.unwrap().iter().map(|event| event.venue).collect::<Vec<_>>())),
        (
            "last events",
            own(&staff.last_events(i64::MAX, 9).await.unwrap().iter().map(|event| event.venue).collect::<Vec<_>>()),
        ),
        ("settings", usize::from(staff.venue_settings().await.unwrap().contains_key(&venue))),
        ("settings of", usize::from(staff.settings_of(venue).await.unwrap().is_some())),
        ("tally of an event", staff.tally(Subject::Event(event), None).await.unwrap().iter().count()),
        ("tally of a day", staff.tally(Subject::Venue(venue), day).await.unwrap().iter().count()),
        ("tallies", staff.tallies(&[event]).await.unwrap().len()),
        ("months of a venue", months(MonthsOf::Venue(venue)).await),
        ("months of a production", months(MonthsOf::Production(of.production.id)).await),
        ("counted", staff.counted(&[event]).await.unwrap().len()),
        ("days", staff.days(&[(venue, LocalDay(0))], 9).await.unwrap().len()),
        ("comments", staff.newest_comments(&comments(Subject::Event(event), 0)).await.unwrap().len()),
        ("late comments", staff.newest_comments(&comments(Subject::Event(event), i64::MAX)).await.unwrap().len()),
        ("versions", staff.versions_of(Subject::Event(event)).await.unwrap().len()),
        ("versions of days", staff.versions_of(Subject::Venue(venue)).await.unwrap().len()),
        ("kiosks", own(&staff.kiosks().await.unwrap().iter().map(|kiosk| kiosk.venue).collect::<Vec<_>>())),
        ("kiosk", usize::from(staff.kiosk(kiosk).await.unwrap().is_some())),
        ("reports", own(&staff.kiosk_reports(0).await.unwrap().iter().map(|kiosk| kiosk.venue).collect::<Vec<_>>())),
        ("phone conflicts", usize::from(staff.phone_conflicts(0).await.unwrap().contains_key(&venue))),
        ("alerts", staff.alert_log(9).await.unwrap().iter().filter(|told| told.alert.kiosk == kiosk).count()),
    ]
}

async fn nothing_of_other_venues_is_seen(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let everything = found(&*db.everything(), &other).await;
    assert!(everything.iter().all(|(_, n)| *n > 0), "there is something to see: {everything:?}");
    assert_eq!(found(&*db.staff(scope_of(&own)), &own).await.len(), everything.len());
    assert!(found(&*db.staff(scope_of(&own)), &own).await.iter().all(|(_, n)| *n > 0));
    let both = Scope::Venues(vec![own.venue.id, other.venue.id]);
    assert_eq!(found(&*db.staff(both), &other).await, everything);
    for scope in [scope_of(&own), Scope::Venues(Vec::new())] {
        for (read, n) in found(&*db.staff(scope.clone()), &other).await {
            assert_eq!(n, 0, "{read} as {scope:?}");
        }
    }
}

/// Nothing is read and thrown away either: a statement stops at the border by itself.
async fn nothing_of_other_venues_is_fetched(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    for fixture in [&own, &other] {
        let numbered = [1, 2, 40].map(|seq| fixture.visitor().numbered(seq).done());
        db.system().commit(&numbered).await.unwrap();
        let first = fixture.visitor().face(5);
        db.system().commit(&[first.clone().done()]).await.unwrap();
        assert_eq!(db.system().commit(&[first.face(1).done()]).await.unwrap(), [Outcome::Conflict]);
    }
    let staff = db.everything();
    let (_, everything) = counted(found(&*staff, &other)).await;
    assert!(everything.rows > 30, "there is something to fetch: {everything:?}");
    let staff = db.staff(Scope::Venues(Vec::new()));
    let (_, nothing) = counted(found(&*staff, &other)).await;
    assert_eq!(nothing.rows, 0, "{nothing:?}");
    let (_, reports) = counted(staff.kiosk_reports(0)).await;
    assert_eq!(reports.rows, 0, "{reports:?}");
}

/// A survey, the organisation's languages: nobody decides for venues that they do not see.
async fn the_log_is_for_those_who_see_everything(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let every = AuditQuery::default();
    for scope in [scope_of(&own), Scope::Venues(vec![own.venue.id, other.venue.id]), Scope::Venues(Vec::new())] {
        let staff = db.staff(scope);
        staff.record(Entry::did(Verb::Exported, Subjects::Programme, "")).await.unwrap();
        assert_eq!(staff.audit_log(&every, 0, 9).await.unwrap(), []);
        assert_eq!(staff.audit_count(&every).await.unwrap(), 0);
        assert!(staff.audit_actors().await.unwrap().is_empty());
        assert!(!staff.keep_audit_for(1).await.unwrap());
    }
    assert_eq!(db.everything().audit_count(&every).await.unwrap(), 3, "whoever exports is in it all the same");
}

/// Lets a tablet wait, and says which words it shows.
async fn waiting(db: &TestStore, number: u8) -> [u8; 16] {
    let limits = WaitingLimits { most: 9, silent_since: 0, expires_before: 0 };
    let tablet = Waiting {
        id: PairingId(Uuid::now_v7()),
        token: [number; 32],
        words: [number; 16],
        expires_at: TONIGHT + 1_000,
        asked_at: None,
    };
    assert!(matches!(db.system().wait_for_pairing(&tablet, TONIGHT, limits).await.unwrap(), Waits::Yes(_)));
    tablet.words
}

async fn nobody_decides_about_responses_of_other_venues(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let doubted = [&own, &other].map(|fixture| fixture.visitor().doubted(Flag::Contradiction).done());
    db.system().commit(&doubted).await.unwrap();
    let [here, there] = doubted.map(|item| item.response.id);
    let staff = db.staff(scope_of(&own));
    let by = DecidedBy::CommandLine;
    let put_back = Decision { verdict: Verdict::PutBack, why: "mine".into(), by, at: TONIGHT };
    let evening = |fixture: &Fixture| Which::Group { event: fixture.event.id, from: 0, until: i64::MAX, flag: None };

    assert_eq!(staff.doubted(other.event.id).await.unwrap(), []);
    assert_eq!(staff.doubted(own.event.id).await.unwrap().len(), 1);
    for which in [Which::One(there), evening(&other)] {
        for verdict in [Verdict::PutBack, Verdict::SetAside] {
            assert_eq!(staff.concerned(&which, verdict).await.unwrap(), []);
        }
    }
    for which in [Which::One(here), evening(&own)] {
        assert_eq!(staff.concerned(&which, Verdict::PutBack).await.unwrap(), [here]);
    }
    assert_eq!(staff.places_of(other.venue.id).await.unwrap(), None);
    assert_eq!(staff.places_of(VenueId(Uuid::now_v7())).await.unwrap(), None);
    assert_eq!(staff.places_of(own.venue.id).await.unwrap().map(|places| places.is_empty()), Some(false));

    assert_eq!(staff.decide(&[there], &put_back).await.unwrap(), 0);
    assert_eq!(db.rows("decisions").await, 0);
    assert_eq!(db.everything().doubted(other.event.id).await.unwrap()[0].flags, [Flag::Contradiction]);
    assert_eq!(staff.decide(&[there, here], &put_back).await.unwrap(), 1);
    assert_eq!(db.everything().doubted(other.event.id).await.unwrap()[0].decisions, []);
    assert_eq!(staff.doubted(own.event.id).await.unwrap()[0].flags, []);
}

async fn nothing_of_other_venues_is_changed(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let before = db.everything().kiosk(other.pairing.kiosk).await.unwrap();

    let decided = VenueSettings { burst: Burst { most: 3, ..Burst::default() }, ..VenueSettings::default() };
    assert!(!staff.set_venue_settings(other.venue.id, &decided).await.unwrap());
    assert_eq!(db.system().venue_settings(other.venue.id).await.unwrap(), VenueSettings::default());
    assert!(staff.set_venue_settings(own.venue.id, &decided).await.unwrap());

    assert!(!staff.set_attendance(other.event.id, Some(3), None).await.unwrap());
    assert!(staff.set_attendance(own.event.id, Some(3), None).await.unwrap());

    assert!(!staff.rename_kiosk(other.pairing.kiosk, "mine").await.unwrap());
    assert!(!staff.unpair_kiosk(other.pairing.kiosk, None, TONIGHT).await.unwrap());
    for (kiosk, venue) in [
        (other.pairing.kiosk, own.venue.id),
        (own.pairing.kiosk, other.venue.id),
        (other.pairing.kiosk, other.venue.id),
    ] {
        let to = Move { kiosk, venue, next: PairingId(Uuid::now_v7()), by: None };
        assert!(!staff.move_kiosk(&to, TONIGHT).await.unwrap(), "neither from there nor to there");
    }
    let words = vec![waiting(db, 7).await];
    let kiosk = KioskId(Uuid::now_v7());
    for place in [Place::New { kiosk, venue: other.venue.id, name: "aula".into() }, Place::Instead(other.pairing.kiosk)]
    {
        let confirmation = Confirmation { words: words.clone(), place, by: None };
        assert_eq!(staff.pair(&confirmation, TONIGHT).await.unwrap(), Paired::NoSuchPlace);
    }
    assert_eq!(db.everything().kiosk(other.pairing.kiosk).await.unwrap(), before);
    assert_eq!(db.everything().kiosks().await.unwrap().len(), 2);

    let place = Place::New { kiosk, venue: own.venue.id, name: "aula".into() };
    let paired = staff.pair(&Confirmation { words, place, by: None }, TONIGHT).await.unwrap();
    assert!(matches!(paired, Paired::Done(_)), "the tablet still waited: {paired:?}");
    assert!(staff.rename_kiosk(kiosk, "lämpiö").await.unwrap());
    assert!(staff.unpair_kiosk(kiosk, None, TONIGHT).await.unwrap());
}

async fn nothing_is_heard_of_other_venues(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let mut changes = staff.changes();
    db.system().commit(&[other.visitor().done()]).await.unwrap();
    db.system().commit(&[own.visitor().done()]).await.unwrap();
    loop {
        // What was announced before may still be on its way from PostgreSQL.
        match changes.recv().await.unwrap() {
            Change::Responses { venue, event: Some(_) } => {
                assert_eq!(venue, own.venue.id);
                break;
            }
            Change::Responses { venue, .. } | Change::Kiosk { venue } => assert_eq!(venue, own.venue.id),
            Change::Programme | Change::Access | Change::Unknown => {}
        }
    }
}

async fn a_production_that_plays_elsewhere_is_not_summed_up(db: &TestStore) {
    let (own, mut other) = two_venues(db).await;
    let months = async |scope: Scope| {
        let (of, from) = (MonthsOf::Production(own.production.id), TODAY.month());
        db.staff(scope).tally_of_months(of, from, from).await.unwrap().iter().count()
    };
    assert!(months(scope_of(&own)).await > 0);
    other.event.production = Some(own.production.id);
    db.system().save_event(&other.event).await.unwrap();
    assert_eq!(months(scope_of(&own)).await, 0);
    assert!(months(Scope::Venues(vec![own.venue.id, other.venue.id])).await > 0);
    assert!(months(Scope::All).await > 0);
}

/// Somebody changes their own venue, and adds none; a production may be played elsewhere.
async fn venues_and_productions_are_of_those_who_see_them_all(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let renamed = |of: &Fixture| Venue { name: "Toinen".into(), ..of.venue.clone() };
    assert_eq!(staff.save_venue(&renamed(&other)).await.unwrap(), VenueSaved::NotThere);
    let new = Venue { id: VenueId(Uuid::now_v7()), code: "UUSI".into(), ..own.venue.clone() };
    assert_eq!(staff.save_venue(&new).await.unwrap(), VenueSaved::NotThere);
    let taken = Venue { code: other.venue.code.clone(), ..own.venue.clone() };
    assert_eq!(staff.save_venue(&taken).await.unwrap(), VenueSaved::CodeTaken);
    assert!(!staff.save_production(&own.production).await.unwrap());
    assert!(!staff.has_answers(other.event.id).await.unwrap(), "it says nothing of others");
    assert_eq!(staff.delete_event(other.event.id).await.unwrap(), EventDeleted::NotThere);
    assert!(staff.has_answers(own.event.id).await.unwrap());
    assert_eq!(staff.delete_event(own.event.id).await.unwrap(), EventDeleted::HasAnswers);
    let names = |venues: Vec<Venue>| venues.into_iter().filter(|venue| venue.name == "Toinen").count();
    assert_eq!(names(db.everything().venues().await.unwrap()), 0);
    assert_eq!(staff.save_venue(&renamed(&own)).await.unwrap(), VenueSaved::Saved);
    assert_eq!(names(db.everything().venues().await.unwrap()), 1);
}
