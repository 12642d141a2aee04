//! Programs from npm, below `target/tools`.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Result;

use crate::{paths, run_captured, step::Status};

/// Where an installed package leaves the program of that name.
pub(crate) fn program(name: &str) -> PathBuf {
    paths::target("tools").join("node_modules/.bin").join(name)
}

/// Installs a package, such as `binaryen@132.0.0`, beside those that are there.
pub(crate) fn install(package: &str, status: &Status) -> Result<()> {
    status.progress(&format!("npm install {package}"));
    let folder = paths::target("tools");
    fs::create_dir_all(&folder)?;
    let own = folder.join("package.json");
    if !own.is_file() {
        // Without one of its own npm would look for one above, and write into the source.
        fs::write(own, "{ \"private\": true }\n")?;
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix"]).arg(&folder).arg(package);
    run_captured::run(&mut npm, status)?;
    Ok(())
}
