//! How a response travels from a device to the server.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Channel, End, Segment, Status};
use crate::{
    id::{EventId, PairingId, QuestionId, ResponseId, SurveyVersionId},
    lang::Lang,
    time::Millis,
};

/// One response in a batch, as the device writes it. Fields that may be null may be absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    /// UUIDv7, made on the device once, when the response begins
    pub id: ResponseId,
    /// 1, 2, 3 ... within a pairing: serves to see gaps, nothing else
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// what was asked
    pub survey_version: SurveyVersionId,
    /// the event that the device showed
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// the language it was answered in
    pub lang: Lang,
    /// who answers
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Segment>,
    /// whether somebody helped
    #[serde(default)]
    pub assisted: bool,
    /// the device's clock, milliseconds UTC
    pub answered_at: Millis,
    /// server clock minus device clock, as measured before the tap by the page that took it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<Millis>,
    /// a time of the server that had passed at the tap, as far as the device had heard
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Millis>,
    /// how long ago, by the monotonic clock of the page that took it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_ms: Option<Millis>,
    /// that page was hidden in between, so that its monotonic clock may have stood still
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_have_slept: bool,
    /// from the first tap to the end
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<Millis>,
    /// how it ended
    #[serde(default)]
    pub end: End,
    /// given while staff were showing the kiosk to somebody
    #[serde(default)]
    pub demo: bool,
    /// how it came; a kiosk token may deliver `kiosk`, `season` and `interview`
    #[serde(default)]
    pub channel: Channel,
    /// the pairing that took it, where another one delivers it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairing: Option<PairingId>,
    /// one for each question that was seen
    pub answers: Vec<ItemAnswer>,
}

/// One answer in an item: a value, or `skipped`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemAnswer {
    /// which question
    pub question: QuestionId,
    /// a number for faces and NPS, a list of option keys for a choice, a string for a comment
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// seen and passed over
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skipped: bool,
}

/// What a device posts. The items stay undecoded here: a bad one is refused alone, by its index.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    /// the device's clock when it sent the batch, milliseconds UTC
    pub device_now: Millis,
    /// at most [`Batch::MAX_ITEMS`]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Item>, max_items = 500))]
    pub responses: Vec<Value>,
}

impl Batch {
    /// More items than this are refused whole.
    pub const MAX_ITEMS: usize = 500;
    /// A larger body is refused before it is read, in bytes.
    pub const MAX_BYTES: usize = 8 * 1024 * 1024;
}

/// What the server answers to a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchResult {
    /// the server's clock, milliseconds UTC
    pub server_now: Millis,
    /// changes at every restore from a backup
    pub epoch: String,
    /// one for each item, in order
    pub results: Vec<ItemResult>,
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemResult {
    /// its place in the batch
    pub index: usize,
    /// its id, where it could be read
    pub id: Option<ResponseId>,
    /// stored, duplicate, conflict or rejected
    pub status: Status,
    /// why it was rejected: a stable word, then what exactly
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
