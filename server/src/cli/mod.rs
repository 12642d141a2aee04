//! The command line. File = command. Every option has an `APLODI_...` environment variable.

#![expect(clippy::print_stdout, reason = "what a command prints is its result")]

mod backup;
mod config;
mod epoch;
mod kiosk;
mod outbox;
mod recount;
mod restore;
mod serve;
mod token;
mod user;

use clap::{Args, Parser, Subcommand};

use crate::clock::{Clock, Rng, SystemClock};
use store::{Store, open::open};

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
    /// What tablets keep until the server has it
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    /// Members of staff
    #[command(subcommand)]
    User(user::User),
    /// API tokens of staff
    #[command(subcommand)]
    Token(token::Token),
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

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub struct Data {
    /// <sqlite://PATH> or <postgres://USER@HOST/NAME>
    #[arg(
        long,
        env = "APLODI_DATABASE_URL",
        default_value = "sqlite://data/aplodi.db",
        global = true,
        hide_env_values = true
    )]
    pub database_url: String,
}

/// What people type to reach the server.
#[derive(Clone, Debug, Args)]
pub struct Address {
    /// The address that visitors and staff use, with https:// in real life; from --listen where absent
    #[arg(long, env = "APLODI_PUBLIC_URL")]
    pub public_url: Option<url::Url>,
}

/// Where `serve` listens unless it is told otherwise.
const ASSUMED: &str = "http://127.0.0.1:3000";

impl Address {
    /// A link for a person to open, on a line; where nobody said how the server is reached, followed
    /// by what was assumed.
    fn link(&self, path: &str) -> String {
        match &self.public_url {
            Some(url) => format!("{}{path}", url.as_str().trim_end_matches('/')),
            None => format!(
                "{ASSUMED}{path}\n\nThis takes it that the server is reached at {ASSUMED}.\n\
                 Name another address with --public-url or APLODI_PUBLIC_URL."
            ),
        }
    }

    /// The public address, or this machine.
    ///
    /// # Errors
    /// Where the listening address makes no URL.
    pub fn or_local(&self, listen: std::net::SocketAddr) -> Result<url::Url, url::ParseError> {
        self.public_url.clone().map_or_else(
            || {
                // Browsers give service workers and durable storage to localhost, not to 0.0.0.0.
                let ip = if listen.ip().is_unspecified() { "localhost".to_owned() } else { listen.ip().to_string() };
                url::Url::parse(&format!("http://{ip}:{}/", listen.port()))
            },
            Ok,
        )
    }
}

/// What a command ends with: the process's exit code.
pub type CommandResult = Result<std::process::ExitCode, Box<dyn std::error::Error>>;

/// Everything a short command needs.
struct Tools {
    store: Store,
    clock: SystemClock,
    rng: Rng,
}

impl Tools {
    async fn open(data: &Data) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self { store: open(&data.database_url).await?, clock: SystemClock, rng: Rng::from_system() })
    }

    fn now(&self) -> domain::time::Millis {
        self.clock.now()
    }
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
            Command::Outbox(outbox) => outbox.run(&self.data).await,
            Command::User(user) => user.run(&self.data).await,
            Command::Token(token) => token.run(&self.data).await,
            Command::Recount(recount) => recount.run(&self.data).await,
            Command::Backup(backup) => backup.run(&self.data).await,
            Command::Restore(restore) => restore.run(&self.data).await,
            Command::Epoch(epoch) => epoch.run(&self.data).await,
            Command::Config(config) => config.run(&self.data),
        }
    }
}
