//! `/staff/venues/{id}/days/{day}`: what came in at a venue on a day, outside its events.

use app::pages::staff::subject::SubjectData;
use domain::{id::VenueId, time::LocalDay};
use serde::Deserialize;

use super::subject::{Named, View};
use crate::http::{access::Principal, page::PageError, state::AppState};

/// A venue and a day, as the address names them.
#[derive(Clone, Debug, Deserialize)]
pub struct OfDay(VenueId, String);

impl Named for OfDay {
    async fn gather(self, view: View<'_>, state: &AppState, principal: &Principal) -> Result<SubjectData, PageError> {
        let Self(venue, day) = self;
        let day = LocalDay::from_iso(&day).ok_or(PageError::NotFound)?;
        let venue = state.store.venue(venue).await?.filter(|venue| principal.scope.allows(venue.id));
        view.of_day(state, venue.ok_or(PageError::NotFound)?, day).await?.ok_or(PageError::NotFound)
    }
}
