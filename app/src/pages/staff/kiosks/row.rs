//! One tablet: how it is, what to do, and what is known of it.

use super::messages::message;
use crate::{
    i18n::td_string,
    kit::status_list::{Level, StatusRow},
    pages::{
        staff::remote::{Asked, asked_facts, paused},
        when::When,
    },
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
    /// what was asked of it from afar, by time
    pub asked: Vec<Asked>,
    /// until when it is paused, milliseconds UTC
    pub paused_until: Option<Millis>,
}

/// As it stands in the list.
pub(super) fn status(row: Row, now: Millis, lang: Lang) -> StatusRow {
    let when = When::new(lang, &row.time_zone);
    let well =
        (row.health.weight() == Weight::Fine).then(|| (Level::Fine, td_string!(lang, health.all_well_says).to_owned()));
    let pause = row.paused_until.map(|until| (Level::Note, paused(until, &when, lang)));
    let concerns = row.health.concerns.iter();
    let concerns = concerns.map(|concern| (level(concern.weight(), lang).0, message(concern, &when, lang)));
    StatusRow {
        href: format!("/staff/kiosks/{}", row.kiosk),
        level: level(row.health.weight(), lang),
        messages: pause.into_iter().chain(well).chain(concerns).collect(),
        facts: [facts(&row.report, now, &when, lang), asked_facts(&row.asked, &when, lang)].concat(),
        name: row.name,
        line: row.venue,
    }
}

/// What is known, as far as the tablet tells.
fn facts(report: &Report, now: Millis, when: &When, locale: Lang) -> Vec<(String, String)> {
    if report.paired_at.is_none() {
        return Vec::new();
    }
    let last = report
        .last_contact
        .map_or_else(|| td_string!(locale, health.never).to_owned(), |last| ago(last, now, when, locale));
    let mut facts = vec![(td_string!(locale, health.last_contact).to_owned(), last)];
    if let (Some(beat), Some(last)) = (&report.beat, report.last_contact) {
        if beat.failure.is_none() {
            facts.push((td_string!(locale, health.waits).to_owned(), waits(beat, last, now, when, locale)));
        }
        facts.extend(battery(beat, locale).map(|level| (td_string!(locale, health.battery).to_owned(), level)));
        facts.extend(fullness(beat).map(|full| {
            let level = percent(full);
            let level = if level == 0 {
                td_string!(locale, health.storage_under_one).to_owned()
            } else {
                td_string!(locale, health.storage_level, n = level)
            };
            (td_string!(locale, health.storage).to_owned(), level)
        }));
        facts.push((td_string!(locale, health.version).to_owned(), beat.app_version.clone()));
    }
    facts
}

fn waits(beat: &Heartbeat, last: Millis, now: Millis, when: &When, locale: Lang) -> String {
    match beat.oldest().filter(|_| beat.outbox > 0) {
        Some(oldest) => {
            let since = ago(last.saturating_sub(oldest), now, when, locale);
            td_string!(locale, health.waits_since, n = beat.outbox, since = since.as_str())
        }
        None => beat.outbox.to_string(),
    }
}

fn battery(beat: &Heartbeat, locale: Lang) -> Option<String> {
    let level = percent(beat.battery?);
    Some(if beat.charging == Some(true) {
        td_string!(locale, health.battery_charging, n = level)
    } else {
        td_string!(locale, health.battery_level, n = level)
    })
}

/// "just now", "5 min ago", "3 h ago", and from a day on the date and time.
fn ago(at: Millis, now: Millis, when: &When, locale: Lang) -> String {
    match now.saturating_sub(at) {
        past if past < MINUTE => td_string!(locale, health.ago_now).to_owned(),
        past if past < HOUR => td_string!(locale, health.ago_minutes, n = past / MINUTE),
        past if past < DAY => td_string!(locale, health.ago_hours, n = past / HOUR),
        _ => when.date_and_time(at),
    }
}

/// How a weight is shown, and what it is called.
fn level(weight: Weight, locale: Lang) -> (Level, &'static str) {
    match weight {
        Weight::Fine => (Level::Fine, td_string!(locale, health.weight_fine)),
        Weight::Note => (Level::Note, td_string!(locale, health.weight_note)),
        Weight::Look => (Level::Look, td_string!(locale, health.weight_look)),
        Weight::Urgent => (Level::Urgent, td_string!(locale, health.weight_urgent)),
    }
}
