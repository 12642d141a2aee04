//! Everything CI runs, in the order in which it fails soonest.

use std::path::Path;

use anyhow::Result;

use crate::{
    cargo::{self, Linter},
    disk, docs,
    postgres::{Durability, Postgres},
    requirements, run_captured, scripts, site,
    step::{Status, Steps, at_once},
    stories,
};

/// Checks everything; with a filter only builds, and runs the tests whose names contain it.
pub(crate) fn test(filter: Option<&str>) -> Result<()> {
    let lints = if filter.is_none() { 3 } else { 0 };
    let mut steps = Steps::new(1 + lints + site::STEPS + 4);
    let linter = steps.run("Find what the tests need", |status| {
        requirements::optional(&requirements::OPTIONAL, status);
        requirements::tools(&requirements::TESTS, status)?;
        // With a filter nothing is linted, and programs are those of `cargo xtask demo`.
        filter.is_none().then(|| Linter::find(status)).transpose()
    })?;
    let server = match &linter {
        None => site::build_beside(&mut steps, "Build site and server", |_| Ok(()), cargo::dev_server)?,
        Some(linter) => {
            steps.run("Formatting", |status| cargo::run(["fmt", "--all", "--check"], status))?;
            steps.run("Lint and test xtask, and with it the guards", |status| {
                linter.build(&["build", "--package", "xtask"], status)?;
                linter.build(&["test", "--package", "xtask", "--no-run"], status)?;
                let mut tests = cargo::command();
                tests.args(["test", "--package", "xtask"]);
                linter.attach(&mut tests);
                run_captured::run(&mut tests, status)
            })?;
            let browser = |status: &Status| {
                requirements::wasm_target(status)?;
                cargo::run(BROWSER_LINTS, status).map(drop)
            };
            site::build_beside(&mut steps, "Lint and build site, server and tests", browser, |status| {
                let server = linter.build(&native("build", &["--bins"]), status)?.program("aplodi")?;
                linter.build(&native("test", &["--no-run"]), status)?;
                Ok(server)
            })?
        }
    };
    steps.run("Weigh what a visitor's tablet downloads", |status| {
        status.note(site::weight::check()?);
        Ok(())
    })?;
    steps.run("Check the scripts", |status| scripts::check(&["client", "staff"], status))?;
    if linter.is_some() {
        steps.run("Check the disk that is pulled out", disk::test)?;
    }
    let disk = steps.run("Build the disk that is pulled out", disk::build)?;
    steps.run("Test", |status| {
        let tests = || native_tests(&server, &disk, filter, linter.as_ref(), status);
        match &linter {
            None => tests(),
            // The tests wait for browsers again and again.
            Some(_) => at_once(tests, || docs::check(status)).map(drop),
        }
    })?;
    steps.summary();
    Ok(())
}

/// In the profile of what browsers run, so that the macros of both are compiled once.
const BROWSER_LINTS: [&str; 16] = [
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
    "--profile",
    "client",
    "--",
    "--deny",
    "warnings",
];

/// A call of cargo for the native crates.
fn native<'a>(what: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[what], &cargo::NATIVE[..], more].concat()
}

/// Unit, store, API and browser tests, against the server just built and both databases.
fn native_tests(
    server: &Path,
    disk: &Path,
    filter: Option<&str>,
    linter: Option<&Linter>,
    status: &Status,
) -> Result<()> {
    let postgres = Postgres::start(Durability::Throwaway)?;
    status.hand_over();
    let command = || {
        let mut tests = cargo::command();
        tests.env("APLODI_BIN", server).env("APLODI_DISK", disk).env("APLODI_TEST_POSTGRES", postgres.url());
        if let Some(linter) = linter {
            linter.attach(&mut tests);
        }
        tests
    };
    stories::run(command, &native("test", &["--no-fail-fast"]), filter, status)
}
