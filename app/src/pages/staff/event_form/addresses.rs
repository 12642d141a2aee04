//! Where an event is changed and deleted, and its answers are moved.

use crate::pages::staff::subject::data::event_address;
use domain::id::EventId;

/// Where an event is changed.
#[must_use]
pub fn edit_address(event: EventId) -> String {
    format!("{}/edit", event_address(event))
}

/// Where it is asked whether an event is deleted, and done.
#[must_use]
pub fn delete_address(event: EventId) -> String {
    format!("{}/delete", event_address(event))
}

/// Where answers are moved to another event.
#[must_use]
pub fn move_address(event: EventId) -> String {
    format!("{}/move", event_address(event))
}
