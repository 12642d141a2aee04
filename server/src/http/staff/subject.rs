//! What the pages of an event and of a day without one have in common: gathering their data.

use app::{
    domain::{
        event::{Event, Subject, Venue},
        privacy::{COMMENT_DELAY, FEWEST},
        summary::{KindWord, Summary},
        time::{DAY, LocalDay, Millis},
    },
    pages::staff::subject::{About, Comment, LiveAddresses, SubjectData},
};

use crate::{
    http::page::Reading,
    state::AppState,
    store::{StoreError, comments::CommentQuery},
    summaries,
};

/// So many of the newest comments stand on a page.
const COMMENTS: u32 = 8;

/// How a page shows a subject.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// for whom
    pub reading: &'a Reading,
    /// the address of the view, without its query
    pub path: String,
    /// the address of its live region, without its query
    pub fragment: String,
    /// whether scores were asked for from five answers on
    pub scores_asked: bool,
}

impl View<'_> {
    fn live(&self, changes: String) -> LiveAddresses {
        let scores = if self.scores_asked { "&scores=all" } else { "" };
        LiveAddresses { changes, fragment: format!("{}?lang={}{scores}", self.fragment, self.reading.lang) }
    }

    /// An event.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn of_event(&self, state: &AppState, event: Event, venue: Venue) -> Result<SubjectData, StoreError> {
        let now = state.clock.now();
        let sums = summaries::of_event(&*state.store, &event, self.scores_asked).await?;
        let subject = Subject::Event(event.id);
        let comments = comments(state, subject, None, event.window.until, &sums.summary).await?;
        // Late answers come in for a day at most; after that nothing changes by itself.
        let live = (now <= event.window.until + DAY).then(|| self.live(format!("/staff/changes?event={}", event.id)));
        Ok(SubjectData {
            about: About::Event(Box::new(event)),
            venue,
            surveys: sums.surveys,
            summary: sums.summary,
            comments,
            now,
            path: self.path.clone(),
            live,
        })
    }

    /// A venue's day without an event, where anything came in.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn of_day(
        &self,
        state: &AppState,
        venue: Venue,
        day: LocalDay,
    ) -> Result<Option<SubjectData>, StoreError> {
        let now = state.clock.now();
        let sums = summaries::of_day(&*state.store, venue.id, day, self.scores_asked).await?;
        if sums.summary.counted + sums.summary.aside == 0 {
            return Ok(None);
        }
        let comments = comments(state, Subject::Venue(venue.id), Some(day), Millis::MAX, &sums.summary).await?;
        Ok(Some(SubjectData {
            about: About::Day(now),
            venue,
            surveys: sums.surveys,
            summary: sums.summary,
            comments,
            now,
            path: self.path.clone(),
            live: Some(self.live("/staff/changes".to_owned())),
        }))
    }
}

async fn comments(
    state: &AppState,
    subject: Subject,
    day: Option<LocalDay>,
    all_from: Millis,
    summary: &Summary,
) -> Result<Vec<Comment>, StoreError> {
    let now = state.clock.now();
    let query = CommentQuery { subject, day, delay: COMMENT_DELAY, all_from, now, limit: COMMENTS };
    let comments = state.store.newest_comments(&query).await?;
    // Beside so few the face would say what a single visitor answered.
    let faces = summary.questions.iter().filter(|question| question.kind == KindWord::Face);
    let with_faces = faces.take(1).all(|question| question.n >= FEWEST);
    Ok(comments
        .into_iter()
        .map(|comment| Comment { text: comment.text, lang: comment.lang, face: comment.face.filter(|_| with_faces) })
        .collect())
}
