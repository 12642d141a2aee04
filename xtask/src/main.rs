//! `cargo xtask`: builds, runs, tests, measures and packs Aplodi.
//!
//! One module is one task (`demo`, `test`, `audit`, `torture`, `misuse`, `dist`, `bench`) or one thing that tasks need (`site`,
//! `postgres`, `disk`, `requirements`). What the program itself does belongs to the other crates; here is only what happens around it.

#![expect(clippy::print_stdout, reason = "a command line tool speaks to whoever typed the command")]

mod audit;
mod bench;
mod cargo;
mod demo;
mod disk;
mod dist;
mod docs;
#[cfg(test)]
mod guards;
mod misuse;
mod paths;
mod postgres;
mod requirements;
mod run_captured;
mod scripts;
mod site;
mod step;
mod stories;
mod test;
mod torture;

use std::{ffi::OsString, process::ExitCode};

use anyhow::Result;
use clap::Parser;

/// Builds, runs, tests, measures and packs Aplodi
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Build everything and serve a demo season: tablet, phone and staff pages
    Demo(demo::Options),
    /// Build everything and run `aplodi serve`
    Serve {
        /// Passed on to `aplodi serve`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Do all that CI does: format, lints, build, every test
    Test {
        /// Only build, and run the tests whose names contain this
        filter: Option<String>,
    },
    /// Check licences, sources, duplicates and known faults of everything that is compiled in
    Audit,
    /// Build only what browsers load, into target/site
    Site,
    /// Make one self-contained program for a server: target/dist/aplodi
    Dist,
    /// Kill the server and cut its power again and again while people answer
    Torture(torture::Options),
    /// Simulate audiences and attackers, and print what doubt makes of them
    Misuse {
        /// Passed on to the simulation
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Measure: throughput, latency, sizes, memory
    Bench {
        /// Passed on to the load generator
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Demo(options) => demo::demo(&options),
        Task::Serve { arguments } => demo::serve(&arguments),
        Task::Test { filter } => test::test(filter.as_deref()),
        Task::Audit => audit::audit(),
        Task::Site => site::build(&mut step::Steps::new(site::STEPS)),
        Task::Dist => dist::dist(),
        Task::Torture(options) => torture::torture(&options),
        Task::Misuse { arguments } => misuse::misuse(&arguments),
        Task::Bench { arguments } => bench::bench(&arguments),
    }
}
