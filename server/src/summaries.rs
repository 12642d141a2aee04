//! Summaries: from the store's tallies to what staff and programs read.

use domain::{
    event::{Event, Subject},
    summary::{Summary, Sums},
    survey::SurveyVersion,
    time::LocalDay,
};

use store::{Store, StoreError};

/// A summary with the questions that it is about.
#[derive(Clone, Debug)]
pub struct Summarised {
    /// the numbers
    pub summary: Summary,
    /// every survey version in it, the newest first
    pub surveys: Vec<SurveyVersion>,
}

/// Sums up one event.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn of_event(store: &dyn Store, event: &Event, scores_asked: bool) -> Result<Summarised, StoreError> {
    let subject = Subject::Event(event.id);
    let (mut surveys, tally) = tokio::try_join!(store.versions_of(subject), store.tally(subject, None))?;
    if surveys.is_empty() {
        // Before the first answer the page already shows what is being asked.
        surveys.extend(store.survey_version(event.survey_version).await?);
    }
    let sums = Sums { tally: &tally, surveys: &surveys, attendance: event.attendance, scores_asked };
    Ok(Summarised { summary: sums.summary(), surveys })
}

/// Sums up what came in at a venue on a day, outside its events.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn of_day(
    store: &dyn Store,
    venue: domain::id::VenueId,
    day: LocalDay,
    scores_asked: bool,
) -> Result<Summarised, StoreError> {
    let subject = Subject::Venue(venue);
    let (surveys, tally) = tokio::try_join!(store.versions_of(subject), store.tally(subject, Some(day)))?;
    let sums = Sums { tally: &tally, surveys: &surveys, attendance: None, scores_asked };
    Ok(Summarised { summary: sums.summary(), surveys })
}
