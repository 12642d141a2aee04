//! How an error that nobody expected reaches the log: once, with everything that caused it.

use std::error::Error;

use store::chain;

/// Proof that an error has been logged: there is no other way to get one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged(());

/// Logs an error with its whole chain. Whoever turns an error into an answer for somebody else calls
/// this, and nobody before them.
pub fn log_error(error: &(dyn Error + 'static)) -> Logged {
    tracing::error!(error = chain(error), "unexpected");
    Logged(())
}
