//! The table: budget, measured, met. Each figure is printed as soon as it is known, and all of them again at the end.

use std::{
    fmt,
    time::{Duration, Instant},
};

/// Everything measured so far.
pub(crate) struct Figures {
    rows: Vec<Row>,
    started: Instant,
}

/// One line of the table.
enum Row {
    Head(String),
    Figure(Figure),
}

struct Figure {
    what: String,
    measured: String,
    budget: Option<Budget>,
}

/// What was promised, and whether it was kept.
struct Budget {
    promise: String,
    met: bool,
}

impl Figures {
    pub(crate) fn begin() -> Self {
        println!("\nMachine: {} cores, load {} before anything was started", cores(), load_average());
        Self { rows: Vec::new(), started: Instant::now() }
    }

    /// A headline: what the figures after it have in common.
    pub(crate) fn head(&mut self, what: impl Into<String>) {
        let head = format!("{} (load {})", what.into(), load_average());
        println!("\n{head}");
        self.rows.push(Row::Head(head));
    }

    /// A figure that others are compared with, or that nobody promised.
    pub(crate) fn note(&mut self, what: impl Into<String>, measured: impl Into<String>) {
        self.add(Figure { what: what.into(), measured: measured.into(), budget: None });
    }

    /// A figure with a budget.
    pub(crate) fn judge(
        &mut self,
        what: impl Into<String>,
        measured: impl Into<String>,
        promise: impl Into<String>,
        met: bool,
    ) {
        let budget = Some(Budget { promise: promise.into(), met });
        self.add(Figure { what: what.into(), measured: measured.into(), budget });
    }

    fn add(&mut self, figure: Figure) {
        println!("  {figure}");
        self.rows.push(Row::Figure(figure));
    }

    /// Prints the table.
    pub(crate) fn end(self) {
        println!("\n  {:<52} {:>30}  {:<24} met", "", "measured", "budget");
        let (mut met, mut missed) = (0, 0);
        for row in &self.rows {
            match row {
                Row::Head(head) => println!("{head}"),
                Row::Figure(figure) => {
                    println!("  {figure}");
                    match &figure.budget {
                        Some(Budget { met: true, .. }) => met += 1,
                        Some(Budget { met: false, .. }) => missed += 1,
                        None => {}
                    }
                }
            }
        }
        println!(
            "\n{met} budgets met, {missed} missed, in {} s; load {}",
            self.started.elapsed().as_secs(),
            load_average()
        );
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<52} {:>30}", self.what, self.measured)?;
        match &self.budget {
            Some(Budget { promise, met }) => write!(f, "  {promise:<24} {}", if *met { "yes" } else { "NO" }),
            None => Ok(()),
        }
    }
}

/// A rate or a count, with spaces between the thousands.
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let grouped: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|part| std::str::from_utf8(part).ok()).collect();
    grouped.join(" ")
}

/// Milliseconds, as exactly as they deserve.
pub(crate) fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1_000.0;
    if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.0} ms") }
}

/// Thousands of bytes.
pub(crate) fn kb(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1_000.0)
}

/// What else the machine was doing: runnable processes, averaged over one minute.
fn load_average() -> String {
    let averages = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    averages.split(' ').next().unwrap_or("?").to_owned()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(0, std::num::NonZero::get)
}
