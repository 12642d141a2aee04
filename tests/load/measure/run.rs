//! What the measurements of a run share.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::{
    bodies::Audience,
    dataset::Dataset,
    figures::{Figures, whole},
    options::{Database, Options},
    program::Program,
    raw::Raw,
    wire::{Wire, get},
};

/// Measurements on one database.
pub(crate) struct Run<'a> {
    pub(crate) database: Database,
    pub(crate) options: &'a Options,
    /// on a disk
    pub(crate) folder: &'a Path,
}

/// What the measurements of a run share.
pub(super) struct Setup {
    pub(super) dataset: Arc<Dataset>,
    pub(super) audience: Audience,
    pub(super) program: Program,
    /// responses that the server has acknowledged
    pub(super) acknowledged: u64,
}

impl Run<'_> {
    pub(super) async fn raw(&self, figures: &mut Figures) -> Result<Raw> {
        figures.head("What disk and SQLite can do without us");
        let each = Duration::from_secs(if self.options.quick { 1 } else { 3 });
        let raw = Raw::measure(self.folder, each).await?;
        figures.note("raw: 4 KiB appended and synced", format!("{}/s", whole(raw.syncs)));
        figures.note("raw: SQLite, one row to a commit", format!("{}/s", whole(raw.commits)));
        figures.note("raw: SQLite, 64 rows to a commit", format!("{} rows/s", whole(raw.rows)));
        Ok(raw)
    }

    pub(super) fn name(&self) -> &'static str {
        match self.database {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        }
    }
}

impl Setup {
    /// A fast server that loses answers is worth nothing.
    pub(super) async fn nothing_is_lost(&self) -> Result<()> {
        let summary = self.summary().await?;
        let number = |name: &str| summary[name].as_u64().unwrap_or_default();
        // What contradicts itself is set aside, and is there all the same.
        let stored = number("counted") + number("aside");
        ensure!(stored == self.acknowledged, "{} were acknowledged, {stored} are there", self.acknowledged);
        Ok(())
    }

    pub(super) async fn summary(&self) -> Result<Value> {
        let mut wire = Wire::connect(self.program.address).await?;
        Ok(serde_json::from_slice(wire.exchange(&self.summary_request()).await?.body)?)
    }

    pub(super) fn summary_request(&self) -> Vec<u8> {
        let fields = format!("Authorization: Bearer {}\r\n", self.dataset.api_token);
        get(&format!("/api/v1/events/{}/summary", self.dataset.event), &fields)
    }
}
