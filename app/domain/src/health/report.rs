//! What the server knows of a tablet, and what that is judged against.

use super::sequence_gaps::Run;
use crate::{heartbeat::Heartbeat, time::Millis};

/// What the server knows of a kiosk's tablet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// when it was paired; `None` where the kiosk has no tablet
    pub paired_at: Option<Millis>,
    /// when its last sign of life came
    pub last_contact: Option<Millis>,
    /// what that said
    pub beat: Option<Heartbeat>,
    /// when it told fewer responses than before: its storage had been cleared
    pub cleared_at: Option<Millis>,
    /// when another device opened the address that had made this one a tablet, and was refused, last
    pub reopened_at: Option<Millis>,
    /// numbers it has given to responses, as far as it has told, that the server has never seen
    pub missing: Vec<Run>,
    /// how many responses of earlier tablets of this kiosk have not come
    pub left_behind: u64,
    /// the last sign of life of the tablet whose place it took, where one was paired until then
    pub before: Option<Millis>,
    /// how many responses came of which the server had another content already
    pub conflicts: u64,
}

impl Report {
    /// For how long nothing has been heard of the tablet although a server listened, in milliseconds.
    /// `None` where the kiosk has no tablet.
    #[must_use]
    pub fn unheard(&self, context: HealthContext<'_>) -> Option<Millis> {
        let heard = self.last_contact.or(self.paired_at).filter(|_| self.paired_at.is_some())?;
        Some(context.now - heard.max(context.listening_since))
    }
}

/// What a report is judged against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HealthContext<'a> {
    /// milliseconds UTC
    pub now: Millis,
    /// whether the tablet is expected to be in touch now
    pub is_monitored: bool,
    /// when it will be the next time
    pub next_monitored: Option<Millis>,
    /// since when a server has listened to tablets without a pause: what nobody could hear is no silence
    pub listening_since: Millis,
    /// without a sign of life for this long it counts as silent, in milliseconds
    pub silent_after: Millis,
    /// the version of the server
    pub version: &'a str,
}
