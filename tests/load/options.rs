//! What is measured, from the command line.

use std::time::Duration;

use clap::{Parser, ValueEnum};

/// Measures the server
#[derive(Debug, Parser)]
pub(crate) struct Options {
    /// Shorter and smaller: to see that it works, not how fast
    #[arg(long)]
    pub(crate) quick: bool,
    /// Measure only this; may be given several times
    #[arg(long, value_enum)]
    pub(crate) only: Vec<Part>,
    /// Measure only on this database
    #[arg(long, value_enum)]
    pub(crate) database: Option<Database>,
    /// How many responses are there when it is full
    #[arg(long)]
    pub(crate) stored: Option<u64>,
    /// How long each load lasts, in seconds
    #[arg(long)]
    pub(crate) seconds: Option<u64>,
}

/// What can be measured alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
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
pub(crate) enum Database {
    /// A file
    Sqlite,
    /// The server in `APLODI_TEST_POSTGRES`
    Postgres,
}

impl Options {
    pub(crate) fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    pub(crate) fn stored(&self) -> u64 {
        self.stored.unwrap_or(if self.quick { 20_000 } else { 1_000_000 })
    }

    pub(crate) fn load(&self) -> Duration {
        Duration::from_secs(self.seconds.unwrap_or(if self.quick { 1 } else { 5 }))
    }
}
