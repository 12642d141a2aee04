//! Comments, as staff may read them.

use async_trait::async_trait;
use domain::{
    event::Subject,
    flag::Standing,
    id::QuestionId,
    response::{Given, Response},
    survey::kinds::text::{SIGNS_SET_ASIDE, shortened},
    time::{LocalDay, Millis},
};
use serde_json::json;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, response_rows, scope::Scoped};
use crate::{
    StoreError, answers,
    audit::{Author, Entry, Kind},
    comments::{Comment, CommentQuery, Comments, StaffComments},
    scope::push_list,
};

/// So many responses are shortened at a time: a few milliseconds.
const PIECE: usize = 50;

/// So many responses are blanked in one transaction.
const BLANKED_AT_ONCE: i64 = 200;

#[async_trait]
impl Comments for Backend {
    async fn shorten_old_comments(&self, at: Millis) -> Result<u64, StoreError> {
        let done: Option<Option<Millis>> =
            sqlx::query_scalar("SELECT comments_shortened_at FROM installation").fetch_optional(self.reader()).await?;
        if done.flatten().is_some() {
            return Ok(0);
        }
        // Nobody adds to them: what is set aside now is shortened in the same transaction.
        let whole: Vec<Uuid> = sqlx::query_scalar(
            "SELECT DISTINCT response FROM comments JOIN responses ON responses.id = response
             WHERE standing = $1 AND length(text) > $2 AND NOT shortened ORDER BY response",
        )
        .bind(Standing::SetAside.code())
        .bind(i64::try_from(SIGNS_SET_ASIDE).unwrap_or(i64::MAX))
        .fetch_all(self.reader())
        .await?;
        let mut responses = 0;
        for piece in whole.chunks(PIECE) {
            let mut tx = self.write().await?;
            for id in piece {
                let Some(locked) = response_rows::locked(tx.connection(), *id).await? else { continue };
                if Standing::from_flags(&locked.stored.flags) == Standing::SetAside {
                    shorten(tx.connection(), &locked.stored.response).await?;
                    responses += 1;
                }
            }
            tx.commit_piece().await?;
        }
        let mut tx = self.write().await?;
        sqlx::query(
            "INSERT INTO installation (one, comments_shortened_at) VALUES (1, $1)
             ON CONFLICT (one) DO UPDATE SET comments_shortened_at = $1",
        )
        .bind(at)
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(responses)
    }

    async fn blank_comments(&self, before: Millis, now: Millis) -> Result<u64, StoreError> {
        let author = Author { at: now, ..Author::PROGRAM };
        let mut all = 0;
        loop {
            let mut tx = self.write().await?.by(&author);
            let old: Vec<Uuid> = sqlx::query_scalar(
                "SELECT id FROM responses WHERE commented AND corrected_at < $1 ORDER BY corrected_at LIMIT $2",
            )
            .bind(before)
            .bind(BLANKED_AT_ONCE)
            .fetch_all(tx.connection())
            .await?;
            let mut blanked = 0;
            if !old.is_empty() {
                let mut texts =
                    QueryBuilder::<Db>::new("UPDATE comments SET text = '' WHERE text <> '' AND response IN ");
                push_list(&mut texts, old.iter().copied());
                blanked += texts.build().persistent(false).execute(tx.connection()).await?.rows_affected();
                let mut responses = QueryBuilder::<Db>::new("UPDATE responses SET commented = FALSE WHERE id IN ");
                push_list(&mut responses, old.iter().copied());
                responses.build().persistent(false).execute(tx.connection()).await?;
            }
            // What was refused under the id of another response was written, too.
            let refused = sqlx::query(
                "UPDATE conflicts SET comments = NULL WHERE (response, content_form, content_hash) IN (
                     SELECT response, content_form, content_hash FROM conflicts
                     WHERE comments IS NOT NULL AND received_at < $1 LIMIT $2)",
            )
            .bind(before)
            .bind(BLANKED_AT_ONCE)
            .execute(tx.connection())
            .await?;
            blanked += refused.rows_affected();
            if blanked > 0 {
                let told = |comments: u64| json!({ "comments": comments });
                tx.record(Entry::changed(Kind::Responses, "", &told(blanked), &told(0))).await?;
            }
            tx.commit_piece().await?;
            all += blanked;
            if old.is_empty() && refused.rows_affected() == 0 {
                return Ok(all);
            }
        }
    }
}

#[async_trait]
impl StaffComments for Scoped {
    async fn newest_comments(&self, query: &CommentQuery) -> Result<Vec<Comment>, StoreError> {
        if !self.view.comments {
            return Ok(Vec::new());
        }
        let later = if query.now >= query.all_from { 0 } else { query.delay };
        // Those that are not shown yet are none of the later ones, and nobody reads what they wrote.
        let hidden_by = later + self.not_shown(query.subject, query.day).await?;
        let before = match hidden_by {
            0 => Millis::MAX,
            nth => match self.nth_newest(query.subject, query.day, nth).await? {
                Some(at) => at,
                None => return Ok(Vec::new()),
            },
        };
        let before = self.view.delay.shown_until(self.view.now).map_or(before, |until| before.min(until + 1));
        let mut sql = QueryBuilder::<Db>::new(
            "SELECT question, lang, answers, text, may_quote, shortened FROM responses JOIN comments ON comments.response = responses.id
             WHERE subject = ",
        );
        sql.push_bind(query.subject.id()).push(" AND received_at < ").push_bind(before);
        // Who changed an answer wrote the comment then: by the server's clock, since only a phone's can be changed.
        sql.push(" AND (revision = 1 OR answered_at < ").push_bind(before).push(")");
        if let Some(day) = query.day {
            sql.push(" AND local_day = ").push_bind(day.0);
        }
        self.scope.narrow(&mut sql, "venue");
        sql.push(" AND commented AND standing = 0 AND text <> '' ORDER BY received_at DESC, responses.id DESC LIMIT ");
        sql.push_bind(i64::from(query.limit));
        let rows: Vec<(Uuid, String, String, String, bool, bool)> =
            sql.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter()
            .map(|(question, lang, given, text, may_quote, is_shortened)| {
                let lang = lang.parse().map_err(|_| StoreError::unknown_word("language", &lang))?;
                Ok(Comment { question: QuestionId(question), lang, face: face(&given)?, text, may_quote, is_shortened })
            })
            .collect()
    }
}

impl Scoped {
    /// How many of the newest that count are not shown yet.
    async fn not_shown(&self, subject: Subject, day: Option<LocalDay>) -> Result<u64, StoreError> {
        if self.view.is_everything() {
            return Ok(0);
        }
        let held = self.held_back(&mut *self.backend.snapshot().await?, subject, day).await?;
        let until = self.view.delay.shown_until(self.view.now).unwrap_or(Millis::MIN);
        let newest = held.iter().filter(|held| held.flags.is_empty() && held.place.received_at > until);
        Ok(newest.count() as u64)
    }

    /// When the `nth` newest response of a subject arrived: before that, at least `nth` came later.
    async fn nth_newest(
        &self,
        subject: Subject,
        day: Option<LocalDay>,
        nth: u64,
    ) -> Result<Option<Millis>, StoreError> {
        let mut sql = QueryBuilder::<Db>::new("SELECT received_at FROM responses WHERE subject = ");
        sql.push_bind(subject.id()).push(" AND standing = 0");
        if let Some(day) = day {
            sql.push(" AND local_day = ").push_bind(day.0);
        }
        self.scope.narrow(&mut sql, "venue");
        sql.push(" ORDER BY received_at DESC LIMIT 1 OFFSET ");
        sql.push_bind(i64::try_from(nth.saturating_sub(1)).unwrap_or(i64::MAX));
        let at = sql.build_query_scalar().persistent(self.scope.is_everything());
        Ok(at.fetch_optional(self.reader()).await?)
    }
}

/// Keeps the beginning of a response's comments, since it is set aside. What is cut is gone, also where it is put back.
pub(super) async fn shorten(connection: &mut Connection, response: &Response) -> Result<(), StoreError> {
    if answers::comments(&response.answers).next().is_none() {
        return Ok(());
    }
    let texts: Vec<(Uuid, String)> = sqlx::query_as("SELECT question, text FROM comments WHERE response = $1")
        .bind(response.id.0)
        .fetch_all(&mut *connection)
        .await?;
    for (question, text) in texts {
        let kept = shortened(&text);
        if kept.len() < text.len() {
            sqlx::query("UPDATE comments SET text = $3, shortened = TRUE WHERE response = $1 AND question = $2")
                .bind(response.id.0)
                .bind(question)
                .bind(kept)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

fn face(json: &str) -> Result<Option<u8>, StoreError> {
    Ok(answers::from_json(json)?.into_iter().find_map(|answer| match answer.given {
        Given::Face(value) => Some(value),
        _ => None,
    }))
}
