//! What the server answers to a heartbeat; the heartbeat itself is [`domain::heartbeat`].

use domain::time::Millis;
use serde::{Deserialize, Serialize};

/// The answer to a heartbeat. It has an expected body, because "online" means that Aplodi answered and
/// not that some hotel's login page did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeartbeatReply {
    /// the server's clock, milliseconds UTC
    pub server_now: Millis,
    /// changes at every restore from a backup
    pub epoch: String,
    /// always [`HeartbeatReply::OK`]
    pub ok: String,
}

impl HeartbeatReply {
    /// What only Aplodi answers.
    pub const OK: &'static str = "aplodi";

    /// Whether Aplodi answered, and not some login page.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.ok == Self::OK
    }
}
