//! What is counted while the server runs, for Prometheus.
//!
//! What can be asked when somebody asks (sizes, outboxes) is not counted here: see `http::metrics`.
//! No label takes a value that a stranger chooses: routes are patterns, methods are of a list.

use prometheus::{
    Encoder, Histogram, HistogramOpts, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
    proto::MetricFamily,
};

/// What `GET /metrics` answers with: the text format 0.0.4.
pub const CONTENT_TYPE: &str = prometheus::TEXT_FORMAT;

/// Why something cannot be counted.
pub type MetricsError = prometheus::Error;

/// Which requests are counted together.
#[derive(Clone, Copy, Debug)]
pub struct RequestLabels<'a> {
    /// a method of a list
    pub method: &'a str,
    /// the pattern of the route
    pub route: &'a str,
    /// the HTTP status
    pub status: &'a str,
}

/// The counters of one server.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    commit_responses: Histogram,
    open_streams: IntGauge,
}

/// A stream that is open as long as this lives.
#[derive(Debug)]
pub struct OpenStream(IntGauge);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Nothing has happened yet.
    ///
    /// # Errors
    /// Never: the names are valid, and each stands once.
    pub fn new(version: &str, database: &str) -> Result<Self, MetricsError> {
        let requests = IntCounterVec::new(
            Opts::new("aplodi_http_requests_total", "Requests answered."),
            &["method", "route", "status"],
        )?;
        let groups = vec![1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
        let commit_responses = Histogram::with_opts(
            HistogramOpts::new("aplodi_commit_responses", "Responses written by one commit of the writer.")
                .buckets(groups),
        )?;
        let open_streams = IntGauge::new("aplodi_open_streams", "Pages of the staff that watch live.")?;
        let build = IntGaugeVec::new(Opts::new("aplodi_build_info", "Which build runs."), &["version", "database"])?;
        build.with_label_values(&[version, database]).set(1);
        let registry = Registry::new();
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(commit_responses.clone()))?;
        registry.register(Box::new(open_streams.clone()))?;
        registry.register(Box::new(build))?;
        Ok(Self { registry, requests, commit_responses, open_streams })
    }

    /// A request has been answered.
    pub fn count_request(&self, RequestLabels { method, route, status }: RequestLabels<'_>) {
        self.requests.with_label_values(&[method, route, status]).inc();
    }

    /// The writer has committed so many responses together.
    pub fn count_commit(&self, responses: usize) {
        self.commit_responses.observe(responses as f64);
    }

    /// A stream begins.
    #[must_use]
    pub fn open_stream(&self) -> OpenStream {
        self.open_streams.inc();
        OpenStream(self.open_streams.clone())
    }

    /// What was counted, and `more`, in the text format.
    ///
    /// # Errors
    /// Where a metric cannot be written.
    pub fn text(&self, more: Vec<MetricFamily>) -> Result<String, MetricsError> {
        let mut families = self.registry.gather();
        families.extend(more);
        let mut text = Vec::new();
        TextEncoder::new().encode(&families, &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}
