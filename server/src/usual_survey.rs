//! What a new event asks.

use domain::{id::SurveyVersionId, production::ProductionKind};

use crate::standard_survey::worded;
use store::{StaffStore, StoreError};

/// Which version a new event asks: what its production asked last, else the survey that the organisation has chosen, else
/// what is usual at its venue; in the words for the kind of the production.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn usual_survey(
    store: &dyn StaffStore,
    last: Option<SurveyVersionId>,
    at_venue: SurveyVersionId,
    kind: ProductionKind,
) -> Result<SurveyVersionId, StoreError> {
    let version = match last {
        Some(version) => version,
        None => chosen(store).await?.unwrap_or(at_venue),
    };
    let Some(known) = store.survey_versions(&[version]).await?.pop() else { return Ok(version) };
    let worded = worded(&known, kind);
    if worded.version != version {
        store.add_wording(version, &worded).await?;
    }
    Ok(worded.version)
}

/// The newest version of the survey that the organisation has chosen.
async fn chosen(store: &dyn StaffStore) -> Result<Option<SurveyVersionId>, StoreError> {
    let Some(survey) = store.organisation_settings().await?.survey else { return Ok(None) };
    Ok(store.surveys().await?.into_iter().find(|one| one.id == survey).map(|one| one.newest))
}
