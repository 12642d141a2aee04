//! Tallies of many responses, summed in memory before they are written.

use std::collections::BTreeMap;

use domain::{flag::Flag, response::Response, tally::Tally};
use uuid::Uuid;

use super::{
    responses::Placement,
    rows::{self, CellRow},
};

/// The two tables of tallies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    /// by subject and local day
    Days,
    /// by venue or production and month
    Months,
}

impl Table {
    /// Its name and columns in the database.
    pub(super) const fn described(self) -> rows::Table {
        match self {
            Self::Days => rows::DAY_TALLIES,
            Self::Months => rows::MONTH_TALLIES,
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

/// Tallies as rows in key order. A venue and its production mostly have the same ones.
#[derive(Debug)]
pub(super) struct Rows {
    /// each of them has all of the cells
    pub(super) owners: Vec<Owner>,
    pub(super) cells: Vec<CellRow>,
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

    /// What is to be added to one table.
    pub(super) fn rows(&self, table: Table) -> Vec<Rows> {
        let mut parts_of: BTreeMap<Owner, Vec<&Place>> = BTreeMap::new();
        for place in self.0.keys() {
            match table {
                Table::Days => parts_of.entry(place.day).or_default().push(place),
                Table::Months => {
                    parts_of.entry(place.venue).or_default().push(place);
                    if let Some(production) = place.production {
                        parts_of.entry(production).or_default().push(place);
                    }
                }
            }
        }
        let mut owners_of: BTreeMap<Vec<&Place>, Vec<Owner>> = BTreeMap::new();
        for (owner, parts) in parts_of {
            owners_of.entry(parts).or_default().push(owner);
        }
        owners_of
            .into_iter()
            .map(|(parts, owners)| {
                let parts: Vec<&Tally> = parts.into_iter().filter_map(|place| self.0.get(place)).collect();
                Rows { owners, cells: cells(&parts, table) }
            })
            .filter(|rows| !rows.cells.is_empty())
            .collect()
    }
}

/// Rows one by one, in the order of their keys: two writers who keep to one order never wait for each
/// other for ever.
pub(super) fn in_key_order(rows: &[Rows]) -> Vec<(Owner, &CellRow)> {
    let mut cells: Vec<(Owner, &CellRow)> = Vec::new();
    for rows in rows {
        for owner in &rows.owners {
            cells.extend(rows.cells.iter().map(|cell| (*owner, cell)));
        }
    }
    // Each owner's cells are in order already.
    cells.sort_by_key(|(owner, _)| *owner);
    cells
}

fn cells(parts: &[&Tally], table: Table) -> Vec<CellRow> {
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
    kept.map(|(cell, count)| CellRow::new(cell, count)).collect()
}
