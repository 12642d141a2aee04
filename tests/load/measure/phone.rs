//! The page on a visitor's own phone.

use std::{sync::Arc, time::Duration};

use anyhow::Result;

use super::run::Setup;
use crate::{
    crowd::Load,
    figures::{Figures, kb, ms, whole},
    wire::get,
};

pub(super) async fn measure(setup: &Setup, at_most: Duration, figures: &mut Figures) -> Result<()> {
    for (how, fields) in [("gzip", "Accept-Encoding: gzip, br\r\n"), ("plain", "")] {
        let request: Arc<[u8]> = get(&format!("/f/{}", setup.dataset.code), fields).into();
        let load = Load { connections: 64, at_most, good: b"", every: None };
        let tempo = load.on(setup.program.address, move || Some(Arc::clone(&request))).await?;
        let rate = format!("{}/s", whole(tempo.rate()));
        figures.judge(format!("phone page, 64 at once, {how}"), rate, ">= 50 000/s", tempo.rate() >= 50_000.0);
        figures.note("  p50 / p99", format!("{} / {}", ms(tempo.within(0.5)), ms(tempo.within(0.99))));
        figures.note("  each, with its head", kb(tempo.bytes / tempo.times.len().max(1)));
        figures.judge("  errors", tempo.errors.to_string(), "0", tempo.errors == 0);
    }
    Ok(())
}
