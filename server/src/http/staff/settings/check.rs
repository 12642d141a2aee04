//! From what was typed to settings, or to what is wrong with it.

use crate::{email_address::is_email_address, http::forms::is_one_line, notify::webhook::target_of};
use app::server_functions::venue_settings::{
    errors::{EmailsError, HoursEnd, HoursError, NumberError, PinError, SettingsErrors, WebhookError},
    form::{HoursFields, OpeningChoice, SettingsForm},
};
use domain::{
    time::{MINUTE, SECOND},
    venue_settings::{Alerts, AnswerWindow, Burst, Hours, Opening, Pin, VenueSettings},
};

/// A tablet gives a sign of life every minute, so that less than two says nothing.
const SILENT_MINUTES: std::ops::RangeInclusive<i64> = 2..=24 * 60;
/// How long a show usually is, in minutes.
const LENGTHS: std::ops::RangeInclusive<i64> = 5..=12 * 60;
/// No browser sends a longer address.
const LONGEST_WEBHOOK: usize = 2_000;

/// The settings that were typed, or everything that is wrong with them. The usual PIN is not kept: it
/// holds anyway.
pub(super) fn settings(form: &SettingsForm, usual: &Pin) -> Result<VenueSettings, Box<SettingsErrors>> {
    let mut errors = SettingsErrors::default();
    let most = 0..=i64::from(Burst::MOST);
    let burst_most = taken(number(&form.burst_most, most.clone()), &mut errors.burst_most);
    let by_code = taken(number(&form.burst_by_code, most), &mut errors.burst_by_code);
    let seconds = taken(number(&form.burst_seconds, 1..=Burst::LONGEST / SECOND), &mut errors.burst_seconds);
    let minutes = taken(number(&form.silent_minutes, SILENT_MINUTES), &mut errors.silent_minutes);
    let whole =
        |typed, most: u16, error| u16::try_from(taken(number(typed, 0..=i64::from(most)), error)).unwrap_or_default();
    let before_minutes = whole(&form.window_before, AnswerWindow::MOST_BEFORE, &mut errors.window_before);
    let after_minutes = whole(&form.window_after, AnswerWindow::MOST_AFTER, &mut errors.window_after);
    let mail_days = match &*form.mail_days {
        "" => AnswerWindow::default().mail_days,
        typed => whole(typed, AnswerWindow::MOST_MAIL_DAYS, &mut errors.mail_days),
    };
    let settings = VenueSettings {
        opening: opening(form, &mut errors.week),
        burst: Burst {
            most: u32::try_from(burst_most).unwrap_or_default(),
            most_by_code: u32::try_from(by_code).unwrap_or_default(),
            within_ms: seconds * SECOND,
        },
        contradiction: form.contradiction,
        pin: taken(pin(&form.pin), &mut errors.pin).filter(|pin| pin != usual),
        alerts: Alerts {
            silent_after_ms: minutes * MINUTE,
            quiet: taken(stretch(&form.quiet), &mut errors.quiet),
            emails: taken(emails(&form.emails), &mut errors.emails),
            webhook: taken(webhook(&form.webhook), &mut errors.webhook),
        },
        usual_minutes: taken(usual_minutes(&form.usual_minutes), &mut errors.usual_minutes),
        window: AnswerWindow { before_minutes, after_minutes, mail_days },
    };
    if errors.is_empty() { Ok(settings) } else { Err(Box::new(errors)) }
}

/// What was read, or anything in its place and what is wrong with it.
fn taken<T: Default, E>(read: Result<T, E>, error: &mut Option<E>) -> T {
    read.unwrap_or_else(|wrong| {
        *error = Some(wrong);
        T::default()
    })
}

fn opening(form: &SettingsForm, errors: &mut [Option<HoursError>; 7]) -> Opening {
    if form.opening == OpeningChoice::Always {
        return Opening::default();
    }
    let mut week = [None; 7];
    for ((hours, error), typed) in week.iter_mut().zip(errors).zip(&form.week) {
        match stretch(typed) {
            Ok(None) => {}
            Ok(Some([from, until])) => {
                let until = if until < from { until + Hours::DAY } else { until };
                *hours = Hours::new(from, until);
            }
            // From midnight to midnight is the whole day.
            Err(HoursError::Same) if minute(&typed.from) == Some(0) => *hours = Hours::new(0, Hours::DAY),
            Err(wrong) => *error = Some(wrong),
        }
    }
    Opening(Some(week))
}

/// From when until when, in minutes of the day; `None` where both fields are empty.
fn stretch(HoursFields { from, until }: &HoursFields) -> Result<Option<[u16; 2]>, HoursError> {
    match (from.is_empty(), until.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => {
            let from = minute(from).ok_or(HoursError::NoTime(HoursEnd::From))?;
            let until = minute(until).ok_or(HoursError::NoTime(HoursEnd::Until))?;
            if from == until { Err(HoursError::Same) } else { Ok(Some([from, until])) }
        }
        (true, false) => Err(HoursError::Missing(HoursEnd::From)),
        (false, true) => Err(HoursError::Missing(HoursEnd::Until)),
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

fn number(typed: &str, range: std::ops::RangeInclusive<i64>) -> Result<i64, NumberError> {
    let (least, most) = (*range.start(), *range.end());
    typed.parse().ok().filter(|number| range.contains(number)).ok_or(NumberError { least, most })
}

/// How long a show usually is; nothing where nobody says it.
fn usual_minutes(typed: &str) -> Result<Option<u32>, NumberError> {
    if typed.is_empty() {
        return Ok(None);
    }
    number(typed, LENGTHS).map(|minutes| u32::try_from(minutes).ok())
}

fn emails(typed: &str) -> Result<Vec<String>, EmailsError> {
    let mut emails: Vec<String> = Vec::new();
    for address in typed.split([',', ';', ' ', '\n', '\t', '\r']).filter(|address| !address.is_empty()) {
        if !is_email_address(address) {
            return Err(EmailsError::NoEmail(address.chars().take(100).collect()));
        }
        if !emails.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            emails.push(address.to_owned());
        }
    }
    if emails.len() > Alerts::MOST_EMAILS {
        return Err(EmailsError::TooMany(Alerts::MOST_EMAILS));
    }
    Ok(emails)
}

fn pin(typed: &str) -> Result<Option<Pin>, PinError> {
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|_| PinError) }
}

fn webhook(typed: &str) -> Result<Option<String>, WebhookError> {
    let is_address = || typed.len() <= LONGEST_WEBHOOK && is_one_line(typed) && target_of(typed).is_some();
    match typed {
        "" => Ok(None),
        _ if is_address() => Ok(Some(typed.to_owned())),
        _ => Err(WebhookError),
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    fn usual() -> Pin {
        "123456".parse().unwrap()
    }

    fn hours(from: &str, until: &str) -> HoursFields {
        HoursFields { from: from.to_owned(), until: until.to_owned() }
    }

    fn as_usual() -> SettingsForm {
        SettingsForm::of(&VenueSettings::default(), &usual())
    }

    fn errors(form: &SettingsForm) -> SettingsErrors {
        *settings(form, &usual()).unwrap_err()
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
            usual_minutes: Some(75),
            window: AnswerWindow { before_minutes: 0, after_minutes: 2_880, mail_days: 30 },
        };
        let shown = SettingsForm::of(&decided, &"4711".parse().unwrap());
        assert_eq!(shown.week[4], hours("17:00", "02:00"));
        assert_eq!(settings(&shown, &usual()), Ok(decided));
    }

    #[test]
    fn people_type_in_their_own_way() {
        let mut typed = as_usual();
        typed.opening = OpeningChoice::Hours;
        typed.week[0] = hours("9", "17.30");
        typed.week[6] = hours("18:00", "24:00");
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
        typed.opening = OpeningChoice::Hours;
        typed.week[0] = hours("10:00", "");
        typed.week[1] = hours("10:00", "10:00");
        typed.week[2] = hours("10:00", "25:00");
        typed.usual_minutes = "2 h".into();
        typed.window_before = "-1".into();
        typed.window_after = String::new();
        typed.mail_days = "61".into();
        typed.burst_most = "1001".into();
        typed.burst_by_code = "many".into();
        typed.burst_seconds = "0".into();
        typed.pin = "12a4".into();
        typed.silent_minutes = "1".into();
        typed.emails = "nobody".into();
        typed.webhook = "ftp://example.org".into();
        typed.week[3] = hours("", "22:00");
        typed.quiet = hours("22:00", "");
        let most = Some(NumberError { least: 0, most: 1_000 });
        let mut week = [None; 7];
        let missing = HoursError::Missing;
        let days = [missing(HoursEnd::Until), HoursError::Same, HoursError::NoTime(HoursEnd::Until)];
        week[..4].copy_from_slice(&[days[0], days[1], days[2], missing(HoursEnd::From)].map(Some));
        let expected = SettingsErrors {
            usual_minutes: Some(NumberError { least: 5, most: 720 }),
            window_before: Some(NumberError { least: 0, most: 720 }),
            window_after: Some(NumberError { least: 0, most: 20_160 }),
            mail_days: Some(NumberError { least: 0, most: 60 }),
            week,
            burst_most: most,
            burst_by_code: most,
            burst_seconds: Some(NumberError { least: 1, most: 3_600 }),
            pin: Some(PinError),
            silent_minutes: Some(NumberError { least: 2, most: 1_440 }),
            emails: Some(EmailsError::NoEmail("nobody".into())),
            webhook: Some(WebhookError),
            quiet: Some(missing(HoursEnd::Until)),
        };
        assert_eq!(errors(&typed), expected);
        let named: Vec<String> = expected.fields(Lang::En).into_iter().map(|error| error.field).collect();
        assert_eq!(
            named,
            [
                "day0_until",
                "day1_until",
                "day2_until",
                "day3_from",
                "usual_minutes",
                "window_before",
                "window_after",
                "mail_days",
                "burst_most",
                "burst_by_code",
                "burst_seconds",
                "pin",
                "silent_minutes",
                "emails",
                "webhook",
                "quiet_until"
            ],
            "each at its field"
        );
        typed = as_usual();
        typed.quiet = hours("", "07:00");
        let quiet = Some(missing(HoursEnd::From));
        assert_eq!(errors(&typed), SettingsErrors { quiet, ..SettingsErrors::default() });
        assert_eq!(errors(&typed).fields(Lang::En)[0].field, "quiet_from");
        typed = as_usual();
        typed.emails = (0..11).map(|n| format!("a{n}@b.fi")).collect::<Vec<_>>().join(",");
        let expected = SettingsErrors { emails: Some(EmailsError::TooMany(10)), ..SettingsErrors::default() };
        assert_eq!(errors(&typed), expected);
        typed.emails = "a@b.fi, eva@circus..example".into();
        let emails = Some(EmailsError::NoEmail("eva@circus..example".into()));
        assert_eq!(errors(&typed), SettingsErrors { emails, ..SettingsErrors::default() }, "no e-mail could be sent");
    }

    #[test]
    fn only_a_webhook_that_will_be_called_is_kept() {
        let webhook = |address: &str| settings(&SettingsForm { webhook: address.into(), ..as_usual() }, &usual());
        for address in ["https://hooks.example/a", "http://localhost:8080/a", "http://127.0.0.1/"] {
            assert_eq!(webhook(address).unwrap().alerts.webhook.as_deref(), Some(address));
        }
        for address in ["http://hooks.example/a", "http://192.168.1.7/", "hooks.example"] {
            assert_eq!(webhook(address).unwrap_err().webhook, Some(WebhookError), "{address}");
        }
    }

    #[test]
    fn an_empty_form_breaks_nothing() {
        let empty = SettingsForm::default();
        assert!(empty.opening == OpeningChoice::Always && !empty.contradiction);
        assert_eq!(errors(&empty).fields(Lang::En).len(), 6, "the six numbers");
    }
}
