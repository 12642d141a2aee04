//! What is inside: licences, sources, duplicates and known faults of everything that is compiled in, as `deny.toml`
//! says. Not part of the tests: it compiles a tool, and what is known of faults changes without us.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{
    cargo, paths, run_captured,
    step::{Status, Steps},
};

/// The version whose configuration `deny.toml` is written in.
const VERSION: &str = "0.20.2";
/// What cargo-deny says where it cannot ask what is known.
const UNREACHABLE: &str = "failed to fetch advisory database";

/// Checks everything that can be checked from here, and says what could not.
pub(crate) fn audit() -> Result<()> {
    let mut steps = Steps::new(3);
    let tool = steps.run("Find cargo-deny", find)?;
    steps.run("Licences, sources and duplicates", |status| check(&tool, &["licenses", "sources", "bans"], status))?;
    steps.run("Known faults", |status| match check(&tool, &["advisories"], status) {
        Err(error) if error.to_string().contains(UNREACHABLE) => {
            status.note("not checked: the database of known faults (github.com/RustSec/advisory-db) cannot be reached");
            Ok(())
        }
        known => known,
    })?;
    steps.summary();
    Ok(())
}

/// The one that was installed before, or on the `PATH`; else it is compiled, which takes some minutes.
fn find(status: &Status) -> Result<PathBuf> {
    let folder = paths::target("tools/cargo-deny");
    let ours = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if ours.is_file() {
        return Ok(ours);
    }
    if let Some(program) = paths::program("cargo-deny") {
        return Ok(program);
    }
    // Not optimised: it runs for seconds.
    let mut install = cargo::command();
    install.args(["install", "cargo-deny", "--version", VERSION, "--locked", "--debug", "--root"]).arg(&folder);
    run_captured::run(&mut install, status)?;
    if !ours.is_file() {
        bail!("cargo installed no {}", ours.display());
    }
    Ok(ours)
}

fn check(tool: &PathBuf, what: &[&str], status: &Status) -> Result<()> {
    let mut deny = std::process::Command::new(tool);
    deny.current_dir(paths::root()).args(["--locked", "check", "--hide-inclusion-graph"]).args(what);
    run_captured::run(&mut deny, status).map(drop)
}
