//! What staff decide about a venue, as one form.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    i18n::{Locale, td_string},
    kit::{
        field::{Field, FieldRow},
        layout::{Layout, NavItem, PageHead},
    },
    pages::shell::Shell,
};
use domain::{
    id::VenueId,
    time::{MINUTE, SECOND},
    venue_settings::{Pin, VenueSettings},
};

/// What the settings page shows.
#[derive(Clone, Debug)]
pub struct SettingsData {
    /// whose settings
    pub venue: VenueId,
    /// its name
    pub name: String,
    /// what stands in the fields
    pub typed: Typed,
    /// what is wrong with what was posted, by field
    pub problems: BTreeMap<SettingsField, SettingsProblem>,
    /// whether it has just been saved
    pub saved: bool,
}

/// What stands in the fields, as people type it. The names of the fields are the names here, with the
/// day's number from 0 behind `from` and `until`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// `opening` is `always`, and not `hours`
    pub always: bool,
    /// `from0`, `until0` and so on, Monday first
    pub week: [[String; 2]; 7],
    /// as believed of one kiosk
    pub burst_most: String,
    /// as believed of one code
    pub burst_by_code: String,
    /// within these seconds
    pub burst_seconds: String,
    /// whether contradictory answers are set aside
    pub contradiction: bool,
    /// digits
    pub pin: String,
    /// minutes
    pub silent_minutes: String,
    /// separated by commas
    pub emails: String,
    /// an address or nothing
    pub webhook: String,
    /// `quiet_from`, `quiet_until`
    pub quiet: [String; 2],
}

impl Typed {
    /// The fields of settings, with the PIN that holds now.
    #[must_use]
    pub fn of(settings: &VenueSettings, pin: &Pin) -> Self {
        Self {
            always: settings.opening.is_always(),
            week: std::array::from_fn(|day| {
                settings.opening.on(day).map_or_else(Default::default, |hours| [hours.from(), hours.until()].map(clock))
            }),
            burst_most: settings.burst.most.to_string(),
            burst_by_code: settings.burst.most_by_code.to_string(),
            burst_seconds: (settings.burst.within_ms / SECOND).to_string(),
            contradiction: settings.contradiction,
            pin: pin.as_str().to_owned(),
            silent_minutes: (settings.alerts.silent_after_ms / MINUTE).to_string(),
            emails: settings.alerts.emails.join(", "),
            webhook: settings.alerts.webhook.clone().unwrap_or_default(),
            quiet: settings.alerts.quiet.map_or_else(Default::default, |hours| hours.map(clock)),
        }
    }
}

/// 1350 is 22:30, and so is 1350 + 1440.
fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// A field that may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingsField {
    /// the hours of a day, Monday being 0
    Day(usize),
    /// `burst_most`
    BurstMost,
    /// `burst_by_code`
    BurstByCode,
    /// `burst_seconds`
    BurstSeconds,
    /// `pin`
    Pin,
    /// `silent_minutes`
    SilentMinutes,
    /// `emails`
    Emails,
    /// `webhook`
    Webhook,
    /// `quiet_from` and `quiet_until`
    Quiet,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsProblem {
    /// no time of the day
    NoTime,
    /// one of two that belong together is missing
    Half,
    /// begins when it ends
    Same,
    /// no whole number, or not between these
    Number {
        /// the smallest
        least: i64,
        /// the largest
        most: i64,
    },
    /// not 4 to 8 digits
    NoPin,
    /// one of the addresses is none
    NoEmail(String),
    /// more addresses than this
    TooManyEmails(usize),
    /// no address of a program
    NoWebhook,
}

impl SettingsProblem {
    fn says(&self, locale: Locale) -> String {
        match self {
            Self::NoTime => td_string!(locale, settings.problem_time).to_owned(),
            Self::Half => td_string!(locale, settings.problem_half).to_owned(),
            Self::Same => td_string!(locale, settings.problem_same).to_owned(),
            Self::Number { least, most } => td_string!(locale, settings.problem_number, least = least, most = most),
            Self::NoPin => td_string!(locale, settings.problem_pin).to_owned(),
            Self::NoEmail(address) => td_string!(locale, settings.problem_email, address = address.as_str()),
            Self::TooManyEmails(most) => td_string!(locale, settings.problem_emails, most = most),
            Self::NoWebhook => td_string!(locale, settings.problem_webhook).to_owned(),
        }
    }
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
    let SettingsData { venue, name, typed, problems, saved } = data;
    let says = |field| problems.get(&field).map(|problem| problem.says(locale));
    let parts = [opening, doubts, corner, alerts];
    let parts = parts.map(|part: fn(Locale, &Typed, &Says<'_>) -> AnyView| part(locale, &typed, &says));
    let notice = if problems.is_empty() {
        saved.then(|| {
            view! { <p class="notice is-good" role="status">{td_string!(locale, settings.saved)}</p> }.into_any()
        })
    } else {
        Some(view! { <p class="notice" role="alert">{td_string!(locale, settings.problem)}</p> }.into_any())
    };
    let back = view! { <a class="button" href="/staff/events">{td_string!(locale, settings.back)}</a> };
    view! {
        <Layout shell=shell at=NavItem::Programme title=format!("{title}: {name}")>
            <PageHead title=title line=name.into_any() end=Some(back.into_any()) />
            {notice}
            <form class="settings" method="post" action=format!("/staff/venues/{venue}/settings")>
                {parts}
                <p class="actions">
                    <button class="button is-primary">{td_string!(locale, settings.save)}</button>
                </p>
            </form>
        </Layout>
    }
}

/// What is wrong with a field.
type Says<'a> = dyn Fn(SettingsField) -> Option<String> + 'a;

fn opening(locale: Locale, typed: &Typed, says: &Says<'_>) -> AnyView {
    let days = [
        td_string!(locale, settings.monday),
        td_string!(locale, settings.tuesday),
        td_string!(locale, settings.wednesday),
        td_string!(locale, settings.thursday),
        td_string!(locale, settings.friday),
        td_string!(locale, settings.saturday),
        td_string!(locale, settings.sunday),
    ];
    let columns = [td_string!(locale, settings.from), td_string!(locale, settings.until)];
    let rows = days.into_iter().enumerate().map(|(day, name)| {
        let problem = says(SettingsField::Day(day));
        let is_wrong = problem.is_some();
        let help = format!("day{day}-help");
        let described = is_wrong.then(|| help.clone());
        let field = |end: usize| {
            let label = td_string!(locale, settings.field_of_day, day = name, field = columns[end]);
            let described = described.clone();
            view! {
                <td>
                    <input
                        r#type="time"
                        name=format!("{}{day}", ["from", "until"][end])
                        value=typed.week[day][end].clone()
                        aria-label=label
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=described
                    />
                </td>
            }
        };
        let problem = problem.map(|problem| view! { <p class="problem" id=help>{problem}</p> });
        view! {
            <tr>
                <th scope="row">{name} {problem}</th>
                {field(0)}
                {field(1)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let radio = |value: &'static str, checked: bool, label: &'static str| {
        view! {
            <label class="tick">
                <input r#type="radio" name="opening" value=value checked=checked />
                {label}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{td_string!(locale, settings.opening)}</legend>
            <p class="says">{td_string!(locale, settings.opening_says)}</p>
            {radio("always", typed.always, td_string!(locale, settings.opening_always))}
            {radio("hours", !typed.always, td_string!(locale, settings.opening_hours))}
            <table class="week" aria-describedby="week-help">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, settings.day)}</th>
                        <th scope="col">{columns[0]}</th>
                        <th scope="col">{columns[1]}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="quiet" id="week-help">{td_string!(locale, settings.opening_hint)}</p>
        </fieldset>
    }
    .into_any()
}

fn doubts(locale: Locale, typed: &Typed, says: &Says<'_>) -> AnyView {
    let number = Field { mode: "numeric", ..Field::default() };
    let most = Field {
        name: "burst_most",
        label: td_string!(locale, settings.burst_most),
        value: typed.burst_most.clone(),
        hint: Some(td_string!(locale, settings.burst_most_hint)),
        problem: says(SettingsField::BurstMost),
        ..number.clone()
    };
    let by_code = Field {
        name: "burst_by_code",
        label: td_string!(locale, settings.burst_by_code),
        value: typed.burst_by_code.clone(),
        hint: Some(td_string!(locale, settings.burst_by_code_hint)),
        problem: says(SettingsField::BurstByCode),
        ..number.clone()
    };
    let seconds = Field {
        name: "burst_seconds",
        label: td_string!(locale, settings.burst_seconds),
        value: typed.burst_seconds.clone(),
        hint: Some(td_string!(locale, settings.burst_seconds_hint)),
        problem: says(SettingsField::BurstSeconds),
        ..number
    };
    view! {
        <fieldset>
            <legend>{td_string!(locale, settings.doubts)}</legend>
            <p class="says">{td_string!(locale, settings.doubts_says)}</p>
            <div class="pair">
                <FieldRow field=most />
                <FieldRow field=by_code />
            </div>
            <FieldRow field=seconds />
            <label class="tick">
                <input
                    r#type="checkbox"
                    name="contradiction"
                    value="yes"
                    checked=typed.contradiction
                    aria-describedby="contradiction-help"
                />
                {td_string!(locale, settings.contradiction)}
            </label>
            <p class="quiet" id="contradiction-help">{td_string!(locale, settings.contradiction_hint)}</p>
        </fieldset>
    }
    .into_any()
}

fn corner(locale: Locale, typed: &Typed, says: &Says<'_>) -> AnyView {
    let pin = Field {
        name: "pin",
        label: td_string!(locale, settings.pin),
        value: typed.pin.clone(),
        mode: "numeric",
        hint: Some(td_string!(locale, settings.pin_hint)),
        problem: says(SettingsField::Pin),
        optional: true,
        ..Field::default()
    };
    view! {
        <fieldset>
            <legend>{td_string!(locale, settings.corner)}</legend>
            <p class="says">{td_string!(locale, settings.corner_says)}</p>
            <FieldRow field=pin />
        </fieldset>
    }
    .into_any()
}

fn alerts(locale: Locale, typed: &Typed, says: &Says<'_>) -> AnyView {
    let optional = Field { optional: true, ..Field::default() };
    let minutes = Field {
        name: "silent_minutes",
        label: td_string!(locale, settings.silent_minutes),
        value: typed.silent_minutes.clone(),
        mode: "numeric",
        hint: Some(td_string!(locale, settings.silent_minutes_hint)),
        problem: says(SettingsField::SilentMinutes),
        ..Field::default()
    };
    let emails = Field {
        name: "emails",
        label: td_string!(locale, settings.emails),
        value: typed.emails.clone(),
        mode: "email",
        hint: Some(td_string!(locale, settings.emails_hint)),
        problem: says(SettingsField::Emails),
        ..optional.clone()
    };
    let webhook = Field {
        name: "webhook",
        label: td_string!(locale, settings.webhook),
        value: typed.webhook.clone(),
        mode: "url",
        hint: Some(td_string!(locale, settings.webhook_hint)),
        problem: says(SettingsField::Webhook),
        ..optional.clone()
    };
    let quiet_from = Field {
        name: "quiet_from",
        label: td_string!(locale, settings.quiet_from),
        kind: "time",
        value: typed.quiet[0].clone(),
        hint: Some(td_string!(locale, settings.quiet_hint)),
        problem: says(SettingsField::Quiet),
        ..optional.clone()
    };
    let quiet_until = Field {
        name: "quiet_until",
        label: td_string!(locale, settings.quiet_until),
        kind: "time",
        value: typed.quiet[1].clone(),
        ..optional
    };
    view! {
        <fieldset>
            <legend>{td_string!(locale, settings.alerts)}</legend>
            <p class="says">{td_string!(locale, settings.alerts_says)}</p>
            <FieldRow field=minutes />
            <div class="pair">
                <FieldRow field=emails />
                <FieldRow field=webhook />
            </div>
            <div class="pair">
                <FieldRow field=quiet_from />
                <FieldRow field=quiet_until />
            </div>
        </fieldset>
    }
    .into_any()
}
