//! A table and its columns.

/// A table, with the columns that the program names when it adds a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// its name
    pub name: &'static str,
    /// whose a row is and of when; such columns stand first, and only tallies have them
    pub owner: &'static [&'static str],
    /// the others
    pub own: &'static [&'static str],
}

impl Table {
    pub(super) const fn new(name: &'static str, own: &'static [&'static str]) -> Self {
        Self { name, owner: &[], own }
    }

    /// All of these columns.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.owner.iter().chain(self.own).copied()
    }

    /// All of them as they stand in a statement: `id, survey_version, ...`
    pub(crate) fn list(&self) -> String {
        self.columns().collect::<Vec<_>>().join(", ")
    }
}
