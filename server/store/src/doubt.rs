//! Doubt: what is looked at to judge the responses of a place and a day, and what is made of them.
//!
//! Responses are stored first and judged afterwards, so that no visitor waits for it. A place and day that something
//! changed at is due until somebody has judged it: the mark stands in the database, written with the responses, so
//! that no crash loses it and any of several servers may do the work.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::{
    doubt::observed::Observed,
    flag::Flag,
    id::{ProductionId, QuestionId, ResponseId, SurveyVersionId, VenueId},
    survey::kinds::CountedValue,
    time::{LocalDay, Millis},
};
use uuid::Uuid;

use super::{StoreError, responses::Placement};

/// A local day of a tablet, or of the event or venue of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceDay {
    /// the id of the kiosk, else of the event, else of the venue
    pub place: Uuid,
    /// the day of the event, or where there is none, of the response
    pub day: LocalDay,
}

impl PlaceDay {
    /// Where a response is judged.
    #[must_use]
    pub fn of(place: &Placement) -> Self {
        Self { place: place.kiosk.map_or_else(|| place.subject().id(), |kiosk| kiosk.0), day: place.local_day }
    }
}

/// A place and day that are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// where
    pub at: PlaceDay,
    /// what will have been judged
    pub revision: i64,
}

/// Everything that was answered at a place on a day, as far as judging looks at it: of 100,000 answers at one code
/// nothing else is in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceAnswers {
    /// where they were taken; one of several, where a tablet moved during the day
    pub venue: Option<VenueId>,
    /// what they are about
    pub productions: BTreeSet<ProductionId>,
    /// what was asked
    pub surveys: BTreeSet<SurveyVersionId>,
    /// those that signs are looked for in: whose channel is not beyond suspicion, and that staff have not put back
    pub observed: Vec<Observed>,
    /// the doubts that stand, in their order; a response without any is not in it
    pub flags: BTreeMap<ResponseId, Vec<Flag>>,
}

/// The weak signs that a response shall carry, and no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSigns {
    /// which response
    pub id: ResponseId,
    /// its signs; none, where they do not agree
    pub signs: Vec<Flag>,
}

/// How often a value was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierAnswers {
    /// to which question
    pub question: QuestionId,
    /// which answer
    pub value: CountedValue,
    /// by how many
    pub count: u64,
}

/// So many responses get their signs in one transaction, so that no answer waits long for it.
pub const BATCH: usize = 40;

/// Judging responses.
#[async_trait]
pub trait Doubts {
    /// Places and days where something changed since they were judged, the earliest day first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn due(&self, limit: u32) -> Result<Vec<Due>, StoreError>;

    /// Begins to judge a place and day, before anything is read of it: from now on nobody writes what follows from an
    /// earlier revision. False where somebody has begun with a later one.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn begin(&self, due: Due) -> Result<bool, StoreError>;

    /// Everything that was answered at a place on a day, in no particular order.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn judged_at(&self, at: PlaceDay) -> Result<PlaceAnswers, StoreError>;

    /// What counted at the events of productions before a day.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn earlier_answers(
        &self,
        productions: &[ProductionId],
        before: LocalDay,
    ) -> Result<Vec<EarlierAnswers>, StoreError>;

    /// Gives at most [`BATCH`] responses of a place their signs, and moves the tallies in the same transaction. False,
    /// and nothing happens, where somebody has [begun](Self::begin) with a later revision.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn set_signs(&self, due: Due, signs: &[NewSigns], at: Millis) -> Result<bool, StoreError>;

    /// A place and day have been judged at a revision. Where something came since, they stay due. Later days of these
    /// productions, whose reference this day is, become due.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn finish(&self, due: Due, productions: &[ProductionId]) -> Result<(), StoreError>;

    /// The places and days where something was ever answered: at a venue, or anywhere; the earliest day first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn places(&self, venue: Option<VenueId>) -> Result<Vec<PlaceDay>, StoreError>;

    /// Makes everything due that was answered at a venue, or anywhere.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn judge_again(&self, venue: Option<VenueId>) -> Result<(), StoreError>;
}
