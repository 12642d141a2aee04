//! What sync needs of the page around it.

use std::{cell::Ref, future::Future, pin::Pin};

use domain::{heartbeat::StorageEstimate, server_clock::Clocks, time::Millis};

use crate::session::{Event, Session};

/// Work that goes on by itself. Boxed, so that a tablet downloads what runs it once.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// How the device is, as far as it tells.
#[derive(Clone, Debug, Default)]
pub struct DeviceHealth {
    /// which program runs, such as `0.1.0+3f2a09c41b77`
    pub app_version: String,
    /// whether the browser promised to keep the storage
    pub persisted: Option<bool>,
    /// how full the storage is
    pub storage: Option<StorageEstimate>,
    /// why the server's build cannot be kept, in a word
    pub unkept: Option<String>,
    /// the number of the last command of the staff that was done
    pub command_done: Option<i64>,
    /// how full the battery is, 0 to 1, and whether it is being charged
    pub battery: Option<(f64, bool)>,
}

/// The page: its session, its clocks, its browser.
pub trait Host {
    /// Tells the session what happened.
    fn send(&self, event: Event);
    /// Looks at the session. Nothing may be sent meanwhile.
    fn session(&self) -> Ref<'_, Session>;
    /// The device's clocks.
    fn clocks(&self) -> Clocks;
    /// A number from 0 to 1, to spread retries.
    fn jitter(&self) -> f64;
    /// Resolves after a while.
    fn sleep(&self, millis: Millis) -> impl Future<Output = ()>;
    /// Does it in the background.
    fn spawn(&self, work: Work);
    /// Does it in the background while no other tab holds the lock of this name.
    fn spawn_alone(&self, lock: &str, work: Work);
    /// The server refused the token: whether it opens anything is to be asked.
    fn doubt_token(&self);
    /// Asks the browser to keep the storage. Some ask people first, and wait for them as long as it takes.
    fn ask_to_persist(&self);
    /// How the device is.
    fn health(&self) -> impl Future<Output = DeviceHealth>;
    /// Loads the page anew.
    fn reload(&self);
    /// Whether a service worker serves the page without a network.
    fn is_served_offline(&self) -> bool;
}
