//! The program `aplodi`.

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
    thread::available_parallelism,
};

use aplodi::cli::Cli;
use clap::Parser;
use tokio::runtime::Builder;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match Builder::new_multi_thread().worker_threads(workers()).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    runtime.block_on(cli.run()).unwrap_or_else(|error| failed(&*error))
}

/// One fewer than there are cores: the database, or SQLite's thread and the writer's, need one as well. A worker that
/// wakes wakes another one to look for work; on two cores that cost a fifth of what PostgreSQL could store
/// (`docs/decisions/two-trips.md`).
fn workers() -> usize {
    available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).max(1))
}

/// A person at a terminal reads this: the whole chain, without a stack.
fn failed(error: &dyn Error) -> ExitCode {
    let mut whole = format!("aplodi: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        whole.push_str(": ");
        whole.push_str(&error.to_string());
        cause = error.source();
    }
    // Where nobody reads it, the exit code still says that it failed.
    let _ = writeln!(io::stderr(), "{whole}");
    ExitCode::FAILURE
}
