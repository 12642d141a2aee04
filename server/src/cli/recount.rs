//! `aplodi recount`

use std::process::ExitCode;

use clap::{Args, builder::FalseyValueParser};

use super::tools::{CommandResult, Data, Tools};

/// Proves that the tallies say what the responses say.
#[derive(Debug, Args)]
pub(super) struct Recount {
    /// Write what the responses say
    #[arg(long, env = "APLODI_FIX", value_parser = FalseyValueParser::new())]
    fix: bool,
}

impl Recount {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        let differences = tools.store.system().recount(self.fix).await?;
        if differences.is_empty() {
            println!("Every tally agrees with the responses.");
            return Ok(ExitCode::SUCCESS);
        }
        for difference in &differences {
            println!("{}: tallied {}, counted {}", difference.key, difference.tallied, difference.counted);
        }
        if self.fix {
            println!("Written as counted.");
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }
}
