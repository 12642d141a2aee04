//! `wasm-opt`, which makes the client smaller: the one on the `PATH` if it is new enough, else npm's.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::npm;
use crate::{paths, run_captured, step::Status};

/// The first version that understands what today's Rust writes.
const OLDEST: u32 = 118;

/// What npm installs where the machine has none, or an old one.
const PACKAGE: &str = "binaryen@132.0.0";

/// Smallest size first (what was flattened once folds better, the second time once more, until nothing folds; below the
/// stack lies nothing, so that small offsets fold into what reads), then the WebAssembly that our oldest browsers (Safari 16.4, Chrome 110) have and that Rust
/// writes. Not `--all-features`: a tablet would be the first to notice that one was too new.
pub(crate) const FLAGS: [&str; 15] = [
    "--debuginfo",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A `wasm-opt` that works here.
pub(crate) struct WasmOpt {
    program: PathBuf,
    /// What it calls itself: another version makes another client.
    pub version: String,
}

impl WasmOpt {
    /// Finds or installs one; without it the client is larger, and works.
    pub(crate) fn find(status: &Status) -> Option<Self> {
        let installed = npm::program("wasm-opt");
        let known =
            paths::program("wasm-opt").into_iter().chain([installed.clone()]).find_map(|it| Self::ask(it, status));
        if known.is_some() {
            return known;
        }
        let found =
            npm::install(PACKAGE, status).and_then(|()| Self::ask(installed, status).context("it does not run here"));
        if found.is_err() {
            status.note(format!(
                "without wasm-opt the client is larger than it need be; the npm package {PACKAGE} has one"
            ));
        }
        found.ok()
    }

    fn ask(program: PathBuf, status: &Status) -> Option<Self> {
        let answer = run_captured::run(Command::new(&program).arg("--version"), status).ok()?;
        let version = String::from_utf8(answer).ok()?.trim().to_owned();
        let number: u32 = version.split_whitespace().find_map(|word| word.parse().ok())?;
        (number >= OLDEST).then_some(Self { program, version })
    }

    /// Makes `wasm` smaller, in its place.
    pub(crate) fn optimise(&self, wasm: &Path, status: &Status) -> Result<()> {
        run_captured::run(Command::new(&self.program).args(FLAGS).arg(wasm).arg("-o").arg(wasm), status)?;
        Ok(())
    }
}
