//! What a tablet tells about itself.

use domain::time::Millis;

use super::id::PairingId;

/// A sign of life. Its answer has an expected body, because "online" means that Aplodi answered and
/// not that some hotel's login page did.
#[derive(utoipa::ToSchema)]
pub struct Heartbeat {
    /// the device's clock, milliseconds UTC
    pub device_now: Millis,
    /// under which pairing the tablet numbers its responses: after a move it may not know of the new one yet
    #[serde(default)]
    pub pairing: Option<PairingId>,
    /// the highest number this pairing has given to a response
    pub seq: u64,
    /// how many responses wait
    pub outbox: u64,
    /// how many the server refused for good
    pub rejected: u64,
    /// the age of the oldest that waits
    #[serde(default)]
    pub oldest_ms: Option<Millis>,
    /// which client runs: the version and, behind a plus sign, the build, such as `0.1.0+3f2a09c41b77`
    pub app_version: String,
    /// whether the browser promised to keep the storage
    #[serde(default)]
    pub persisted: Option<bool>,
    /// how full the storage is
    #[serde(default)]
    pub storage: Option<StorageEstimate>,
    /// 0 to 1, where the browser tells
    #[serde(default)]
    pub battery: Option<f64>,
    /// whether it is being charged, where the browser tells
    #[serde(default)]
    pub charging: Option<bool>,
    /// what is wrong with the tablet's own memory, in a word or two for whoever mends it; absent
    /// while it works. With it `seq`, `outbox` and `rejected` may say nothing: where they
    /// could not be read they are 0.
    #[serde(default)]
    pub failure: Option<String>,
    /// why the tablet cannot keep the server's build, in a word: `altered` (what arrives is not what was built) or
    /// `browser_too_old`; absent where nothing is in the way
    #[serde(default)]
    pub unkept: Option<String>,
    /// the number of the last command that the tablet has done
    #[serde(default)]
    pub command_done: Option<i64>,
}

/// The browser's estimate of its storage, in bytes.
#[derive(utoipa::ToSchema)]
pub struct StorageEstimate {
    /// used
    pub usage: f64,
    /// allowed
    pub quota: f64,
}
