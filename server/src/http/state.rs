//! What every handler can reach. One per running server; nothing here is a process-wide singleton.

use std::{fmt, ops::Deref, sync::Arc};

use tokio::sync::watch;
use url::Url;

use crate::{
    auth::{login_throttle::LoginThrottle, open_id::provider::OpenId, rate_limit::KioskLimits},
    clock::{Clock, Rng},
    http::{body_room::BodyRoom, other_scheme::OtherScheme, phone::rendered::Rendered, site::Site, wardrobe::Wardrobe},
    intake::{Cache, Intake, address_counts::AddressCounts},
    judge::Judge,
    kiosk_pin::PinChecks,
    metrics::Metrics,
    notify::service::AlertService,
    pairing::PairingService,
};
use store::{Store, organisation::InstanceKeys, writer::Writer};

/// A cheap handle on what a running server consists of.
#[derive(Clone)]
pub struct AppState(Arc<AppStateInner>);

/// What a running server consists of.
pub struct AppStateInner {
    /// remembers
    pub store: Store,
    /// stores responses
    pub writer: Writer,
    /// prepares responses
    pub intake: Intake,
    /// how much came from where
    pub address_counts: AddressCounts,
    /// judges responses
    pub judge: Judge,
    /// what need not be asked again
    pub cache: Cache,
    /// who asks how often
    pub kiosk_limits: KioskLimits,
    /// what the bodies of requests may take
    pub body_room: BodyRoom,
    /// who guesses passwords
    pub logins: LoginThrottle,
    /// who else says who somebody of the staff is
    pub open_id: Option<OpenId>,
    /// makes kiosks of tablets
    pub pairings: PairingService,
    /// tells the time
    pub clock: Arc<dyn Clock>,
    /// makes tokens and ids
    pub rng: Arc<Rng>,
    /// what tablets are told of the PIN of their staff corner
    pub pins: PinChecks,
    /// what belongs to the data
    pub keys: InstanceKeys,
    /// where people reach this server
    pub public_url: Url,
    /// whether the operator knows that people come by http
    pub other_scheme: OtherScheme,
    /// scripts, styles, fonts
    pub site: Site,
    /// phone pages made ready
    pub rendered: Rendered,
    /// the organisation's look
    pub wardrobe: Wardrobe,
    /// tells people who are not there
    pub alerts: Arc<AlertService>,
    /// counts what happens
    pub metrics: Metrics,
    /// what opens `/metrics`, sealed with the server's key; `None`: nothing does
    pub metrics_token: Option<[u8; 16]>,
    /// whether it plays a demo season, which may be looked at on any number of tablets
    pub is_demo: bool,
    /// becomes true when the server is asked to stop, so that open streams end
    pub stopping: watch::Receiver<bool>,
}

impl AppState {
    /// A handle on it.
    #[must_use]
    pub fn new(inner: AppStateInner) -> Self {
        Self(Arc::new(inner))
    }
}

impl Deref for AppState {
    type Target = AppStateInner;

    fn deref(&self) -> &AppStateInner {
        &self.0
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("public_url", &self.public_url.as_str()).finish_non_exhaustive()
    }
}

impl AppStateInner {
    /// Whether people reach this server over https: decides cookie names and strict transport.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Whether nobody logs in with a password, but with the provider of OpenID Connect.
    #[must_use]
    pub fn is_open_id_only(&self) -> bool {
        self.open_id.as_ref().is_some_and(OpenId::is_only)
    }

    /// A page of this server as people type it, such as `https://feedback.example/f/KX7P`.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}
