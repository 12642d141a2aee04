//! The command line. File = command; what all of them need is in `tools`. Every option has an `APLODI_...` environment variable.

mod backup;
mod config;
mod doubt;
mod epoch;
mod events;
mod kiosk;
mod open_id;
mod outbox;
mod print;
mod public_url;
mod recount;
mod responses;
mod restore;
mod serve;
mod token;
mod tools;
mod user;
mod venue;

use clap::{Parser, Subcommand};

use self::tools::{CommandResult, Data};

/// Asks the audience how it was, and tells the staff the truth about the answer.
#[derive(Debug, Parser)]
#[command(name = "aplodi", version, propagate_version = true)]
pub struct Cli {
    /// Where the data is
    #[command(flatten)]
    data: Data,
    /// What to do
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve tablets, phones and staff
    Serve(serve::Serve),
    /// Tablets
    #[command(subcommand)]
    Kiosk(kiosk::Kiosk),
    /// Venues
    #[command(subcommand)]
    Venue(venue::VenueCommand),
    /// The programme
    #[command(subcommand)]
    Events(events::Events),
    /// What tablets keep until the server has it
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    /// Members of staff
    #[command(subcommand)]
    User(user::User),
    /// API tokens of staff
    #[command(subcommand)]
    Token(token::Token),
    /// Answers that are set aside
    #[command(subcommand)]
    Doubt(doubt::Doubt),
    /// Answers
    #[command(subcommand)]
    Responses(responses::Responses),
    /// Count every response again and compare with the tallies; exit code 1 on a difference
    Recount(recount::Recount),
    /// Copy the data into a file while serving
    Backup(backup::Backup),
    /// Put a backup in the place of the data
    Restore(restore::Restore),
    /// The life of the data since it last came from a backup
    #[command(subcommand)]
    Epoch(epoch::Epoch),
    /// Print the effective configuration, secrets hidden
    Config(config::Config),
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// Whatever stopped it, for a person to read.
    pub async fn run(self) -> CommandResult {
        match self.command {
            Command::Serve(serve) => serve.run(&self.data).await,
            Command::Kiosk(kiosk) => kiosk.run(&self.data).await,
            Command::Venue(venue) => venue.run(&self.data).await,
            Command::Events(events) => events.run(&self.data).await,
            Command::Outbox(outbox) => outbox.run(&self.data).await,
            Command::User(user) => user.run(&self.data).await,
            Command::Token(token) => token.run(&self.data).await,
            Command::Doubt(doubt) => doubt.run(&self.data).await,
            Command::Responses(responses) => responses.run(&self.data).await,
            Command::Recount(recount) => recount.run(&self.data).await,
            Command::Backup(backup) => backup.run(&self.data).await,
            Command::Restore(restore) => restore.run(&self.data).await,
            Command::Epoch(epoch) => epoch.run(&self.data).await,
            Command::Config(config) => config.run(&self.data),
        }
    }
}
