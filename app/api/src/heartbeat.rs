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

/// The answer to a heartbeat, with what staff ask of the tablet. The tablet's program reads the first part; what it is asked,
/// `public/remote.js` does, and a tablet of an earlier version passes it over.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeartbeatAnswer {
    /// what every tablet reads
    #[serde(flatten)]
    pub reply: HeartbeatReply,
    /// what is to be done, by number; absent where that is nothing
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub commands: Vec<KioskCommand>,
}

/// What staff ask of a tablet. It is done when nobody is answering, and the next heartbeat says so (`command_done`).
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskCommand {
    /// higher than of any earlier one; what the tablet has done already it passes over
    pub number: Millis,
    /// `pause`, `resume`, `next_event`, `reload` or `end_demo`
    pub what: &'static str,
    /// of a pause: what visitors read, in the languages of the venue
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub words: Vec<PauseWords>,
    /// from then on it is of no use any more, by the server's clock, milliseconds UTC: a pause is over then
    pub until: Millis,
}

/// What visitors read while a tablet is paused.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PauseWords {
    /// the language, a BCP 47 tag
    pub lang: String,
    /// in that language
    pub text: String,
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
