//! Answers that staff move to another event: what they have decided about where an answer belongs, no programme and no
//! change of mind of its visitor decides again.

use async_trait::async_trait;
use domain::{
    event::Window,
    id::{EventId, ResponseId},
    time::{LocalDay, Millis},
};

use super::StoreError;

/// Which answers are to be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichToMove {
    /// one
    One(ResponseId),
    /// those about an event that were given in a span, both ends included
    Span(EventId, Window),
}

/// Where answers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveTo {
    /// the event that they are about
    pub event: EventId,
    /// its day at the venue
    pub local_day: LocalDay,
}

/// Answers, as staff move them.
#[async_trait]
pub trait StaffMoving {
    /// Answers that could be moved to an event of the same venue: counted and set aside, in the order of their ids, as far
    /// as they are shown by now.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn to_move(&self, which: &WhichToMove, to: EventId) -> Result<Vec<ResponseId>, StoreError>;

    /// Moves answers, some hundreds at a time, each with its tallies; makes the places due for judging whose evidence
    /// changes, and writes down how many went where. Says how many. What is there already, is gone by now, or was given at
    /// another venue stays where it is. That they were given outside the event's answer window is no doubt any more.
    ///
    /// # Errors
    /// Where the store cannot do it now: what was moved until then stays moved.
    async fn move_responses(&self, ids: &[ResponseId], to: MoveTo, at: Millis) -> Result<usize, StoreError>;
}
