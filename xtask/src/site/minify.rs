//! Scripts without what only people read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::npm;
use crate::{paths, run_captured, step::Status};

const PACKAGE: &str = "terser@5.51.2";

/// All our scripts are modules or behave the same as one.
const FLAGS: [&str; 5] = ["--module", "--compress", "--mangle", "--ecma", "2020"];

/// Makes scripts smaller, where npm has what it takes; without it they are larger, and work.
pub(crate) struct Minifier {
    program: Option<PathBuf>,
}

impl Minifier {
    /// Finds or installs it.
    pub(crate) fn find(status: &Status) -> Self {
        let terser = npm::program("terser");
        if !terser.is_file() && npm::install(PACKAGE, status).is_err() {
            status.note(format!("scripts are larger than they need be; the npm package {PACKAGE} makes them smaller"));
        }
        Self { program: Some(terser).filter(|program| program.is_file()) }
    }

    /// A script, smaller. What was made once is remembered: starting node takes longer than its work.
    pub(crate) fn minify(&self, script: &str, status: &Status) -> Result<String> {
        let Some(program) = &self.program else { return Ok(script.to_owned()) };
        let folder = paths::target("xtask/scripts");
        fs::create_dir_all(&folder)?;
        let recipe = [PACKAGE, &FLAGS.join(" "), script].join("\n");
        let made = folder.join(format!("{}.js", hex::encode(&Sha256::digest(recipe)[..16])));
        if let Ok(made) = fs::read_to_string(&made) {
            return Ok(made);
        }
        run(program, script, &made, status)?;
        Ok(fs::read_to_string(made)?)
    }
}

fn run(program: &Path, script: &str, made: &Path, status: &Status) -> Result<()> {
    let (source, half) = (made.with_extension("source.js"), made.with_extension("half.js"));
    fs::write(&source, script)?;
    run_captured::run(Command::new(program).arg(&source).args(FLAGS).arg("--output").arg(&half), status)?;
    // Under its name it is whole.
    fs::rename(half, made)?;
    fs::remove_file(source)?;
    Ok(())
}
