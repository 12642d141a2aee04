//! `aplodi kiosk`

use std::process::ExitCode;

use clap::Subcommand;

use super::{
    print::say,
    tools::{Address, CommandResult, Data, Tools, new_name, venue_codes, venues_of},
};
use crate::secrets::{hash_token, new_token};
use store::{kiosks::Pairing, pairings::KioskEntry, programme::Coded};

/// Tablets.
#[derive(Debug, Subcommand)]
pub(super) enum Kiosk {
    /// Add a kiosk and print its token and the address that pairs a tablet
    Add {
        /// Code of the venue
        #[arg(long, env = "APLODI_VENUE")]
        venue: String,
        /// Where the tablet stands, such as "Foyer"
        #[arg(long, env = "APLODI_NAME", value_parser = new_name)]
        name: String,
        /// Where tablets reach the server
        #[command(flatten)]
        address: Address,
    },
    /// Every kiosk, by venue, and whether a tablet is paired with it
    List,
    /// End the pairing of a kiosk's tablet: its token opens nothing any more, its history stays
    Revoke {
        /// Code of the venue
        #[arg(long, env = "APLODI_VENUE")]
        venue: String,
        /// Where the tablet stands; all of that name lose theirs
        #[arg(long, env = "APLODI_NAME")]
        name: String,
    },
}

impl Kiosk {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        let (venue, name, address) = match self {
            Self::Add { venue, name, address } => (venue, name, address),
            Self::List => return list(&tools).await,
            Self::Revoke { venue, name } => return revoke(&tools, &venue, &name).await,
        };
        let Some(Coded::Venue(venue)) = tools.store.system().coded(&venue).await? else {
            return Err(format!("there is no venue with the code {venue}").into());
        };
        let now = tools.now();
        let token = new_token(&tools.rng);
        let pairing = Pairing {
            id: tools.rng.uuid(now).into(),
            kiosk: tools.rng.uuid(now).into(),
            kiosk_name: name,
            venue: venue.id,
        };
        tools.store.system().add_kiosk(&pairing, hash_token(&token), now).await?;
        let link = address.link(&format!("/kiosk#token={token}"));
        say!("{token}\n\nOpen this on the tablet, once:\n  {link}")?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(tools: &Tools) -> CommandResult {
    for KioskEntry { name, venue, paired, .. } in tools.staff().kiosks().await? {
        let state = if paired { "paired" } else { "no tablet" };
        say!("{}, {name}: {state}", venue_codes(tools, &[venue]).await?)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn revoke(tools: &Tools, code: &str, name: &str) -> CommandResult {
    let [venue] = venues_of(tools, &[code.to_owned()]).await?[..] else { return Err("one venue at a time".into()) };
    let staff = tools.staff();
    let mut revoked = 0;
    for kiosk in staff.kiosks().await?.into_iter().filter(|kiosk| kiosk.venue == venue && kiosk.name == name) {
        if staff.unpair_kiosk(kiosk.id, None, tools.now()).await? {
            revoked += 1;
        }
    }
    if revoked == 0 {
        return Err(format!("no paired tablet is called {name} in {code}").into());
    }
    say!("{code}, {name}: {revoked} unpaired")?;
    Ok(ExitCode::SUCCESS)
}
