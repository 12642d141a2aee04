//! `aplodi kiosk`

use std::process::ExitCode;

use clap::Subcommand;

use super::tools::{Address, CommandResult, Data, Tools};
use crate::secrets::{hash_token, new_token};
use store::{kiosks::Pairing, programme::Coded};

/// Tablets.
#[derive(Debug, Subcommand)]
pub(super) enum Kiosk {
    /// Add a kiosk and print its token and the address that pairs a tablet
    Add {
        /// Code of the venue
        #[arg(long, env = "APLODI_VENUE")]
        venue: String,
        /// Where the tablet stands, such as "Foyer"
        #[arg(long, env = "APLODI_NAME")]
        name: String,
        /// Where tablets reach the server
        #[command(flatten)]
        address: Address,
    },
}

impl Kiosk {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Self::Add { venue, name, address } = self;
        let tools = Tools::open(data).await?;
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
        print!("{token}\n\nOpen this on the tablet, once:\n  {link}\n");
        Ok(ExitCode::SUCCESS)
    }
}
