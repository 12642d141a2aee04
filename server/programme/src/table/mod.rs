//! Tables: rows of cells, whatever file they come from.
//!
//! - [`delimited`]: CSV and its relatives; [`workbook`]: XLSX and ODS;
//! - [`columns`], [`heads`]: what a column holds;
//! - [`events`]: from rows to events; [`moment`]: from their cells to instants.

pub mod columns;
pub mod delimited;
pub mod events;
mod heads;
mod moment;
pub mod workbook;

use crate::finding::Finding;

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// every row, also empty ones
    pub rows: Vec<TableRow>,
    /// whether its numbers count days from 1904
    pub is_1904: bool,
    /// what is to be said about the whole
    pub findings: Vec<Finding>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// the line of the file in which it begins, or the row of the sheet, from 1
    pub line: u32,
    /// as they are written; dates and times of a spreadsheet as in ISO 8601
    pub cells: Vec<String>,
}

impl TableRow {
    /// A cell, without the space around it; empty where there is none.
    #[must_use]
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", |cell| cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}'))
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        (0..self.cells.len()).all(|place| self.cell(place).is_empty())
    }
}

/// The largest programme: more rows are none.
pub const MOST_ROWS: usize = 50_000;

/// The widest.
pub const MOST_COLUMNS: usize = 256;
