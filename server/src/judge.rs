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
        pace::PaceLimits,
        reference::Reference,
        signs::{Signs, signs},
    },
    flag::{Flag, Standing},
    id::{ProductionId, ResponseId},
    venue_settings::{Burst, VenueSettings},
};
use store::{
    StoreError, SystemStore,
    doubt::{BATCH, Due, NewSigns, PlaceAnswers, PlaceDay},
};

use tokio::sync::Mutex;

use crate::{clock::Clock, survey_cache::SurveyCache};

/// So many places and days are looked at for a preview: at a house with three tablets those of a year.
const PREVIEWED: usize = 1_000;
/// So many places are judged in one round.
const PLACES: u32 = 64;

/// Judges responses.
#[derive(Clone)]
pub struct Judge {
    store: Arc<dyn SystemStore>,
    surveys: SurveyCache,
    clock: Arc<dyn Clock>,
    previewing: Arc<Mutex<()>>,
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
    /// so many places and days were looked at
    pub places: usize,
    /// of so many
    pub of_places: usize,
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
        Self { store, surveys, clock, previewing: Arc::default() }
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
            let found = self.store.judged_at(at).await?;
            let settings = self.settings(&found).await?;
            let signs = self.signs_of(at, &found, PaceLimits::of(&settings.burst)).await?;
            let responses = others(&found, &signs).count();
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

    /// What other limits would change at these places, of which nothing is written. Of many, the last are looked at,
    /// and one preview at a time.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn preview(&self, places: &[PlaceDay], limits: &Burst) -> Result<Preview, StoreError> {
        let _alone = self.previewing.lock().await;
        let last = &places[places.len().saturating_sub(PREVIEWED)..];
        let mut preview = Preview { places: last.len(), of_places: places.len(), ..Preview::default() };
        for at in last {
            let found = self.store.judged_at(*at).await?;
            let signs = self.signs_of(*at, &found, PaceLimits::of(limits)).await?;
            for id in signs.keys().chain(found.flags.keys().filter(|id| !signs.contains_key(*id))) {
                let before = found.flags.get(id).map_or(&[][..], Vec::as_slice);
                let without_weak = before.iter().copied().filter(|flag| !flag.is_weak());
                let flags: Vec<Flag> = without_weak.chain(signs.get(id).into_iter().flatten().copied()).collect();
                match (Standing::from_flags(before), Standing::from_flags(&flags)) {
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
        let found = self.store.judged_at(due.at).await?;
        let settings = self.settings(&found).await?;
        let signs = self.signs_of(due.at, &found, PaceLimits::of(&settings.burst)).await?;
        let new: Vec<NewSigns> = others(&found, &signs).collect();
        for batch in new.chunks(BATCH) {
            // Somebody else knows more than this round does, and goes on.
            if !self.store.set_signs(due, batch, self.clock.now()).await? {
                return Ok(());
            }
        }
        self.store.finish(due, &productions(&found)).await
    }

    /// The signs that agree, of each response that carries any.
    async fn signs_of(
        &self,
        at: PlaceDay,
        found: &PlaceAnswers,
        limits: PaceLimits,
    ) -> Result<BTreeMap<ResponseId, Vec<Flag>>, StoreError> {
        let expected = self.expected(at, found).await?;
        let signs = signs(&found.observed, &expected, limits).into_iter().map(Signs::agreed);
        let ids = found.observed.iter().map(|observed| observed.id);
        Ok(ids.zip(signs).filter(|(_, signs)| !signs.is_empty()).collect())
    }

    /// What the answers are expected to be.
    async fn expected(&self, at: PlaceDay, found: &PlaceAnswers) -> Result<Reference, StoreError> {
        let mut surveys = Vec::new();
        for version in &found.surveys {
            surveys.extend(self.surveys.get(*version).await?);
        }
        let mut expected = Reference::shipped(surveys.iter().map(|survey| &**survey));
        for earlier in self.store.earlier_answers(&productions(found), at.day).await? {
            expected.add(earlier.question, earlier.value, earlier.count);
        }
        Ok(expected)
    }

    /// Those of the venue that took the responses; of one of them, where a tablet moved during the day.
    async fn settings(&self, found: &PlaceAnswers) -> Result<VenueSettings, StoreError> {
        match found.venue {
            Some(venue) => self.store.venue_settings(venue).await,
            None => Ok(VenueSettings::default()),
        }
    }
}

/// The responses that carry other signs than they should, with those that they should.
fn others<'a>(
    found: &'a PlaceAnswers,
    signs: &'a BTreeMap<ResponseId, Vec<Flag>>,
) -> impl Iterator<Item = NewSigns> + 'a {
    let new = signs.iter().filter(|(id, signs)| found.flags.get(id).map_or(Vec::new(), |flags| weak(flags)) != **signs);
    let gone = found.flags.iter().filter(|(id, flags)| !signs.contains_key(id) && !weak(flags).is_empty());
    let new = new.map(|(id, signs)| NewSigns { id: *id, signs: signs.clone() });
    new.chain(gone.map(|(id, _)| NewSigns { id: *id, signs: Vec::new() }))
}

fn productions(found: &PlaceAnswers) -> Vec<ProductionId> {
    found.productions.iter().copied().collect()
}

/// The weak ones of some flags, in the order in which signs stand.
fn weak(flags: &[Flag]) -> Vec<Flag> {
    let mut weak: Vec<Flag> = flags.iter().copied().filter(|flag| flag.is_weak()).collect();
    weak.sort_unstable();
    weak
}
