//! Comments, as staff may read them: without time, kiosk or anything else that tells who wrote one.

use async_trait::async_trait;
use domain::{
    event::Subject,
    id::QuestionId,
    lang::LanguageTag,
    time::{LocalDay, Millis},
};

use super::StoreError;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// answers which question
    pub question: QuestionId,
    /// the language of the screen it was written on
    pub lang: LanguageTag,
    /// the face given with it, where one was
    pub face: Option<u8>,
    /// what was written
    pub text: String,
    /// whether whoever wrote it lets it be quoted
    pub may_quote: bool,
    /// whether only its beginning was kept, because the response was set aside for a time
    pub is_shortened: bool,
}

/// What the program itself does with comments.
#[async_trait]
pub trait Comments {
    /// Keeps the beginning of each comment whose response was set aside before that was done at once, a piece at a time,
    /// and says how many responses it looked at. Done once, there is nothing left.
    ///
    /// # Errors
    /// Where the store cannot do it now. What was shortened until then stays so, and the rest is done the next time.
    async fn shorten_old_comments(&self, at: Millis) -> Result<u64, StoreError>;

    /// Blanks what was written before `before`, the answers around it stay. A piece at a time, each with a line of the
    /// audit log that says how many. Returns how many.
    ///
    /// # Errors
    /// Where the store cannot do it now. What was blanked before that stays so.
    async fn blank_comments(&self, before: Millis, now: Millis) -> Result<u64, StoreError>;
}

/// Comments, as staff read them.
#[async_trait]
pub trait StaffComments {
    /// The newest comments of counted responses, newest first. A comment is there once at least
    /// `delay` later responses of the same subject have arrived since it was written or changed, or from `all_from` on (the end of the
    /// answer window), compared with `now`. None are where the caller's view holds no comments.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn newest_comments(&self, query: &CommentQuery) -> Result<Vec<Comment>, StoreError>;
}

/// Which comments to read.
#[derive(Clone, Copy, Debug)]
pub struct CommentQuery {
    /// about what
    pub subject: Subject,
    /// of a venue, on which day
    pub day: Option<LocalDay>,
    /// how many later responses hide whose comment it is
    pub delay: u64,
    /// from when on every comment is shown
    pub all_from: Millis,
    /// milliseconds UTC
    pub now: Millis,
    /// at most so many
    pub limit: u32,
}
