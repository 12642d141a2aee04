//! How a response travels from a device to the server.

use super::{channel, value};
use crate::number;
use domain::{
    id::{EventId, PairingId, QuestionId, ResponseId, SurveyVersionId},
    lang::LanguageTag,
    response::{Answer, Channel, End, Segment, timing::Witnesses},
    survey::kinds::UncheckedValue,
    time::Millis,
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// One response in a batch, as the device writes it. Fields that may be null may be absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(clippy::struct_excessive_bools, reason = "they say four things that have nothing to do with each other")]
pub struct Item {
    /// UUIDv7, made on the device once, when the response begins
    #[cfg_attr(feature = "openapi", schema(value_type = schema::ResponseId))]
    pub id: ResponseId,
    /// 1, 2, 3 ... within a pairing: serves to see gaps, nothing else
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "number::count")]
    pub seq: Option<u64>,
    /// what was asked
    #[cfg_attr(feature = "openapi", schema(value_type = schema::SurveyVersionId))]
    pub survey_version: SurveyVersionId,
    /// the event that the device showed
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::EventId>))]
    pub event: Option<EventId>,
    /// the language it was answered in
    #[cfg_attr(feature = "openapi", schema(value_type = schema::LanguageTag))]
    pub lang: LanguageTag,
    /// who answers
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Segment>))]
    pub segment: Option<Segment>,
    /// whether somebody helped
    #[serde(default)]
    pub assisted: bool,
    /// the device's clock, milliseconds UTC
    #[serde(deserialize_with = "number::clock")]
    pub answered_at: Millis,
    /// server clock minus device clock, as measured before the tap by the page that took it
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "number::millis")]
    pub offset_ms: Option<Millis>,
    /// a time of the server that had passed at the tap, as far as the device had heard
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "number::millis")]
    pub not_before: Option<Millis>,
    /// how long ago, by the monotonic clock of the page that took it
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "number::millis")]
    pub age_ms: Option<Millis>,
    /// that page was hidden in between, so that its monotonic clock may have stood still
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_have_slept: bool,
    /// from the first tap to the end
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "number::millis")]
    pub duration_ms: Option<Millis>,
    /// how it ended
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::End))]
    pub end: End,
    /// given while staff were showing the kiosk to somebody
    #[serde(default)]
    pub demo: bool,
    /// how it came; a kiosk token may deliver `kiosk` and `spoken`
    #[serde(default, deserialize_with = "channel::deserialize")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Channel))]
    pub channel: Channel,
    /// the pairing that took it, where another one delivers it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::PairingId>))]
    pub pairing: Option<PairingId>,
    /// whether its comments may be quoted; older tablets do not ask
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_quote: bool,
    /// one for each question that was seen
    pub answers: Vec<ItemAnswer>,
}

/// One answer in an item: a value, or `skipped`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemAnswer {
    /// which question
    #[cfg_attr(feature = "openapi", schema(value_type = schema::QuestionId))]
    pub question: QuestionId,
    /// a number for faces and NPS, a list of option keys for a choice, a string for a comment
    #[serde(default, skip_serializing_if = "Option::is_none", with = "value")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub value: Option<UncheckedValue>,
    /// seen and passed over
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skipped: bool,
}

impl Item {
    /// What it says about when it was given.
    #[must_use]
    pub const fn witnesses(&self) -> Witnesses {
        let Self { answered_at, offset_ms, not_before, age_ms, may_have_slept, .. } = *self;
        Witnesses { answered_at, offset_ms, not_before, age_ms, may_have_slept }
    }
}

impl From<Answer> for ItemAnswer {
    fn from(answer: Answer) -> Self {
        let value = answer.given.to_unchecked();
        Self { question: answer.question, skipped: value.is_none(), value }
    }
}
