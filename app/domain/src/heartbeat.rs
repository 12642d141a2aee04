//! What a tablet tells about itself.

use serde::{Deserialize, Serialize};

use super::{
    id::PairingId,
    time::{DAY, Millis},
};

/// The highest number that a pairing may have given to a response. No tablet gets there, and every
/// reader of JSON can read it: a broken number must not stand in anybody's configuration.
pub const LAST_SEQ: u64 = 1_000_000_000_000;

/// No response waits for longer than this, as far as anybody believes: a tablet that was put away for
/// the summer.
const OLDEST: Millis = 365 * DAY;

/// A heartbeat: what a tablet tells about itself every minute. It is kept as it came, as JSON, so that every field which
/// some tablet or browser does not tell is an `Option`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// the device's clock, milliseconds UTC
    pub device_now: Millis,
    /// under which pairing the tablet numbers its responses: after a move it may not know of the new one yet
    pub pairing: Option<PairingId>,
    /// the highest number this pairing has given to a response
    pub seq: u64,
    /// how many responses wait
    pub outbox: u64,
    /// how many the server refused for good
    pub rejected: u64,
    /// the age of the oldest that waits
    pub oldest_ms: Option<Millis>,
    /// which client runs: the version and, behind a plus sign, the build, such as `0.1.0+3f2a09c41b77`
    pub app_version: String,
    /// whether the browser promised to keep the storage
    pub persisted: Option<bool>,
    /// how full the storage is
    pub storage: Option<StorageEstimate>,
    /// 0 to 1, where the browser tells
    pub battery: Option<f64>,
    /// whether it is being charged, where the browser tells
    pub charging: Option<bool>,
    /// what is wrong with the tablet's own memory, in a word or two for whoever mends it; absent
    /// while it works. With it `seq`, `outbox` and `rejected` may say nothing: where they
    /// could not be read they are 0.
    pub failure: Option<String>,
    /// why the tablet cannot keep the server's build, in a word: [`ALTERED`] or [`BROWSER_TOO_OLD`]; absent where
    /// nothing is in the way, and with tablets of an earlier version
    pub unkept: Option<String>,
    /// the number of the last command of the staff that the tablet has done; absent before the first, and with tablets
    /// of an earlier version
    pub command_done: Option<i64>,
}

/// The files that arrive are not those that were built: something on the way adds to them or minifies them.
pub const ALTERED: &str = "altered";
/// The tablet's browser cannot run the program.
pub const BROWSER_TOO_OLD: &str = "browser_too_old";

impl Heartbeat {
    /// The age of the oldest response that waits, where it can be true. A tablet that had woken up in
    /// 1970 when it was tapped, and knows the date by now, tells decades.
    #[must_use]
    pub fn oldest(&self) -> Option<Millis> {
        self.oldest_ms.filter(|age| *age <= OLDEST).map(|age| age.max(0))
    }
}

/// The browser's estimate of its storage, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageEstimate {
    /// used
    pub usage: f64,
    /// allowed
    pub quota: f64,
}
