//! How what nobody expected reaches the log: once, with everything that caused it, whoever has to hear of it.

use std::{
    any::Any,
    backtrace::{Backtrace, BacktraceStatus},
    error::Error,
    panic::{Location, PanicHookInfo},
};

use domain::id::ResponseId;

use crate::chain;

/// Proof that something has been logged: there is no other way to get one. What fails for several is logged by whoever
/// knows of all of them, and handed to each with the proof, so that nobody logs it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged(());

impl Logged {
    /// Of a panic that was caught: it has been through the hook that [`log_panics`] sets.
    #[must_use]
    pub const fn by_panic_hook(_: &(dyn Any + Send)) -> Self {
        Self(())
    }
}

/// Logs an error with its whole chain. Whoever turns an error into an answer for somebody else calls
/// this, and nobody before them.
pub fn log_error(error: &(dyn Error + 'static)) -> Logged {
    tracing::error!(error = chain(error), "unexpected");
    Logged(())
}

/// [`log_error`], for what so many wait for.
pub(crate) fn log_error_of_many(error: &(dyn Error + 'static), waiting: usize) -> Logged {
    tracing::error!(error = chain(error), waiting, "unexpected");
    Logged(())
}

/// Logs that the database refuses a response for good.
pub(crate) fn log_refused(response: ResponseId, error: &(dyn Error + 'static)) -> Logged {
    tracing::warn!(%response, error = chain(error), "a response was refused");
    Logged(())
}

/// From now on a panic is a line of the log like any error, in the span it happened in: what it says, where, and with
/// `RUST_BACKTRACE` how it came there. Otherwise it would be text beside the log, which programs cannot read.
pub fn log_panics() {
    std::panic::set_hook(Box::new(log_panic));
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    let place = panic.location().map(Location::to_string);
    tracing::error!(error = panic.payload_as_str().unwrap_or("no text"), place, backtrace, "panicked");
}
