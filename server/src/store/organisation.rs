//! The organisation that runs this server, and the keys that belong to its data.

use app::domain::time::Millis;
use async_trait::async_trait;

use super::StoreError;

/// What belongs to the data for as long as it lives.
#[derive(Clone)]
pub struct Foundation {
    /// new at every restore from a backup
    pub epoch: String,
    /// keys the hashes of contents
    pub content_key: [u8; 32],
    /// signs the forms of the phone page
    pub form_key: [u8; 32],
}

impl std::fmt::Debug for Foundation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Foundation").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

/// The organisation.
#[async_trait]
pub trait Organisation {
    /// Keeps `proposed` where the data has no foundation yet, and returns the one it has.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn foundation(&self, proposed: &Foundation, at: Millis) -> Result<Foundation, StoreError>;

    /// The organisation's name; `None` before the first set-up.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_name(&self) -> Result<Option<String>, StoreError>;

    /// Names the organisation.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn name_organisation(&self, name: &str) -> Result<(), StoreError>;

    /// Whether the store answers at all.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn ping(&self) -> Result<(), StoreError>;
}
