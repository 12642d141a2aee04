//! CSV: with a mark that tells spreadsheets that it is UTF-8.

use super::{Exported, HEADS};
use crate::csv;

/// The file.
#[must_use]
pub fn delimited(events: &[Exported<'_>]) -> String {
    let heads = csv::line(HEADS);
    let lines = events.iter().map(|one| csv::line(one.cells().iter().map(String::as_str)));
    ["\u{feff}".to_owned(), heads].into_iter().chain(lines).collect()
}
