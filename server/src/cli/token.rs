//! `aplodi token`

use std::process::ExitCode;

use clap::Subcommand;

use super::{
    print::say,
    tools::{CommandResult, Data, Tools, new_name, utc},
};
use crate::secrets::{hash_token, new_token};
use store::staff::{Role, TokenEntry};

/// API tokens of staff.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Add an API token and print it; it is shown only now
    Add {
        /// What uses it, such as "annual report"
        #[arg(long, env = "APLODI_NAME", value_parser = new_name)]
        name: String,
        /// viewer, editor or admin
        #[arg(long, env = "APLODI_ROLE", value_parser = role)]
        role: Role,
    },
    /// Every API token by its name, and whether it still opens anything
    List,
    /// Let a token do something else; running servers hear of it within a minute
    Role {
        /// What uses it
        #[arg(long, env = "APLODI_NAME")]
        name: String,
        /// viewer, editor or admin
        #[arg(long, env = "APLODI_ROLE", value_parser = role)]
        role: Role,
    },
    /// Let a token open nothing any more; running servers hear of it within a minute
    Revoke {
        /// What uses it; all of that name are revoked
        #[arg(long, env = "APLODI_NAME")]
        name: String,
    },
}

impl Token {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        let store = tools.store.system();
        let (name, changed) = match self {
            Self::Add { name, role } => {
                let token = new_token(&tools.rng);
                store.add_token(hash_token(&token), &name, role, tools.now()).await?;
                say!("{token}")?;
                return Ok(ExitCode::SUCCESS);
            }
            Self::List => {
                for TokenEntry { name, role, created_at, revoked_at } in store.tokens().await? {
                    let revoked = revoked_at.map(|at| format!(", revoked {}", utc(at))).unwrap_or_default();
                    say!("{name}: {}, added {}{revoked}", role.as_str(), utc(created_at))?;
                }
                return Ok(ExitCode::SUCCESS);
            }
            Self::Role { name, role } => {
                let changed = store.change_tokens(&name, role).await?;
                (name, changed)
            }
            Self::Revoke { name } => {
                let changed = store.revoke_tokens(&name, tools.now()).await?;
                (name, changed)
            }
        };
        if changed == 0 {
            return Err(format!("no token that opens anything is called {name}").into());
        }
        say!("{name}: {changed} changed")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a role.
pub(super) fn role(word: &str) -> Result<Role, String> {
    Role::from_name(word).ok_or_else(|| "the role is viewer, editor or admin".to_owned())
}
