//! Calls cargo, and knows where it left what it built.

use std::{
    env,
    io::{IsTerminal, stdout},
    path::PathBuf,
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
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
    run_captured(cargo, status)
}

fn run_captured(mut cargo: Command, status: &Status) -> Result<Vec<u8>> {
    // Also without a terminal: how far it is, is said now and then.
    cargo.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "80");
    if stdout().is_terminal() {
        cargo.env("CARGO_TERM_COLOR", "always");
    }
    run_captured::run(&mut cargo, status)
}

/// What a build left behind.
pub(crate) struct Built(Vec<Value>);

/// Runs `cargo build`.
pub(crate) fn build<'a>(arguments: impl IntoIterator<Item = &'a str>, status: &Status) -> Result<Built> {
    let fixed = ["build", "--message-format=json-render-diagnostics"];
    Built::read(run(fixed.into_iter().chain(arguments), status)?)
}

/// Clippy in the place of the compiler, for our own crates: it lints and compiles them in one go, and what they depend
/// on is compiled once for programs, tests and lints. It optimises nothing, which nobody asks of a development build.
#[derive(Clone)]
pub(crate) struct Linter(PathBuf);

impl Linter {
    /// The one that belongs to the compiler.
    pub(crate) fn find(status: &Status) -> Result<Self> {
        let answer = run_captured::run(Command::new("rustc").args(["--print", "sysroot"]), status)?;
        let sysroot = String::from_utf8(answer).context("rustc answered something that is not text")?;
        let driver = format!("clippy-driver{}", env::consts::EXE_SUFFIX);
        let driver = PathBuf::from(sysroot.trim()).join("bin").join(driver);
        ensure!(driver.is_file(), "clippy is missing: `rustup component add clippy`, or your system's package");
        Ok(Self(driver))
    }

    /// Makes this call of cargo lint what it compiles.
    pub(crate) fn attach(&self, cargo: &mut Command) {
        cargo.env("RUSTC_WORKSPACE_WRAPPER", &self.0);
    }

    /// Runs `cargo build` or `cargo test --no-run`; a warning is an error.
    pub(crate) fn build(&self, arguments: &[&str], status: &Status) -> Result<Built> {
        let call = |format: &str| {
            let mut cargo = command();
            cargo.args(arguments).arg(format!("--message-format={format}"));
            self.attach(&mut cargo);
            run_captured(cargo, status)
        };
        call("json-render-diagnostics")?;
        // Now nothing is left to do, and cargo repeats what it was told, also by an earlier run.
        let built = Built::read(call("json")?)?;
        let warnings = built.warnings();
        if !warnings.is_empty() {
            bail!("{warnings}`cargo {}`: warnings, see above", arguments.join(" "));
        }
        Ok(built)
    }
}

impl Built {
    fn read(messages: Vec<u8>) -> Result<Self> {
        let messages = String::from_utf8(messages).context("cargo's messages are not UTF-8")?;
        Ok(Self(messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()))
    }

    /// What the compiler and the lints say about our own crates.
    fn warnings(&self) -> String {
        let said = self.0.iter().filter(|message| message["reason"] == "compiler-message");
        said.filter_map(|message| message["message"]["rendered"].as_str()).collect()
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_found_among_the_messages() {
        let message = |text: &str| Built::read(text.as_bytes().to_vec()).unwrap().warnings();
        let built = r#"{"reason":"compiler-artifact","target":{"name":"a"}}"#;
        let warned = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"warning: b\n"}}"#;
        assert_eq!(message(built), "");
        assert_eq!(message(&[built, "no JSON", warned].join("\n")), "warning: b\n");
    }
}
