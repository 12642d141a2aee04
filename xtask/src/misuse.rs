//! Simulates audiences and attackers on both databases; the table is printed by the simulation, `tests/misuse`.

use std::ffi::OsString;

use anyhow::{Result, bail};

use crate::{
    cargo, paths,
    postgres::{Durability, Postgres},
    requirements, run_captured,
    step::Steps,
};

/// Builds the simulation and lets it run. Nothing in it is measured, so that it need not be optimised.
pub(crate) fn misuse(arguments: &[OsString]) -> Result<()> {
    let mut steps = Steps::new(3);
    steps.run("Find what the simulation needs", |status| requirements::tools(&requirements::MEASUREMENTS, status))?;
    let both = cargo::NATIVE.into_iter().chain(["--bin", "misuse"]);
    let built = steps.run("Build the simulation", |status| cargo::build(both, status))?;
    let simulation = built.program("misuse")?;
    steps.run("Simulate", |status| {
        let postgres = Postgres::start(Durability::Throwaway)?;
        status.hand_over();
        let mut simulate = std::process::Command::new(simulation);
        simulate.args(arguments).current_dir(paths::root()).env("APLODI_TEST_POSTGRES", postgres.url());
        let end = simulate.status()?;
        if !end.success() {
            bail!("`{}` failed ({end}), see above", run_captured::describe(&simulate));
        }
        Ok(())
    })
}
