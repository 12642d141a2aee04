//! Codes that belong to a way of answering.

use async_trait::async_trait;
use domain::{
    event::{Event, Venue},
    id::{EventId, UserId, VenueId},
    response::Channel,
    time::Millis,
};
use serde_json::json;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, scope::Scoped};
use crate::{
    StoreError,
    audit::{Entry, Kind},
    changes::Change,
    codes::{Codes, Issued, MailCode, MailCodeIssued, StaffCodes},
    programme::{Coded, Programme, StaffProgramme},
};

#[async_trait]
impl Codes for Backend {
    async fn issued(&self, code: &str) -> Result<Option<Issued>, StoreError> {
        let found: Option<(Uuid, String, Option<Millis>)> =
            sqlx::query_as("SELECT subject, channel, faces_at FROM codes WHERE code = $1")
                .bind(code.to_lowercase())
                .fetch_optional(self.reader())
                .await?;
        let Some((subject, channel, faces_at)) = found else { return Ok(None) };
        let channel = Channel::from_name(&channel).ok_or_else(|| StoreError::unknown_word("channel", &channel))?;
        let event: Option<Event> = Programme::event(self, EventId(subject)).await?;
        let opens = if let Some(event) = event {
            Some(Coded::Event(Box::new(event)))
        } else {
            let venue: Option<Venue> = Programme::venue(self, VenueId(subject)).await?;
            venue.map(Coded::Venue)
        };
        Ok(opens.map(|opens| Issued { channel, with_faces: faces_at.is_some(), opens }))
    }
}

#[async_trait]
impl StaffCodes for Scoped {
    async fn mail_code(&self, event: EventId) -> Result<Option<MailCode>, StoreError> {
        if StaffProgramme::event(self, event).await?.is_none() {
            return Ok(None);
        }
        of_mail(&mut *self.reader().acquire().await?, event).await
    }

    async fn issue_mail_code(&self, event: EventId, code: &str) -> Result<MailCodeIssued, StoreError> {
        let Some(known) = StaffProgramme::event(self, event).await? else { return Ok(MailCodeIssued::NotThere) };
        let mut tx = self.write().await?;
        // Two who ask at once get the same.
        let done = sqlx::query("INSERT INTO codes (code, subject, channel) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(code.to_lowercase())
            .bind(event.0)
            .bind(Channel::Mail.as_str())
            .execute(tx.connection())
            .await?;
        let Some(there) = of_mail(tx.connection(), event).await? else { return Ok(MailCodeIssued::CodeTaken) };
        if done.rows_affected() > 0 {
            let after = json!({ "mail_code": there.code });
            tx.record(Entry::changed(Kind::Event, event, &json!({ "mail_code": null }), &after).named(&known.code))
                .await?;
            tx.announce(Change::Programme);
            tx.commit().await?;
        }
        Ok(MailCodeIssued::There(there))
    }

    async fn set_mail_faces(&self, event: EventId, by: Option<UserId>, at: Option<Millis>) -> Result<bool, StoreError> {
        let Some(known) = StaffProgramme::event(self, event).await? else { return Ok(false) };
        let mut tx = self.write().await?;
        let Some(before) = of_mail(tx.connection(), event).await? else { return Ok(false) };
        if before.faces_at.is_some() == at.is_some() {
            return Ok(true);
        }
        let mut query = QueryBuilder::<Db>::new("UPDATE codes SET faces_at = ");
        query.push_bind(at).push(", faces_by = ").push_bind(by.filter(|_| at.is_some()).map(|user| user.0));
        query.push(" WHERE subject = ").push_bind(event.0).push(" AND channel = ").push_bind(Channel::Mail.as_str());
        query.build().execute(tx.connection()).await?;
        let told = |faces: bool| json!({ "faces_in_mail": faces });
        let entry = Entry::changed(Kind::Event, event, &told(before.faces_at.is_some()), &told(at.is_some()));
        tx.record(entry.named(&known.code)).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(true)
    }
}

/// The code of an event for mails.
async fn of_mail(connection: &mut Connection, event: EventId) -> Result<Option<MailCode>, StoreError> {
    let found: Option<(String, Option<Millis>)> =
        sqlx::query_as("SELECT code, faces_at FROM codes WHERE subject = $1 AND channel = $2")
            .bind(event.0)
            .bind(Channel::Mail.as_str())
            .fetch_optional(connection)
            .await?;
    Ok(found.map(|(code, faces_at)| MailCode { code: code.to_uppercase(), faces_at }))
}
