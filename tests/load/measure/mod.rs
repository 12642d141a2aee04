//! One run: everything that is measured on one database, in an order in which nothing is filled twice.

mod drain;
mod full;
mod outbox;
mod phone;
mod post;
mod run;
mod sizes;
mod start;
mod summary;
mod tablet;
mod tap;

use std::sync::Arc;

use anyhow::Result;
use harness::store::drop_postgres;

pub(crate) use self::run::Run;
use self::run::Setup;
use crate::{
    bodies::Audience,
    dataset::Dataset,
    figures::{Figures, whole},
    options::{Database, Part},
    program::Program,
    raw::Raw,
};

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
}
