//! People who read summaries by e-mail and have no account. Whoever sees everything adds them; each stops by themselves.

use async_trait::async_trait;
use domain::{id::MailReaderId, lang::Lang, time::Millis};

use super::{Scope, StoreError};

/// Somebody who reads by e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailReader {
    /// who
    pub id: MailReaderId,
    /// lower case
    pub email: String,
    /// in which language they read
    pub lang: Lang,
    /// of what they are told
    pub scope: Scope,
    /// since when, milliseconds UTC
    pub added_at: Millis,
    /// since when they want no more; `None`: they get e-mails
    pub stopped_at: Option<Millis>,
}

/// What became of somebody who was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum ReaderAdded {
    /// they read from now on
    Done,
    /// they do already, or somebody of the staff has the address
    Taken,
    /// they have said that they want no more
    Stopped,
    /// the caller may not
    NotAllowed,
}

/// What the program itself does.
#[async_trait]
pub trait MailReaders {
    /// Those who want e-mails, by address.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn readers(&self) -> Result<Vec<MailReader>, StoreError>;

    /// One of them, whether they want e-mails or not.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn reader(&self, id: MailReaderId) -> Result<Option<MailReader>, StoreError>;

    /// Somebody wants no more. Nothing changes where they have said so before.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn stop_reader(&self, id: MailReaderId, now: Millis) -> Result<(), StoreError>;
}

/// What administrators decide who see everything. For anybody else nothing is there.
#[async_trait]
pub trait StaffMailReaders {
    /// Everybody, by address, also those who want no more.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn mail_readers(&self) -> Result<Vec<MailReader>, StoreError>;

    /// Adds somebody.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_reader(&self, reader: &MailReader) -> Result<ReaderAdded, StoreError>;

    /// Removes somebody. False where there is nobody like that.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn remove_reader(&self, id: MailReaderId) -> Result<bool, StoreError>;
}
