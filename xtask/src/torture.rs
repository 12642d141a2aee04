//! The long versions of the tests in `tests/crash`: hours in which everything breaks that can break.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{
    cargo, disk,
    postgres::{Durability, Postgres},
    requirements, run_captured, site,
    step::{Status, Steps},
};

#[derive(Args)]
pub(crate) struct Options {
    /// How often to break what is broken again and again, instead of 50 to 200 times
    #[arg(long)]
    cycles: Option<u32>,
}

/// Something that breaks.
struct Ordeal {
    name: &'static str,
    /// how the names of its tests begin
    tests: &'static str,
    /// how often
    cycles: u32,
}

const ORDEALS: [Ordeal; 9] = [
    Ordeal { name: "Kill the server, SQLite", tests: "killed::sqlite_keeps", cycles: 200 },
    Ordeal { name: "Kill the server, PostgreSQL", tests: "killed::postgres_keeps", cycles: 50 },
    Ordeal { name: "Cut the power", tests: "power::what_was_confirmed", cycles: 100 },
    Ordeal { name: "Cut the power, nothing synced", tests: "power::without_syncing", cycles: 1 },
    Ordeal { name: "Kill the server, then cut the power", tests: "unsynced::", cycles: 1 },
    Ordeal { name: "Make the disk fail", tests: "trouble::", cycles: 1 },
    Ordeal { name: "Back up under load, restore", tests: "restored::", cycles: 1 },
    Ordeal { name: "Bring everything at once", tests: "many::", cycles: 1 },
    Ordeal { name: "Flood it beside an honest tablet", tests: "floods::", cycles: 1 },
];

/// Builds server and tests, and breaks the one with the other.
pub(crate) fn torture(options: &Options) -> Result<()> {
    let mut steps = Steps::new(1 + site::STEPS + 2 + ORDEALS.len());
    steps.run("Find what the torture needs", |status| requirements::tools(&requirements::TORTURE, status))?;
    site::build(&mut steps)?;
    let both = cargo::NATIVE.into_iter().chain(["--bin", "aplodi", "--test", "crash"]);
    let built = steps.run("Build the server and what breaks it", |status| cargo::build(both, status))?;
    let disk = steps.run("Build the disk that is pulled out", disk::build)?;
    let (server, tests) = (built.program("aplodi")?, built.program("crash")?);
    let postgres = Postgres::start(Durability::Throwaway)?;
    let mut seen = Vec::new();
    for Ordeal { name, tests: filter, cycles } in ORDEALS {
        let cycles = options.cycles.map_or(cycles, |wanted| if cycles > 1 { wanted } else { cycles });
        seen.extend(steps.run(name, |status| {
            let mut run = Command::new(&tests);
            run.args([filter, "--test-threads=1"]).env("APLODI_TORTURE_CYCLES", cycles.to_string());
            run.env("APLODI_BIN", &server).env("APLODI_DISK", &disk).env("APLODI_TEST_POSTGRES", postgres.url());
            endure(run, status)
        })?);
    }
    steps.summary();
    println!();
    for line in seen {
        println!("{line}");
    }
    Ok(())
}

/// Runs tests, and returns what they have seen.
fn endure(mut run: Command, status: &Status) -> Result<Vec<String>> {
    let said = String::from_utf8_lossy(&run_captured::run(&mut run, status)?).into_owned();
    let told = |line: &&str| line.starts_with("seen: ") || line.starts_with("SKIPPED: ");
    // The test runner may have begun a line.
    let lines = said.lines().flat_map(|line| line.split_once(" ... ").map_or([line, ""], |(a, b)| [a, b]));
    let told: Vec<String> = lines.filter(told).map(ToOwned::to_owned).collect();
    for line in &told {
        status.note(line);
    }
    Ok(told)
}
