//! The load generator: measures a real `aplodi serve` against the budgets of the design, and prints each figure with
//! its reference. `cargo xtask bench` builds both and runs it; without options it takes about ten minutes.
//!
//! - [`wire`], [`crowd`]: the visitors' side. Hand-written HTTP, because it shares the cores with the server;
//! - [`program`], [`dataset`], [`bodies`]: the server, the data it starts with, and what is posted to it;
//! - [`raw`]: what disk and SQLite can do without us, a throughput figure being worth nothing without it;
//! - `measure/`: one file for each row of the design's table of budgets;
//! - [`figures`]: the table.
//!
//! What does not belong here: a judgement. Nothing fails because it was slow; it fails where an answer is lost.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]

mod bodies;
mod crowd;
mod dataset;
mod figures;
mod measure;
mod program;
mod raw;
mod wire;

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

use crate::{figures::Figures, measure::Run};

/// Measures the server
#[derive(Debug, Parser)]
struct Options {
    /// Shorter and smaller: to see that it works, not how fast
    #[arg(long)]
    quick: bool,
    /// Measure only this; may be given several times
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// Measure only on this database
    #[arg(long, value_enum)]
    database: Option<Database>,
    /// How many responses are there when it is full
    #[arg(long)]
    stored: Option<u64>,
    /// How long each load lasts, in seconds
    #[arg(long)]
    seconds: Option<u64>,
}

/// What can be measured alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What loads over the wire
    Sizes,
    /// From start to the first answer
    Start,
    /// Taps and cold starts in a slow browser, and a full outbox
    Tablet,
    /// One response per POST
    Post,
    /// Batches of 100
    Drain,
    /// The page on a visitor's own phone
    Phone,
    /// Everything that depends on how many are stored: posts, start, memory
    Full,
    /// Summaries while answers arrive
    Summary,
    /// From a tap to the number on an open summary
    Tap,
}

/// On what it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Database {
    /// A file
    Sqlite,
    /// The server in `APLODI_TEST_POSTGRES`
    Postgres,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    fn stored(&self) -> u64 {
        self.stored.unwrap_or(if self.quick { 20_000 } else { 1_000_000 })
    }

    fn load(&self) -> Duration {
        Duration::from_secs(self.seconds.unwrap_or(if self.quick { 1 } else { 5 }))
    }
}

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
