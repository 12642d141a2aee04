//! Calendar feeds: addresses by which calendars outside follow the programme. Whoever has one needs no account, and reads
//! what takes place where and when; no number.

use async_trait::async_trait;
use domain::{id::VenueId, lang::Lang, time::Millis};
use uuid::Uuid;

use super::{StoreError, kiosks::TokenHash};

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// which
    pub id: Uuid,
    /// whose calendar it is, in somebody's words
    pub name: String,
    /// the venue that it tells of; `None`: every one
    pub venue: Option<VenueId>,
    /// in which language
    pub lang: Lang,
    /// when it was made, milliseconds UTC
    pub made_at: Millis,
}

/// Feeds, as calendars read them.
#[async_trait]
pub trait Feeds {
    /// The feed that a token opens.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn feed(&self, token: TokenHash) -> Result<Option<Feed>, StoreError>;
}

/// Feeds, as staff make and revoke them.
#[async_trait]
pub trait StaffFeeds {
    /// Every feed of the venues that the caller may see, by when it was made.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn feeds(&self) -> Result<Vec<Feed>, StoreError>;

    /// Adds a feed. False where it tells of more than the caller may see.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_feed(&self, feed: &Feed, token: TokenHash) -> Result<bool, StoreError>;

    /// Revokes a feed: its address opens nothing any more. False where the caller has no such feed.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn remove_feed(&self, id: Uuid) -> Result<bool, StoreError>;
}
