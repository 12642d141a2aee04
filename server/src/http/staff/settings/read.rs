//! From what was typed to settings, or to what is wrong with it.

use std::collections::BTreeMap;

use crate::{
    http::{forms::is_one_line, staff::login::LONGEST_EMAIL},
    notify::webhook::target_of,
};
use app::pages::staff::settings::{SettingsField, SettingsProblem, Typed};
use domain::{
    time::{MINUTE, Millis, SECOND},
    venue_settings::{Alerts, Burst, Hours, Opening, Pin, VenueSettings},
};

/// A tablet gives a sign of life every minute, so that less than two says nothing.
const SILENT_MINUTES: std::ops::RangeInclusive<i64> = 2..=24 * 60;
/// No browser sends a longer address.
const LONGEST_WEBHOOK: usize = 2_000;

type Problems = BTreeMap<SettingsField, SettingsProblem>;

/// The fields of the form. A field that is not there is empty.
pub(super) fn typed(mut fields: BTreeMap<String, String>) -> Typed {
    let mut take = |name: &str| fields.remove(name).unwrap_or_default().trim().to_owned();
    Typed {
        always: take("opening") != "hours",
        week: std::array::from_fn(|day| [take(&format!("from{day}")), take(&format!("until{day}"))]),
        burst_most: take("burst_most"),
        burst_by_code: take("burst_by_code"),
        burst_seconds: take("burst_seconds"),
        contradiction: !take("contradiction").is_empty(),
        pin: take("pin"),
        silent_minutes: take("silent_minutes"),
        emails: take("emails"),
        webhook: take("webhook"),
        quiet: [take("quiet_from"), take("quiet_until")],
    }
}

/// The settings that were typed, or everything that is wrong with them. The usual PIN is not kept: it
/// holds anyway.
pub(super) fn settings(typed: &Typed, usual: &Pin) -> Result<VenueSettings, Problems> {
    let mut problems = Problems::new();
    let mut check = |field, read: Result<i64, SettingsProblem>| {
        read.unwrap_or_else(|problem| {
            problems.insert(field, problem);
            0
        })
    };
    let most = 0..=i64::from(Burst::MOST);
    let burst_most = check(SettingsField::BurstMost, number(&typed.burst_most, most.clone()));
    let by_code = check(SettingsField::BurstByCode, number(&typed.burst_by_code, most));
    let seconds = check(SettingsField::BurstSeconds, number(&typed.burst_seconds, 1..=Burst::LONGEST / SECOND));
    let minutes = check(SettingsField::SilentMinutes, number(&typed.silent_minutes, SILENT_MINUTES));
    let burst = Burst {
        most: u32::try_from(burst_most).unwrap_or_default(),
        most_by_code: u32::try_from(by_code).unwrap_or_default(),
        within_ms: seconds * SECOND,
    };
    let silent_after_ms: Millis = minutes * MINUTE;
    let mut wrong = |field, problem| {
        problems.insert(field, problem);
    };
    let opening = opening(typed, &mut wrong);
    let pin = match typed.pin.as_str() {
        "" => None,
        digits => digits.parse().map_err(|_| wrong(SettingsField::Pin, SettingsProblem::NoPin)).ok(),
    };
    let emails = emails(&typed.emails).unwrap_or_else(|problem| {
        wrong(SettingsField::Emails, problem);
        Vec::new()
    });
    let webhook = match typed.webhook.as_str() {
        "" => None,
        address if is_webhook(address) => Some(address.to_owned()),
        _ => {
            wrong(SettingsField::Webhook, SettingsProblem::NoWebhook);
            None
        }
    };
    let quiet = stretch(&typed.quiet).unwrap_or_else(|problem| {
        wrong(SettingsField::Quiet, problem);
        None
    });
    let settings = VenueSettings {
        opening,
        burst,
        contradiction: typed.contradiction,
        pin: pin.filter(|pin| pin != usual),
        alerts: Alerts { silent_after_ms, quiet, emails, webhook },
    };
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

fn opening(typed: &Typed, wrong: &mut impl FnMut(SettingsField, SettingsProblem)) -> Opening {
    if typed.always {
        return Opening::default();
    }
    let mut week = [None; 7];
    for (day, hours) in week.iter_mut().enumerate() {
        match stretch(&typed.week[day]) {
            Ok(None) => {}
            Ok(Some([from, until])) => {
                let until = if until < from { until + Hours::DAY } else { until };
                *hours = Hours::new(from, until);
            }
            // From midnight to midnight is the whole day.
            Err(SettingsProblem::Same) if minute(&typed.week[day][0]) == Some(0) => *hours = Hours::new(0, Hours::DAY),
            Err(problem) => wrong(SettingsField::Day(day), problem),
        }
    }
    Opening(Some(week))
}

/// From when until when, in minutes of the day; `None` where both fields are empty.
fn stretch([from, until]: &[String; 2]) -> Result<Option<[u16; 2]>, SettingsProblem> {
    match (from.is_empty(), until.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => {
            let from = minute(from).ok_or(SettingsProblem::NoTime)?;
            let until = minute(until).ok_or(SettingsProblem::NoTime)?;
            if from == until { Err(SettingsProblem::Same) } else { Ok(Some([from, until])) }
        }
        _ => Err(SettingsProblem::Half),
    }
}

/// `22:30`, as a browser sends it; `22.30` and `22`, as people type it where the field is a plain one;
/// 24 is midnight.
fn minute(typed: &str) -> Option<u16> {
    let (hour, minute) = typed.split_once([':', '.']).unwrap_or((typed, "00"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    match (hour, minute) {
        (24, 0) => Some(0),
        (0..=23, 0..=59) => Some(hour * 60 + minute),
        _ => None,
    }
}

fn number(typed: &str, range: std::ops::RangeInclusive<i64>) -> Result<i64, SettingsProblem> {
    let (least, most) = (*range.start(), *range.end());
    typed.parse().ok().filter(|number| range.contains(number)).ok_or(SettingsProblem::Number { least, most })
}

fn emails(typed: &str) -> Result<Vec<String>, SettingsProblem> {
    let mut emails: Vec<String> = Vec::new();
    for address in typed.split([',', ';', ' ', '\n', '\t', '\r']).filter(|address| !address.is_empty()) {
        let parts = address.split_once('@');
        let is_email = parts.is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'));
        if !is_email || address.len() > LONGEST_EMAIL || !is_one_line(address) {
            return Err(SettingsProblem::NoEmail(address.chars().take(100).collect()));
        }
        if !emails.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            emails.push(address.to_owned());
        }
    }
    if emails.len() > Alerts::MOST_EMAILS {
        return Err(SettingsProblem::TooManyEmails(Alerts::MOST_EMAILS));
    }
    Ok(emails)
}

fn is_webhook(address: &str) -> bool {
    address.len() <= LONGEST_WEBHOOK && is_one_line(address) && target_of(address).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> Pin {
        "123456".parse().unwrap()
    }

    fn as_usual() -> Typed {
        Typed::of(&VenueSettings::default(), &usual())
    }

    fn problems(typed: &Typed) -> Vec<(SettingsField, SettingsProblem)> {
        settings(typed, &usual()).unwrap_err().into_iter().collect()
    }

    #[test]
    fn what_is_shown_is_what_is_saved() {
        assert_eq!(settings(&as_usual(), &usual()), Ok(VenueSettings::default()), "and the usual PIN is not kept");
        let mut week = [None; 7];
        week[1] = Hours::new(600, 1_350);
        week[4] = Hours::new(1_020, 1_560);
        week[5] = Hours::new(0, 1_440);
        let decided = VenueSettings {
            opening: Opening(Some(week)),
            burst: Burst { most: 0, most_by_code: 40, within_ms: 30_000 },
            contradiction: false,
            pin: Some("4711".parse().unwrap()),
            alerts: Alerts {
                silent_after_ms: 20 * MINUTE,
                quiet: Some([1_320, 420]),
                emails: vec!["a@sirkus.fi".into(), "b@sirkus.fi".into()],
                webhook: Some("https://example.org/hook?x=1".into()),
            },
        };
        let shown = Typed::of(&decided, &"4711".parse().unwrap());
        assert_eq!(shown.week[4], ["17:00", "02:00"]);
        assert_eq!(settings(&shown, &usual()), Ok(decided));
    }

    #[test]
    fn people_type_in_their_own_way() {
        let mut typed = as_usual();
        typed.always = false;
        typed.week[0] = ["9".into(), "17.30".into()];
        typed.week[6] = ["18:00".into(), "24:00".into()];
        typed.emails = "a@b.fi; A@b.fi  c@d.fi,".into();
        typed.pin = String::new();
        let read = settings(&typed, &usual()).unwrap();
        assert_eq!(read.opening.on(0), Hours::new(540, 1_050));
        assert_eq!(read.opening.on(6), Hours::new(1_080, 1_440));
        assert_eq!(read.opening.on(1), None);
        assert_eq!(read.alerts.emails, ["a@b.fi", "c@d.fi"]);
        assert_eq!(read.pin, None);
    }

    #[test]
    fn every_mistake_is_named() {
        let mut typed = as_usual();
        typed.always = false;
        typed.week[0] = ["10:00".into(), String::new()];
        typed.week[1] = ["10:00".into(), "10:00".into()];
        typed.week[2] = ["10:00".into(), "25:00".into()];
        typed.burst_most = "1001".into();
        typed.burst_by_code = "many".into();
        typed.burst_seconds = "0".into();
        typed.pin = "12a4".into();
        typed.silent_minutes = "1".into();
        typed.emails = "nobody".into();
        typed.webhook = "ftp://example.org".into();
        typed.quiet = ["22:00".into(), String::new()];
        let most = SettingsProblem::Number { least: 0, most: 1_000 };
        assert_eq!(
            problems(&typed),
            [
                (SettingsField::Day(0), SettingsProblem::Half),
                (SettingsField::Day(1), SettingsProblem::Same),
                (SettingsField::Day(2), SettingsProblem::NoTime),
                (SettingsField::BurstMost, most.clone()),
                (SettingsField::BurstByCode, most),
                (SettingsField::BurstSeconds, SettingsProblem::Number { least: 1, most: 3_600 }),
                (SettingsField::Pin, SettingsProblem::NoPin),
                (SettingsField::SilentMinutes, SettingsProblem::Number { least: 2, most: 1_440 }),
                (SettingsField::Emails, SettingsProblem::NoEmail("nobody".into())),
                (SettingsField::Webhook, SettingsProblem::NoWebhook),
                (SettingsField::Quiet, SettingsProblem::Half),
            ]
        );
        typed = as_usual();
        typed.emails = (0..11).map(|n| format!("a{n}@b.fi")).collect::<Vec<_>>().join(",");
        assert_eq!(problems(&typed), [(SettingsField::Emails, SettingsProblem::TooManyEmails(10))]);
    }

    #[test]
    fn only_a_webhook_that_will_be_called_is_kept() {
        let webhook = |address: &str| settings(&Typed { webhook: address.into(), ..as_usual() }, &usual());
        for address in ["https://hooks.example/a", "http://localhost:8080/a", "http://127.0.0.1/"] {
            assert_eq!(webhook(address).unwrap().alerts.webhook.as_deref(), Some(address));
        }
        for address in ["http://hooks.example/a", "http://192.168.1.7/", "hooks.example"] {
            let refused = webhook(address).unwrap_err();
            assert_eq!(refused.get(&SettingsField::Webhook), Some(&SettingsProblem::NoWebhook), "{address}");
        }
    }

    #[test]
    fn an_empty_form_breaks_nothing() {
        let empty = typed(BTreeMap::new());
        assert!(empty.always && !empty.contradiction);
        assert_eq!(problems(&empty).len(), 4, "the four numbers");
    }
}
