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
    doubt::{observed::Observed, pace::PaceLimits, reference::Reference, signs::signs},
    flag::{Flag, Standing},
    id::{ProductionId, ResponseId, SurveyVersionId},
    time::Millis,
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

impl Judge {
    /// Judges what is in a store.
    #[must_use]
    pub fn new(store: Arc<dyn SystemStore>, surveys: SurveyCache, clock: Arc<dyn Clock>) -> Self {
        Self { store, surveys, clock }
    }

    /// Judges what is due, the earliest day first, and says whether there was anything.
    ///
    /// # Errors
    /// Where the store cannot do it now. What was not judged stays due.
    pub async fn round(&self) -> Result<bool, StoreError> {
        let due = self.store.due(PLACES).await?;
        for due in &due {
            self.judge(*due).await?;
        }
        Ok(!due.is_empty())
    }

    /// Judges until nothing is due.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn settle(&self) -> Result<(), StoreError> {
        while self.round().await? {}
        Ok(())
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
        let judged = self.store.judged_at(due.at).await?;
        let settings = self.settings(&judged).await?;
        let signs = self.signs_of(due.at, &judged, PaceLimits::of(&settings.burst)).await?;
        let new: Vec<NewSigns> = judged
            .iter()
            .zip(signs)
            .filter(|(judged, signs)| weak(&judged.stored.flags) != *signs)
            .map(|(judged, signs)| NewSigns { id: judged.stored.response.id, signs })
            .collect();
        for batch in new.chunks(BATCH) {
            // Somebody else knows more than this round does, and goes on.
            if !self.store.set_signs(due, batch, self.clock.now()).await? {
                return Ok(());
            }
        }
        let last = judged.iter().map(|judged| judged.stored.place.corrected_at).max().unwrap_or(Millis::MAX / 2);
        self.store.finish(due, &productions(&judged), last).await
    }

    /// The signs that agree in each response, in order.
    async fn signs_of(
        &self,
        at: PlaceDay,
        judged: &[Judged],
        limits: PaceLimits,
    ) -> Result<Vec<Vec<Flag>>, StoreError> {
        let expected = self.expected(at, judged).await?;
        let observed: Vec<Option<Observed>> = judged.iter().map(observed).collect();
        let looked_at: Vec<Observed> = observed.iter().flatten().cloned().collect();
        let mut agreed: BTreeMap<ResponseId, Vec<Flag>> = looked_at
            .iter()
            .map(|observed| observed.id)
            .zip(signs(&looked_at, &expected, limits).into_iter().map(|signs| signs.agreed()))
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

    /// Those of the venue that took the responses.
    async fn settings(&self, judged: &[Judged]) -> Result<VenueSettings, StoreError> {
        let venue = judged.first().map(|judged| judged.stored.place.venue);
        match venue {
            Some(venue) => self.store.venue_settings(venue).await,
            None => Ok(VenueSettings::default()),
        }
    }
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
