//! Guards that keep the parts apart as they were built: tests of the sources and manifests themselves, which
//! run in a moment.
//!
//! - [`modules`]: no circle between the modules of a crate;
//! - [`dependencies`]: nothing in a manifest that no source names;
//! - [`pure_domain`]: what the crate `domain` may depend on, and why;
//! - [`files`]: how long a file may be, how it begins and what it is called;
//! - [`names`]: names that were replaced, and do not come back.
//!
//! What the compiler or clippy can say does not belong here: the clock and random numbers are in `.clippy.toml`.

mod dependencies;
mod files;
mod modules;
mod names;
mod pure_domain;

use std::{fs, process::Command};

use serde_json::Value;

use crate::paths;

/// A source file: its path in the folder that was read, and its text.
type Source = (String, String);

/// Every Rust file below a folder of the repository, but for those of crates of their own.
fn sources(folder: &str) -> Vec<Source> {
    let folder = paths::root().join(folder);
    let mut found = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.join("Cargo.toml").exists() {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The files of the repository that end like this, with their path from its root.
fn below_version_control(extensions: &[&str]) -> Vec<Source> {
    let mut git = Command::new("git");
    git.current_dir(paths::root()).args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let listed = String::from_utf8(git.output().unwrap().stdout).unwrap();
    let wanted = |path: &&str| path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension));
    // What was just deleted is still listed.
    listed
        .lines()
        .filter(wanted)
        .filter_map(|path| Some((path.to_owned(), fs::read_to_string(paths::root().join(path)).ok()?)))
        .collect()
}

/// The packages of the workspace, as cargo describes them.
fn packages() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(paths::root()).args(["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_slice(&cargo.output().unwrap().stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}
