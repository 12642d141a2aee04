//! `/staff/events/{id}`

use app::pages::staff::subject::data::SubjectData;
use domain::id::EventId;
use serde::Deserialize;

use super::subject::{Named, View};
use crate::http::{page::PageError, staff_context::StaffContext};

/// An event, as the address names it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct OfEvent(EventId);

impl Named for OfEvent {
    async fn gather(self, view: View<'_>, staff: &StaffContext) -> Result<SubjectData, PageError> {
        let event = staff.store.event(self.0).await?.ok_or(PageError::NotFound)?;
        let venue = staff.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
        Ok(view.of_event(staff, event, venue).await?)
    }
}
