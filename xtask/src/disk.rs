//! The disk that tests pull out, `tests/disk`: a workspace of its own, so that what it depends on does not make
//! everything else compile again.

use std::path::PathBuf;

use anyhow::Result;

use crate::{cargo, paths, step::Status};

/// Builds it.
pub(crate) fn build(status: &Status) -> Result<PathBuf> {
    let [manifest, target] = places();
    cargo::build(["--manifest-path", &manifest, "--target-dir", &target], status)?.program("disk")
}

/// Its format, its lints and its own tests.
pub(crate) fn test(status: &Status) -> Result<()> {
    let [manifest, target] = places();
    let here = ["--manifest-path", &manifest];
    let there = ["--manifest-path", &manifest, "--target-dir", &target];
    cargo::run(["fmt"].into_iter().chain(here).chain(["--check"]), status)?;
    cargo::run(["clippy"].into_iter().chain(there).chain(["--all-targets", "--", "--deny", "warnings"]), status)?;
    cargo::run(["test"].into_iter().chain(there), status)?;
    Ok(())
}

/// Where it is described, and where it is built.
fn places() -> [String; 2] {
    [paths::root().join("tests/disk/Cargo.toml"), paths::target("disk")].map(|path| path.display().to_string())
}
