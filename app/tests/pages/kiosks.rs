//! The tablets, as staff see them, and the e-mails about them.

use app::{
    emails::alert::{AlertNotice, Email},
    pages::{
        fragment,
        staff::{
            kiosks::{
                Kiosks, KiosksData, KiosksProps, LiveKiosks, LiveKiosksProps, Pin,
                alert_log::{AlertEntry, Became, Message, To},
                row::Row,
            },
            remote::RemoteForm,
            subject::data::LiveAddresses,
        },
    },
};
use domain::{
    health::{
        Health, HealthContext, Report,
        alert::{Alert, Kind},
        concern::Concern,
        sequence_gaps::Run,
    },
    heartbeat::{Heartbeat, StorageEstimate},
    lang::Lang,
    time::{DAY, HOUR, MINUTE, Millis},
};
use uuid::Uuid;

use crate::{
    fixtures::{START, venue},
    page::{render, shell},
};

const NOW: Millis = START + HOUR;

fn row(number: u128, name: &str, report: Report) -> Row {
    let context = HealthContext {
        now: NOW,
        is_monitored: true,
        next_monitored: Some(NOW + DAY),
        listening_since: 0,
        silent_after: 15 * MINUTE,
        version: "0.4.0",
    };
    let health = Health::of(&report, context);
    let kiosk = Uuid::from_u128(number).into();
    Row {
        kiosk,
        name: name.into(),
        venue: venue().name,
        time_zone: venue().time_zone,
        report,
        health,
        asked: vec![],
        paused_until: None,
    }
}

fn beat() -> Heartbeat {
    Heartbeat {
        device_now: NOW - 20_000,
        seq: 312,
        app_version: "0.4.0".into(),
        persisted: Some(true),
        storage: Some(StorageEstimate { usage: 3e7, quota: 1e9 }),
        battery: Some(0.83),
        charging: Some(true),
        ..Heartbeat::default()
    }
}

fn report(beat: Heartbeat) -> Report {
    Report { paired_at: Some(0), last_contact: Some(NOW - 20_000), beat: Some(beat), ..Report::default() }
}

fn logged(kind: Kind, alert: impl FnOnce(&mut Alert), messages: Vec<Message>) -> AlertEntry {
    let mut told = Alert { kind, began_at: NOW - HOUR, ended_at: None, told_at: None, end_told_at: None };
    alert(&mut told);
    AlertEntry { alert: told, kiosk: "Aula".into(), venue: venue().name, time_zone: venue().time_zone, messages }
}

fn data(rows: Vec<Row>) -> KiosksData {
    let to = |to: &str| To::Email(Some(to.into()));
    let message = |to, became| Message { to, became };
    let messages = vec![
        message(to("maija@sirkus.fi"), Became::Sent(NOW - 45 * MINUTE)),
        message(to("pekka@sirkus.fi"), Became::Failed("connection refused".into())),
        message(To::Webhook(Some("hooks.example".into())), Became::GivenUp(NOW, String::new())),
        message(To::Email(None), Became::Waiting),
    ];
    KiosksData {
        phone_conflicts: 2,
        rows,
        alert_log: vec![
            logged(Kind::Silent, |alert| alert.told_at = Some(NOW - 45 * MINUTE), messages),
            logged(Kind::Silent, |_| {}, vec![]),
            logged(Kind::Silent, |alert| alert.ended_at = Some(NOW), vec![]),
            logged(Kind::Cleared, |alert| (alert.told_at, alert.ended_at) = (Some(NOW), Some(NOW)), vec![]),
            logged(Kind::Rejected, |alert| alert.told_at = Some(NOW), vec![]),
        ],
        pins: vec![Pin { venue: venue().name, digits: "042107".into() }],
        may_edit: true,
        mail_is_missing: true,
        too_little_disk: Some(420_000_000),
        now: NOW,
        live: LiveAddresses { changes: "/staff/changes?kiosks=true".into(), fragment: "/staff/kiosks/live".into() },
        remote: Some(RemoteForm::new("/staff/kiosks/commands".into(), vec![])),
        is_asked: false,
    }
}

/// A tablet with which nearly everything is wrong, and some with which one thing is.
fn troubled() -> Vec<Row> {
    let wrong = Heartbeat {
        device_now: NOW - 3 * DAY,
        app_version: "0.1.0".into(),
        outbox: 12,
        oldest_ms: Some(3 * HOUR),
        rejected: 2,
        persisted: Some(false),
        storage: Some(StorageEstimate { usage: 9e8, quota: 1e9 }),
        battery: Some(0.08),
        charging: Some(false),
        ..beat()
    };
    let missing = vec![Run { first: 40, last: 58 }, Run { first: 99, last: 99 }];
    let wrong = Report { missing, cleared_at: Some(NOW - DAY), left_behind: 3, ..report(wrong) };
    let failing = Heartbeat {
        failure: Some("quota exceeded".into()),
        persisted: None,
        app_version: "0.3.0".into(),
        device_now: NOW + HOUR,
        ..beat()
    };
    let gone = Heartbeat { outbox: 4, device_now: NOW - 2 * HOUR, ..beat() };
    let anew = Report { paired_at: Some(NOW - HOUR), before: Some(NOW - 2 * HOUR), conflicts: 1, ..report(beat()) };
    vec![
        row(1, "Lämpiö", wrong),
        row(2, "Pääovi", report(failing)),
        row(3, "Kahvila", Report { last_contact: Some(NOW - 2 * HOUR), ..report(gone) }),
        row(
            4,
            "Narikka",
            Report {
                last_contact: Some(NOW - 5 * MINUTE),
                beat: Some(Heartbeat { device_now: NOW - 5 * MINUTE, ..beat() }),
                ..report(beat())
            },
        ),
        row(5, "Parvi", Report { paired_at: Some(0), ..Report::default() }),
        row(6, "Aula", report(beat())),
        row(8, "Baari", anew),
        row(7, "Teltta", Report::default()),
    ]
}

#[test]
fn a_tablet_says_what_to_do_in_every_language() {
    for lang in Lang::ALL {
        let html = render(&format!("s-kiosks-{lang}"), || {
            Kiosks(KiosksProps { data: data(troubled()), shell: shell(lang, "/staff/kiosks") })
        });
        assert_eq!(html.matches("<li class=\"status ").count(), 8);
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
        assert!(
            html.contains("420")
                && html.contains("042107")
                && html.contains("quota exceeded")
                && html.contains("40–58, 99")
        );
        assert!(!html.contains("{{"), "every gap in a sentence is filled");
    }
}

#[test]
fn every_concern_is_said_by_some_tablet() {
    let said: Vec<Concern> = troubled().into_iter().flat_map(|row| row.health.concerns).collect();
    let kinds: std::collections::HashSet<_> = said.iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), 20, "a concern without a sentence under test: {said:#?}");
}

#[test]
fn a_tablet_with_which_all_is_well_says_so() {
    let html = render("s-kiosks-well", || {
        let mut data = data(vec![row(6, "Aula", report(beat()))]);
        (data.alert_log, data.pins, data.may_edit, data.mail_is_missing) = (vec![], vec![], false, false);
        (data.too_little_disk, data.phone_conflicts) = (None, 0);
        Kiosks(KiosksProps { data, shell: shell(Lang::En, "/staff/kiosks") })
    });
    let troubled = render("s-kiosks-conflicts", || {
        Kiosks(KiosksProps {
            data: data(vec![row(6, "Aula", report(beat()))]),
            shell: shell(Lang::En, "/staff/kiosks"),
        })
    });
    assert!(troubled.contains("Answers from phones of which the server already had another version: 2."), "{troubled}");
    for says in ["All well", "just now", "83%, charging", "3%", "No alerts so far."] {
        assert!(html.contains(says), "{says}");
    }
    for hidden in ["042107", "href=\"/staff/kiosks/pair\"", "cannot send e-mail", "nearly full", "Answers from phones"]
    {
        assert!(!html.contains(hidden), "{hidden}");
    }
}

#[test]
fn the_part_that_changes_is_what_stands_in_the_page() {
    let page = render("s-kiosks-live", || {
        Kiosks(KiosksProps { data: data(troubled()), shell: shell(Lang::Fi, "/staff/kiosks") })
    });
    let alone = fragment(|| LiveKiosks(LiveKiosksProps { data: data(troubled()), lang: Lang::Fi }));
    assert!(alone.starts_with("<section id=\"live\">") && page.contains(&alone));
    let none =
        render("s-kiosks-none", || Kiosks(KiosksProps { data: data(vec![]), shell: shell(Lang::Sv, "/staff/kiosks") }));
    assert!(none.contains("Det finns inga surfplattor ännu") && none.contains("<section id=\"live\">"));
}

#[test]
fn a_letter_says_what_since_when_and_what_to_look_at() {
    for (lang, subject, since) in [
        (Lang::Fi, "Tabletti ei vastaa: Aula, Sirkusteltta", "la 21.11. klo 18.00"),
        (Lang::Sv, "Surfplattan svarar inte: Aula, Sirkusteltta", "lör 21.11 kl. 18.00"),
        (Lang::En, "Tablet silent: Aula, Sirkusteltta", "Sat 21 Nov, 18:00"),
    ] {
        let mut venue = venue();
        venue.languages = vec![lang.into()];
        let alert = Alert { kind: Kind::Silent, began_at: START, ended_at: None, told_at: None, end_told_at: None };
        let news = AlertNotice {
            alert: &alert,
            is_over: false,
            kiosk: "Aula",
            venue: &venue,
            address: "https://a.fi/staff/kiosks",
        };
        let letter = Email::of(&news);
        assert_eq!(letter.subject, subject);
        assert!(letter.text.contains(since) && letter.text.contains("https://a.fi/staff/kiosks"), "{}", letter.text);
        for (kind, is_over) in [(Kind::Silent, true), (Kind::Cleared, false), (Kind::Rejected, false)] {
            let alert = Alert { kind, ended_at: Some(START + HOUR), ..alert };
            let other = Email::of(&AlertNotice { alert: &alert, is_over, ..news });
            assert_ne!(other.subject, subject);
            assert!(other.text.contains(since) && !other.text.contains("{{"), "{}", other.text);
        }
    }
    let alert = Alert { kind: Kind::Silent, began_at: START, ended_at: None, told_at: None, end_told_at: None };
    let (venue, kiosk) = (venue(), "Aula\r\nBcc: everybody@example.org");
    let letter = Email::of(&AlertNotice { alert: &alert, is_over: false, kiosk, venue: &venue, address: "" });
    assert!(!letter.subject.contains(['\r', '\n']), "a name begins no line of its own");
}
