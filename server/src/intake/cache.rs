//! What intake needs to know of every answer, kept in memory for some seconds: no answer waits for
//! a lookup that the one before it has just made.

use std::{fmt, sync::Arc, time::Duration};

use domain::{
    event::{Event, PROGRAMME_REACH, Window},
    id::{EventId, PairingId, SurveyVersionId, VenueId},
    lang::LanguageTag,
    live_delay::LiveDelay,
    organisation_settings::OrganisationSettings,
    survey::{Collection, SurveyVersion},
    time::{DAY, LocalDay, Millis},
    venue_settings::VenueSettings,
};
use jiff::tz::TimeZone;
use moka::future::Cache as Memory;

use crate::{
    local_time::{local_day, zone},
    survey_cache::SurveyCache,
};
use store::{
    StoreError, SystemStore,
    changes::Change,
    kiosks::{Pairing, PairingSpan, TokenHash},
    staff::Role,
};

/// Another server may change something without our hearing of it for this long at the most.
const FRESH: Duration = Duration::from_secs(5);
/// A revoked token must be refused soon even where the notice got lost.
const ACCESS_FRESH: Duration = Duration::from_secs(2);

/// A venue's programme around one day.
#[derive(Debug)]
pub struct VenueDay {
    /// the events whose span touches the days around
    pub events: Vec<Event>,
    /// the languages that the venue speaks
    pub languages: Vec<LanguageTag>,
    zone: TimeZone,
}

impl VenueDay {
    /// The calendar day of an instant at the venue.
    #[must_use]
    pub fn local_day(&self, at: Millis) -> LocalDay {
        local_day(at, &self.zone)
    }

    /// Whether the local day of an instant has events at all.
    #[must_use]
    pub fn is_busy(&self, at: Millis) -> bool {
        let day = self.local_day(at);
        self.events.iter().any(|event| self.local_day(event.starts_at) == day || self.local_day(event.ends_at) == day)
    }
}

/// What is known without asking the database again.
#[derive(Clone)]
pub struct Cache {
    store: Arc<dyn SystemStore>,
    surveys: SurveyCache,
    days: Memory<(VenueId, i64), Arc<VenueDay>>,
    settings: Memory<VenueId, Arc<VenueSettings>>,
    tokens: Memory<TokenHash, Arc<Pairing>>,
    pairings: Memory<PairingId, Arc<Pairing>>,
    roles: Memory<TokenHash, Role>,
    epoch: Memory<(), Arc<str>>,
    live_delay: Memory<(), LiveDelay>,
    organisation_settings: Memory<(), OrganisationSettings>,
    spans: Memory<PairingId, PairingSpan>,
    spoken: Memory<SurveyVersionId, bool>,
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("surveys", &self.surveys).finish_non_exhaustive()
    }
}

impl Cache {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(store: Arc<dyn SystemStore>) -> Self {
        Self {
            surveys: SurveyCache::new(Arc::clone(&store)),
            store,
            days: Memory::builder().max_capacity(1_000).time_to_live(FRESH).build(),
            settings: Memory::builder().max_capacity(1_000).time_to_live(FRESH).build(),
            tokens: Memory::builder().max_capacity(10_000).time_to_live(ACCESS_FRESH).build(),
            pairings: Memory::builder().max_capacity(10_000).time_to_live(FRESH).build(),
            roles: Memory::builder().max_capacity(1_000).time_to_live(ACCESS_FRESH).build(),
            epoch: Memory::builder().max_capacity(1).time_to_live(FRESH).build(),
            live_delay: Memory::builder().max_capacity(1).time_to_live(FRESH).build(),
            organisation_settings: Memory::builder().max_capacity(1).time_to_live(FRESH).build(),
            spans: Memory::builder().max_capacity(10_000).time_to_live(FRESH).build(),
            spoken: Memory::builder().max_capacity(1_000).time_to_live(FRESH).build(),
        }
    }

    /// Forgets what a change may have made untrue.
    pub fn forget(&self, change: Change) {
        match change {
            Change::Responses { .. } | Change::Kiosk { .. } => {}
            Change::Programme => {
                self.days.invalidate_all();
                self.settings.invalidate_all();
                self.live_delay.invalidate_all();
                self.organisation_settings.invalidate_all();
                self.spoken.invalidate_all();
            }
            Change::Access => {
                self.tokens.invalidate_all();
                self.pairings.invalidate_all();
                self.roles.invalidate_all();
                self.epoch.invalidate_all();
                self.spans.invalidate_all();
            }
            Change::Unknown => {
                self.days.invalidate_all();
                self.settings.invalidate_all();
                self.live_delay.invalidate_all();
                self.tokens.invalidate_all();
                self.pairings.invalidate_all();
                self.roles.invalidate_all();
                self.epoch.invalidate_all();
                self.spans.invalidate_all();
            }
        }
    }

    /// A published survey version.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn survey(&self, id: SurveyVersionId) -> Result<Option<Arc<SurveyVersion>>, StoreError> {
        self.surveys.get(id).await
    }

    /// Published survey versions alone.
    #[must_use]
    pub const fn surveys(&self) -> &SurveyCache {
        &self.surveys
    }

    /// A venue's programme around an instant; with the event that the answer names, wherever in
    /// time that is.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn venue_day(
        &self,
        venue: VenueId,
        at: Millis,
        named: Option<EventId>,
    ) -> Result<Arc<VenueDay>, StoreError> {
        let day = self.programme(venue, at).await?;
        let Some(named) = named.filter(|id| day.events.iter().all(|event| event.id != *id)) else { return Ok(day) };
        let event = self.store.event(named).await?.filter(|event| event.venue == venue);
        let Some(event) = event else { return Ok(day) };
        let events = day.events.iter().cloned().chain([event]).collect();
        Ok(Arc::new(VenueDay { events, languages: day.languages.clone(), zone: day.zone.clone() }))
    }

    async fn programme(&self, venue: VenueId, at: Millis) -> Result<Arc<VenueDay>, StoreError> {
        let number = at.div_euclid(DAY);
        if let Some(day) = self.days.get(&(venue, number)).await {
            return Ok(day);
        }
        let span = Window { from: number * DAY - PROGRAMME_REACH, until: (number + 1) * DAY + PROGRAMME_REACH };
        let events = self.store.events(venue, span).await?;
        let venue_now = self.store.venue(venue).await?;
        let zone = venue_now.as_ref().map_or(TimeZone::UTC, |venue| zone(&venue.time_zone));
        let languages = venue_now.map(|venue| venue.languages).unwrap_or_default();
        let day = Arc::new(VenueDay { events, languages, zone });
        self.days.insert((venue, number), Arc::clone(&day)).await;
        Ok(day)
    }

    /// What staff have decided about a venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn settings(&self, venue: VenueId) -> Result<Arc<VenueSettings>, StoreError> {
        if let Some(settings) = self.settings.get(&venue).await {
            return Ok(settings);
        }
        let settings = Arc::new(self.store.venue_settings(venue).await?);
        self.settings.insert(venue, Arc::clone(&settings)).await;
        Ok(settings)
    }

    /// The pairing that a bearer token stands for.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn pairing_by_token(&self, token: TokenHash) -> Result<Option<Arc<Pairing>>, StoreError> {
        if let Some(pairing) = self.tokens.get(&token).await {
            return Ok(Some(pairing));
        }
        let Some(pairing) = self.store.pairing_by_token(token).await?.map(Arc::new) else { return Ok(None) };
        self.tokens.insert(token, Arc::clone(&pairing)).await;
        Ok(Some(pairing))
    }

    /// The name of the data's life now, which is new after a restore: known for some seconds, so that also a server that
    /// was running meanwhile tells tablets to bring back what the data lacks.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn epoch(&self) -> Result<Arc<str>, StoreError> {
        if let Some(epoch) = self.epoch.get(&()).await {
            return Ok(epoch);
        }
        let epoch: Arc<str> = self.store.epoch().await?.unwrap_or_default().into();
        self.epoch.insert((), Arc::clone(&epoch)).await;
        Ok(epoch)
    }

    /// How late staff see numbers while answers come in.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn live_delay(&self) -> Result<LiveDelay, StoreError> {
        if let Some(delay) = self.live_delay.get(&()).await {
            return Ok(delay);
        }
        let delay = self.store.live_delay().await?;
        self.live_delay.insert((), delay).await;
        Ok(delay)
    }

    /// What the organisation has decided for all venues.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn organisation_settings(&self) -> Result<OrganisationSettings, StoreError> {
        if let Some(settings) = self.organisation_settings.get(&()).await {
            return Ok(settings);
        }
        let settings = self.store.organisation_settings().await?;
        self.organisation_settings.insert((), settings).await;
        Ok(settings)
    }

    /// From when until when a tablet was paired; `None` where no such pairing is known.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn pairing_span(&self, id: PairingId) -> Result<Option<PairingSpan>, StoreError> {
        if let Some(span) = self.spans.get(&id).await {
            return Ok(Some(span));
        }
        let Some(span) = self.store.pairing_span(id).await? else { return Ok(None) };
        self.spans.insert(id, span).await;
        Ok(Some(span))
    }

    /// Whether a survey is asked in conversations, so that its answers may be told to somebody.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn may_be_spoken(&self, version: SurveyVersionId) -> Result<bool, StoreError> {
        if let Some(may) = self.spoken.get(&version).await {
            return Ok(may);
        }
        let may = self.store.collection_of(version).await? == Collection::Interview;
        self.spoken.insert(version, may).await;
        Ok(may)
    }

    /// What a staff API token may do.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn token_role(&self, token: TokenHash) -> Result<Option<Role>, StoreError> {
        if let Some(role) = self.roles.get(&token).await {
            return Ok(Some(role));
        }
        let Some(role) = self.store.token_role(token).await? else { return Ok(None) };
        self.roles.insert(token, role).await;
        Ok(Some(role))
    }

    /// Any pairing, also a revoked one.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn pairing(&self, id: PairingId) -> Result<Option<Arc<Pairing>>, StoreError> {
        if let Some(pairing) = self.pairings.get(&id).await {
            return Ok(Some(pairing));
        }
        let Some(pairing) = self.store.pairing(id).await?.map(Arc::new) else { return Ok(None) };
        self.pairings.insert(id, Arc::clone(&pairing)).await;
        Ok(Some(pairing))
    }
}
