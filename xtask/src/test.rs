//! Everything CI runs, in the order in which it fails soonest.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{
    cargo, disk,
    postgres::{Durability, Postgres},
    requirements, run_captured, scripts, site,
    step::{Status, Steps},
};

/// Checks everything; with a filter only builds, and runs the tests whose names contain it.
pub(crate) fn test(filter: Option<&str>) -> Result<()> {
    let lints = if filter.is_none() { 5 } else { 0 };
    let mut steps = Steps::new(1 + lints + site::STEPS + 5);
    steps.run("Find what the tests need", |status| {
        requirements::optional(&requirements::OPTIONAL, status);
        requirements::tools(&requirements::TESTS, status)
    })?;
    if filter.is_none() {
        steps.run("Formatting", |status| cargo::run(["fmt", "--all", "--check"], status))?;
        steps.run("Lints, browser", |status| cargo::run(BROWSER_LINTS, status))?;
    }
    // The native crates do not compile without a site to embed.
    site::build(&mut steps)?;
    steps.run("Weigh what a visitor's tablet downloads", |status| {
        status.note(site::weight::check()?);
        Ok(())
    })?;
    steps.run("Check the scripts", |status| scripts::check(&["client", "staff"], status))?;
    if filter.is_none() {
        steps.run("Lints, native", |status| cargo::run(NATIVE_LINTS, status))?;
        steps.run("Test xtask", |status| cargo::run(["test", "--package", "xtask"], status))?;
        steps.run("Check the disk that is pulled out", |status| disk::test(status))?;
    }
    let disk = steps.run("Build the disk that is pulled out", |status| disk::build(status))?;
    let server = steps.run("Build the server", |status| cargo::dev_server(status))?;
    steps.run("Test", |status| native_tests(&server, &disk, filter, status))?;
    steps.summary();
    Ok(())
}

const BROWSER_LINTS: [&str; 14] = [
    "clippy",
    "--package",
    "kiosk",
    "--package",
    "staff",
    "--package",
    "app",
    "--features",
    "app/islands",
    "--target",
    cargo::WASM,
    "--",
    "--deny",
    "warnings",
];

const NATIVE_LINTS: [&str; 8] =
    ["clippy", "--workspace", "--exclude", "staff", "--all-targets", "--", "--deny", "warnings"];

/// Unit, store, API and browser tests, against the server just built and both databases.
fn native_tests(server: &Path, disk: &Path, filter: Option<&str>, status: &mut Status) -> Result<()> {
    let postgres = Postgres::start(Durability::Throwaway)?;
    status.hand_over();
    let mut tests = cargo::command();
    tests.args(["test", "--no-fail-fast"]).args(cargo::NATIVE).args(filter);
    tests.env("APLODI_BIN", server).env("APLODI_DISK", disk).env("APLODI_TEST_POSTGRES", postgres.url());
    let end = tests.status()?;
    if !end.success() {
        bail!("`{}` failed ({end}), see above", run_captured::describe(&tests));
    }
    Ok(())
}
