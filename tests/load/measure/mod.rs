//! One run: everything that is measured on one database, in an order in which nothing is filled twice.

mod drain;
mod full;
mod outbox;
mod phone;
mod post;
mod sizes;
mod start;
mod summary;
mod tablet;
mod tap;

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Result, ensure};
use harness::store::drop_postgres;
use serde_json::Value;

use crate::{
    Database, Options, Part,
    bodies::Audience,
    dataset::Dataset,
    figures::{Figures, whole},
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
struct Setup {
    dataset: Arc<Dataset>,
    audience: Audience,
    program: Program,
    /// responses that the server has acknowledged
    acknowledged: u64,
}

impl Run<'_> {
    /// Measures what was asked for.
    pub(crate) async fn measure(&self, figures: &mut Figures) -> Result<()> {
        let raw = self.raw(figures).await?;
        let dataset = Arc::new(Dataset::set_up(self.database, self.folder).await?);
        let done = self.on(Arc::clone(&dataset), &raw, figures).await;
        if self.database == Database::Postgres {
            drop_postgres(&dataset.url).await;
        }
        done
    }

    async fn on(&self, dataset: Arc<Dataset>, raw: &Raw, figures: &mut Figures) -> Result<()> {
        let name = self.name();
        figures.head(format!("{name}, hardly anything stored"));
        let wants = |part| self.options.wants(part);
        if wants(Part::Start) {
            start::measure(&dataset.url, self.folder, &format!("{name}: start, hardly anything stored"), figures)
                .await?;
        }
        if self.database == Database::Sqlite && wants(Part::Tablet) {
            tablet::measure(self.options.quick, figures).await?;
            outbox::measure(figures).await?;
        }
        let program = Program::start(&dataset.url, self.folder).await?;
        let mut setup = Setup { audience: Audience::new(Arc::clone(&dataset)), dataset, program, acknowledged: 0 };
        // Once per program is enough: neither depends on the database.
        if self.database == Database::Sqlite && wants(Part::Sizes) {
            sizes::measure(&setup, figures).await?;
        }
        if self.database == Database::Sqlite && wants(Part::Phone) {
            phone::measure(&setup, self.options.load(), figures).await?;
        }
        if wants(Part::Post) {
            post::measure(self, &mut setup, raw, "", figures).await?;
        }
        if wants(Part::Drain) {
            drain::measure(self, &mut setup, figures).await?;
        }
        if [Part::Full, Part::Summary, Part::Tap].into_iter().any(wants) {
            setup = self.filled(setup, figures).await?;
        }
        setup.nothing_is_lost().await?;
        setup.program.end().await
    }

    async fn filled(&self, mut setup: Setup, figures: &mut Figures) -> Result<Setup> {
        let stored = self.options.stored();
        figures.head(format!("{}, {} stored", self.name(), whole(stored as f64)));
        full::fill(self, &mut setup, stored, figures).await?;
        let wants = |part| self.options.wants(part);
        if wants(Part::Full) {
            let raw = self.raw(figures).await?;
            post::measure(self, &mut setup, &raw, &format!(", {} stored", whole(stored as f64)), figures).await?;
            full::memory(self, &setup, stored, figures)?;
            setup.program.end().await?;
            let what = format!("{}: start, {} stored", self.name(), whole(stored as f64));
            start::measure(&setup.dataset.url, self.folder, &what, figures).await?;
            setup.program = Program::start(&setup.dataset.url, self.folder).await?;
        }
        if wants(Part::Summary) {
            summary::measure(self, &mut setup, figures).await?;
        }
        if wants(Part::Tap) {
            tap::measure(self, &mut setup, figures).await?;
        }
        Ok(setup)
    }

    async fn raw(&self, figures: &mut Figures) -> Result<Raw> {
        figures.head("What disk and SQLite can do without us");
        let each = Duration::from_secs(if self.options.quick { 1 } else { 3 });
        let raw = Raw::measure(self.folder, each).await?;
        figures.note("raw: 4 KiB appended and synced", format!("{}/s", whole(raw.syncs)));
        figures.note("raw: SQLite, one row to a commit", format!("{}/s", whole(raw.commits)));
        figures.note("raw: SQLite, 64 rows to a commit", format!("{} rows/s", whole(raw.rows)));
        Ok(raw)
    }

    fn name(&self) -> &'static str {
        match self.database {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        }
    }
}

impl Setup {
    /// A fast server that loses answers is worth nothing.
    async fn nothing_is_lost(&self) -> Result<()> {
        let summary = self.summary().await?;
        let number = |name: &str| summary[name].as_u64().unwrap_or_default();
        // What contradicts itself is set aside, and is there all the same.
        let stored = number("counted") + number("aside");
        ensure!(stored == self.acknowledged, "{} were acknowledged, {stored} are there", self.acknowledged);
        Ok(())
    }

    async fn summary(&self) -> Result<Value> {
        let mut wire = Wire::connect(self.program.address).await?;
        Ok(serde_json::from_slice(wire.exchange(&self.summary_request()).await?.body)?)
    }

    fn summary_request(&self) -> Vec<u8> {
        let fields = format!("Authorization: Bearer {}\r\n", self.dataset.api_token);
        get(&format!("/api/v1/events/{}/summary", self.dataset.event), &fields)
    }
}
