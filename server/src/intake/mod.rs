//! From what arrives to what is stored: checked, put right in time, placed in the programme, doubted.
//!
//! Kiosk and phone come through here alike; the rules themselves are `domain`'s. What does not
//! belong here: HTTP, and deciding what is a replay (the store's transaction does).

pub mod address_counts;
mod batch;
mod cache;
pub mod content;

use api::responses::{
    Item,
    check::{Rejection, check},
};
pub use batch::Judged;
pub use cache::{Cache, VenueDay};
use domain::{
    doubt::source::SourceClass,
    event::{EventSource, Scheduled},
    flag::Flag,
    id::PairingId,
    placing::{Named, Place, place},
    response::{Channel, Response, own_flags, timing::CLOSE},
    survey::SurveyVersion,
    time::Millis,
    ways::ByChannel,
};

use self::content::{FORM, canonical};
use crate::secrets::seal;
use store::{
    StoreError,
    kiosks::Pairing,
    organisation::restored_at,
    responses::{ContentHash, NewResponse, Placement, Repeat},
};

/// Why one item is not stored.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// It can never be stored; the others may.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Nothing can be looked up now: the whole delivery must come again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A batch from a kiosk.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// whose token brought it
    pub by: &'a Pairing,
    /// when it arrived
    pub received_at: Millis,
    /// server clock minus device clock, as the batch says
    pub offset_ms: Millis,
}

/// Prepares responses for the store.
#[derive(Clone, Debug)]
pub struct Intake {
    cache: Cache,
    content_key: [u8; 32],
}

impl Intake {
    /// With what is known of surveys, venues and pairings, and the key of the content hashes.
    #[must_use]
    pub const fn new(cache: Cache, content_key: [u8; 32]) -> Self {
        Self { cache, content_key }
    }

    /// Prepares one item of a kiosk's batch.
    ///
    /// # Errors
    /// Where it is refused, or nothing can be looked up now.
    pub async fn from_kiosk(&self, item: Item, delivery: Delivery<'_>) -> Result<NewResponse, NotTaken> {
        if !matches!(item.channel, Channel::Kiosk | Channel::Spoken) {
            return Err(Rejection::WrongChannel(item.channel).into());
        }
        let survey = self.cache.survey(item.survey_version).await?.ok_or(Rejection::UnknownSurveyVersion)?;
        let witnesses = item.witnesses();
        let given_at = witnesses.given_at(delivery.received_at, delivery.offset_ms);
        let is_vouched_for = witnesses.is_vouched_for(delivery.received_at);
        let mut response = check(item, &survey)?;
        if given_at.is_none() && !is_vouched_for {
            return Err(Rejection::Clock.into());
        }
        // The venue is that of the pairing that took the answer, whichever token delivers it.
        let other = match response.pairing.filter(|id| *id != delivery.by.id) {
            Some(id) => self.cache.pairing(id).await?,
            None => None,
        };
        let is_lost = other.is_none() && response.pairing.is_some_and(|id| id != delivery.by.id);
        let pairing = other.as_deref().unwrap_or(delivery.by);
        response.pairing = Some(pairing.id);
        if response.channel == Channel::Spoken && !self.cache.may_be_spoken(survey.version).await? {
            response.channel = Channel::Kiosk;
        }
        let while_paired = match given_at {
            Some(at) => self.was_paired(pairing.id, is_lost, at).await?,
            None => true,
        };
        let named = response.event.map(|event| (event, EventSource::Kiosk));
        let address_class = SourceClass::Unknown;
        let arrival = Arrival { given_at, received_at: delivery.received_at, address_class, named, while_paired };
        self.placed(response, &survey, pairing.venue, Some(pairing.kiosk), arrival, Repeat::Conflict).await
    }

    /// Prepares what a phone sent: the code names the event, the form was made at `made_at`, which decides where the
    /// answer belongs and whether it comes in time, and a second answer replaces the first for a day.
    ///
    /// # Errors
    /// Where it is refused, or nothing can be looked up now.
    pub async fn from_phone(
        &self,
        item: Item,
        venue: domain::id::VenueId,
        made_at: Millis,
        received_at: Millis,
        address_class: SourceClass,
    ) -> Result<NewResponse, NotTaken> {
        let survey = self.cache.survey(item.survey_version).await?.ok_or(Rejection::UnknownSurveyVersion)?;
        let response = check(item, &survey)?;
        let named = response.event.map(|event| (event, EventSource::Code));
        let given_at = Some(made_at.min(received_at));
        let arrival = Arrival { given_at, received_at, address_class, named, while_paired: true };
        // A helper fills in one after the other: what comes second is somebody else's.
        let repeat = if response.assisted {
            Repeat::Conflict
        } else {
            Repeat::Replace { not_before: received_at - domain::time::DAY }
        };
        self.placed(response, &survey, venue, None, arrival, repeat).await
    }

    /// Whether a tablet was paired when it took an answer. A pairing that the answer names and nobody knows was lost with
    /// the data, where that came from a backup since; else whoever names it may as well have made it up.
    async fn was_paired(&self, pairing: PairingId, is_lost: bool, at: Millis) -> Result<bool, StoreError> {
        if is_lost && restored_at(&self.cache.epoch().await?).is_some_and(|restored| at < restored) {
            return Ok(true);
        }
        // Two clocks that agree may differ by so much.
        Ok(self.cache.pairing_span(pairing).await?.is_none_or(|span| span.contains(at, CLOSE)))
    }

    async fn placed(
        &self,
        response: Response,
        survey: &SurveyVersion,
        venue: domain::id::VenueId,
        kiosk: Option<domain::id::KioskId>,
        arrival: Arrival,
        repeat: Repeat,
    ) -> Result<NewResponse, NotTaken> {
        let at = arrival.given_at.unwrap_or(arrival.received_at);
        let day = self.cache.venue_day(venue, at, arrival.named.map(|(event, _)| event)).await?;
        let tag = response.lang;
        // A tablet that was away may still speak what the venue has left out since.
        let is_offered = tag.lang().is_some() || survey.speaks(tag) || day.languages.contains(&tag);
        if !is_offered {
            return Err(Rejection::UnknownLanguage(tag).into());
        }
        let programme: Vec<Scheduled> = day.events.iter().map(Scheduled::from).collect();
        let settings = self.cache.settings(venue).await?;
        let way = ByChannel { channel: response.channel, said: settings.window };
        let named = arrival.named.map(|(event, source)| Named { event, source, way });
        let Place { event, source, outside_window } = place(named, at, &programme, day.is_busy(at));
        let event = event.and_then(|id| day.events.iter().find(|event| event.id == id));
        let mut flags = own_flags(&response, survey);
        flags.retain(|flag| *flag != Flag::Contradiction || settings.contradiction);
        flags.extend((outside_window || !arrival.while_paired).then_some(Flag::OutsideWindow));
        let content = ContentHash { form: FORM, hash: seal(&self.content_key, &canonical(&response)) };
        let place = Placement {
            venue,
            kiosk,
            event: event.map(|event| event.id),
            source,
            production: event.and_then(|event| event.production),
            corrected_at: at,
            clock_known: arrival.given_at.is_some(),
            received_at: arrival.received_at,
            address_class: arrival.address_class,
            local_day: day.local_day(event.map_or(at, |event| event.starts_at)),
        };
        Ok(NewResponse { response, place, flags, content, repeat })
    }
}

/// When a response came, and what it says about its event.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    /// `None` where nothing tells
    given_at: Option<Millis>,
    received_at: Millis,
    /// how much had come from the same address
    address_class: SourceClass,
    named: Option<(domain::id::EventId, EventSource)>,
    /// whether the tablet was paired then; a phone needs no pairing
    while_paired: bool,
}
