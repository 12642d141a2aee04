//! How somebody is shown: names for ids, words for instants.

use std::collections::BTreeMap;

use app::pages::{
    staff::people::{LoginState, PersonRow},
    when::When,
};
use domain::{
    id::{UserId, VenueId},
    lang::Lang,
    time::Millis,
};
use store::{Scope, StoreError, people::Person};

use crate::http::staff_context::StaffContext;

/// What is needed to show people.
pub(super) struct Shown {
    when: When,
    venues: BTreeMap<VenueId, String>,
    reader: Option<UserId>,
}

impl Shown {
    pub(super) async fn new(staff: &StaffContext, lang: Lang) -> Result<Self, StoreError> {
        let venues = staff.store.venues().await?;
        Ok(Self {
            when: When::new(lang, &time_zone(staff).await?),
            venues: venues.into_iter().map(|venue| (venue.id, venue.name)).collect(),
            reader: staff.user.as_ref().map(|user| user.id),
        })
    }

    pub(super) fn row(&self, person: &Person) -> PersonRow {
        let user = &person.user;
        PersonRow {
            id: user.id,
            email: user.email.clone(),
            role: user.role.as_str().to_owned(),
            sees: self.sees(&user.scope),
            state: self.state(person),
            last: person.last_used_at.map(|at| self.when.date_and_year(at)),
            has_second_step: person.has_second_step,
            is_reader: self.reader == Some(user.id),
        }
    }

    /// The names of what is seen; `None`: everything.
    pub(super) fn sees(&self, scope: &Scope) -> Option<String> {
        match scope {
            Scope::All => None,
            Scope::Venues(venues) => {
                let names: Vec<&str> = venues.iter().filter_map(|id| self.venues.get(id)).map(String::as_str).collect();
                Some(names.join(", "))
            }
        }
    }

    /// A day, in words.
    pub(super) fn date(&self, at: Millis) -> String {
        self.when.date_and_year(at)
    }

    fn state(&self, person: &Person) -> LoginState {
        match (person.disabled_at, person.invited_until) {
            (Some(since), _) => LoginState::Disabled(self.when.date_and_year(since)),
            (None, Some(until)) if !person.has_password => LoginState::Invited(self.when.date_and_time(until)),
            (None, _) if !person.has_password => LoginState::Expired,
            (None, _) if person.sessions > 0 => LoginState::In,
            (None, _) => LoginState::Out,
        }
    }
}

/// The clock on which instants are told that belong to no venue: that of the first one.
pub(in crate::http::staff) async fn time_zone(staff: &StaffContext) -> Result<String, StoreError> {
    let venues = staff.store.venues().await?;
    Ok(venues.into_iter().next().map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone))
}
