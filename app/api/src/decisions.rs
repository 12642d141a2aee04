//! What staff's programs decide about responses that are set aside, and about the limits that set them aside.

use domain::flag::Flag;
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// it counts, whatever is found later
    PutBack,
    /// it does not
    SetAside,
}

/// A decision about a group of responses of an event.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupDecision {
    /// what
    pub verdict: VerdictWord,
    /// why, in one line, for whoever asks later
    pub why: String,
    /// about those given from this whole minute on, milliseconds UTC
    pub from: i64,
    /// and before this one
    pub until: i64,
    /// only about those with this doubt
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Flag>))]
    pub flag: Option<Flag>,
}

/// A decision about one response.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResponseDecision {
    /// what
    pub verdict: VerdictWord,
    /// why, in one line, for whoever asks later
    pub why: String,
}

/// What came of a decision.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decided {
    /// about so many; those that stood so already are not among them
    pub responses: u64,
}

/// The responses of an event that are set aside, or about which staff decided.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventDoubts {
    /// those that stand alike, in ten minutes each
    pub groups: Vec<DoubtGroup>,
    /// what was decided
    pub decisions: Vec<DecisionTrace>,
}

/// Responses that stand alike and were given in the same ten minutes.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoubtGroup {
    /// the doubts that stand; none: staff have put them back
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Flag>))]
    pub flags: Vec<Flag>,
    /// how many
    pub responses: u64,
    /// given from this instant on, milliseconds UTC; of fewer than five only the ten minutes are told
    pub from: i64,
    /// and before this one
    pub until: i64,
}

/// A decision that was made.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionTrace {
    /// what
    pub verdict: VerdictWord,
    /// why
    pub why: String,
    /// the e-mail address of a user; else `token` or `command_line`
    pub who: String,
    /// when, milliseconds UTC
    pub at: i64,
    /// about so many
    pub responses: u64,
}

/// Limits that a venue may set.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// as many of one tablet are no sign of doubt; 0: any number
    pub most: u32,
    /// as many through one code; 0: any number
    pub most_by_code: u32,
    /// within this time, milliseconds
    pub within_ms: i64,
}

/// What other limits would change.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LimitsPreview {
    /// responses that are set aside and would count
    pub would_count: u64,
    /// responses that count and would be set aside
    pub would_be_set_aside: u64,
    /// so many places and days were looked at, the last ones
    pub places: u64,
    /// of so many
    pub of_places: u64,
}
