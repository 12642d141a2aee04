//! What a piece of work asks the database, and what it complains about: statements and rows as sqlx itself logs them (a
//! call of the store may send several), and lines of the log that say that something is wrong.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, Once, PoisonError},
};

use tracing::{
    Event, Instrument, Level, Subscriber,
    field::{Field, Visit},
    span::Id,
    trace_span,
};
use tracing_subscriber::{
    Layer, Registry,
    filter::filter_fn,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

/// Where sqlx logs statements.
const TARGET: &str = "sqlx::query";
/// The span around what is counted.
const SPAN: &str = "counted";

/// What was asked of the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// how many statements were sent
    pub sent: u64,
    /// how many rows came back for them
    pub rows: u64,
    /// how many warnings and errors were logged
    pub complaints: u64,
}

static COUNTED: LazyLock<Mutex<HashMap<Id, Statements>>> = LazyLock::new(Mutex::default);

/// Does the work, and counts what it asks of the database; work beside it does not count.
///
/// # Panics
/// Where somebody else listens to the log of this process.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, Statements) {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let ours = filter_fn(|about| about.target() == TARGET || about.name() == SPAN || *about.level() <= Level::WARN);
        let registry = Registry::default().with(Counter.with_filter(ours));
        tracing::subscriber::set_global_default(registry).expect("nobody else listens");
    });
    let span = trace_span!("counted");
    let id = span.id().expect("somebody listens");
    counts(|counts| counts.insert(id.clone(), Statements::default()));
    let done = work.instrument(span).await;
    let statements = counts(|counts| counts.remove(&id)).expect("was put there");
    (done, statements)
}

fn counts<T>(with: impl FnOnce(&mut HashMap<Id, Statements>) -> T) -> T {
    with(&mut COUNTED.lock().unwrap_or_else(PoisonError::into_inner))
}

struct Counter;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let is_statement = event.metadata().target() == TARGET;
        let mut statement = Statement::default();
        event.record(&mut statement);
        // How SQLite sets up a connection that the pool has just opened.
        if statement.summary.starts_with("PRAGMA") {
            return;
        }
        for span in context.event_scope(event).into_iter().flatten() {
            counts(|counts| {
                if let Some(statements) = counts.get_mut(&span.id()) {
                    if is_statement {
                        statements.sent += 1;
                        statements.rows += statement.rows;
                    } else {
                        statements.complaints += 1;
                    }
                }
            });
        }
    }
}

/// What a line of sqlx says of a statement.
#[derive(Default)]
struct Statement {
    summary: String,
    rows: u64,
}

impl Visit for Statement {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows_returned" {
            self.rows = value;
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.summary);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
