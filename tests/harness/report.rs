//! Figures for the reader, past the test runner, which hides what a test prints; and how long to go on.

use std::io::Write;

/// How often the long versions of these tests break something: `cargo xtask torture` sets it.
const CYCLES: &str = "APLODI_TORTURE_CYCLES";

/// How often to break something: so often in a test, more often under torture.
#[must_use]
pub fn cycles(in_a_test: u32) -> u32 {
    std::env::var(CYCLES).ok().and_then(|cycles| cycles.parse().ok()).unwrap_or(in_a_test)
}

/// Says what a test has seen.
pub fn seen(what: &str) {
    say("seen", what);
}

/// Says that a test could not be run here, and why.
pub fn skipped(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    say("SKIPPED", &format!("{test}: {why}"));
}

fn say(how: &str, what: &str) {
    // Where nobody can read it, the test is none the worse.
    let _ = writeln!(std::io::stdout(), "{how}: {what}");
}
