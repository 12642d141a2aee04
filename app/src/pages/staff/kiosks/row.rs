//! One tablet: how it is, what to do, and what is known of it.

use leptos::prelude::*;

use super::messages::message;
use crate::{
    i18n::{Locale, td_string},
    pages::when::When,
};
use domain::{
    health::{
        Health, Report,
        checks::{fullness, percent},
        concern::Weight,
    },
    heartbeat::Heartbeat,
    id::KioskId,
    lang::Lang,
    time::{DAY, HOUR, MINUTE, Millis},
};

/// A tablet in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// which kiosk
    pub kiosk: KioskId,
    /// where it stands
    pub name: String,
    /// in which venue
    pub venue: String,
    /// the venue's clock, an IANA name
    pub time_zone: String,
    /// what is known of it
    pub report: Report,
    /// how it is
    pub health: Health,
}

pub(super) fn view(row: Row, now: Millis, lang: Lang) -> impl IntoView {
    let locale = Locale::from(lang);
    let when = When::new(lang, &row.time_zone);
    let (word, class) = weight(row.health.weight(), locale);
    let well = (row.health.weight() == Weight::Fine)
        .then(|| view! { <li class="is-fine">{td_string!(locale, health.all_well_says)}</li> });
    let concerns = row
        .health
        .concerns
        .iter()
        .map(|concern| {
            let (_, class) = weight(concern.weight(), locale);
            view! { <li class=class>{message(concern, &when, lang)}</li> }
        })
        .collect_view();
    let facts = facts(&row.report, now, &when, locale)
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <li class=format!("kiosk {class}")>
            <div class="kiosk-head">
                <h2>
                    <a href=format!("/staff/kiosks/{}", row.kiosk)>{row.name}</a>
                </h2>
                <p class="quiet">{row.venue}</p>
                <p class="mark">{word}</p>
            </div>
            <ul class="concerns">{well} {concerns}</ul>
            <dl class="facts">{facts}</dl>
        </li>
    }
}

/// What is known, as far as the tablet tells.
fn facts(report: &Report, now: Millis, when: &When, locale: Locale) -> Vec<(&'static str, String)> {
    if report.paired_at.is_none() {
        return Vec::new();
    }
    let last = report
        .last_contact
        .map_or_else(|| td_string!(locale, health.never).to_owned(), |last| ago(last, now, when, locale));
    let mut facts = vec![(td_string!(locale, health.last_contact), last)];
    if let (Some(beat), Some(last)) = (&report.beat, report.last_contact) {
        if beat.failure.is_none() {
            facts.push((td_string!(locale, health.waits), waits(beat, last, now, when, locale)));
        }
        facts.extend(battery(beat, locale).map(|level| (td_string!(locale, health.battery), level)));
        facts.extend(fullness(beat).map(|full| {
            let level = percent(full);
            let level = if level == 0 {
                td_string!(locale, health.storage_under_one).to_owned()
            } else {
                td_string!(locale, health.storage_level, n = level)
            };
            (td_string!(locale, health.storage), level)
        }));
        facts.push((td_string!(locale, health.version), beat.app_version.clone()));
    }
    facts
}

fn waits(beat: &Heartbeat, last: Millis, now: Millis, when: &When, locale: Locale) -> String {
    match beat.oldest().filter(|_| beat.outbox > 0) {
        Some(oldest) => {
            let since = ago(last.saturating_sub(oldest), now, when, locale);
            td_string!(locale, health.waits_since, n = beat.outbox, since = since.as_str())
        }
        None => beat.outbox.to_string(),
    }
}

fn battery(beat: &Heartbeat, locale: Locale) -> Option<String> {
    let level = percent(beat.battery?);
    Some(if beat.charging == Some(true) {
        td_string!(locale, health.battery_charging, n = level)
    } else {
        td_string!(locale, health.battery_level, n = level)
    })
}

/// "just now", "5 min ago", "3 h ago", and from a day on the date and time.
fn ago(at: Millis, now: Millis, when: &When, locale: Locale) -> String {
    match now.saturating_sub(at) {
        past if past < MINUTE => td_string!(locale, health.ago_now).to_owned(),
        past if past < HOUR => td_string!(locale, health.ago_minutes, n = past / MINUTE),
        past if past < DAY => td_string!(locale, health.ago_hours, n = past / HOUR),
        _ => when.date_and_time(at),
    }
}

/// What a weight is called, and the class that shows it.
fn weight(weight: Weight, locale: Locale) -> (&'static str, &'static str) {
    match weight {
        Weight::Fine => (td_string!(locale, health.weight_fine), "is-fine"),
        Weight::Note => (td_string!(locale, health.weight_note), "is-note"),
        Weight::Look => (td_string!(locale, health.weight_look), "is-look"),
        Weight::Urgent => (td_string!(locale, health.weight_urgent), "is-urgent"),
    }
}
