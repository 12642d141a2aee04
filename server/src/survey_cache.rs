//! Published survey versions, kept in memory: they never change.

use std::{fmt, sync::Arc};

use domain::{id::SurveyVersionId, survey::SurveyVersion};
use moka::future::Cache as Memory;
use store::{StoreError, SystemStore};

/// Published survey versions, each asked for once.
#[derive(Clone)]
pub struct SurveyCache {
    store: Arc<dyn SystemStore>,
    known: Memory<SurveyVersionId, Arc<SurveyVersion>>,
}

impl fmt::Debug for SurveyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SurveyCache").field("known", &self.known.entry_count()).finish_non_exhaustive()
    }
}

impl SurveyCache {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(store: Arc<dyn SystemStore>) -> Self {
        Self { store, known: Memory::new(1_000) }
    }

    /// A published survey version.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn get(&self, id: SurveyVersionId) -> Result<Option<Arc<SurveyVersion>>, StoreError> {
        if let Some(survey) = self.known.get(&id).await {
            return Ok(Some(survey));
        }
        let Some(survey) = self.store.survey_version(id).await?.map(Arc::new) else { return Ok(None) };
        self.known.insert(id, Arc::clone(&survey)).await;
        Ok(Some(survey))
    }
}
