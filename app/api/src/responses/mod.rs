//! How responses travel from a device to the server, and what is said of each.
//!
//! - [`item`]: one response, with everything that may be missing or wrong;
//! - `channel`: how it came, as tablets of every age say it;
//! - `value`: an answer's value as JSON;
//! - [`check`]: from an item to a [`domain::response::Response`] that cannot hold a bad value.

mod channel;
pub mod check;
pub mod item;
mod value;

use domain::{id::ResponseId, time::Millis};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::item::{Item, ItemAnswer};
use crate::number;
#[cfg(feature = "openapi")]
use crate::schema;

/// What a device posts. The items stay undecoded here: a bad one is refused alone, by its index.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    /// the device's clock when it sent the batch, milliseconds UTC
    #[serde(deserialize_with = "number::clock")]
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
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::ResponseId>))]
    pub id: Option<ResponseId>,
    /// stored, duplicate, conflict or rejected
    pub status: Status,
    /// why it was rejected: a stable word, then what exactly
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What the server tells a device about one item of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// new, and on disk
    Stored,
    /// was there before with the same content: a success
    Duplicate,
    /// was there before with other content: kept aside for staff
    Conflict,
    /// cannot be stored, ever; see the reason
    Rejected,
}
