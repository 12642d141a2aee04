//! Files that a person can read in one go, and that say first what belongs in them.

use super::{below_version_control, sources};

/// Longer than this a file needs a reason.
const LINES: usize = 400;

/// Files that may be longer, and why.
const LONGER: [(&str, &str); 1] = [("style/kiosk.css", "the tablet's one style sheet, whose order decides")];

/// Names that say nothing about what is inside.
const VAGUE: [&str; 5] = ["common", "helpers", "misc", "util", "utils"];

#[test]
fn no_file_is_too_long_to_be_read_in_one_go() {
    let mut long = Vec::new();
    for (path, text) in below_version_control(&["rs", "js", "css"]) {
        let lines = text.lines().count();
        let may_be_longer = LONGER.iter().any(|(name, _)| *name == path);
        match lines > LINES {
            true if !may_be_longer => long.push(format!("{path} has {lines} lines")),
            false if may_be_longer => long.push(format!("{path} needs no exception any more")),
            _ => {}
        }
    }
    assert!(long.is_empty(), "more than {LINES} lines need a reason, which stands here: {long:#?}");
}

#[test]
fn every_source_file_begins_with_what_it_is_for() {
    let silent =
        sources("").into_iter().filter(|(path, text)| !path.starts_with("target/") && !text.starts_with("//!"));
    let silent: Vec<String> = silent.map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "their first line is no module documentation: {silent:#?}");
}

#[test]
fn every_file_is_named_after_what_is_in_it() {
    let files = below_version_control(&["rs", "js", "css"]);
    let vague =
        files.iter().map(|(path, _)| path).filter(|path| path.split(['/', '.']).any(|part| VAGUE.contains(&part)));
    let vague: Vec<&String> = vague.collect();
    assert!(vague.is_empty(), "{vague:#?}");
}
