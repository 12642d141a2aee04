//! `aplodi restore`

use std::{io, path::PathBuf, process::ExitCode};

use clap::{Args, builder::FalseyValueParser};

use super::{
    config::without_password,
    print::say,
    tools::{CommandResult, Data},
};
use crate::clock::{Clock, Rng, SystemClock};
use store::{open::Database, organisation, sqlite::restore};

/// Puts a backup in the place of the data. Tablets then bring back what it lacks.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// What `aplodi backup` has written
    file: PathBuf,
    /// Do it although there is data already; that is moved aside, not deleted
    #[arg(long, env = "APLODI_FORCE", value_parser = FalseyValueParser::new())]
    force: bool,
}

impl Restore {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        if Database::of(&data.database_url)? == Database::Postgres {
            return Err(format!(
                "PostgreSQL restores its own backups. Stop Aplodi, and type:\n\n    \
                 pg_restore --clean --if-exists --dbname={} {}\n    aplodi epoch renew\n\n\
                 The second line makes the tablets bring back what the backup lacks.",
                without_password(&data.database_url),
                self.file.display()
            )
            .into());
        }
        let epoch = organisation::new_epoch(Rng::from_system().bytes(), SystemClock.now());
        let restored = restore::restore(&self.file, &data.database_url, &epoch, self.force).await?;
        say!("{} responses restored to {}", restored.responses, restored.place.display())?;
        if let Some(aside) = restored.aside {
            say!("What was there before is now {}", aside.display())?;
        }
        tell_cleaned(&restored.cleaned)?;
        say!("{AFTERWARDS}")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Says what is gone that an earlier command had left half made.
///
/// # Errors
/// Where it cannot be printed.
pub(super) fn tell_cleaned(cleaned: &[PathBuf]) -> io::Result<()> {
    for file in cleaned {
        say!("Removed what a killed backup or restore had left: {}", file.display())?;
    }
    Ok(())
}

/// What has to be known after data came from a backup.
pub(super) const AFTERWARDS: &str = "\
Tablets will bring back what it lacks, from the last 14 days, as soon as they reach the server.
Staff log in again. People, API tokens and tablets removed since the backup are back: remove them again.";
