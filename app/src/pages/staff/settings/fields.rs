//! The settings that are not about opening hours: doubts, the staff corner of the tablets, alerts.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        field::{Field, FieldRow},
        form::{FieldGroup, Tick, TickRow},
    },
    server_functions::venue_settings::{errors::SettingsErrors, form::SettingsForm},
};

/// What the groups of fields are made from.
pub(super) struct Fields {
    pub(super) locale: Lang,
    pub(super) form: SettingsForm,
    pub(super) may_set_webhook: bool,
    pub(super) errors: SettingsErrors,
}

impl Fields {
    /// A field with its name, its words and what is wrong with it.
    fn row(&self, field: Field, [label, hint]: [&'static str; 2], value: &str) -> impl IntoView + use<> {
        let errors = self.errors.fields(self.locale);
        let problem = errors.into_iter().find(|error| error.field == field.id).map(|error| error.says);
        view! { <FieldRow field=Field { label, hint: (!hint.is_empty()).then_some(hint), value: value.to_owned(), problem, ..field } /> }
    }

    pub(super) fn shows(&self) -> impl IntoView + use<> {
        let (locale, form) = (self.locale, &self.form);
        let number = |id, name| Field { id, name, mode: "numeric", ..Field::default() };
        let words = [td_string!(locale, settings.usual_minutes), td_string!(locale, settings.usual_minutes_hint)];
        let usual = Field { optional: true, ..number("usual_minutes", "form[usual_minutes]") };
        let usual = self.row(usual, words, &form.usual_minutes);
        let words = [td_string!(locale, settings.window_before), td_string!(locale, settings.window_before_hint)];
        let before = self.row(number("window_before", "form[window_before]"), words, &form.window_before);
        let words = [td_string!(locale, settings.window_after), td_string!(locale, settings.window_after_hint)];
        let after = self.row(number("window_after", "form[window_after]"), words, &form.window_after);
        let words = [td_string!(locale, settings.mail_days), td_string!(locale, settings.mail_days_hint)];
        let mail = Field { optional: true, ..number("mail_days", "form[mail_days]") };
        let mail = self.row(mail, words, &form.mail_days);
        view! {
            <FieldGroup legend=td_string!(locale, settings.shows) says=td_string!(locale, settings.shows_says)>
                {usual}
                <div class="pair">{before} {after}</div>
                {mail}
            </FieldGroup>
        }
    }

    pub(super) fn doubts(&self) -> impl IntoView + use<> {
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
            value: "true".into(),
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

    pub(super) fn corner(&self) -> impl IntoView + use<> {
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

    pub(super) fn alerts(&self) -> impl IntoView + use<> {
        let (locale, form) = (self.locale, &self.form);
        let optional = |id, name, mode| Field { id, name, mode, optional: true, ..Field::default() };
        let time = |id, name| Field { kind: "time", ..optional(id, name, "") };
        let words = [td_string!(locale, settings.silent_minutes), td_string!(locale, settings.silent_minutes_hint)];
        let minutes = Field { optional: false, ..optional("silent_minutes", "form[silent_minutes]", "numeric") };
        let minutes = self.row(minutes, words, &form.silent_minutes);
        let words = [td_string!(locale, settings.emails), td_string!(locale, settings.emails_hint)];
        let emails = self.row(optional("emails", "form[emails]", "email"), words, &form.emails);
        let words = [td_string!(locale, settings.webhook), td_string!(locale, settings.webhook_hint)];
        let webhook =
            self.may_set_webhook.then(|| self.row(optional("webhook", "form[webhook]", "url"), words, &form.webhook));
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
