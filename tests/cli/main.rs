//! What an administrator types, and what the program says and does then. A file is a command.

#![expect(clippy::expect_used, reason = "a test that finds something wrong fails at once")]

mod alerts;
mod backup;
mod config;
mod deploy;
mod doubt;
mod events;
mod kiosk;
mod log;
mod logged_once;
mod metrics;
mod outbox;
mod recount;
mod token;
mod user;
mod venue;

use std::process::Output;

/// What a command said where it failed; it fails in words.
fn failed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert!(!said.contains("panicked"), "{said}");
    said
}
