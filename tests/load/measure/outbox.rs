//! A tablet that was away for a whole season, in Chromium: from its first word with the server until the outbox is empty.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use harness::{
    fault_proxy::Fault,
    proxied_server::ProxiedServer,
    test_tablet::{TestTablet, written},
};

use crate::figures::{Figures, ms, whole};

const SEASON: u64 = 10_000;
const BUDGET: Duration = Duration::from_secs(10);

pub(super) async fn measure(figures: &mut Figures) -> Result<()> {
    let server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    server.proxy.set(Fault::Silent);
    tablet.lay("outbox", written(&server.fixture, &server.pairing().await, SEASON)).await;
    server.proxy.set(Fault::None);
    let began = Instant::now();
    tablet.hears_of_the_network().await;
    tablet.keeps("outbox", 0).await;
    let took = began.elapsed();
    ensure!(server.stored().await.len() as u64 == SEASON, "what left the outbox is on the server");
    let what = format!("tablet: {} in an outbox drain, not slowed", whole(SEASON as f64));
    figures.judge(what, ms(took), "<= 10 s", took <= BUDGET);
    tablet.browser.close().await;
    Ok(())
}
