//! The documentation of the code: written without a warning, so that no link in it leads nowhere.

use std::process::Command;

use anyhow::Result;

use crate::{cargo, paths, run_captured, step::Status};

/// Writes it below `target/docs`, where it holds up no other cargo, and only with what the tests leave idle.
pub(crate) fn check(status: &Status) -> Result<()> {
    let mut cargo = cargo::command();
    cargo
        .arg("doc")
        .args(cargo::NATIVE)
        .args(["--no-deps", "--document-private-items", "--target-dir"])
        .arg(paths::target("docs"));
    // Whoever reads it works on it: a link to a part that other crates cannot see leads somewhere here.
    cargo.env("RUSTDOCFLAGS", "--deny warnings --allow rustdoc::private-intra-doc-links");
    run_captured::run(&mut politely(cargo), status).map(drop)
}

/// The same command, after everybody else, where there is such a thing.
fn politely(command: Command) -> Command {
    let Some(nice) = paths::program("nice") else { return command };
    let mut polite = Command::new(nice);
    polite.args(["-n", "19"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => polite.env(name, value),
            None => polite.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        polite.current_dir(folder);
    }
    polite
}
