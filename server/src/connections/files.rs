//! How many files, and so connections, the process may have open.

/// Raises the limit as far as the system lets it, and says where it is; `None` where nobody tells.
#[cfg(unix)]
#[must_use]
pub fn raise_limit() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(error = store::chain(&error), "the limit of open files stays where it is");
    }
    // Without a number there is no limit.
    Some(getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX))
}

/// Nobody tells.
#[cfg(not(unix))]
#[must_use]
pub const fn raise_limit() -> Option<u64> {
    None
}
