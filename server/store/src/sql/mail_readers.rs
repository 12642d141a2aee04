//! People who read summaries by e-mail.

use async_trait::async_trait;
use domain::{
    id::{MailReaderId, VenueId},
    time::Millis,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Backend, scope::Scoped, users::scope_text};
use crate::{
    Scope, StoreError,
    audit::{Actor, Author, Entry, Kind},
    mail_readers::{MailReader, MailReaders, ReaderAdded, StaffMailReaders},
};

#[async_trait]
impl MailReaders for Backend {
    async fn readers(&self) -> Result<Vec<MailReader>, StoreError> {
        let rows: Vec<ReaderRow> = sqlx::query_as("SELECT * FROM mail_readers WHERE stopped_at IS NULL ORDER BY email")
            .fetch_all(self.reader())
            .await?;
        rows.into_iter().map(MailReader::try_from).collect()
    }

    async fn reader(&self, id: MailReaderId) -> Result<Option<MailReader>, StoreError> {
        let row: Option<ReaderRow> =
            sqlx::query_as("SELECT * FROM mail_readers WHERE id = $1").bind(id.0).fetch_optional(self.reader()).await?;
        row.map(MailReader::try_from).transpose()
    }

    async fn stop_reader(&self, id: MailReaderId, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?.by(&Author { actor: Actor::Program, at: now });
        let email: Option<String> = sqlx::query_scalar(
            "UPDATE mail_readers SET stopped_at = $2 WHERE id = $1 AND stopped_at IS NULL RETURNING email",
        )
        .bind(id.0)
        .bind(now)
        .fetch_optional(tx.connection())
        .await?;
        if let Some(email) = email {
            let stopped = |is_stopped: bool| json!({ "stopped": is_stopped });
            tx.record(Entry::changed(Kind::Reader, id, &stopped(false), &stopped(true)).named(email)).await?;
        }
        tx.commit().await
    }
}

#[async_trait]
impl StaffMailReaders for Scoped {
    async fn mail_readers(&self) -> Result<Vec<MailReader>, StoreError> {
        if !self.scope.is_everything() {
            return Ok(Vec::new());
        }
        let rows: Vec<ReaderRow> =
            sqlx::query_as("SELECT * FROM mail_readers ORDER BY email").fetch_all(self.reader()).await?;
        rows.into_iter().map(MailReader::try_from).collect()
    }

    async fn add_reader(&self, reader: &MailReader) -> Result<ReaderAdded, StoreError> {
        if !self.scope.is_everything() {
            return Ok(ReaderAdded::NotAllowed);
        }
        let mut tx = self.write().await?;
        let user: Option<Uuid> = sqlx::query_scalar("SELECT id FROM users WHERE email = $1")
            .bind(&reader.email)
            .fetch_optional(tx.connection())
            .await?;
        if user.is_some() {
            return Ok(ReaderAdded::Taken);
        }
        let done = sqlx::query(
            "INSERT INTO mail_readers (id, email, lang, scope, added_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (email) DO NOTHING",
        )
        .bind(reader.id.0)
        .bind(&reader.email)
        .bind(reader.lang.tag())
        .bind(scope_text(&reader.scope)?)
        .bind(reader.added_at)
        .execute(tx.connection())
        .await?;
        if done.rows_affected() == 0 {
            let stopped_at: Option<Millis> = sqlx::query_scalar("SELECT stopped_at FROM mail_readers WHERE email = $1")
                .bind(&reader.email)
                .fetch_one(tx.connection())
                .await?;
            return Ok(if stopped_at.is_some() { ReaderAdded::Stopped } else { ReaderAdded::Taken });
        }
        tx.record(Entry::added(Kind::Reader, reader.id, &told(reader)).named(&reader.email)).await?;
        tx.commit().await?;
        Ok(ReaderAdded::Done)
    }

    async fn remove_reader(&self, id: MailReaderId) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        let row: Option<ReaderRow> = sqlx::query_as("DELETE FROM mail_readers WHERE id = $1 RETURNING *")
            .bind(id.0)
            .fetch_optional(tx.connection())
            .await?;
        let Some(reader) = row.map(MailReader::try_from).transpose()? else { return Ok(false) };
        tx.record(Entry::removed(Kind::Reader, id, &told(&reader)).named(&reader.email)).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Somebody as the audit log tells it.
fn told(reader: &MailReader) -> Value {
    let sees = match &reader.scope {
        Scope::All => json!("everything"),
        Scope::Venues(venues) => json!({ "venues": venues }),
    };
    json!({ "email": reader.email, "lang": reader.lang.tag(), "sees": sees })
}

#[derive(sqlx::FromRow)]
struct ReaderRow {
    id: Uuid,
    email: String,
    lang: String,
    scope: Option<String>,
    added_at: Millis,
    stopped_at: Option<Millis>,
}

impl TryFrom<ReaderRow> for MailReader {
    type Error = StoreError;

    fn try_from(row: ReaderRow) -> Result<Self, StoreError> {
        let ReaderRow { id, email, lang, scope, added_at, stopped_at } = row;
        let lang = lang.parse().map_err(|_| StoreError::unknown_word("language", &lang))?;
        let scope = match &scope {
            None => Scope::All,
            Some(venues) => Scope::Venues(serde_json::from_str::<Vec<VenueId>>(venues)?),
        };
        Ok(Self { id: MailReaderId(id), email, lang, scope, added_at, stopped_at })
    }
}
