//! What somebody may do and see, as it was posted.

use app::pages::staff::people::{Choice, RightsForm};
use domain::id::VenueId;
use store::{
    Scope,
    staff::{Role, User},
};

/// What was posted, or what somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rights {
    pub(super) role: Role,
    pub(super) is_limited: bool,
    pub(super) venues: Vec<VenueId>,
}

impl Rights {
    /// Those that were posted. A role that is none is the one that may least.
    pub(super) fn posted(typed: &[(String, String)]) -> Self {
        let values = |name: &'static str| typed.iter().filter(move |(field, _)| field == name).map(|(_, value)| value);
        Self {
            role: values("role").next_back().and_then(|word| Role::from_name(word)).unwrap_or(Role::Viewer),
            // Whoever says nothing gets nothing.
            is_limited: values("sees").next_back().is_none_or(|word| word != "all"),
            venues: values("venue").filter_map(|id| id.parse().ok()).map(VenueId).collect(),
        }
    }

    /// Those that somebody has.
    pub(super) fn of(user: &User) -> Self {
        let (is_limited, venues) = match &user.scope {
            Scope::All => (false, Vec::new()),
            Scope::Venues(venues) => (true, venues.clone()),
        };
        Self { role: user.role, is_limited, venues }
    }

    /// What they may see; `None` where nothing is ticked that should be.
    pub(super) fn scope(&self) -> Option<Scope> {
        match (self.is_limited, self.venues.is_empty()) {
            (false, _) => Some(Scope::All),
            (true, true) => None,
            (true, false) => Some(Scope::Venues(self.venues.clone())),
        }
    }

    /// As they stand in a form, among all that may be ticked.
    pub(super) fn in_form(&self, venues: impl Iterator<Item = (VenueId, String)>) -> RightsForm {
        let choice =
            |(id, name): (VenueId, String)| Choice { value: id.to_string(), name, ticked: self.venues.contains(&id) };
        RightsForm {
            role: self.role.as_str().to_owned(),
            is_limited: self.is_limited,
            venues: venues.map(choice).collect(),
            nothing_ticked: self.scope().is_none(),
        }
    }
}
