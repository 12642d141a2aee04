//! What is asked of the server, with the tablet's token.
//!
//! - [`Server`]: the requests;
//! - `http`: the same by the browser's `fetch`.

#[cfg(target_arch = "wasm32")]
pub mod http;

use std::future::Future;

use api::{config::KioskConfig, heartbeat::HeartbeatReply, outbox::reply::BatchReply};
use domain::heartbeat::Heartbeat;

/// What came back.
#[derive(Clone, Debug)]
pub enum Reply<T> {
    /// the expected body
    Body(T),
    /// a status without an expected body; 0 where nothing came, or nothing that can be believed
    Status(u16),
}

/// A new configuration, as it came and as it reads.
#[derive(Clone, Debug)]
pub struct NewConfig {
    /// as it came
    pub text: String,
    /// under which it is asked for again
    pub etag: Option<String>,
    /// as it reads
    pub config: KioskConfig,
}

/// The requests of a tablet that has a token.
pub trait Server {
    /// Asks what is on; 304 where nothing changed.
    fn config(&self, token: &str, etag: Option<&str>) -> impl Future<Output = Reply<NewConfig>>;
    /// Gives a sign of life.
    fn heartbeat(&self, token: &str, beat: &Heartbeat) -> impl Future<Output = Reply<HeartbeatReply>>;
    /// Ends the pairing of a token. True where the server knows that it opens nothing any more.
    fn unpair(&self, token: &str) -> impl Future<Output = bool>;
    /// Delivers a batch.
    fn deliver(&self, token: &str, batch: String) -> impl Future<Output = BatchReply>;
    /// Reads a configuration as it came once.
    fn read_config(&self, text: &str) -> Option<KioskConfig>;
}
