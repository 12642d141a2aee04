//! A new venue, or what is to be changed about one.

use leptos::prelude::*;

use super::{NEW_VENUE, VENUES, edit_address};
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldRow},
        form::{FieldGroup, FormProblem},
        layout::{Layout, NavItem, PageHead},
    },
    pages::{shell::Shell, staff::name_problem::name_problem},
};
use domain::{id::VenueId, name::NameProblem};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct VenueFormData {
    /// which is changed; `None`: a new one
    pub venue: Option<VenueId>,
    /// what stands in the fields
    pub form: VenueForm,
    /// what is wrong with what was posted
    pub errors: VenueErrors,
}

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VenueForm {
    /// as on the poster
    pub name: String,
    /// short and typeable
    pub code: String,
    /// an IANA name
    pub time_zone: String,
}

/// Everything that is wrong; nothing where everything is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VenueErrors {
    /// the name
    pub name: Option<VenueNameError>,
    /// the code
    pub code: Option<CodeError>,
    /// the time zone
    pub time_zone: Option<UnknownZone>,
}

/// What is wrong with the name of a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VenueNameError {
    /// of any name
    Name(NameProblem),
    /// another venue is called so
    Taken,
}

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// not 2 to 12 letters or digits
    Bad,
    /// another venue or event has it
    Taken,
}

/// No IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownZone;

impl VenueErrors {
    /// Whether anything is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The page.
#[component]
pub fn VenueFormPage(
    /// what it shows
    data: VenueFormData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let VenueFormData { venue, form, errors } = data;
    let title = if venue.is_some() { td_string!(locale, venues.edit_title) } else { td_string!(locale, venues.add) };
    let action = venue.map_or_else(|| NEW_VENUE.to_owned(), edit_address);
    let problem = (!errors.is_empty()).then(|| td_string!(locale, event_form.problem).to_owned());
    let name = Field {
        id: "name",
        label: td_string!(locale, venues.name),
        value: form.name,
        problem: errors.name.map(|error| match error {
            VenueNameError::Name(problem) => name_problem(locale, problem).to_owned(),
            VenueNameError::Taken => td_string!(locale, venues.problem_name_taken).to_owned(),
        }),
        ..Field::default()
    };
    let code = Field {
        id: "code",
        label: td_string!(locale, venues.code),
        value: form.code,
        hint: Some(td_string!(locale, venues.code_hint)),
        problem: errors.code.map(|error| match error {
            CodeError::Bad => td_string!(locale, staff.problem_code).to_owned(),
            CodeError::Taken => td_string!(locale, staff.problem_code_taken).to_owned(),
        }),
        exact: true,
        ..Field::default()
    };
    let time_zone = Field {
        id: "time_zone",
        label: td_string!(locale, venues.time_zone),
        value: form.time_zone,
        hint: Some(td_string!(locale, venues.time_zone_hint)),
        problem: errors.time_zone.map(|UnknownZone| td_string!(locale, staff.problem_zone).to_owned()),
        exact: true,
        ..Field::default()
    };
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=td_string!(locale, venues.form_lead).into_any() />
            <form class="settings" method="post" action=action>
                <FormProblem says=problem />
                <FieldGroup legend=td_string!(locale, venues.venue) says=td_string!(locale, venues.venue_says)>
                    <FieldRow field=name />
                    <div class="pair">
                        <FieldRow field=code />
                        <FieldRow field=time_zone />
                    </div>
                </FieldGroup>
                <Actions>
                    <SubmitButton text=td_string!(locale, event_form.save) primary=true />
                    <ButtonLink href=VENUES text=td_string!(locale, event_form.back) />
                </Actions>
            </form>
        </Layout>
    }
}
