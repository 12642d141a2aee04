//! Tallies of many responses, summed in memory before they are written.

use std::collections::BTreeMap;

use domain::{
    flag::Flag,
    response::Response,
    tally::{Columns, Tally},
};
use uuid::Uuid;

use super::responses::Placement;

/// The two tables of tallies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    /// by subject and local day
    Days,
    /// by venue or production and month
    Months,
}

impl Table {
    /// Its name in the database.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Days => "tallies",
            Self::Months => "period_tallies",
        }
    }

    /// The names of the two columns that say whose a row is, and of when.
    pub(super) const fn owner_columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Days => ("subject", "local_day"),
            Self::Months => ("whose", "month"),
        }
    }
}

/// Whose tally it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    /// a subject, or a venue or production
    pub(super) owner_id: Uuid,
    /// a local day, or a month
    pub(super) period: i32,
}

/// The tallies of one owner, as rows in key order.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) owner: Owner,
    pub(super) cells: Vec<(Columns, i64)>,
}

/// Sums over any number of responses.
#[derive(Debug, Default)]
pub(super) struct TallyDeltas(BTreeMap<Place, Tally>);

/// Everything that decides which tallies a response is part of. All responses of an evening share
/// one, so that each is counted once and the rest is adding up tallies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    day: Owner,
    venue: Owner,
    production: Option<Owner>,
}

impl TallyDeltas {
    /// Adds a response (`times` = 1) or takes it out again (`times` = -1).
    pub(super) fn count(&mut self, response: &Response, place: &Placement, flags: &[Flag], times: i64) {
        let month = place.local_day.month().0;
        let key = Place {
            day: Owner { owner_id: place.subject().id(), period: place.local_day.0 },
            venue: Owner { owner_id: place.venue.0, period: month },
            production: place.production.map(|production| Owner { owner_id: production.0, period: month }),
        };
        self.0.entry(key).or_default().count(response, flags, place.slot(), times);
    }

    /// What is to be added to one table, in key order: two writers who keep to one order never wait
    /// for each other for ever.
    pub(super) fn rows(&self, table: Table) -> Vec<Rows> {
        let mut owners: BTreeMap<Owner, Vec<&Tally>> = BTreeMap::new();
        for (place, tally) in &self.0 {
            match table {
                Table::Days => owners.entry(place.day).or_default().push(tally),
                Table::Months => {
                    owners.entry(place.venue).or_default().push(tally);
                    if let Some(production) = place.production {
                        owners.entry(production).or_default().push(tally);
                    }
                }
            }
        }
        owners
            .into_iter()
            .map(|(owner, parts)| Rows { owner, cells: cells(&parts, table) })
            .filter(|rows| !rows.cells.is_empty())
            .collect()
    }
}

fn cells(parts: &[&Tally], table: Table) -> Vec<(Columns, i64)> {
    let mut whole = Tally::default();
    let tally = match parts {
        [only] => *only,
        parts => {
            for part in parts {
                whole.merge(part);
            }
            &whole
        }
    };
    let kept = tally.iter().filter(|(cell, _)| table == Table::Days || !cell.dimension.is_slot());
    kept.map(|(cell, count)| (Columns::from(cell), count)).collect()
}
