//! Answers that the programme placed: where it changes, it decides about them again.

use async_trait::async_trait;
use domain::{
    event::{Subject, Window},
    id::{EventId, ProductionId, ResponseId},
    time::{LocalDay, Millis},
};

use super::{StoreError, responses::StoredResponse};

/// Where the programme places an answer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPlace {
    /// which answer
    pub id: ResponseId,
    /// when it was given, milliseconds UTC: what was decided by
    pub corrected_at: Millis,
    /// the event that it is about; `None`: the venue and the day count
    pub event: Option<EventId>,
    /// what that event is one evening of
    pub production: Option<ProductionId>,
    /// the day that it counts for
    pub local_day: LocalDay,
    /// whether it is outside every window of a day that has events
    pub outside_window: bool,
}

/// Answers and the programme, as staff change it.
#[async_trait]
pub trait StaffPlacing {
    /// Some hundreds of the answers about an event or a venue that the programme placed there, or that it found no event
    /// for, and that were given in a span: in the order in which they arrived, those that follow `after`.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn placed_by_programme(
        &self,
        subject: Subject,
        span: Window,
        after: Option<(Millis, ResponseId)>,
    ) -> Result<Vec<StoredResponse>, StoreError>;

    /// Places answers again, a piece at a time, each with its tallies, and makes the places due for judging whose evidence
    /// changes. Says how many. What a code, a tablet or staff have decided stays, and so does what is gone or was given at
    /// another instant by now, and what would come to an event of another venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn place_again(&self, places: &[NewPlace], at: Millis) -> Result<usize, StoreError>;
}
