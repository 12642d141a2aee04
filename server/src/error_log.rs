//! How an error that nobody expected reaches the log: once, with everything that caused it.

use std::error::Error;

/// Proof that an error has been logged: there is no other way to get one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged(());

/// Logs an error with its whole chain. Whoever turns an error into an answer for somebody else calls
/// this, and nobody before them.
pub fn log_error(error: &(dyn Error + 'static)) -> Logged {
    tracing::error!(error = chain(error), "unexpected");
    Logged(())
}

/// An error and everything that caused it, on one line. An error that shows its cause itself does not
/// say it twice.
#[must_use]
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let cause = error.to_string();
        if !line.ends_with(&cause) {
            line = format!("{line}: {cause}");
        }
        next = error.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[derive(Debug, thiserror::Error)]
    enum Layer {
        #[error("the summary cannot be read")]
        Summary(#[source] Box<Layer>),
        #[error("the database does not answer: {0}")]
        Database(#[source] std::io::Error),
    }

    #[test]
    fn a_chain_is_told_whole_and_nothing_in_it_twice() {
        let error = Layer::Summary(Box::new(Layer::Database(std::io::Error::other("disk full"))));
        assert_eq!(chain(&error), "the summary cannot be read: the database does not answer: disk full");
    }
}
