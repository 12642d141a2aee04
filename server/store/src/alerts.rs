//! What people are told about kiosks, the messages that tell it, and who of several servers tells.

use async_trait::async_trait;
use domain::{
    health::alert::{Alert, Kind},
    id::KioskId,
    time::Millis,
};
use uuid::Uuid;

use super::StoreError;

/// An alert about a kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KioskAlert {
    /// which alert
    pub id: Uuid,
    /// which kiosk
    pub kiosk: KioskId,
    /// what it says
    pub alert: Alert,
}

/// How a message is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryMethod {
    /// an e-mail
    Email,
    /// a call to a program
    Webhook,
}

impl DeliveryMethod {
    /// The word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    /// The method that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::Email, Self::Webhook].into_iter().find(|method| method.as_str() == word)
    }
}

/// A message that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// which message
    pub id: Uuid,
    /// about which alert
    pub alert: Uuid,
    /// how it is delivered
    pub method: DeliveryMethod,
    /// an e-mail address, or the address of a program
    pub target: String,
    /// JSON: what is sent
    pub payload: String,
    /// when it was made
    pub made_at: Millis,
    /// how often it has failed
    pub tries: u32,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// it has arrived
    Sent,
    /// it failed, and is tried again at an instant
    RetryAt(Millis, String),
    /// it failed for too long
    GivenUp(String),
}

/// How a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// how it is delivered
    pub method: DeliveryMethod,
    /// to whom
    pub target: String,
    /// when it arrived
    pub sent_at: Option<Millis>,
    /// when nobody tried any longer
    pub given_up_at: Option<Millis>,
    /// why it failed the last time
    pub trouble: Option<String>,
}

/// An alert with its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedAlert {
    /// the alert
    pub alert: KioskAlert,
    /// in the order in which they were made
    pub deliveries: Vec<Delivery>,
}

/// Alerts and their messages.
#[async_trait]
pub trait Alerts {
    /// Takes a job for this server until an instant, or keeps it. False where another one has it.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn claim(&self, job: &str, holder: Uuid, now: Millis, until: Millis) -> Result<bool, StoreError>;

    /// The newest alert of each kind and kiosk.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn newest_alerts(&self) -> Result<Vec<KioskAlert>, StoreError>;

    /// Adds an alert, or changes the one that began at the same instant, with the messages that tell
    /// it; forgets what ended before `forget`.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn keep_alert(&self, alert: &KioskAlert, messages: &[Message], forget: Millis) -> Result<(), StoreError>;

    /// The messages that are to be sent now, the longest due first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn due_messages(&self, now: Millis, limit: u32) -> Result<Vec<Message>, StoreError>;

    /// Remembers what became of a message.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn record_delivery(&self, id: Uuid, outcome: &DeliveryOutcome, now: Millis) -> Result<(), StoreError>;
}

/// Alerts, as staff read them.
#[async_trait]
pub trait StaffAlerts {
    /// The newest alerts about kiosks, newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn alert_log(&self, limit: u32) -> Result<Vec<LoggedAlert>, StoreError>;
}

/// The kind that a word in the store names.
///
/// # Errors
/// Where no version of this program has written it there.
pub(super) fn kind(word: &str) -> Result<Kind, StoreError> {
    Kind::from_name(word).ok_or_else(|| StoreError::unknown_word("kind of alert", word))
}

/// The method that a word in the store names.
///
/// # Errors
/// Where no version of this program has written it there.
pub(super) fn method(word: &str) -> Result<DeliveryMethod, StoreError> {
    DeliveryMethod::from_name(word).ok_or_else(|| StoreError::unknown_word("delivery method", word))
}
