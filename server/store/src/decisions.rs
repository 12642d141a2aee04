//! What staff decide about responses: to put back what was set aside, and to set aside what counts.
//!
//! A decision stands whatever [judging](crate::doubt) finds later: a response that was put back stays counted, one that
//! was set aside is `void`. Each leaves a trace of who decided what, when and why.

use async_trait::async_trait;
use domain::{
    flag::Flag,
    id::{EventId, ResponseId, UserId, VenueId},
    time::Millis,
};

use super::{StoreError, doubt::PlaceDay};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// it counts
    PutBack,
    /// it does not
    SetAside,
}

impl Verdict {
    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PutBack => "put_back",
            Self::SetAside => "set_aside",
        }
    }

    /// The verdict that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::PutBack, Self::SetAside].into_iter().find(|verdict| verdict.as_str() == word)
    }
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// somebody logged in
    User(UserId),
    /// whoever has an API token
    Token,
    /// whoever may run commands on the server
    CommandLine,
}

impl DecidedBy {
    /// The word in the store, and the user.
    pub(crate) const fn columns(self) -> (&'static str, Option<uuid::Uuid>) {
        match self {
            Self::User(user) => ("user", Some(user.0)),
            Self::Token => ("token", None),
            Self::CommandLine => ("command_line", None),
        }
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// what
    pub verdict: Verdict,
    /// why, in somebody's words
    pub why: String,
    /// who
    pub by: DecidedBy,
    /// when, milliseconds UTC
    pub at: Millis,
}

/// About which responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// one
    One(ResponseId),
    /// those of an event that were given in a span of time
    Group {
        /// the event
        event: EventId,
        /// from this instant on, milliseconds UTC
        from: Millis,
        /// before this instant
        until: Millis,
        /// only those with this doubt
        flag: Option<Flag>,
    },
}

/// A response that is set aside, or about which staff decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubted {
    /// which response
    pub id: ResponseId,
    /// when it was given, milliseconds UTC
    pub at: Millis,
    /// the doubts that stand; none: it counts
    pub flags: Vec<Flag>,
    /// what was decided, the first first
    pub decisions: Vec<Trace>,
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// what
    pub verdict: Verdict,
    /// why
    pub why: String,
    /// the e-mail address of the user; else `token` or `command_line`
    pub who: String,
    /// when, milliseconds UTC
    pub at: Millis,
}

/// What staff decide about responses within their scope.
#[async_trait]
pub trait StaffDecisions {
    /// The responses of an event that are set aside or were decided about, by time.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn doubted(&self, event: EventId) -> Result<Vec<Doubted>, StoreError>;

    /// The responses that a verdict would change, in the order of their ids.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn concerned(&self, which: &Which, verdict: Verdict) -> Result<Vec<ResponseId>, StoreError>;

    /// Decides about at most [`BATCH`](crate::doubt::BATCH) responses in one transaction, and says about how many: not
    /// about those that stand so already, that are gone, or that are out of scope. The tallies move with them, and what
    /// is left at their places is judged without those that were put back.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn decide(&self, ids: &[ResponseId], decision: &Decision) -> Result<usize, StoreError>;

    /// The places and days where something was answered at a venue; `None` where there is no such venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn places_of(&self, venue: VenueId) -> Result<Option<Vec<PlaceDay>>, StoreError>;
}
