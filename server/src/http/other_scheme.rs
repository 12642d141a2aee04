//! What the operator is told of people who come by http where https is public.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::time::{HOUR, Millis};
use url::Url;

/// When the operator was last told that people come by http.
#[derive(Debug)]
pub struct OtherScheme(AtomicI64);

impl Default for OtherScheme {
    fn default() -> Self {
        Self(AtomicI64::new(Millis::MIN))
    }
}

impl OtherScheme {
    /// Says it in the log, once an hour.
    pub fn tell(&self, public_url: &Url, now: Millis) {
        let before = self.0.load(Ordering::Relaxed);
        let is_due = before.saturating_add(HOUR) <= now;
        if is_due && self.0.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            let public = public_url.origin().ascii_serialization();
            tracing::warn!(
                public,
                "pages are opened by http, and the public address is https: lead http to https in the proxy"
            );
        }
    }
}
