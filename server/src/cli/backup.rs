//! `aplodi backup`

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    config::without_password,
    print::say,
    restore::tell_cleaned,
    tools::{CommandResult, Data},
};
use store::{open::Database, sqlite::copy};

/// Copies the data into a file, while tablets and phones go on answering.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The copy; a file that is there already is never overwritten
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        if Database::of(&data.database_url)? == Database::Postgres {
            return Err(format!(
                "PostgreSQL makes its own backups, also while Aplodi serves:\n\n    \
                 pg_dump --format=custom --file={} {}\n",
                self.file.display(),
                without_password(&data.database_url)
            )
            .into());
        }
        let copied = copy::back_up(&data.database_url, &self.file).await?;
        say!("{} responses, {} bytes: {}", copied.responses, copied.bytes, self.file.display())?;
        tell_cleaned(&copied.cleaned)?;
        Ok(ExitCode::SUCCESS)
    }
}
