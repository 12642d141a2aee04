//! `aplodi outbox`

use std::{collections::BTreeMap, io, path::PathBuf, process::ExitCode, sync::Arc};

use api::{
    outbox_file::read,
    responses::{Batch, ItemResult, Status},
};
use clap::{Subcommand, builder::FalseyValueParser};

use super::{
    print::say,
    tools::{CommandResult, Data, Tools},
};
use crate::intake::{Cache, Delivery, Intake};
use store::{organisation::InstanceKeys, writer::Writer};

/// What tablets keep until the server has it.
#[derive(Debug, Subcommand)]
pub(super) enum Outbox {
    /// Read a file that a tablet has exported; what the server has already is recognised; exit code 1
    /// where anything in it was not taken
    Import {
        /// The file
        #[arg(env = "APLODI_FILE")]
        file: PathBuf,
        /// Only say what would be taken
        #[arg(long, env = "APLODI_DRY_RUN", value_parser = FalseyValueParser::new())]
        dry_run: bool,
    },
}

impl Outbox {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Self::Import { file, dry_run } = self;
        let named = |error: std::io::Error| format!("{}: {error}", file.display());
        // A device or a pipe may never end.
        if !tokio::fs::metadata(&file).await.map_err(named)?.is_file() {
            return Err(format!("{} is no file", file.display()).into());
        }
        let text = tokio::fs::read(&file).await.map_err(named)?;
        // Bytes that are no text spoil the line they stand in and no other.
        let text = String::from_utf8_lossy(&text);
        let contents = read(&text)?;
        let tools = Tools::open(data).await?;
        let now = tools.now();
        let origin = &contents.origin;
        let pairing = tools.store.system().pairing(origin.pairing).await?;
        let pairing = pairing.ok_or_else(|| {
            format!("this server has never paired the tablet \"{}\": is it another server's file?", origin.kiosk)
        })?;
        let delivery = Delivery { by: &pairing, received_at: now, offset_ms: origin.offset_ms.unwrap_or_default() };
        let cache = Cache::new(Arc::clone(tools.store.system()));
        let intake = Intake::new(cache, tools.instance_keys().await?.content_key);
        let writer = Writer::start(Arc::clone(tools.store.system()));

        let mut results = Vec::with_capacity(contents.items.len());
        for items in contents.items.chunks(Batch::MAX_ITEMS) {
            let judged = intake.judge(items, delivery).await?;
            let judged = if dry_run { judged.forecast() } else { judged.write(&writer).await? };
            results.extend(judged);
        }
        writer.close().await;

        say!("{} ({}): {} responses", origin.kiosk, pairing.id, results.len())?;
        let all_taken = tell(&results, dry_run)?;
        if contents.lost > 0 {
            say!("The file is damaged: {} of its lines cannot be read.", contents.lost)?;
        }
        Ok(if all_taken && contents.lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Tools {
    /// What belongs to the data.
    async fn instance_keys(&self) -> Result<InstanceKeys, store::StoreError> {
        let proposed = InstanceKeys::propose(self.rng.bytes(), self.rng.bytes(), self.rng.bytes());
        self.store.system().instance_keys(&proposed, self.now()).await
    }
}

/// Says what became of the responses: how many of each kind, and which were not taken. True where
/// the server has them all.
fn tell(results: &[ItemResult], dry_run: bool) -> io::Result<bool> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for result in results {
        let word = match result.status {
            Status::Stored if dry_run => "would be taken",
            Status::Stored => "stored",
            Status::Duplicate => "known already",
            Status::Conflict => "kept aside: known with another content",
            Status::Rejected => "refused",
        };
        *counts.entry(word).or_default() += 1;
    }
    for (word, count) in counts {
        say!("  {count} {word}")?;
    }
    let refused = results.iter().zip(1..).filter(|(result, _)| result.status == Status::Rejected);
    for (result, number) in refused {
        let id = result.id.map(|id| format!(" ({id})")).unwrap_or_default();
        say!("Number {number}{id}: {}", result.reason.as_deref().unwrap_or("refused"))?;
    }
    Ok(results.iter().all(|result| matches!(result.status, Status::Stored | Status::Duplicate)))
}
