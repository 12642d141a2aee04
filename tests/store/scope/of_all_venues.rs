//! What belongs to all venues, and so to nobody who sees a part of them.

use domain::{
    colour::Colour,
    id::SurveyId,
    lang::{Lang, LanguageTag},
    live_delay::LiveDelay,
    look::Look,
    notices::{Notice, Notices},
    organisation_settings::OrganisationSettings,
    survey::Collection,
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope,
    changes::{Change, ScopedChanges},
    logo::{Extent, LogoFacts, LogoPictures},
};
use uuid::Uuid;

use super::{scope_of, two_venues};

on_both_databases!(what_belongs_to_all_venues_is_changed_by_those_who_see_them_all);

async fn what_belongs_to_all_venues_is_changed_by_those_who_see_them_all(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    db.system().name_organisation("Sirkus").await.unwrap();
    let languages = [LanguageTag::from(Lang::Sv), LanguageTag::from(Lang::Fi)];
    let (survey, version) = (own.survey, own.version.version);
    let look = Look { primary: Some(Colour::WHITE), ..Look::default() };
    let mut notices = Notices::default();
    notices.say(Notice::Email, "sirkus@example.org");
    let settings = OrganisationSettings { comment_months: Some(24), ..OrganisationSettings::default() };
    let extent = Extent { width: 2, height: 1 };
    let logo = LogoFacts { hash: "0a".into(), alt: String::new(), small: extent, large: extent };
    let pictures = LogoPictures { small: vec![1], large: vec![2] };
    for scope in [scope_of(&own), Scope::Venues(vec![own.venue.id, other.venue.id]), Scope::Venues(Vec::new())] {
        let staff = db.staff(scope);
        assert!(!staff.set_collection(survey, Collection::Interview).await.unwrap());
        assert!(!staff.choose_languages(&languages).await.unwrap());
        assert!(!staff.choose_live_delay(LiveDelay::FiveMinutes).await.unwrap());
        assert!(!staff.choose_look(&look).await.unwrap());
        assert!(!staff.say_notices(&notices).await.unwrap());
        assert!(!staff.decide_settings(&settings).await.unwrap());
        assert!(!staff.choose_logo(&logo, &pictures).await.unwrap());
        assert!(!staff.describe_logo("Sirkus").await.unwrap());
        assert!(!staff.remove_logo().await.unwrap());
        assert_eq!(staff.installation().await.unwrap(), None);
        assert!(!staff.put_first_steps_away(TONIGHT).await.unwrap());
    }
    let staff = db.everything();
    assert_eq!(staff.collection(version).await.unwrap(), Collection::Continuous);
    assert_ne!(staff.organisation_languages().await.unwrap(), languages);

    let mut changes = staff.changes();
    // What was announced before may still be on its way from PostgreSQL; a stranger's response comes after it.
    let quiet = async |changes: &mut ScopedChanges| {
        let stranger = Fixture::new();
        db.system().commit(&[stranger.visitor().done()]).await.unwrap();
        let last = Change::Responses { venue: stranger.venue.id, event: Some(stranger.event.id) };
        let mut heard = 0;
        loop {
            match changes.recv().await.unwrap() {
                Change::Programme => heard += 1,
                change if change == last => return heard,
                _ => {}
            }
        }
    };
    quiet(&mut changes).await;
    for announced in [1, 0] {
        assert!(staff.set_collection(survey, Collection::Interview).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
        assert!(staff.choose_languages(&languages).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
        assert!(staff.choose_live_delay(LiveDelay::FiveMinutes).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
        assert!(staff.choose_look(&look).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
        assert!(staff.say_notices(&notices).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
        assert!(staff.decide_settings(&settings).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
    }
    for announced in [1, 0] {
        assert!(staff.choose_logo(&logo, &pictures).await.unwrap());
        assert_eq!(quiet(&mut changes).await, announced);
    }
    assert!(staff.describe_logo("Sirkus").await.unwrap());
    let described = LogoFacts { alt: "Sirkus".into(), ..logo.clone() };
    assert_eq!(db.system().logo().await.unwrap(), Some(described));
    assert_eq!(db.system().logo_pictures("0a").await.unwrap(), Some(pictures));
    assert_eq!(db.system().logo_pictures("0b").await.unwrap(), None);
    assert!(staff.remove_logo().await.unwrap());
    assert_eq!(db.system().logo().await.unwrap(), None);
    assert_eq!(quiet(&mut changes).await, 2);
    assert!(!staff.set_collection(SurveyId(Uuid::now_v7()), Collection::Interview).await.unwrap(), "there is none");
    assert_eq!(quiet(&mut changes).await, 0);
    assert_eq!(staff.collection(version).await.unwrap(), Collection::Interview);
    assert_eq!(staff.organisation_languages().await.unwrap(), languages);
    assert_eq!(db.system().organisation_settings().await.unwrap(), settings);
}
