//! `aplodi user`

use std::process::ExitCode;

use clap::Subcommand;
use domain::time::DAY;

use super::{
    token::role,
    tools::{Address, CommandResult, Data, Tools},
};
use crate::{
    email_address::is_email_address,
    secrets::{hash_token, new_token},
};
use store::{
    Scope,
    staff::{Role, SetupLink, User as Member},
};

/// Members of staff.
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add somebody and print the link by which they choose their password
    Add {
        /// E-mail address
        #[arg(long, env = "APLODI_EMAIL")]
        email: String,
        /// viewer, editor or admin
        #[arg(long, env = "APLODI_ROLE", value_parser = role)]
        role: Role,
        /// Where staff reach the server
        #[command(flatten)]
        address: Address,
    },
}

impl User {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Self::Add { email, role, address } = self;
        let tools = Tools::open(data).await?;
        let email = email.trim().to_lowercase();
        if !is_email_address(&email) {
            return Err(format!("{email} is no e-mail address").into());
        }
        let now = tools.now();
        let user = Member { id: tools.rng.uuid(now).into(), email, role, scope: Scope::All };
        let id = if tools.store.system().add_user(&user, now).await? {
            user.id
        } else {
            // Asking again for somebody who is there gives them a new link, for a forgotten password.
            let known = tools.store.system().credentials(&user.email).await?;
            known.ok_or("the user is there and cannot be found")?.user.id
        };
        let token = new_token(&tools.rng);
        let link = SetupLink { token: hash_token(&token), user: Some(id), expires_at: now + 7 * DAY };
        tools.store.system().add_setup_link(&link).await?;
        let link = address.link(&format!("/staff/set-up/{token}"));
        print!("Choose a password here, once, within 7 days:\n  {link}\n");
        Ok(ExitCode::SUCCESS)
    }
}
