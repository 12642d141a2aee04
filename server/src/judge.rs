//! Judges responses: looks for weak signs over a day of a tablet or a code, and sets aside where they agree.
//!
//! Which signs there are is `domain::doubt`'s, what is due and how it is written is `store::doubt`'s. Here both meet
//! the settings of the venue and what its earlier events were answered with. When the server judges is
//! [`jobs::judging`](crate::jobs::judging)'s.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use domain::{
    doubt::{
        observed::Observed,
        pace::PaceLimits,
        reference::Reference,
        signs::{Signs, signs},
    },
    flag::{Flag, Standing},
    id::{ProductionId, ResponseId, SurveyVersionId},
    venue_settings::{Burst, VenueSettings},
};
use store::{
    StoreError, SystemStore,
    doubt::{BATCH, Due, Judged, NewSigns, PlaceDay},
};

use crate::{clock::Clock, survey_cache::SurveyCache};

/// So many places are judged in one round.
const PLACES: u32 = 64;

/// Judges responses.
#[derive(Clone)]
pub struct Judge {
    store: Arc<dyn SystemStore>,
    surveys: SurveyCache,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").finish_non_exhaustive()
    }
}

/// How many responses would stand otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// that are set aside and would count
    pub would_count: usize,
    /// that count and would be set aside
    pub would_be_set_aside: usize,
}

/// A place and day where responses stand otherwise than what is stored says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misjudged {
    /// where
    pub at: PlaceDay,
    /// how many
    pub responses: usize,
}

impl Judge {
    /// Judges what is in a store.
    #[must_use]
    pub fn new(store: Arc<dyn SystemStore>, surveys: SurveyCache, clock: Arc<dyn Clock>) -> Self {
        Self { store, surveys, clock }
    }

    /// Judges what is due on the earliest day, and says whether there was anything. Later days wait for it: they may be
    /// judged against what was counted on this one.
    ///
    /// # Errors
    /// Where the store cannot do it now. What was not judged stays due.
    pub async fn round(&self) -> Result<bool, StoreError> {
        let due = self.store.due(PLACES).await?;
        let Some(earliest) = due.first().map(|due| due.at.day) else { return Ok(false) };
        for due in due.into_iter().take_while(|due| due.at.day == earliest) {
            self.judge(due).await?;
        }
        Ok(true)
    }

    /// Judges until nothing is due.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn settle(&self) -> Result<(), StoreError> {
        while self.round().await? {}
        Ok(())
    }

    /// The places and days where responses stand otherwise than what is stored says, the earliest day first. What is
    /// still to be judged is none of them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn misjudged(&self) -> Result<Vec<Misjudged>, StoreError> {
        let due: BTreeSet<PlaceDay> = self.store.due(u32::MAX).await?.into_iter().map(|due| due.at).collect();
        let mut misjudged = Vec::new();
        for at in self.store.places(None).await?.into_iter().filter(|at| !due.contains(at)) {
            let judged = self.store.judged_at(at).await?;
            let settings = self.settings(&judged).await?;
            let signs = self.signs_of(at, &judged, PaceLimits::of(&settings.burst)).await?;
            let responses = judged.iter().zip(signs).filter(|(judged, signs)| is_other(judged, signs)).count();
            if responses > 0 {
                misjudged.push(Misjudged { at, responses });
            }
        }
        Ok(misjudged)
    }

    /// Judges everything anew, the earliest day first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn judge_again(&self) -> Result<(), StoreError> {
        self.store.judge_again(None).await?;
        self.settle().await
    }

    /// What other limits would change at these places, of which nothing is written.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn preview(&self, places: &[PlaceDay], limits: &Burst) -> Result<Preview, StoreError> {
        let mut preview = Preview::default();
        for at in places {
            let judged = self.store.judged_at(*at).await?;
            let new = self.signs_of(*at, &judged, PaceLimits::of(limits)).await?;
            for (judged, signs) in judged.iter().zip(new) {
                let without_weak = judged.stored.flags.iter().copied().filter(|flag| !flag.is_weak());
                let flags: Vec<Flag> = without_weak.chain(signs).collect();
                let before = Standing::from_flags(&judged.stored.flags);
                match (before, Standing::from_flags(&flags)) {
                    (Standing::SetAside, Standing::Counted) => preview.would_count += 1,
                    (Standing::Counted, Standing::SetAside) => preview.would_be_set_aside += 1,
                    _ => {}
                }
            }
        }
        Ok(preview)
    }

    async fn judge(&self, due: Due) -> Result<(), StoreError> {
        if !self.store.begin(due).await? {
            return Ok(());
        }
        let judged = self.store.judged_at(due.at).await?;
        let settings = self.settings(&judged).await?;
        let signs = self.signs_of(due.at, &judged, PaceLimits::of(&settings.burst)).await?;
        let new: Vec<NewSigns> = judged
            .iter()
            .zip(signs)
            .filter(|(judged, signs)| is_other(judged, signs))
            .map(|(judged, signs)| NewSigns { id: judged.stored.response.id, signs })
            .collect();
        for batch in new.chunks(BATCH) {
            // Somebody else knows more than this round does, and goes on.
            if !self.store.set_signs(due, batch, self.clock.now()).await? {
                return Ok(());
            }
        }
        self.store.finish(due, &productions(&judged)).await
    }

    /// The signs that agree in each response, in order.
    async fn signs_of(
        &self,
        at: PlaceDay,
        judged: &[Judged],
        limits: PaceLimits,
    ) -> Result<Vec<Vec<Flag>>, StoreError> {
        let expected = self.expected(at, judged).await?;
        let looked_at: Vec<Observed> = judged.iter().filter_map(observed).collect();
        let mut agreed: BTreeMap<ResponseId, Vec<Flag>> = looked_at
            .iter()
            .map(|observed| observed.id)
            .zip(signs(&looked_at, &expected, limits).into_iter().map(Signs::agreed))
            .collect();
        Ok(judged.iter().map(|judged| agreed.remove(&judged.stored.response.id).unwrap_or_default()).collect())
    }

    /// What the answers are expected to be.
    async fn expected(&self, at: PlaceDay, judged: &[Judged]) -> Result<Reference, StoreError> {
        let versions: BTreeSet<SurveyVersionId> =
            judged.iter().map(|judged| judged.stored.response.survey_version).collect();
        let mut surveys = Vec::new();
        for version in versions {
            surveys.extend(self.surveys.get(version).await?);
        }
        let mut expected = Reference::shipped(surveys.iter().map(|survey| &**survey));
        for earlier in self.store.earlier_answers(&productions(judged), at.day).await? {
            expected.add(earlier.question, earlier.value, earlier.count);
        }
        Ok(expected)
    }

    /// Those of the venue that took the responses; of one of them, where a tablet moved during the day.
    async fn settings(&self, judged: &[Judged]) -> Result<VenueSettings, StoreError> {
        let venue = judged.iter().map(|judged| judged.stored.place.venue).min();
        match venue {
            Some(venue) => self.store.venue_settings(venue).await,
            None => Ok(VenueSettings::default()),
        }
    }
}

/// Whether a response carries other signs than it should.
fn is_other(judged: &Judged, signs: &[Flag]) -> bool {
    weak(&judged.stored.flags) != signs
}

fn observed(judged: &Judged) -> Option<Observed> {
    if judged.is_decided {
        return None;
    }
    let place = &judged.stored.place;
    let at = place.clock_known.then_some(place.corrected_at);
    Observed::new(&judged.stored.response, at, place.address_class)
}

fn productions(judged: &[Judged]) -> Vec<ProductionId> {
    let productions: BTreeSet<ProductionId> =
        judged.iter().filter_map(|judged| judged.stored.place.production).collect();
    productions.into_iter().collect()
}

/// The weak ones of some flags, in the order in which signs stand.
fn weak(flags: &[Flag]) -> Vec<Flag> {
    let mut weak: Vec<Flag> = flags.iter().copied().filter(|flag| flag.is_weak()).collect();
    weak.sort_unstable();
    weak
}
