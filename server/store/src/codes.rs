//! Codes that were issued for an event beside the one on its posters: each belongs to a way of answering, which whoever uses it does
//! not choose.
//!
//! What does not belong here: the code of a poster, which is the event's own or the venue's ([`programme`](crate::programme)), and
//! how a code is made up.

use async_trait::async_trait;
use domain::{
    id::{EventId, UserId},
    response::Channel,
    time::Millis,
};

use super::{StoreError, programme::Coded};

/// A code as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// how answers come by it
    pub channel: Channel,
    /// whether its link may name a face
    pub with_faces: bool,
    /// what it opens
    pub opens: Coded,
}

/// The code of an event in the ticket seller's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailCode {
    /// in capitals, as it stands in the address
    pub code: String,
    /// since when its link may name a face: then somebody had read what that tells the sender; `None`: it may not
    pub faces_at: Option<Millis>,
}

/// What became of a code that staff ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailCodeIssued {
    /// it is there; where there was one before, that one
    There(MailCode),
    /// this code opens something else
    CodeTaken,
    /// there is no such event for the caller
    NotThere,
}

/// Codes, as the program itself reads them.
#[async_trait]
pub trait Codes {
    /// What a code names, and for which way it was issued; case does not matter.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn issued(&self, code: &str) -> Result<Option<Issued>, StoreError>;
}

/// Codes, as staff ask for them.
#[async_trait]
pub trait StaffCodes {
    /// The code of an event for mails; `None` where nobody has asked for one, or there is no such event for the caller.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn mail_code(&self, event: EventId) -> Result<Option<MailCode>, StoreError>;

    /// Makes a code that opens an event by mail, where it has none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn issue_mail_code(&self, event: EventId, code: &str) -> Result<MailCodeIssued, StoreError>;

    /// Lets the link of an event's mail name a face, or no more. False where there is no such code for the caller.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn set_mail_faces(&self, event: EventId, by: Option<UserId>, at: Option<Millis>) -> Result<bool, StoreError>;
}
