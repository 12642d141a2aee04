//! Writes the messages of a notice, and sends a message by the way it names.

use app::emails::alert::{AlertNotice, Email};
use domain::{id::KioskId, time::Millis, venue_settings::Alerts};
use store::{
    alerts::{DeliveryMethod, Message},
    chain,
};
use url::Url;
use uuid::Uuid;

use super::{
    email::{EmailError, Mailer},
    reach::WebhookReach,
    webhook::{WebhookClient, WebhookError, WebhookPayload},
};
use crate::clock::Rng;

/// Why a message was not delivered.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// There is no way to send e-mail.
    #[error("this server was not told how to send e-mail")]
    NoMailer,
    /// What was kept of the message cannot be read.
    #[error(transparent)]
    Unreadable(#[from] serde_json::Error),
    /// The mail server did not take it.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// The program did not take it.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
}

impl DeliveryError {
    /// The error with its causes, for the log. What a mail server answers names whom it refuses, so only the code of its
    /// answer is logged; staff read the whole of it.
    #[must_use]
    pub fn for_log(&self) -> String {
        match self {
            Self::Email(EmailError::Sending(error)) => match error.status() {
                Some(code) => format!("the mail server answered {code}"),
                None => chain(self),
            },
            _ => chain(self),
        }
    }
}

/// Tells people and programs, for one server.
#[derive(Debug)]
pub struct AlertService {
    mailer: Option<Mailer>,
    webhooks: WebhookClient,
    /// where staff look at their tablets
    kiosks_page: String,
}

/// What has to be told about one alert.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// what to say
    pub notice: AlertNotice<'a>,
    /// of which kiosk
    pub kiosk: KioskId,
    /// of which alert: what says that it is over names the same
    pub alert: Uuid,
    /// whom the venue names
    pub to: &'a Alerts,
}

impl AlertService {
    /// Sends e-mail by this mailer, where there is one, and calls programs within this reach.
    #[must_use]
    pub fn new(mailer: Option<Mailer>, reach: WebhookReach, public_url: &Url) -> Self {
        let kiosks_page = format!("{}/staff/kiosks", public_url.as_str().trim_end_matches('/'));
        Self { mailer, webhooks: WebhookClient::new(reach), kiosks_page }
    }

    /// Whether it can send e-mail.
    #[must_use]
    pub const fn can_email(&self) -> bool {
        self.mailer.is_some()
    }

    /// Sends an e-mail to somebody now. False where it was not taken, which is logged without saying whose it was.
    pub async fn send_now(&self, to: &str, email: &Email) -> bool {
        self.send_stoppable(to, email, None).await
    }

    /// The same, with the address at which whoever reads it stops such e-mails.
    pub async fn send_stoppable(&self, to: &str, email: &Email, stop: Option<&str>) -> bool {
        let Some(mailer) = &self.mailer else { return false };
        match mailer.send_with(to, email, stop).await {
            Ok(()) => true,
            Err(error) => {
                let error = DeliveryError::from(error).for_log();
                tracing::warn!(error, "an e-mail to somebody was not sent");
                false
            }
        }
    }

    /// Whether a program at this address may be told, as far as the address tells.
    #[must_use]
    pub fn may_call(&self, address: &str) -> bool {
        self.webhooks.may_call(address)
    }

    /// The address of the page on which staff look at their tablets.
    #[must_use]
    pub fn kiosks_page(&self) -> &str {
        &self.kiosks_page
    }

    /// The messages that tell it: to everybody whom the venue names and who can be reached.
    ///
    /// # Errors
    /// Where a message cannot be written as JSON.
    pub fn messages(&self, telling: Telling<'_>, rng: &Rng, now: Millis) -> Result<Vec<Message>, serde_json::Error> {
        let Telling { notice, kiosk, alert, to } = telling;
        let email = Email::of(&notice);
        let message = |method, target: &str, payload| {
            let (id, target) = (rng.uuid(now), target.to_owned());
            Message { id, alert, method, target, payload, made_at: now, tries: 0 }
        };
        let mut messages = Vec::new();
        for address in to.emails.iter().filter(|_| self.can_email()) {
            messages.push(message(DeliveryMethod::Email, address, serde_json::to_string(&email)?));
        }
        if let Some(address) = &to.webhook {
            let payload = WebhookPayload::of(&notice, &email, kiosk, alert, now);
            messages.push(message(DeliveryMethod::Webhook, address, serde_json::to_string(&payload)?));
        }
        Ok(messages)
    }

    /// Sends one message.
    ///
    /// # Errors
    /// Where it was not taken.
    pub async fn send(&self, message: &Message) -> Result<(), DeliveryError> {
        match message.method {
            DeliveryMethod::Email => {
                let mailer = self.mailer.as_ref().ok_or(DeliveryError::NoMailer)?;
                Ok(mailer.send(&message.target, &serde_json::from_str(&message.payload)?).await?)
            }
            DeliveryMethod::Webhook => Ok(self.webhooks.post(&message.target, message.payload.clone()).await?),
        }
    }
}
