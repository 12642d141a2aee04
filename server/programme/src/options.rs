//! What goes into the reading of a file beside its bytes, and what comes out of it.

use jiff::civil::{Date, date};

use crate::{
    field::{Field, Mapping},
    finding::Finding,
    moments::order::Order,
    row::Row,
    venues::KnownVenue,
};

/// What a person has said about the file.
#[derive(Clone, Debug)]
pub struct Options {
    /// columns mapped by hand
    pub mappings: Vec<Mapping>,
    /// where events are that name no venue
    pub venue: Option<usize>,
    /// whether the day stands before the month, where the file does not show it
    pub order: Order,
    /// the day on which it is read: what repeats without an end is read until two years later
    pub today: Date,
}

impl Default for Options {
    fn default() -> Self {
        Self { mappings: Vec::new(), venue: None, order: Order::Unknown, today: date(2026, 1, 1) }
    }
}

impl Options {
    /// Where an event is that names no venue; without a choice there is none to make.
    pub(crate) fn venue_of(&self, venues: &[KnownVenue]) -> Option<usize> {
        self.venue.or_else(|| (venues.len() == 1).then_some(0))
    }
}

/// A column of a table, for whoever says by hand what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// as a [`Mapping`] names it: its head, or its number where that does not tell it from others
    pub name: String,
    /// its head, in one line
    pub head: String,
    /// what it holds, as it was read
    pub field: Option<Field>,
    /// the first that stands in it
    pub example: String,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// its events, in the order of the file; also those that cannot be taken
    pub rows: Vec<Row>,
    /// what is to be said about everything else in it
    pub findings: Vec<Finding>,
    /// what its columns are called and hold, from the left; a calendar has none
    pub columns: Vec<Column>,
    /// whether it is a calendar, which has no columns
    pub is_calendar: bool,
}
