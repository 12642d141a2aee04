//! Moves answers to another event, and says how many that would be.

use domain::{event::Event, id::EventId, time::Millis};
use store::{
    StaffStore, StoreError,
    moving::{MoveTo, WhichToMove},
};

use crate::local_time::{local_day, zone};

/// How many could be moved; `None` where the caller has no such event to move them to.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn to_move(store: &dyn StaffStore, which: &WhichToMove, to: EventId) -> Result<Option<usize>, StoreError> {
    match store.event(to).await? {
        Some(_) => Ok(Some(store.to_move(which, to).await?.len())),
        None => Ok(None),
    }
}

/// Moves them, and says how many; `None` where the caller has no such event to move them to.
///
/// # Errors
/// Where the store cannot do it now. What was moved until then stays moved; who moves again goes on.
pub async fn move_answers(
    store: &dyn StaffStore,
    which: &WhichToMove,
    to: EventId,
    at: Millis,
) -> Result<Option<usize>, StoreError> {
    let Some(event) = store.event(to).await? else { return Ok(None) };
    let ids = store.to_move(which, to).await?;
    let to = MoveTo { event: to, local_day: day_of(store, &event).await? };
    store.move_responses(&ids, to, at).await.map(Some)
}

async fn day_of(store: &dyn StaffStore, event: &Event) -> Result<domain::time::LocalDay, StoreError> {
    let venue = store.venue(event.venue).await?;
    let time_zone = venue.map(|venue| venue.time_zone).unwrap_or_default();
    Ok(local_day(event.starts_at, &zone(&time_zone)))
}
