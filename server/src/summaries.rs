//! Summaries: from the store's tallies to what staff and programs read.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    event::{Event, Subject},
    id::{EventId, ProductionId, SurveyVersionId, VenueId},
    summary::{Summary, SummaryInput},
    survey::SurveyVersion,
    tally::Tally,
    time::LocalDay,
};

use store::{StaffStore, StoreError};

use crate::survey_cache::SurveyCache;

/// A summary with the questions that it is about.
#[derive(Clone, Debug)]
pub struct Summarised {
    /// the numbers
    pub summary: Summary,
    /// every survey version in it, the newest first
    pub surveys: Vec<SurveyVersion>,
    /// the course that it is a meeting of, and whose pool says what it does not
    pub course: Option<ProductionId>,
}

/// Sums up one event.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn of_event(
    store: &dyn StaffStore,
    surveys: &SurveyCache,
    event: &Event,
    scores_asked: bool,
) -> Result<Summarised, StoreError> {
    let (tally, course) = tokio::try_join!(store.tally(Subject::Event(event.id), None), store.course_of(event.id))?;
    let summarised = of_tally(store, surveys, event, &tally, scores_asked).await?;
    Ok(summarised.as_meeting_of(course))
}

/// Sums up one event whose tally is there. Mostly all were asked the same, and that is known already.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn of_tally(
    store: &dyn StaffStore,
    surveys: &SurveyCache,
    event: &Event,
    tally: &Tally,
    scores_asked: bool,
) -> Result<Summarised, StoreError> {
    let mut asked: BTreeSet<SurveyVersionId> = versions(tally).collect();
    // Before the first answer the page already shows what is being asked.
    let first = asked.pop_first().unwrap_or(event.survey_version);
    let surveys = if asked.is_empty() {
        surveys.get(first).await?.iter().map(|survey| SurveyVersion::clone(survey)).collect()
    } else {
        // Which of them is newer is for the store to say.
        asked.insert(first);
        store.survey_versions(&asked.into_iter().collect::<Vec<_>>()).await?
    };
    Ok(sum_up(tally, surveys, event.attendance, scores_asked))
}

impl Summarised {
    /// The same of a meeting of a course: it says how many answered, and nothing else.
    #[must_use]
    pub fn as_meeting_of(self, course: Option<ProductionId>) -> Self {
        match course {
            None => self,
            Some(_) => Self { summary: self.summary.silenced(), course, ..self },
        }
    }
}

/// Sums up events that have answers, in three queries however many they are.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn of_events(store: &dyn StaffStore, events: &[&Event]) -> Result<BTreeMap<EventId, Summary>, StoreError> {
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let played = events.iter().filter(|event| event.production.is_some()).map(|event| event.id).collect::<Vec<_>>();
    let (tallies, meetings) = tokio::try_join!(store.tallies(&ids), store.courses_of(&played))?;
    let meetings: BTreeMap<EventId, ProductionId> = meetings.into_iter().collect();
    let asked: BTreeSet<SurveyVersionId> = tallies.values().flat_map(versions).collect();
    let surveys = store.survey_versions(&asked.into_iter().collect::<Vec<_>>()).await?;
    let summaries = events.iter().filter_map(|event| {
        let tally = tallies.get(&event.id)?;
        let asked: BTreeSet<SurveyVersionId> = versions(tally).collect();
        let surveys = surveys.iter().filter(|survey| asked.contains(&survey.version)).cloned().collect();
        let summarised = sum_up(tally, surveys, event.attendance, false);
        Some((event.id, summarised.as_meeting_of(meetings.get(&event.id).copied()).summary))
    });
    Ok(summaries.collect())
}

/// What was asked at events: what they ask, and what anybody has answered there.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn asked_at(store: &dyn StaffStore, events: &[Event]) -> Result<Vec<SurveyVersion>, StoreError> {
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let tallies = store.tallies(&ids).await?;
    let mut asked: BTreeSet<SurveyVersionId> = tallies.values().flat_map(versions).collect();
    asked.extend(events.iter().map(|event| event.survey_version));
    store.survey_versions(&asked.into_iter().collect::<Vec<_>>()).await
}

/// Sums up what came in at a venue on a day, outside its events.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn of_day(
    store: &dyn StaffStore,
    venue: VenueId,
    day: LocalDay,
    scores_asked: bool,
) -> Result<Summarised, StoreError> {
    let subject = Subject::Venue(venue);
    let (surveys, tally) = tokio::try_join!(store.versions_of(subject), store.tally(subject, Some(day)))?;
    Ok(sum_up(&tally, surveys, None, scores_asked))
}

/// The survey versions that a tally mentions.
fn versions(tally: &Tally) -> impl Iterator<Item = SurveyVersionId> {
    tally.iter().map(|(cell, _)| cell.survey_version)
}

fn sum_up(tally: &Tally, surveys: Vec<SurveyVersion>, attendance: Option<u32>, scores_asked: bool) -> Summarised {
    let summary = SummaryInput { tally, surveys: &surveys, attendance, scores_asked }.summary();
    Summarised { summary, surveys, course: None }
}
