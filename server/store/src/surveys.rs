//! Published surveys.

use async_trait::async_trait;
use domain::{
    event::Subject,
    id::{SurveyId, SurveyVersionId},
    lang::Text,
    survey::{Collection, SurveyVersion},
    time::Millis,
};

use super::StoreError;

/// A survey, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// which one
    pub id: SurveyId,
    /// what it is called
    pub name: Text,
    /// its newest version
    pub newest: SurveyVersionId,
}

/// Surveys and their versions.
#[async_trait]
pub trait Surveys {
    /// Publishes a version, for good; creates the survey where it is new. The caller has checked
    /// the questions (`domain::survey::check`).
    ///
    /// # Errors
    /// Where the store cannot do it now, or the version exists.
    async fn publish(
        &self,
        survey: SurveyId,
        name: &Text,
        version: &SurveyVersion,
        at: Millis,
    ) -> Result<(), StoreError>;

    /// A published version.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn survey_version(&self, id: SurveyVersionId) -> Result<Option<SurveyVersion>, StoreError>;

    /// Why the survey of a version is asked, whatever a client says of it; [`Collection::Continuous`] where there is no
    /// such version.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn collection_of(&self, version: SurveyVersionId) -> Result<Collection, StoreError>;
}

/// Surveys, as staff read and change them. They are the organisation's: whoever sees a part of it reads them all, and
/// changes none.
#[async_trait]
pub trait StaffSurveys {
    /// Every survey with its newest version, by name.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn surveys(&self) -> Result<Vec<Survey>, StoreError>;

    /// Published versions, the newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn survey_versions(&self, ids: &[SurveyVersionId]) -> Result<Vec<SurveyVersion>, StoreError>;

    /// Publishes the same questions as a version in other words, which the program has, as of the same day; nothing where
    /// that has been done.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_wording(&self, of: SurveyVersionId, worded: &SurveyVersion) -> Result<(), StoreError>;

    /// Why the survey of a version is asked; [`Collection::Continuous`] where there is no such version.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn collection(&self, version: SurveyVersionId) -> Result<Collection, StoreError>;

    /// Says why a survey is asked. False where there is none, or where somebody sees a part of the venues only: a survey
    /// belongs to all of them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn set_collection(&self, survey: SurveyId, collection: Collection) -> Result<bool, StoreError>;

    /// Every version that the tallies of a subject mention, the newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn versions_of(&self, subject: Subject) -> Result<Vec<SurveyVersion>, StoreError>;
}

/// The collection that a word in the store names.
///
/// # Errors
/// Where no version of this program has written it there.
pub(super) fn read_collection(word: &str) -> Result<Collection, StoreError> {
    Collection::from_name(word).ok_or_else(|| StoreError::unknown_word("collection", word))
}
