//! `aplodi recount`

use std::process::ExitCode;

use clap::{Args, builder::FalseyValueParser};

use super::{
    print::say,
    tools::{CommandResult, Data, Tools},
};
use crate::judge::Misjudged;

/// Proves that the tallies say what the responses say, and that each response stands as what is stored says.
#[derive(Debug, Args)]
pub(super) struct Recount {
    /// Write what the responses say
    #[arg(long, env = "APLODI_FIX", value_parser = FalseyValueParser::new())]
    fix: bool,
}

impl Recount {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        let judge = tools.judge();
        let differences = tools.store.system().recount(self.fix).await?;
        let misjudged = judge.misjudged().await?;
        if self.fix {
            judge.judge_again().await?;
        }
        if differences.is_empty() && misjudged.is_empty() {
            say!("Every tally agrees with the responses, and every response stands as its signs say.")?;
            return Ok(ExitCode::SUCCESS);
        }
        for difference in &differences {
            say!("{}: tallied {}, counted {}", difference.key, difference.tallied, difference.counted)?;
        }
        for Misjudged { at, responses } in &misjudged {
            say!("{} {}: {responses} stand otherwise than their signs say", at.day, at.place)?;
        }
        if self.fix {
            say!("Written as counted, and judged anew.")?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }
}
