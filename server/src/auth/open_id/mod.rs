//! Logging in with OpenID Connect: somebody else's log-in says who it is.
//!
//! - [`provider`]: asks the provider; [`claims`]: what it says of somebody.
//!
//! What does not belong here: whether somebody may come in (`store::open_id`), and the cookie (`http::sign_in`).

mod claims;
pub mod provider;

use store::staff::Role;
use url::Url;

use crate::notify::reach::WebhookReach;

/// Which provider, and what its groups may do here.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// who says it: where its discovery document is
    pub issuer: Url,
    /// as whom this server asks
    pub client_id: String,
    /// what shows that it is this server; `None` for a public client
    pub client_secret: Option<String>,
    /// the claim that lists somebody's groups
    pub groups_claim: String,
    /// the groups of each role; where all are empty, only those come in who were invited
    pub groups: Vec<(Role, Vec<String>)>,
    /// whether nobody logs in with a password
    pub only: bool,
    /// where the provider may be
    pub reach: WebhookReach,
}

impl std::fmt::Debug for OpenIdSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenIdSettings").field("issuer", &self.issuer.as_str()).finish_non_exhaustive()
    }
}
