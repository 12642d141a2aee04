//! `aplodi backup`

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    config::without_password,
    print::say,
    restore::tell_cleaned,
    tools::{CommandResult, Data, Tools},
};
use crate::clock::{Clock, SystemClock};
use store::{open::Database, sqlite::copy};

/// Copies the data into a file, while tablets and phones go on answering.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The copy; a file that is there already is never overwritten
    #[arg(required_unless_present = "noted")]
    file: Option<PathBuf>,
    /// Copy nothing, and tell *Tonight* that a backup was made by other means, such as `pg_dump`
    #[arg(long, conflicts_with = "file")]
    noted: bool,
}

impl Backup {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Some(file) = self.file else {
            let tools = Tools::open(data).await?;
            tools.store.system().note_backup(tools.now()).await?;
            say!("Noted.")?;
            return Ok(ExitCode::SUCCESS);
        };
        if Database::of(&data.database_url)? == Database::Postgres {
            return Err(format!(
                "PostgreSQL makes its own backups, also while Aplodi serves:\n\n    \
                 pg_dump --format=custom --file={} {}\n\n`aplodi backup --noted` afterwards tells staff how old it is.\n",
                file.display(),
                without_password(&data.database_url)
            )
            .into());
        }
        let copied = copy::back_up(&data.database_url, &file).await?;
        say!("{} responses, {} bytes: {}", copied.responses, copied.bytes, file.display())?;
        tell_cleaned(&copied.cleaned)?;
        // The copy is sound, whether or not it can be noted: on a full disk, say, the backup is what counts.
        if let Err(error) = copy::note_backup(&data.database_url, SystemClock.now()).await {
            eprintln!("staff are not told of it: {error}");
        }
        Ok(ExitCode::SUCCESS)
    }
}
