//! Calls cargo, and knows where it left what it built.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{paths, run_captured, step::Status};

/// The native crates, chosen together so that one build of their dependencies serves both the demo and the tests:
/// cargo compiles a dependency once for each set of features, and the set is that of all chosen crates. Without the
/// one for staff pages, which would switch `hydrate` on beside `ssr`, and without xtask, which brings its own tools.
pub(crate) const NATIVE: [&str; 5] = ["--workspace", "--exclude", "staff", "--exclude", "xtask"];

/// The browser's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Cargo, to be run at the workspace's root.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(paths::root());
    // What `cargo run` told us about xtask is not meant for others: build scripts that watch these variables (ring's
    // does) would run again, and everything above them, whenever somebody changes between `cargo` and `cargo xtask`.
    for (name, _) in env::vars_os() {
        if OURS.iter().any(|ours| name.to_string_lossy().starts_with(ours)) {
            command.env_remove(name);
        }
    }
    command
}

/// How the variables begin in which cargo describes the package it runs.
const OURS: [&str; 3] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_"];

/// Runs cargo without its output, unless it fails.
pub(crate) fn run<'a>(arguments: impl IntoIterator<Item = &'a str>, status: &Status) -> Result<Vec<u8>> {
    let mut cargo = command();
    cargo.args(arguments);
    if status.watched() {
        cargo.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "80");
        cargo.env("CARGO_TERM_COLOR", "always");
    }
    run_captured::run(&mut cargo, status)
}

/// What a build left behind.
pub(crate) struct Built(Vec<Value>);

/// Runs `cargo build`.
pub(crate) fn build<'a>(arguments: impl IntoIterator<Item = &'a str>, status: &Status) -> Result<Built> {
    let fixed = ["build", "--message-format=json-render-diagnostics"];
    let messages = run(fixed.into_iter().chain(arguments), status)?;
    let messages = String::from_utf8(messages).context("cargo's messages are not UTF-8")?;
    Ok(Built(messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()))
}

impl Built {
    /// The program of that name.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf> {
        self.artifacts(name)
            .find_map(|artifact| artifact["executable"].as_str())
            .map(PathBuf::from)
            .with_context(|| format!("cargo built no program `{name}`"))
    }

    /// The file of the target `name` that ends in `extension`.
    pub(crate) fn file(&self, name: &str, extension: &str) -> Result<PathBuf> {
        self.artifacts(name)
            .flat_map(|artifact| artifact["filenames"].as_array().into_iter().flatten())
            .filter_map(|file| file.as_str().map(PathBuf::from))
            .find(|file| file.extension().is_some_and(|it| it == extension))
            .with_context(|| format!("cargo built no `{name}.{extension}`"))
    }

    fn artifacts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        self.0
            .iter()
            .filter(move |message| message["reason"] == "compiler-artifact" && message["target"]["name"] == name)
    }
}

/// The server's program for people at work: quick to build, the dependencies shared with the tests.
pub(crate) fn dev_server(status: &Status) -> Result<PathBuf> {
    build(NATIVE.into_iter().chain(["--bin", "aplodi"]), status)?.program("aplodi")
}
