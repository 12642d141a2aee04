//! Organisation, surveys, programme and kiosks: what goes in comes out.

use domain::{
    event::{Link, Window},
    heartbeat::{Heartbeat, LAST_SEQ},
    id::{EventId, PairingId, SurveyId, SurveyVersionId, VenueId},
    lang::Text,
    time::{DAY, HOUR},
    venue_settings::{Burst, VenueSettings},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope, StoreError,
    changes::Change,
    organisation::InstanceKeys,
    programme::{Coded, Production},
};
use uuid::Uuid;

on_both_databases!(
    the_foundation_is_laid_once,
    the_organisation_has_a_name,
    a_published_version_never_changes,
    the_programme_comes_back,
    codes_open_one_thing,
    events_by_span,
    the_last_events,
    a_venue_keeps_its_settings,
    a_scope_hides_the_rest,
    tokens_open_until_revoked,
    numbers_seen,
);

async fn open_fixture(db: &TestStore) -> Fixture {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    fixture
}

async fn the_foundation_is_laid_once(db: &TestStore) {
    let propose =
        |epoch: &str, key| InstanceKeys { epoch: epoch.into(), content_key: [key; 32], form_key: [key + 1; 32] };
    let (one, two) = (propose("one", 1), propose("two", 3));
    let (first, second) =
        tokio::join!(db.system().instance_keys(&one, TONIGHT), db.system().instance_keys(&two, TONIGHT));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.epoch, second.epoch);
    assert_eq!((first.content_key, first.form_key), (second.content_key, second.form_key));
    assert_eq!(db.system().instance_keys(&propose("three", 5), TONIGHT).await.unwrap().epoch, first.epoch);
    db.system().ping().await.unwrap();
}

async fn the_organisation_has_a_name(db: &TestStore) {
    assert_eq!(db.system().organisation_name().await.unwrap(), None);
    for name in ["Sirkus", "Sorin Sirkus"] {
        db.system().name_organisation(name).await.unwrap();
        assert_eq!(db.system().organisation_name().await.unwrap().as_deref(), Some(name));
    }
}

async fn a_published_version_never_changes(db: &TestStore) {
    let fixture = open_fixture(db).await;
    assert_eq!(db.system().survey_version(fixture.version.version).await.unwrap(), Some(fixture.version.clone()));
    let again = db.system().publish(fixture.survey, &Text::same("Other"), &Fixture::new().version, TONIGHT).await;
    assert!(again.is_ok(), "a survey may have another version");
    let mut changed = fixture.version.clone();
    changed.questions.pop();
    let error =
        db.system().publish(SurveyId(Uuid::now_v7()), &Text::same("Other"), &changed, TONIGHT).await.unwrap_err();
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
    assert_eq!(db.rows("surveys").await, 1, "all or nothing");
    assert_eq!(db.system().survey_version(fixture.version.version).await.unwrap(), Some(fixture.version));
    assert_eq!(db.system().survey_version(SurveyVersionId(Uuid::now_v7())).await.unwrap(), None);
}

async fn the_programme_comes_back(db: &TestStore) {
    let mut fixture = open_fixture(db).await;
    fixture.venue.name = "Konserttitalo".into();
    fixture.event.links.push(Link { text: Text::same("Ohjelma"), url: "https://example.org".into() });
    fixture.event.attendance = None;
    fixture.event.doors_at = None;
    fixture.production = Production { title: Text::same("Toinen"), ..fixture.production };
    db.system().save_venue(&fixture.venue).await.unwrap();
    db.system().save_production(&fixture.production).await.unwrap();
    db.system().save_event(&fixture.event).await.unwrap();
    assert_eq!(db.system().venue(fixture.venue.id).await.unwrap().as_ref(), Some(&fixture.venue));
    assert_eq!(db.everything().venues().await.unwrap(), [fixture.venue]);
    assert_eq!(db.everything().event(fixture.event.id).await.unwrap(), Some(fixture.event));
    assert_eq!(db.system().venue(VenueId(Uuid::now_v7())).await.unwrap(), None);
    assert_eq!(db.everything().event(EventId(Uuid::now_v7())).await.unwrap(), None);
}

async fn codes_open_one_thing(db: &TestStore) {
    let mut fixture = open_fixture(db).await;
    let by = async |code: &str| db.system().coded(code).await.unwrap();
    assert_eq!(by(&fixture.event.code.to_lowercase()).await, Some(Coded::Event(Box::new(fixture.event.clone()))));
    assert_eq!(by(&fixture.venue.code).await, Some(Coded::Venue(fixture.venue.clone())));
    assert_eq!(by("nothing").await, None);

    let mut thief = fixture.event.clone();
    thief.id = EventId(Uuid::now_v7());
    thief.code = fixture.venue.code.to_lowercase();
    let error = db.system().save_event(&thief).await.unwrap_err();
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
    assert_eq!(db.everything().event(thief.id).await.unwrap(), None);

    let old = std::mem::replace(&mut fixture.event.code, "UUSI7".into());
    db.system().save_event(&fixture.event).await.unwrap();
    assert_eq!(by(&old).await, None);
    assert_eq!(by("uusi7").await, Some(Coded::Event(Box::new(fixture.event))));
}

async fn events_by_span(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let next = fixture.neighbour();
    next.open_with_known_questions(db.system()).await;
    let doors = fixture.event.doors_at.unwrap();
    let found = async |venue: Option<VenueId>, from, until| {
        let span = Window { from, until };
        match venue {
            Some(venue) => db.system().events(venue, span).await.unwrap().len(),
            None => db.everything().events(span).await.unwrap().len(),
        }
    };
    let here = Some(fixture.venue.id);
    assert_eq!(found(here, doors - DAY, doors).await, 1, "the doors count");
    assert_eq!(found(here, doors - DAY, doors - 1).await, 0);
    assert_eq!(
        found(here, fixture.event.window.until, fixture.event.window.until + DAY).await,
        1,
        "so does the window"
    );
    assert_eq!(found(here, fixture.event.window.until + 1, fixture.event.window.until + DAY).await, 0);
    assert_eq!(found(None, TONIGHT, TONIGHT).await, 2);
}

async fn the_last_events(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let mut earlier = fixture.event.clone();
    earlier.id = EventId(Uuid::now_v7());
    earlier.code = "AIEMPI".into();
    earlier.ends_at -= HOUR;
    db.system().save_event(&earlier).await.unwrap();
    let last = async |at, limit| {
        let events = db.everything().last_events(at, limit).await.unwrap();
        events.into_iter().map(|event| event.id).collect::<Vec<_>>()
    };
    assert_eq!(last(TONIGHT, 5).await, [fixture.event.id, earlier.id]);
    assert_eq!(last(TONIGHT, 1).await, [fixture.event.id]);
    assert_eq!(last(fixture.event.ends_at, 5).await, [earlier.id]);
}

async fn a_venue_keeps_its_settings(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    let of = async |venue| db.system().venue_settings(venue).await.unwrap();
    assert_eq!(of(fixture.venue.id).await, VenueSettings::default());
    let mut changes = db.system().changes();
    let decided = VenueSettings {
        burst: Burst { most: 3, ..Burst::default() },
        pin: Some("4711".parse().unwrap()),
        ..VenueSettings::default()
    };
    assert!(db.everything().set_venue_settings(fixture.venue.id, &decided).await.unwrap());
    // What was announced before may still be on its way from PostgreSQL.
    while changes.recv().await.unwrap() != Change::Programme {}
    db.system().save_venue(&fixture.venue).await.unwrap();
    assert_eq!(of(fixture.venue.id).await, decided, "changing the venue changes nothing of it");
    assert_eq!(of(other.venue.id).await, VenueSettings::default());
    let nowhere = VenueId(Uuid::now_v7());
    assert!(!db.everything().set_venue_settings(nowhere, &decided).await.unwrap());
    assert_eq!(of(nowhere).await, VenueSettings::default());
}

async fn a_scope_hides_the_rest(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    let everything = Window { from: 0, until: i64::MAX };
    for (scope, n) in [
        (Scope::All, 2),
        (Scope::Venues(vec![fixture.venue.id]), 1),
        (Scope::Venues(vec![fixture.venue.id, other.venue.id]), 2),
        (Scope::Venues(Vec::new()), 0),
    ] {
        assert_eq!(db.staff(scope.clone()).venues().await.unwrap().len(), n, "{scope:?}");
        assert_eq!(db.staff(scope.clone()).events(everything).await.unwrap().len(), n, "{scope:?}");
        assert_eq!(db.staff(scope.clone()).last_events(TONIGHT, 9).await.unwrap().len(), n, "{scope:?}");
        let seen = db.staff(scope.clone()).event(other.event.id).await.unwrap().is_some();
        assert_eq!(seen, scope.allows(other.venue.id), "{scope:?}");
    }
}

async fn tokens_open_until_revoked(db: &TestStore) {
    let fixture = open_fixture(db).await;
    assert_eq!(db.system().pairing_by_token(fixture.token).await.unwrap(), Some(fixture.pairing.clone()));
    assert_eq!(db.system().pairing_by_token([9; 32]).await.unwrap(), None);

    let mut next = fixture.pairing.clone();
    next.id = PairingId(Uuid::now_v7());
    let taken = db.system().add_kiosk(&next, fixture.token, TONIGHT).await.unwrap_err();
    assert!(matches!(taken, StoreError::Refused(_)), "{taken:?}");

    assert!(db.system().revoke_pairing(fixture.pairing.id, TONIGHT).await.unwrap());
    assert!(!db.system().revoke_pairing(fixture.pairing.id, TONIGHT).await.unwrap());
    assert_eq!(db.system().pairing_by_token(fixture.token).await.unwrap(), None);
    assert_eq!(
        db.system().pairing(fixture.pairing.id).await.unwrap(),
        Some(fixture.pairing),
        "its answers may still come"
    );

    db.system().add_kiosk(&next, fixture.token, TONIGHT).await.unwrap();
    assert_eq!(
        db.system().pairing_by_token(fixture.token).await.unwrap(),
        Some(next),
        "the same place, another tablet"
    );
    assert_eq!(db.rows("kiosks").await, 1);
}

async fn numbers_seen(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let seen = async || db.system().seq_seen(fixture.pairing.id).await.unwrap();
    assert_eq!(seen().await, 0);
    for (numbers, highest) in [(vec![1, 2, 5], 5), (vec![3, 32], 32), (vec![33], 33), (vec![4], 33), (vec![0], 33)] {
        let group: Vec<_> = numbers.into_iter().map(|seq| fixture.visitor().numbered(seq).done()).collect();
        db.system().commit(&group).await.unwrap();
        assert_eq!(seen().await, highest);
    }
    assert_eq!(db.rows("pairing_seq").await, 2, "33 numbers, two blocks");
    assert_eq!(db.rows("pairing_seq WHERE block = 0 AND bits = 2147483679").await, 1, "1 to 5 and 32");

    let beat = |seq| Heartbeat {
        device_now: TONIGHT,
        seq,
        outbox: 2,
        app_version: "0.1.0".into(),
        persisted: Some(true),
        battery: Some(0.5),
        ..Heartbeat::default()
    };
    for (told, highest) in [(40, 40), (7, 40)] {
        db.system().record_heartbeat(fixture.pairing.id, &beat(told), TONIGHT).await.unwrap();
        assert_eq!(seen().await, highest);
    }
    let huge = fixture.visitor().numbered(u64::MAX).done();
    db.system().commit(&[huge]).await.unwrap();
    assert_eq!(seen().await, LAST_SEQ, "a wild number harms nobody");
    assert_eq!(db.system().seq_seen(PairingId(Uuid::now_v7())).await.unwrap(), 0);
}
