//! The organisation that runs this server, and the keys that belong to its data.

use async_trait::async_trait;
use domain::{
    lang::LanguageTag, live_delay::LiveDelay, look::Look, notices::Notices,
    organisation_settings::OrganisationSettings, time::Millis,
};

use super::StoreError;

/// What belongs to the data for as long as it lives.
#[derive(Clone)]
pub struct InstanceKeys {
    /// new at every restore from a backup
    pub epoch: String,
    /// keys the hashes of contents
    pub content_key: [u8; 32],
    /// signs the forms of the phone page
    pub form_key: [u8; 32],
}

impl InstanceKeys {
    /// Fresh ones, for data that has none yet. Every byte must be unpredictable.
    #[must_use]
    pub fn propose(epoch: [u8; 8], content_key: [u8; 32], form_key: [u8; 32]) -> Self {
        Self { epoch: hex::encode(epoch), content_key, form_key }
    }
}

/// A name for the life of data that came from a backup, from now on: like no other, and it tells since when.
#[must_use]
pub fn new_epoch(random: [u8; 8], now: Millis) -> String {
    format!("{}-{now:x}", hex::encode(random))
}

/// When data came from a backup, by the name of its life; `None` where it never did, or nobody wrote down when.
#[must_use]
pub fn restored_at(epoch: &str) -> Option<Millis> {
    Millis::from_str_radix(epoch.split_once('-')?.1, 16).ok()
}

impl std::fmt::Debug for InstanceKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InstanceKeys").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

/// The organisation.
#[async_trait]
pub trait Organisation {
    /// Keeps `proposed` where the data has no keys yet, and returns those it has.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn instance_keys(&self, proposed: &InstanceKeys, at: Millis) -> Result<InstanceKeys, StoreError>;

    /// The name of the data's life now; `None` where the data has no keys yet.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn epoch(&self) -> Result<Option<String>, StoreError>;

    /// Begins the life of data that came from a backup: a new epoch, by which tablets know that they
    /// must bring back what they sent before. Sessions and links end, since some of them had ended
    /// before and the backup does not know.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn begin_epoch(&self, epoch: &str) -> Result<(), StoreError>;

    /// The organisation's name; `None` before the first set-up.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_name(&self) -> Result<Option<String>, StoreError>;

    /// The languages that the organisation writes for its visitors in, the default first; before the first
    /// set-up those of the screens.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError>;

    /// How late staff see numbers while answers come in.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn live_delay(&self) -> Result<LiveDelay, StoreError>;

    /// The colours that it wears.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn look(&self) -> Result<Look, StoreError>;

    /// What it says of itself on the pages that the law asks for.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn notices(&self) -> Result<Notices, StoreError>;

    /// What it has decided for all venues.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_settings(&self) -> Result<OrganisationSettings, StoreError>;

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

    /// Which database this is: `SQLite 3.51.3`.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn database(&self) -> Result<String, StoreError>;
}

/// What staff see of the organisation.
#[async_trait]
pub trait StaffOrganisation {
    /// Which database it is, and in which version.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn database(&self) -> Result<String, StoreError>;

    /// The organisation's name; `None` before the first set-up.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_name(&self) -> Result<Option<String>, StoreError>;

    /// The languages that the organisation writes for its visitors in, the default first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError>;

    /// Chooses these languages, the default first. A venue that had those of the organisation until now has them from
    /// now on, too; one with a list of its own keeps it. Texts stay as they are. False where somebody sees a part of
    /// the venues only: this is decided for all of them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn choose_languages(&self, languages: &[LanguageTag]) -> Result<bool, StoreError>;

    /// Chooses how late numbers are seen while answers come in. False where somebody sees a part of the venues only:
    /// this is decided for all of them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn choose_live_delay(&self, delay: LiveDelay) -> Result<bool, StoreError>;

    /// The colours that the organisation wears.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn look(&self) -> Result<Look, StoreError>;

    /// Chooses other colours. False where somebody sees a part of the venues only: this is decided for all of them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn choose_look(&self, look: &Look) -> Result<bool, StoreError>;

    /// What the organisation says of itself on the pages that the law asks for.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn notices(&self) -> Result<Notices, StoreError>;

    /// Says something else there. False where somebody sees a part of the venues only.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn say_notices(&self, notices: &Notices) -> Result<bool, StoreError>;

    /// What it has decided for all venues.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn organisation_settings(&self) -> Result<OrganisationSettings, StoreError>;

    /// Decides something else. False where somebody sees a part of the venues only.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn decide_settings(&self, settings: &OrganisationSettings) -> Result<bool, StoreError>;
}
