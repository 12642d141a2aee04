//! `responses`, written and read.

use domain::{
    doubt::source::SourceClass,
    event::EventSource,
    flag::{Flag, Standing},
    id::{EventId, KioskId, PairingId, ProductionId, ResponseId, SurveyVersionId, VenueId},
    response::{Channel, End, Response, Segment, Timing},
    time::{LocalDay, Millis},
};
use uuid::Uuid;

use crate::{
    StoreError, answers,
    responses::{NewResponse, Placement, StoredResponse},
    rows::row::row,
};

row! {
    /// A response. `revision` begins with 1 by itself, and `subject` follows from event and venue.
    #[derive(Debug, Default, sqlx::FromRow)]
    pub(crate) struct ResponseRow {
        pub(crate) id: Uuid,
        pub(crate) survey_version: Uuid,
        pub(crate) shown_event: Option<Uuid>,
        pub(crate) channel: String,
        pub(crate) lang: String,
        pub(crate) segment: Option<String>,
        pub(crate) assisted: bool,
        pub(crate) ended: String,
        pub(crate) demo: bool,
        pub(crate) answered_at: Millis,
        pub(crate) offset_ms: Option<Millis>,
        pub(crate) age_ms: Option<Millis>,
        pub(crate) duration_ms: Option<Millis>,
        pub(crate) pairing: Option<Uuid>,
        pub(crate) venue: Uuid,
        pub(crate) kiosk: Option<Uuid>,
        pub(crate) event: Option<Uuid>,
        pub(crate) event_source: Option<String>,
        pub(crate) production: Option<Uuid>,
        pub(crate) corrected_at: Millis,
        pub(crate) clock_known: bool,
        pub(crate) received_at: Millis,
        pub(crate) address_class: i16,
        pub(crate) local_day: i32,
        pub(crate) answers: String,
        pub(crate) content_form: i16,
        pub(crate) content_hash: Vec<u8>,
        pub(crate) standing: i16,
        pub(crate) commented: bool,
    }
}

impl ResponseRow {
    /// The row of a response that has just come.
    pub(crate) fn new(item: &NewResponse) -> Result<Self, StoreError> {
        let NewResponse { response, place, flags, content, .. } = item;
        Ok(Self {
            id: response.id.0,
            survey_version: response.survey_version.0,
            shown_event: response.event.map(|event| event.0),
            channel: response.channel.as_str().to_owned(),
            lang: response.lang.as_str().to_owned(),
            segment: response.segment.map(|segment| segment.as_str().to_owned()),
            assisted: response.assisted,
            ended: response.end.as_str().to_owned(),
            demo: response.demo,
            answered_at: response.timing.answered_at,
            offset_ms: response.timing.offset_ms,
            age_ms: response.timing.age_ms,
            duration_ms: response.timing.duration_ms,
            pairing: response.pairing.map(|pairing| pairing.0),
            venue: place.venue.0,
            kiosk: place.kiosk.map(|kiosk| kiosk.0),
            event: place.event.map(|event| event.0),
            event_source: place.source.map(|source| source.as_str().to_owned()),
            production: place.production.map(|production| production.0),
            corrected_at: place.corrected_at,
            clock_known: place.clock_known,
            received_at: place.received_at,
            address_class: place.address_class.code(),
            local_day: place.local_day.0,
            answers: answers::to_json(&response.answers)?,
            content_form: content.form,
            content_hash: content.hash.to_vec(),
            standing: Standing::from_flags(flags).code(),
            commented: answers::comments(&response.answers).next().is_some(),
        })
    }

    /// What the row says, with the flags that stand beside it.
    pub(crate) fn read(self, flags: Vec<Flag>) -> Result<StoredResponse, StoreError> {
        let response = Response {
            id: ResponseId(self.id),
            survey_version: SurveyVersionId(self.survey_version),
            event: self.shown_event.map(EventId),
            channel: named("channel", &self.channel, Channel::from_name)?,
            lang: named("language", &self.lang, |tag| tag.parse().ok())?,
            segment: self.segment.map(|segment| named("segment", &segment, Segment::from_name)).transpose()?,
            assisted: self.assisted,
            end: named("end", &self.ended, End::from_name)?,
            demo: self.demo,
            timing: Timing {
                answered_at: self.answered_at,
                offset_ms: self.offset_ms,
                age_ms: self.age_ms,
                duration_ms: self.duration_ms,
            },
            pairing: self.pairing.map(PairingId),
            // Never stored with a response: `pairing_seq` says why.
            seq: None,
            // Stands with the comments, which are not read here.
            may_quote: false,
            answers: answers::from_json(&self.answers)?,
        };
        let source = self.event_source.map(|source| named("event source", &source, EventSource::from_name));
        let place = Placement {
            venue: VenueId(self.venue),
            kiosk: self.kiosk.map(KioskId),
            event: self.event.map(EventId),
            source: source.transpose()?,
            production: self.production.map(ProductionId),
            corrected_at: self.corrected_at,
            clock_known: self.clock_known,
            received_at: self.received_at,
            address_class: SourceClass::from_code(self.address_class)
                .ok_or_else(|| StoreError::unknown_word("class of an address", &self.address_class.to_string()))?,
            local_day: LocalDay(self.local_day),
        };
        Ok(StoredResponse { response, place, flags })
    }
}

fn named<T>(what: &str, word: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    read(word).ok_or_else(|| StoreError::unknown_word(what, word))
}
