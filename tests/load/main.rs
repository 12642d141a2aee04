//! The load generator: measures a real `aplodi serve` against the budgets of the design, and prints each figure with
//! its reference. `cargo xtask bench` builds both and runs it; without options it takes about ten minutes.
//!
//! - [`wire`], [`crowd`]: the visitors' side. Hand-written HTTP, because it shares the cores with the server;
//! - [`program`], [`dataset`], [`bodies`]: the server, the data it starts with, and what is posted to it;
//! - [`raw`]: what disk and SQLite can do without us, a throughput figure being worth nothing without it;
//! - `measure/`: one file for each row of the design's table of budgets;
//! - [`figures`]: the table; [`options`]: what is measured.
//!
//! What does not belong here: a judgement. Nothing fails because it was slow; it fails where an answer is lost.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]

mod bodies;
mod crowd;
mod dataset;
mod figures;
mod measure;
mod options;
mod program;
mod raw;
mod wire;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;

use crate::{
    figures::Figures,
    measure::Run,
    options::{Database, Options},
};

// One thread: the server needs the cores.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let mut figures = Figures::begin();
    let folder = folder()?;
    for database in [Database::Sqlite, Database::Postgres] {
        if options.database.is_none_or(|only| only == database) {
            Run { database, options: &options, folder: folder.path() }.measure(&mut figures).await?;
        }
    }
    figures.end();
    Ok(())
}

/// A folder on a disk, since `/tmp` may be memory, where a commit costs nothing.
fn folder() -> Result<tempfile::TempDir> {
    let parent = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&parent).with_context(|| format!("{} cannot be made", parent.display()))?;
    Ok(tempfile::tempdir_in(parent.canonicalize()?)?)
}
