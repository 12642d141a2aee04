//! `aplodi user`

use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::time::DAY;

use super::{
    print::say,
    token::role,
    tools::{Address, CommandResult, Data, Tools, venue_codes, venues_of},
};
use crate::{
    email_address::is_email_address,
    secrets::{hash_token, new_token},
};
use store::{
    Scope,
    people::Decided,
    staff::{Purpose, Role, SetupLink, User as Member, UserEntry},
};

/// Members of staff.
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add somebody and print the link by which they choose their password
    Add {
        /// Who
        #[command(flatten)]
        who: Who,
        /// viewer, editor or admin
        #[arg(long, env = "APLODI_ROLE", value_parser = role)]
        role: Role,
        /// For somebody who is there already: a new link by which they choose another password
        #[arg(long)]
        new_link: bool,
        /// Where staff reach the server
        #[command(flatten)]
        address: Address,
    },
    /// Everybody, what they may do and see, and whether they are logged in
    List,
    /// Let somebody do something else, from their next click on
    Role {
        /// Who
        #[command(flatten)]
        who: Who,
        /// viewer, editor or admin
        #[arg(long, env = "APLODI_ROLE", value_parser = role)]
        role: Role,
    },
    /// Let somebody see other venues, from their next click on
    Scope {
        /// Who
        #[command(flatten)]
        who: Who,
        /// Codes of the venues, with commas between them
        #[arg(long, env = "APLODI_VENUES", value_delimiter = ',', required_unless_present = "all")]
        venues: Vec<String>,
        /// Every venue, also those that are added later
        #[arg(long, conflicts_with = "venues")]
        all: bool,
    },
    /// Log somebody out everywhere and take their password, until `add --new-link` gives them another
    Disable {
        /// Who
        #[command(flatten)]
        who: Who,
    },
    /// Log-ins
    #[command(subcommand)]
    Sessions(Sessions),
}

/// Who is meant.
#[derive(Debug, Args)]
pub(super) struct Who {
    /// E-mail address
    #[arg(long, env = "APLODI_EMAIL")]
    email: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum Sessions {
    /// Log somebody out everywhere
    End {
        /// E-mail address
        #[arg(long, env = "APLODI_EMAIL", required_unless_present = "everybody")]
        email: Option<String>,
        /// Log everybody out
        #[arg(long, conflicts_with = "email")]
        everybody: bool,
    },
}

impl User {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        let store = tools.store.system();
        match self {
            Self::Add { who, role, new_link, address } => {
                return add(&tools, &who.email, role, new_link, &address).await;
            }
            Self::List => {
                for entry in store.users(tools.now()).await? {
                    say!("{}", told(&tools, &entry).await?)?;
                }
            }
            Self::Role { who, role } => {
                let UserEntry { user, .. } = known(&tools, &who.email).await?;
                decided(tools.staff().change_person(&Member { role, ..user }).await?)?;
                say!("{}", told(&tools, &known(&tools, &who.email).await?).await?)?;
            }
            Self::Scope { who, venues, all } => {
                let UserEntry { user, .. } = known(&tools, &who.email).await?;
                let scope = if all { Scope::All } else { Scope::Venues(venues_of(&tools, &venues).await?) };
                decided(tools.staff().change_person(&Member { scope, ..user }).await?)?;
                say!("{}", told(&tools, &known(&tools, &who.email).await?).await?)?;
            }
            Self::Disable { who } => {
                let UserEntry { user, .. } = known(&tools, &who.email).await?;
                decided(tools.staff().disable_person(user.id).await?)?;
                say!("{}", told(&tools, &known(&tools, &who.email).await?).await?)?;
            }
            Self::Sessions(Sessions::End { email, .. }) => {
                let whose = match email {
                    Some(email) => Some(known(&tools, &email).await?.user.id),
                    None => None,
                };
                say!("{} sessions ended", store.end_sessions(whose).await?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Adds somebody. Of somebody who is there it says what they are, and changes nothing.
async fn add(tools: &Tools, email: &str, role: Role, new_link: bool, address: &Address) -> CommandResult {
    let email = trimmed(email);
    if !is_email_address(&email) {
        return Err(format!("{email:?} is no e-mail address").into());
    }
    let now = tools.now();
    let user = Member { id: tools.rng.uuid(now).into(), email, role, scope: Scope::All };
    let id = if tools.store.system().add_user(&user, now).await? {
        user.id
    } else {
        let known = known(tools, &user.email).await?;
        let is = told(tools, &known).await?;
        if !new_link || known.user.role != role {
            return Err(format!(
                "there already, and not changed: {is}\n\
                 A new link to choose a password: --new-link, with --role {}.\n\
                 Other rights: aplodi user role, aplodi user scope.",
                known.user.role.as_str()
            )
            .into());
        }
        say!("{is}")?;
        known.user.id
    };
    let token = new_token(&tools.rng);
    let link = SetupLink {
        token: hash_token(&token),
        user: Some(id),
        expires_at: now + 7 * DAY,
        purpose: Purpose::Invitation,
    };
    tools.store.system().add_setup_link(&link).await?;
    let link = address.link(&format!("/staff/set-up/{token}"));
    say!("Choose a password here, once, within 7 days:\n  {link}")?;
    Ok(ExitCode::SUCCESS)
}

/// What became of a decision, where it is none of those that the command line may always make.
fn decided(decided: Decided) -> Result<(), String> {
    match decided {
        Decided::Done => Ok(()),
        Decided::NotThere | Decided::EmailTaken | Decided::LastAdmin => Err("nothing has changed".to_owned()),
    }
}

fn trimmed(email: &str) -> String {
    email.trim().to_lowercase()
}

async fn known(tools: &Tools, email: &str) -> Result<UserEntry, Box<dyn std::error::Error>> {
    let email = trimmed(email);
    let users = tools.store.system().users(tools.now()).await?;
    let known = users.into_iter().find(|entry| entry.user.email == email);
    known.ok_or_else(|| format!("nobody has the address {email}").into())
}

/// "maija@house.example: editor, TENT and HALL, 2 sessions"
async fn told(tools: &Tools, entry: &UserEntry) -> Result<String, Box<dyn std::error::Error>> {
    let UserEntry { user, has_password, sessions } = entry;
    let sees = match &user.scope {
        Scope::All => "every venue".to_owned(),
        Scope::Venues(venues) => venue_codes(tools, venues).await?,
    };
    let state = match (has_password, sessions) {
        (false, _) => "cannot log in: has no password".to_owned(),
        (true, 0) => "not logged in".to_owned(),
        (true, 1) => "1 session".to_owned(),
        (true, many) => format!("{many} sessions"),
    };
    Ok(format!("{}: {}, {sees}, {state}", user.email, user.role.as_str()))
}
