//! `GET /metrics`: for Prometheus. On the public address it asks for a token; on an address of its own
//! (`--metrics-listen`) it asks for nothing. Where neither was set up there is no such page. It is never
//! decided by where a request comes from: behind a web server everybody is this machine.

use axum::{
    Router,
    extract::State,
    http::header,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{health::Report, time::Millis};
use prometheus::{GaugeVec, IntGauge, Opts, Registry, proto::MetricFamily};

use super::{panics, problem::Problem, request_log, state::AppState};
use crate::metrics::{CONTENT_TYPE, MetricsError};
use store::Scope;

/// A second.
const SECOND: f64 = 1_000.0;

/// The page alone, for an address of its own.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/metrics", get(show))
        .layer(from_fn(panics::catch))
        .layer(from_fn_with_state(state.clone(), request_log::observe))
        .with_state(state)
}

/// What was counted, and what can be asked now.
///
/// # Errors
/// A problem document where the store cannot do it now.
pub async fn show(State(state): State<AppState>) -> Result<Response, Problem> {
    let asked = Asked::from(&state).await?;
    let text = asked.families().and_then(|families| state.metrics.text(families));
    let text = text.map_err(|error| Problem::unexpected(&error))?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}

/// What is asked when somebody asks. It grows with the tablets and with nothing else.
struct Asked {
    queued: usize,
    database_bytes: u64,
    wal_bytes: Option<u64>,
    tablets: Vec<Tablet>,
}

/// What a tablet last told.
struct Tablet {
    kiosk: String,
    name: String,
    outbox: u64,
    outbox_age: Millis,
    silence: Millis,
}

impl Asked {
    async fn from(state: &AppState) -> Result<Self, Problem> {
        let now = state.clock.now();
        let size = state.store.system().size().await?;
        let reports = state.store.for_staff(Scope::All).kiosk_reports(now).await?;
        let tablets =
            reports.into_iter().filter_map(|kiosk| Tablet::of(kiosk.kiosk.to_string(), kiosk.name, &kiosk.report, now));
        Ok(Self {
            queued: state.writer.queued(),
            database_bytes: size.database_bytes,
            wal_bytes: size.wal_bytes,
            tablets: tablets.collect(),
        })
    }

    fn families(&self) -> Result<Vec<MetricFamily>, MetricsError> {
        let registry = Registry::new();
        let single = |name: &str, help: &str, value: i64| {
            let gauge = IntGauge::new(name, help)?;
            gauge.set(value);
            registry.register(Box::new(gauge))
        };
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        single("aplodi_writer_queue_submissions", "Submissions that wait for the writer.", number(self.queued as u64))?;
        single("aplodi_database_bytes", "Size of the database.", number(self.database_bytes))?;
        if let Some(bytes) = self.wal_bytes {
            single("aplodi_database_wal_bytes", "Size of the write-ahead log.", number(bytes))?;
        }
        let by_tablet = |name: &str, help: &str, value: fn(&Tablet) -> f64| {
            let gauges = GaugeVec::new(Opts::new(name, help), &["kiosk", "name"])?;
            for tablet in &self.tablets {
                gauges.with_label_values(&[&tablet.kiosk, &tablet.name]).set(value(tablet));
            }
            registry.register(Box::new(gauges))
        };
        let (outbox, age) = ("aplodi_kiosk_outbox_responses", "aplodi_kiosk_outbox_age_seconds");
        by_tablet(outbox, "Responses that wait in the tablet, as it last told.", |tablet| tablet.outbox as f64)?;
        by_tablet(age, "Age of the oldest response that waits in the tablet.", |tablet| {
            tablet.outbox_age as f64 / SECOND
        })?;
        let silence = "aplodi_kiosk_silence_seconds";
        by_tablet(silence, "Time since the tablet was last heard of.", |tablet| tablet.silence as f64 / SECOND)?;
        Ok(registry.gather())
    }
}

impl Tablet {
    /// `None` where there is no tablet, or it has never said anything.
    fn of(kiosk: String, name: String, report: &Report, now: Millis) -> Option<Self> {
        let (beat, last, _) = (report.beat.as_ref()?, report.last_contact?, report.paired_at?);
        let silence = now.saturating_sub(last).max(0);
        // What waited then has waited since.
        let outbox_age = if beat.outbox > 0 { beat.oldest().unwrap_or(0).saturating_add(silence) } else { 0 };
        Some(Self { kiosk, name, outbox: beat.outbox, outbox_age, silence })
    }
}
