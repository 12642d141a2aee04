//! `aplodi token`

use std::process::ExitCode;

use clap::Subcommand;

use super::tools::{CommandResult, Data, Tools};
use crate::secrets::{hash_token, new_token};
use store::staff::Role;

/// API tokens of staff.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Add an API token and print it; it is shown only now
    Add {
        /// What uses it, such as "annual report"
        #[arg(long, env = "APLODI_NAME")]
        name: String,
        /// viewer, editor or admin
        #[arg(long, env = "APLODI_ROLE", value_parser = role)]
        role: Role,
    },
}

impl Token {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Self::Add { name, role } = self;
        let tools = Tools::open(data).await?;
        let token = new_token(&tools.rng);
        tools.store.system().add_token(hash_token(&token), &name, role, tools.now()).await?;
        println!("{token}");
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a role.
pub(super) fn role(word: &str) -> Result<Role, String> {
    Role::from_name(word).ok_or_else(|| "the role is viewer, editor or admin".to_owned())
}
