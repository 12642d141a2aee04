//! Measures the optimised server on both databases; the figures are printed by the load generator, `tests/load`.

use std::ffi::OsString;

use anyhow::{Result, bail};

use crate::{
    cargo, paths,
    postgres::{Durability, Postgres},
    requirements, run_captured, site,
    step::Steps,
};

/// Builds server and load generator and lets them run.
pub(crate) fn bench(arguments: &[OsString]) -> Result<()> {
    let mut steps = Steps::new(1 + site::STEPS + 3);
    steps.run("Find what the measurements need", |status| requirements::tools(&requirements::MEASUREMENTS, status))?;
    site::build(&mut steps)?;
    steps.run("Weigh the tablet's program", |status| {
        site::client::weights()?.lines().for_each(|line| status.note(line));
        Ok(())
    })?;
    // Together, so that what both depend on is compiled once.
    let both = ["--release", "--package", "aplodi", "--package", "tests", "--bin", "aplodi", "--bin", "load"];
    let built = steps.run("Build server and load generator, optimised", |status| cargo::build(both, status))?;
    let server = built.program("aplodi")?;
    let load = built.program("load")?;
    steps.run("Measure", |status| {
        let postgres = Postgres::start(Durability::Synced)?;
        status.hand_over();
        let mut load = std::process::Command::new(load);
        load.args(arguments).current_dir(paths::root());
        load.env("APLODI_BIN", &server).env("APLODI_TEST_POSTGRES", postgres.url());
        let end = load.status()?;
        if !end.success() {
            bail!("`{}` failed ({end}), see above", run_captured::describe(&load));
        }
        Ok(())
    })
}
