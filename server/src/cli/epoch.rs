//! `aplodi epoch`

use std::process::ExitCode;

use clap::Subcommand;

use super::{
    print::say,
    restore::AFTERWARDS,
    tools::{CommandResult, Data, Tools},
};
use store::organisation::new_epoch;

/// The life of the data since it was founded or last came from a backup.
#[derive(Debug, Subcommand)]
pub(super) enum Epoch {
    /// Tell every tablet to bring back what the data lacks: after `pg_restore`
    Renew,
}

impl Epoch {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Self::Renew = self;
        let tools = Tools::open(data).await?;
        tools.store.system().begin_epoch(&new_epoch(tools.rng.bytes(), tools.now())).await?;
        say!("A new epoch. Servers that are running tell it within seconds.\n{AFTERWARDS}")?;
        Ok(ExitCode::SUCCESS)
    }
}
