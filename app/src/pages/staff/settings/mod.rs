//! What staff decide about a venue, as one form.

mod fields;
mod week;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    islands::form::VenueSettingsForm,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        form::{FieldGroup, FormProblem, Standby},
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::{shell::Shell, staff::organisation::ORGANISATION},
    server_functions::venue_settings::{errors::SettingsErrors, form::SettingsForm},
};
use domain::{id::VenueId, lang::LanguageTag};

use self::{fields::Fields, week::opening};

/// What the settings page shows.
#[derive(Clone, Debug)]
pub struct SettingsData {
    /// whose settings
    pub venue: VenueId,
    /// its name
    pub name: String,
    /// what its visitors read, the default first
    pub languages: Vec<LanguageTag>,
    /// what stands in the fields
    pub form: SettingsForm,
    /// whether the reader decides which program is told of alerts
    pub may_set_webhook: bool,
    /// what is wrong with what was posted
    pub errors: SettingsErrors,
    /// whether it has just been saved
    pub saved: bool,
}

/// The address of a venue's settings.
#[must_use]
pub fn settings_address(venue: VenueId) -> String {
    format!("/staff/venues/{venue}/settings")
}

/// The settings page.
#[component]
pub fn Settings(
    /// what it shows
    data: SettingsData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, settings.title);
    let SettingsData { venue, name, languages, form, may_set_webhook, errors, saved } = data;
    let problem = (!errors.is_empty()).then(|| td_string!(locale, settings.problem).to_owned());
    let done = (saved && errors.is_empty()).then(|| td_string!(locale, settings.saved).to_owned());
    let opening = opening(locale, &form, &errors);
    let fields = Fields { locale, form, may_set_webhook, errors };
    let path = shell.path.clone();
    let back = view! { <ButtonLink href="/staff/events" text=td_string!(locale, settings.back) /> };
    view! {
        <Layout shell=shell at=NavItem::Programme title=format!("{title}: {name}") islands=true>
            <PageHead title=title line=name.into_any() end=Some(back.into_any()) />
            <Toast says=done />
            <VenueSettingsForm>
                <FormProblem says=problem />
                <Standby locale=locale path=path />
                <input r#type="hidden" name="venue" value=venue.to_string() />
                {opening}
                {fields.shows()}
                {fields.doubts()}
                {fields.corner()}
                {fields.alerts()}
                {spoken(locale, &languages)}
                <Actions>
                    <SubmitButton text=td_string!(locale, settings.save) primary=true />
                </Actions>
            </VenueSettingsForm>
        </Layout>
    }
}

/// What visitors read at the venue, and where that is chosen.
fn spoken(locale: Lang, languages: &[LanguageTag]) -> impl IntoView + use<> {
    let names = languages.iter().map(LanguageTag::own_name).collect::<Vec<_>>().join(", ");
    view! {
        <FieldGroup
            legend=td_string!(locale, organisation.languages)
            says=td_string!(locale, organisation.venue_says, languages = names)
        >
            <p>
                <a href=ORGANISATION>{td_string!(locale, organisation.link)}</a>
            </p>
        </FieldGroup>
    }
}
