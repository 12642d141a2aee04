//! `/staff/venues/{id}/days/{day}`: what came in at a venue on a day, outside its events.

use app::pages::staff::subject::data::SubjectData;
use domain::{id::VenueId, time::LocalDay};
use serde::Deserialize;

use super::subject::{Named, View};
use crate::http::{page::PageError, staff_context::StaffContext};

/// A venue and a day, as the address names them.
#[derive(Clone, Debug, Deserialize)]
pub struct OfDay(VenueId, String);

impl Named for OfDay {
    async fn gather(self, view: View<'_>, staff: &StaffContext) -> Result<SubjectData, PageError> {
        let Self(venue, day) = self;
        let day = LocalDay::from_iso(&day).ok_or(PageError::NotFound)?;
        let venue = staff.store.venue(venue).await?;
        view.of_day(staff, venue.ok_or(PageError::NotFound)?, day).await?.ok_or(PageError::NotFound)
    }
}
