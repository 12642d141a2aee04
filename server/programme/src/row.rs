//! One event of a file.

use domain::{attendance::AttendanceKind, time::Millis};
use jiff::civil::Date;

use crate::finding::{Finding, Weight};

/// The longest title, in characters.
pub(crate) const LONGEST_TITLE: usize = 200;

/// One event of a file, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// where it begins, from 1
    pub line: u32,
    /// what the sender calls it; the same from file to file
    pub external_id: Option<String>,
    /// in one line
    pub title: Option<String>,
    /// which of the known venues
    pub venue: Option<usize>,
    /// when it begins
    pub starts_at: Option<Millis>,
    /// when it ends
    pub ends_at: Option<Millis>,
    /// how many were there
    pub attendance: Option<u32>,
    /// how that is known, where the file says so
    pub attendance_kind: Option<AttendanceKind>,
    /// whether it is cancelled; `None` where the file says nothing about it
    pub cancelled: Option<bool>,
    /// set where the table names no events of its own, but says how many were at those that are there
    pub of_known: Option<OfKnown>,
    /// what is to be said about it
    pub findings: Vec<Finding>,
}

/// Which of the events that are there is meant, beside the id, the venue and the start where the table says them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfKnown {
    /// on which day it begins
    pub day: Option<Date>,
}

impl Row {
    /// The heaviest of the findings.
    #[must_use]
    pub fn weight(&self) -> Option<Weight> {
        self.findings.iter().map(|finding| finding.what.weight()).max()
    }

    /// Whether it is refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.weight() == Some(Weight::Error)
    }
}
