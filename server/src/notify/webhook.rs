//! Webhooks: one POST with JSON, to an address that staff named.

use std::{fmt, time::Duration};

use app::emails::alert::{AlertNotice, Email};
use axum::http::{Method, Request, StatusCode, Uri, header};
use domain::{
    event::Venue,
    health::alert::Kind,
    id::{KioskId, VenueId},
    time::Millis,
};
use http_body_util::Full;
use serde::Serialize;
use url::{Host, Url};
use uuid::Uuid;

use super::{
    http_client::{HttpClient, http_client},
    reach::WebhookReach,
};

/// A program that does not answer in this time is told again later.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What a program is told. More fields may join these.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookPayload {
    /// which alert: what says that it is over carries the same
    pub id: Uuid,
    /// what happened
    #[serde(rename = "type")]
    pub kind: WebhookEvent,
    /// at which kiosk
    pub kiosk: WebhookKiosk,
    /// in which venue
    pub venue: WebhookVenue,
    /// since when, milliseconds UTC
    pub since: Millis,
    /// until when; null: it is so now
    pub until: Option<Millis>,
    /// when this was written
    pub told_at: Millis,
    /// the same for people, in the first language of the venue
    pub text: String,
    /// where staff look
    pub url: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub enum WebhookEvent {
    /// a tablet is silent while there is an audience
    #[serde(rename = "kiosk.silent")]
    Silent,
    /// it is in touch again
    #[serde(rename = "kiosk.back")]
    Back,
    /// a tablet's storage was cleared
    #[serde(rename = "kiosk.storage_cleared")]
    StorageCleared,
    /// the server has refused responses of a tablet for good
    #[serde(rename = "kiosk.responses_rejected")]
    ResponsesRejected,
}

/// A kiosk, as a program is told of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookKiosk {
    /// which kiosk
    #[schema(value_type = api::schema::KioskId)]
    pub id: KioskId,
    /// where it stands
    pub name: String,
}

/// A venue, as a program is told of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookVenue {
    /// which venue
    #[schema(value_type = api::schema::VenueId)]
    pub id: VenueId,
    /// its code
    pub code: String,
    /// its name
    pub name: String,
}

impl WebhookPayload {
    /// A notice as a program gets it.
    #[must_use]
    pub fn of(notice: &AlertNotice<'_>, email: &Email, kiosk: KioskId, id: Uuid, now: Millis) -> Self {
        let Venue { id: venue, code, name, .. } = notice.venue;
        Self {
            id,
            kind: match (notice.alert.kind, notice.is_over) {
                (Kind::Silent, false) => WebhookEvent::Silent,
                (Kind::Silent, true) => WebhookEvent::Back,
                (Kind::Cleared, _) => WebhookEvent::StorageCleared,
                (Kind::Rejected, _) => WebhookEvent::ResponsesRejected,
            },
            kiosk: WebhookKiosk { id: kiosk, name: notice.kiosk.to_owned() },
            venue: WebhookVenue { id: *venue, code: code.clone(), name: name.clone() },
            since: notice.alert.began_at,
            until: notice.alert.ended_at,
            told_at: now,
            text: email.subject.clone(),
            url: notice.address.to_owned(),
        }
    }
}

/// Why a program was not reached.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// An address that is never used: in the open, through other people's networks.
    #[error("the address must begin with https://")]
    Address,
    /// An address in the network that this server stands in.
    #[error("the address is on this machine or in its own network, where --webhooks-to-private would allow it")]
    Private,
    /// It did not answer.
    #[error("no answer")]
    NoAnswer(#[from] hyper_util::client::legacy::Error),
    /// It took too long.
    #[error("no answer within {} seconds", TIMEOUT.as_secs())]
    TooLate,
    /// It answered something else than success. Whoever answers "elsewhere" is not followed.
    #[error("the answer was {0}")]
    Refused(StatusCode),
}

/// Tells programs.
pub struct WebhookClient {
    client: HttpClient,
    reach: WebhookReach,
}

impl fmt::Debug for WebhookClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookClient")
    }
}

impl WebhookClient {
    /// Calls programs within its reach.
    #[must_use]
    pub fn new(reach: WebhookReach) -> Self {
        Self { client: http_client(reach), reach }
    }

    /// Whether a program at this address may be called, as far as the address tells.
    #[must_use]
    pub fn may_call(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| self.reach.allows_host_of(&url))
    }

    /// Posts JSON to an address.
    ///
    /// # Errors
    /// Where it did not arrive.
    pub async fn post(&self, address: &str, json: String) -> Result<(), WebhookError> {
        if !self.may_call(address) {
            return Err(WebhookError::Private);
        }
        let address = target_of(address).ok_or(WebhookError::Address)?;
        let mut request = Request::new(Full::from(json));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = address;
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
        headers.insert(
            header::USER_AGENT,
            header::HeaderValue::from_static(concat!("Aplodi/", env!("CARGO_PKG_VERSION"))),
        );
        let answer =
            tokio::time::timeout(TIMEOUT, self.client.request(request)).await.map_err(|_| WebhookError::TooLate)??;
        if answer.status().is_success() { Ok(()) } else { Err(WebhookError::Refused(answer.status())) }
    }
}

/// The address that a webhook goes to; `None` where it is none, or one that is never used. What a program
/// is told says when nobody watches a foyer: it goes encrypted, but to a program on this machine.
#[must_use]
pub fn target_of(address: &str) -> Option<Uri> {
    let address = Url::parse(address).ok()?;
    let is_here = match address.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let may_be_called = address.scheme() == "https" || address.scheme() == "http" && is_here;
    may_be_called.then(|| address.as_str().parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secret_or_local_addresses_are_called() {
        for (address, may) in [
            ("https://hooks.example/a?b=c", true),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:8080/", true),
            ("http://localhost/", true),
            ("https://höök.example/ä", true),
            ("http://hooks.example/", false),
            ("http://127.0.0.1.example/", false),
            ("ftp://localhost/", false),
            ("https://", false),
            ("hooks.example", false),
            ("/etc/passwd", false),
        ] {
            assert_eq!(target_of(address).is_some(), may, "{address}");
        }
    }
}
