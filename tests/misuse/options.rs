//! What is simulated, from the command line.

use std::ops::Range;

use clap::{Parser, ValueEnum};

/// Simulates audiences and attackers
#[derive(Debug, Parser)]
pub(crate) struct Options {
    /// How many evenings of each kind
    #[arg(long, default_value_t = 100)]
    pub(crate) evenings: u64,
    /// The seed of the first; limits were tuned on 0 to 999
    #[arg(long, default_value_t = 1_000)]
    pub(crate) seed: u64,
    /// Only on this database
    #[arg(long, value_enum)]
    pub(crate) database: Option<Database>,
}

/// On what it is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Database {
    /// In a file
    Sqlite,
    /// On the tests' server
    Postgres,
}

impl Options {
    /// A seed for each evening.
    pub(crate) const fn seeds(&self) -> Range<u64> {
        self.seed..self.seed.saturating_add(self.evenings)
    }
}
