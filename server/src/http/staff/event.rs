//! `/staff/events/{id}`

use app::pages::staff::subject::SubjectData;
use domain::id::EventId;
use serde::Deserialize;

use super::subject::{Named, View};
use crate::http::{access::Principal, page::PageError, state::AppState};

/// An event, as the address names it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct OfEvent(EventId);

impl Named for OfEvent {
    async fn gather(self, view: View<'_>, state: &AppState, principal: &Principal) -> Result<SubjectData, PageError> {
        let event = state.store.event(&principal.scope, self.0).await?.ok_or(PageError::NotFound)?;
        let venue = state.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
        Ok(view.of_event(state, event, venue).await?)
    }
}
