//! What staff decide about a venue, as one form.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    islands::form::VenueSettingsForm,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldProblem, FieldRow},
        form::{FieldGroup, FormProblem, Standby, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::{shell::Shell, staff::organisation::ORGANISATION},
    server_functions::venue_settings::{
        errors::{HoursEnd, SettingsErrors, day_id},
        form::{OpeningChoice, SettingsForm},
    },
};
use domain::{id::VenueId, lang::LanguageTag};

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
    let SettingsData { venue, name, languages, form, errors, saved } = data;
    let problem = (!errors.is_empty()).then(|| td_string!(locale, settings.problem).to_owned());
    let done = (saved && errors.is_empty()).then(|| td_string!(locale, settings.saved).to_owned());
    let fields = Fields { locale, form, errors };
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
                {fields.opening()}
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
        <fieldset>
            <legend>{td_string!(locale, organisation.languages)}</legend>
            <p class="says">{td_string!(locale, organisation.venue_says, languages = names)}</p>
            <p>
                <a href=ORGANISATION>{td_string!(locale, organisation.link)}</a>
            </p>
        </fieldset>
    }
}

struct Fields {
    locale: Lang,
    form: SettingsForm,
    errors: SettingsErrors,
}

impl Fields {
    /// A field with its name, its words and what is wrong with it.
    fn row(&self, field: Field, [label, hint]: [&'static str; 2], value: &str) -> impl IntoView + use<> {
        let errors = self.errors.fields(self.locale);
        let problem = errors.into_iter().find(|error| error.field == field.id).map(|error| error.says);
        view! { <FieldRow field=Field { label, hint: (!hint.is_empty()).then_some(hint), value: value.to_owned(), problem, ..field } /> }
    }

    fn opening(&self) -> impl IntoView + use<> {
        let (locale, chosen) = (self.locale, self.form.opening);
        let choice = |value, choice, label| {
            let tick =
                Tick { kind: "radio", name: "form[opening]", value, checked: chosen == choice, label, hint: None };
            view! { <TickRow tick=tick /> }
        };
        let always = choice("always", OpeningChoice::Always, td_string!(locale, settings.opening_always));
        let hours = choice("hours", OpeningChoice::Hours, td_string!(locale, settings.opening_hours));
        let (from, until) = (td_string!(locale, settings.from), td_string!(locale, settings.until));
        let days = (0..7).map(|day| self.day(day, from, until)).collect_view();
        view! {
            <FieldGroup legend=td_string!(locale, settings.opening) says=td_string!(locale, settings.opening_says)>
                {always} {hours}
                <table class="week" aria-describedby="week-help">
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, settings.day)}</th>
                            <th scope="col">{from}</th>
                            <th scope="col">{until}</th>
                        </tr>
                    </thead>
                    <tbody>{days}</tbody>
                </table>
                <p class="quiet" id="week-help">{td_string!(locale, settings.opening_hint)}</p>
            </FieldGroup>
        }
    }

    fn day(&self, day: usize, from: &'static str, until: &'static str) -> impl IntoView + use<> {
        let (locale, id, hours) = (self.locale, day_id(day), &self.form.week[day]);
        let name = [
            td_string!(locale, settings.monday),
            td_string!(locale, settings.tuesday),
            td_string!(locale, settings.wednesday),
            td_string!(locale, settings.thursday),
            td_string!(locale, settings.friday),
            td_string!(locale, settings.saturday),
            td_string!(locale, settings.sunday),
        ][day];
        let error = self.errors.week[day];
        let cell = |end: HoursEnd, column: &'static str, value: &str| {
            let label = td_string!(locale, settings.field_of_day, day = name, field = column);
            let is_wrong = error.is_some_and(|error| error.end() == end);
            let field = format!("{id}_{}", end.as_str());
            view! {
                <td data-field=field.clone()>
                    <input
                        r#type="time"
                        name=format!("form[week][{day}][{}]", end.as_str())
                        value=value.to_owned()
                        aria-label=label
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=is_wrong.then(|| format!("{field}-problem"))
                    />
                </td>
            }
        };
        let cells = (cell(HoursEnd::From, from, &hours.from), cell(HoursEnd::Until, until, &hours.until));
        let problem = error.map(|error| {
            let id = format!("{id}_{}", error.end().as_str());
            view! { <FieldProblem id=id says=Some(error.message(locale)) /> }
        });
        view! {
            <tr>
                <th scope="row">{name} {problem}</th>
                {cells}
            </tr>
        }
    }

    fn doubts(&self) -> impl IntoView + use<> {
        let (locale, form) = (self.locale, &self.form);
        let number = |id, name| Field { id, name, mode: "numeric", ..Field::default() };
        let words = [td_string!(locale, settings.burst_most), td_string!(locale, settings.burst_most_hint)];
        let most = self.row(number("burst_most", "form[burst_most]"), words, &form.burst_most);
        let words = [td_string!(locale, settings.burst_by_code), td_string!(locale, settings.burst_by_code_hint)];
        let by_code = self.row(number("burst_by_code", "form[burst_by_code]"), words, &form.burst_by_code);
        let words = [td_string!(locale, settings.burst_seconds), td_string!(locale, settings.burst_seconds_hint)];
        let seconds = self.row(number("burst_seconds", "form[burst_seconds]"), words, &form.burst_seconds);
        let contradiction = Tick {
            kind: "checkbox",
            name: "form[contradiction]",
            value: "true",
            checked: form.contradiction,
            label: td_string!(locale, settings.contradiction),
            hint: Some(("contradiction-help", td_string!(locale, settings.contradiction_hint))),
        };
        view! {
            <FieldGroup legend=td_string!(locale, settings.doubts) says=td_string!(locale, settings.doubts_says)>
                <div class="pair">{most} {by_code}</div>
                {seconds}
                <TickRow tick=contradiction />
            </FieldGroup>
        }
    }

    fn corner(&self) -> impl IntoView + use<> {
        let locale = self.locale;
        let pin = Field { id: "pin", name: "form[pin]", mode: "numeric", optional: true, ..Field::default() };
        let pin =
            self.row(pin, [td_string!(locale, settings.pin), td_string!(locale, settings.pin_hint)], &self.form.pin);
        view! {
            <FieldGroup legend=td_string!(locale, settings.corner) says=td_string!(locale, settings.corner_says)>
                {pin}
            </FieldGroup>
        }
    }

    fn alerts(&self) -> impl IntoView + use<> {
        let (locale, form) = (self.locale, &self.form);
        let optional = |id, name, mode| Field { id, name, mode, optional: true, ..Field::default() };
        let time = |id, name| Field { kind: "time", ..optional(id, name, "") };
        let words = [td_string!(locale, settings.silent_minutes), td_string!(locale, settings.silent_minutes_hint)];
        let minutes = Field { optional: false, ..optional("silent_minutes", "form[silent_minutes]", "numeric") };
        let minutes = self.row(minutes, words, &form.silent_minutes);
        let words = [td_string!(locale, settings.emails), td_string!(locale, settings.emails_hint)];
        let emails = self.row(optional("emails", "form[emails]", "email"), words, &form.emails);
        let words = [td_string!(locale, settings.webhook), td_string!(locale, settings.webhook_hint)];
        let webhook = self.row(optional("webhook", "form[webhook]", "url"), words, &form.webhook);
        let words = [td_string!(locale, settings.quiet_from), td_string!(locale, settings.quiet_hint)];
        let from = self.row(time("quiet_from", "form[quiet][from]"), words, &form.quiet.from);
        let words = [td_string!(locale, settings.quiet_until), ""];
        let until = self.row(time("quiet_until", "form[quiet][until]"), words, &form.quiet.until);
        view! {
            <FieldGroup legend=td_string!(locale, settings.alerts) says=td_string!(locale, settings.alerts_says)>
                {minutes}
                <div class="pair">{emails} {webhook}</div>
                <div class="pair">{from} {until}</div>
            </FieldGroup>
        }
    }
}
