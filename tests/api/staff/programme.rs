//! `/staff/events`: the programme asks the store as often for fifty events as for five.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use aplodi::http::staff::programme::gather;
use async_trait::async_trait;
use domain::{
    event::{Event, Subject, Venue, Window},
    id::{EventId, KioskId, SurveyId, SurveyVersionId, UserId, VenueId},
    lang::LanguageTag,
    survey::{Collection, SurveyVersion},
    tally::Tally,
    time::{DAY, HOUR, LocalDay, LocalMonth, Millis},
    venue_settings::VenueSettings,
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer, id},
};
use store::{
    Scope, StaffStore, StoreError,
    alerts::{LoggedAlert, StaffAlerts},
    changes::{ScopedChanges, StaffChanges},
    comments::{Comment, CommentQuery, StaffComments},
    health::{KioskReport, StaffHealth},
    organisation::StaffOrganisation,
    pairings::{Confirmation, KioskEntry, Move, Paired, PairingRecord, StaffKiosks},
    programme::StaffProgramme,
    surveys::StaffSurveys,
    tallies::{DayCount, MonthsOf, StaffTallies},
};

/// A store that counts how often it is asked. Each question to it is one statement.
struct Counting {
    store: Box<dyn StaffStore>,
    asked: AtomicUsize,
}

impl Counting {
    fn count(&self) -> &dyn StaffStore {
        self.asked.fetch_add(1, Ordering::Relaxed);
        &*self.store
    }
}

impl StaffStore for Counting {}

impl StaffChanges for Counting {
    fn changes(&self) -> ScopedChanges {
        self.count().changes()
    }
}

#[async_trait]
impl StaffAlerts for Counting {
    async fn alert_log(&self, limit: u32) -> Result<Vec<LoggedAlert>, StoreError> {
        self.count().alert_log(limit).await
    }
}

#[async_trait]
impl StaffComments for Counting {
    async fn newest_comments(&self, query: &CommentQuery) -> Result<Vec<Comment>, StoreError> {
        self.count().newest_comments(query).await
    }
}

#[async_trait]
impl StaffHealth for Counting {
    async fn kiosk_reports(&self, left_since: Millis) -> Result<Vec<KioskReport>, StoreError> {
        self.count().kiosk_reports(left_since).await
    }

    async fn listening_since(&self, now: Millis) -> Result<Millis, StoreError> {
        self.count().listening_since(now).await
    }
}

#[async_trait]
impl StaffOrganisation for Counting {
    async fn database(&self) -> Result<String, StoreError> {
        self.count().database().await
    }

    async fn organisation_name(&self) -> Result<Option<String>, StoreError> {
        self.count().organisation_name().await
    }

    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError> {
        self.count().organisation_languages().await
    }

    async fn choose_languages(&self, languages: &[LanguageTag]) -> Result<bool, StoreError> {
        self.count().choose_languages(languages).await
    }
}

#[async_trait]
impl StaffKiosks for Counting {
    async fn pair(&self, confirmation: &Confirmation, now: Millis) -> Result<Paired, StoreError> {
        self.count().pair(confirmation, now).await
    }

    async fn kiosks(&self) -> Result<Vec<KioskEntry>, StoreError> {
        self.count().kiosks().await
    }

    async fn kiosk(&self, id: KioskId) -> Result<Option<(KioskEntry, Vec<PairingRecord>)>, StoreError> {
        self.count().kiosk(id).await
    }

    async fn rename_kiosk(&self, id: KioskId, name: &str) -> Result<bool, StoreError> {
        self.count().rename_kiosk(id, name).await
    }

    async fn move_kiosk(&self, to: &Move, now: Millis) -> Result<bool, StoreError> {
        self.count().move_kiosk(to, now).await
    }

    async fn unpair_kiosk(&self, id: KioskId, by: Option<UserId>, now: Millis) -> Result<bool, StoreError> {
        self.count().unpair_kiosk(id, by, now).await
    }
}

#[async_trait]
impl StaffProgramme for Counting {
    async fn venues(&self) -> Result<Vec<Venue>, StoreError> {
        self.count().venues().await
    }

    async fn venue(&self, id: VenueId) -> Result<Option<Venue>, StoreError> {
        self.count().venue(id).await
    }

    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.count().event(id).await
    }

    async fn events(&self, span: Window) -> Result<Vec<Event>, StoreError> {
        self.count().events(span).await
    }

    async fn event_and_collection(&self, id: EventId) -> Result<Option<(Event, Collection)>, StoreError> {
        self.count().event_and_collection(id).await
    }

    async fn last_events(&self, at: Millis, limit: u32) -> Result<Vec<Event>, StoreError> {
        self.count().last_events(at, limit).await
    }

    async fn venue_settings(&self) -> Result<BTreeMap<VenueId, VenueSettings>, StoreError> {
        self.count().venue_settings().await
    }

    async fn settings_of(&self, venue: VenueId) -> Result<Option<VenueSettings>, StoreError> {
        self.count().settings_of(venue).await
    }

    async fn set_venue_settings(&self, venue: VenueId, settings: &VenueSettings) -> Result<bool, StoreError> {
        self.count().set_venue_settings(venue, settings).await
    }
}

#[async_trait]
impl StaffSurveys for Counting {
    async fn survey_versions(&self, ids: &[SurveyVersionId]) -> Result<Vec<SurveyVersion>, StoreError> {
        self.count().survey_versions(ids).await
    }

    async fn collection(&self, version: SurveyVersionId) -> Result<Collection, StoreError> {
        self.count().collection(version).await
    }

    async fn set_collection(&self, survey: SurveyId, collection: Collection) -> Result<bool, StoreError> {
        self.count().set_collection(survey, collection).await
    }

    async fn versions_of(&self, subject: Subject) -> Result<Vec<SurveyVersion>, StoreError> {
        self.count().versions_of(subject).await
    }
}

#[async_trait]
impl StaffTallies for Counting {
    async fn tally(&self, subject: Subject, day: Option<LocalDay>) -> Result<Tally, StoreError> {
        self.count().tally(subject, day).await
    }

    async fn tallies(&self, events: &[EventId]) -> Result<BTreeMap<EventId, Tally>, StoreError> {
        self.count().tallies(events).await
    }

    async fn tally_of_months(&self, of: MonthsOf, from: LocalMonth, until: LocalMonth) -> Result<Tally, StoreError> {
        self.count().tally_of_months(of, from, until).await
    }

    async fn counted(&self, events: &[EventId]) -> Result<BTreeMap<EventId, u64>, StoreError> {
        self.count().counted(events).await
    }

    async fn days(&self, venues: &[(VenueId, LocalDay)], limit: u32) -> Result<Vec<DayCount>, StoreError> {
        self.count().days(venues, limit).await
    }
}

/// Adds shows: half of them have been, half are to come.
async fn add_events(server: &TestServer, numbers: std::ops::Range<u128>) {
    for number in numbers {
        let nth = i64::try_from(number).expect("few");
        let days = if nth % 2 == 0 { -nth - 1 } else { nth };
        let starts_at = NOW + days * DAY;
        let event = Event {
            id: id(number).into(),
            code: format!("show{number}"),
            doors_at: None,
            starts_at,
            ends_at: starts_at + 2 * HOUR,
            window: Window::around(starts_at + 2 * HOUR, Window::BEFORE, Window::AFTER, None),
            ..server.event.clone()
        };
        server.state.store.system().save_event(&event).await.expect("an event");
    }
}

/// How many events stand on the page, and how often the store was asked for them.
async fn asked(server: &TestServer) -> (usize, usize) {
    let store = Counting { store: server.state.store.for_staff(Scope::All), asked: AtomicUsize::new(0) };
    let data = gather(&store, true, NOW).await.expect("a programme");
    (data.coming.len() + data.past.len(), store.asked.load(Ordering::Relaxed))
}

on_test_server!(the_programme_asks_as_often_for_fifty_events_as_for_five, |server| {
    server.results(&[server.item(1, 5, 9)]).await;
    add_events(server, 100..104).await;
    let (few, asked_for_few) = asked(server).await;
    add_events(server, 104..149).await;
    let (many, asked_for_many) = asked(server).await;
    assert_eq!((few, many), (5, 50));
    assert_eq!(asked_for_few, asked_for_many);
    assert!(asked_for_many <= 6, "{asked_for_many}");
});
