//! Calendars of other senders: Google, Apple, Exchange, and what repeats.

use jiff::civil::date;
use programme::{
    Options,
    finding::{Weight, What},
    read,
};

use crate::{errors, found, lines, options, read_here, venues};

/// A calendar with CRLF, as the senders write it.
fn calendar(lines: &str) -> String {
    let lines: Vec<&str> = lines.lines().map(str::trim_start).filter(|line| !line.is_empty()).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}\r\nEND:VCALENDAR\r\n", lines.join("\r\n"))
}

fn event(properties: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:u\nSUMMARY:Valoa kohti\nLOCATION:Teltta\n{properties}\nEND:VEVENT"))
}

fn times(text: &str) -> Vec<String> {
    lines(&read_here(text)).iter().map(|line| line.splitn(4, '|').nth(3).unwrap().replace("|-", "")).collect()
}

#[test]
fn a_google_calendar_with_its_zone_and_one_changed_evening() {
    let text = calendar(
        "METHOD:PUBLISH
        X-WR-CALNAME:Kausi
        X-WR-TIMEZONE:Europe/Helsinki
        BEGIN:VTIMEZONE
        TZID:Europe/Helsinki
        X-LIC-LOCATION:Europe/Helsinki
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0300
        TZNAME:EEST
        DTSTART:19700329T030000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0200
        TZNAME:EET
        DTSTART:19701025T040000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Helsinki:20261010T180000
        DTEND;TZID=Europe/Helsinki:20261010T200000
        RRULE:FREQ=WEEKLY;UNTIL=20261107T215959Z;BYDAY=SA
        EXDATE;TZID=Europe/Helsinki:20261024T180000
        DTSTAMP:20260801T090000Z
        UID:weekly@google.com
        SUMMARY:Valoa kohti
        LOCATION:Teltta\\, Suvilahti\\, Helsinki
        STATUS:CONFIRMED
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Helsinki:20261031T140000
        DTEND;TZID=Europe/Helsinki:20261031T160000
        UID:weekly@google.com
        RECURRENCE-ID;TZID=Europe/Helsinki:20261031T180000
        SUMMARY:Valoa kohti: päivänäytös
        LOCATION:Teltta
        STATUS:CANCELLED
        END:VEVENT",
    );
    let reading = read_here(text);
    // Winter time begins on 25 October: six in the evening stays six in the evening.
    assert_eq!(
        lines(&reading),
        [
            "weekly@google.com/20261010T150000Z|Valoa kohti|Teltta|2026-10-10 15:00|2026-10-10 17:00|-",
            "weekly@google.com/20261017T150000Z|Valoa kohti|Teltta|2026-10-17 15:00|2026-10-17 17:00|-",
            "weekly@google.com/20261031T160000Z|Valoa kohti: päivänäytös|Teltta|2026-10-31 12:00|2026-10-31 14:00|-",
            "weekly@google.com/20261107T160000Z|Valoa kohti|Teltta|2026-11-07 16:00|2026-11-07 18:00|-",
        ]
    );
    let cancelled: Vec<Option<bool>> = reading.rows.iter().map(|row| row.cancelled).collect();
    assert_eq!(cancelled, [Some(false), Some(false), Some(true), Some(false)]);
    assert!(errors(&reading).is_empty());
}

#[test]
fn a_zone_that_only_the_sender_defines_changes_when_the_sender_says() {
    let zone = |name: &str| {
        format!(
            "BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:19671029T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
            TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19870405T020000
            RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
        )
    };
    for name in ["Oma vyöhyke", "Boston Office"] {
        let events: Vec<String> = ["20260307T190000", "20260308T190000", "20261031T190000", "20261101T190000"]
            .iter()
            .enumerate()
            .map(|(number, at)| {
                format!("BEGIN:VEVENT\nUID:{number}\nSUMMARY:A\nLOCATION:Teltta\nDTSTART;TZID=\"{name}\":{at}\nDURATION:PT1H\nEND:VEVENT\n")
            })
            .collect();
        assert_eq!(
            times(&calendar(&(zone(name) + &events.concat()))),
            [
                "2026-03-08 00:00|2026-03-08 01:00",
                "2026-03-08 23:00|2026-03-09 00:00",
                "2026-10-31 23:00|2026-11-01 00:00",
                "2026-11-02 00:00|2026-11-02 01:00",
            ],
            "{name}"
        );
    }
}

#[test]
fn zones_that_nobody_can_name_are_said_and_never_replaced() {
    for name in ["Customized Time Zone 7", "\"(UTC+02:00) Atlantis\"", "Europe/Atlantis", "GMT+0200"] {
        let reading = read_here(event(&format!("DTSTART;TZID={name}:20261107T190000\nDURATION:PT2H")));
        let said = name.trim_matches('"').to_owned();
        assert_eq!(errors(&reading), [(7, None, What::UnknownZone(said))], "{name}");
        assert_eq!(reading.rows[0].starts_at, None);
    }
    let text = event("DTSTART:20261107T190000\nDTEND:20261107T210000").replace("VERSION:2.0", "X-WR-TIMEZONE:Atlantis");
    assert_eq!(errors(&read_here(text)), [(7, None, What::UnknownZone("Atlantis".to_owned()))]);
}

#[test]
fn zones_handed_on_by_other_programs_are_named() {
    for name in [
        "/mozilla.org/20050126_1/Europe/Helsinki",
        "/freeassociation.sourceforge.net/Europe/Helsinki",
        "Europe/Mariehamn",
        "\"(GMT+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius\"",
        "FLE Standard Time",
        "EET",
    ] {
        let text = event(&format!("DTSTART;TZID={name}:20260704T190000\nDTEND;TZID={name}:20260704T210000"));
        assert_eq!(times(&text), ["2026-07-04 16:00|2026-07-04 18:00"], "{name}");
    }
    let berlin = "W. Europe Standard Time";
    let text = event(&format!("DTSTART;TZID={berlin}:20260704T190000\nDTEND;TZID=Europe/Helsinki:20260704T210000"));
    assert_eq!(times(&text), ["2026-07-04 17:00|2026-07-04 18:00"], "each end has its own");
}

#[test]
fn times_without_a_zone_are_those_of_the_calendar_else_of_the_venue() {
    let floating = event("DTSTART:20261107T190000\nDTEND:20261107T210000");
    assert_eq!(times(&floating), ["2026-11-07 17:00|2026-11-07 19:00"]);
    let other = floating.replace("VERSION:2.0", "X-WR-TIMEZONE:Europe/Stockholm");
    let reading = read_here(&other);
    assert_eq!(times(&other), ["2026-11-07 18:00|2026-11-07 20:00"]);
    let notes = found(&reading.rows, Weight::Note);
    assert_eq!(notes[0], (Some(7), None, What::OtherZone("Europe/Stockholm".to_owned())));
}

#[test]
fn rules_over_the_change_of_clocks() {
    let text = event(
        "DTSTART;TZID=Europe/Helsinki:20260321T190000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3\n\
         RDATE;TZID=Europe/Helsinki:20260405T150000\nEXDATE:20260328T170000Z",
    );
    assert_eq!(
        times(&text),
        ["2026-03-21 17:00|2026-03-21 19:00", "2026-04-04 16:00|2026-04-04 18:00", "2026-04-05 12:00|2026-04-05 14:00"]
    );
    let skipped = event("DTSTART;TZID=Europe/Helsinki:20260328T033000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3");
    let reading = read_here(&skipped);
    assert_eq!(errors(&reading), [(7, None, What::SkippedTime("20260329T033000".to_owned()))]);
    assert_eq!(reading.rows.len(), 3);
}

#[test]
fn what_repeats_without_an_end_is_read_for_two_years_and_what_nobody_understands_is_refused() {
    let reading = read_here(event("DTSTART:20260905T150000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=1SA"));
    assert_eq!(reading.rows.len(), 25);
    let until = What::Endless(date(2028, 9, 5));
    assert_eq!(found(&reading.rows, Weight::Note), [(Some(9), None, until)], "said once");
    for rule in
        ["FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=YY", "FREQ=DAILY;COUNT=1000000", "FREQ=DAILY;UNTIL=99990101T000000Z"]
    {
        let reading = read_here(event(&format!("DTSTART:20260905T150000Z\nDURATION:PT1H\nRRULE:{rule}")));
        assert_eq!(errors(&reading), [(9, None, What::UnreadableRule(rule.to_owned()))], "{rule}");
    }
}

#[test]
fn whole_days_are_asked_about_whoever_writes_them() {
    let asked = |properties: &str| found(&read_here(event(properties)).rows, Weight::Question);
    let (first, last) = (date(2026, 11, 7), date(2026, 11, 8));
    for properties in [
        "DTSTART;VALUE=DATE:20261107\nDTEND;VALUE=DATE:20261109",
        "DTSTART;VALUE=DATE:20261107\nDURATION:P2D",
        "DTSTART:20261107\nDTEND:20261109",
        "DTSTART;TZID=Europe/Helsinki:20261107T000000\nDTEND;TZID=Europe/Helsinki:20261109T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ] {
        assert_eq!(asked(properties), [(Some(7), None, What::AllDay(first, last))], "{properties}");
    }
    let mixed = read_here(event("DTSTART:20261201T190000Z\nDTEND;VALUE=DATE:20261202"));
    let what = What::DayAndTime("20261201T190000Z".to_owned(), "20261202".to_owned(), 8);
    assert_eq!(errors(&mixed), [(7, None, what)]);
}

#[test]
fn ends_are_never_made_up() {
    let asked = |properties: &str| found(&read_here(event(properties)).rows, Weight::Question);
    let start = "DTSTART:20261107T170000Z\n";
    assert_eq!(asked(start), [(Some(7), None, What::NoEnd)]);
    for end in ["DTEND:20261107T170000Z", "DURATION:PT0S"] {
        let value = end.split_once(':').unwrap().1.to_owned();
        assert_eq!(asked(&format!("{start}{end}")), [(Some(8), None, What::EndIsStart(value))], "{end}");
    }
    for end in ["DTEND:20261107T165959Z", "DURATION:-P1D"] {
        let reading = read_here(event(&format!("{start}{end}")));
        let value = end.split_once(':').unwrap().1.to_owned();
        assert_eq!(errors(&reading), [(8, None, What::EndBeforeStart(value))], "{end}");
    }
    let spring =
        |length: &str| times(&event(&format!("DTSTART;TZID=Europe/Helsinki:20260328T200000\nDURATION:{length}")));
    assert_eq!(spring("P1D"), ["2026-03-28 18:00|2026-03-29 17:00"], "the day of 23 hours");
    assert_eq!(spring("PT24H"), ["2026-03-28 18:00|2026-03-29 18:00"]);
    assert_eq!(spring("P1DT1H"), ["2026-03-28 18:00|2026-03-29 18:00"]);
}

#[test]
fn a_calendar_that_cancels_cancels_everything_in_it() {
    let text = event("DTSTART:20261107T170000Z\nDURATION:PT2H").replace("VERSION:2.0", "METHOD:CANCEL");
    assert_eq!(read_here(text).rows[0].cancelled, Some(true));
    assert_eq!(read_here(event("DTSTART:20261107T170000Z\nDURATION:PT2H")).rows[0].cancelled, None);
}

#[test]
fn what_is_no_event_and_what_is_cut_off_is_said() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nthis is no line\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\n\
                LOCATION:Teltta\nDTSTART:20261107T170000Z\nDTEND:20261107T190000Z\nBEGIN:VALARM\nDESCRIPTION:x\nSUMMARY:not this\n\
                TRIGGER:-PT1H\nEND:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:B\nLOCA";
    let reading = read_here(text);
    assert_eq!(lines(&reading)[0], "1|A|Teltta|2026-11-07 17:00|2026-11-07 19:00|-");
    assert_eq!(errors(&reading)[0], (18, None, What::CutOff));
    for what in [
        What::OtherComponent("VTODO".to_owned()).at(2, None),
        What::UnreadableLine("this is no line".to_owned()).at(5, None),
        What::UnreadableLine("LOCA".to_owned()).at(21, None),
        What::CutOff.at(1, None),
    ] {
        assert!(reading.findings.contains(&what), "{what:?} is among {:?}", reading.findings);
    }
}

#[test]
fn a_calendar_in_two_bytes_or_in_windows_letters_is_a_calendar() {
    let text = event("DTSTART:20261107T170000Z\nDURATION:PT2H").replace("Valoa kohti", "Yö–klubi");
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    for bytes in [
        wide,
        windows,
        format!("\u{feff}{text}").into_bytes(),
        text.to_lowercase().replace("yö", "Yö").replace("z\r", "Z\r").into_bytes(),
    ] {
        assert_eq!(
            lines(&read_here(&bytes))[0].to_lowercase(),
            "u|yö–klubi|teltta|2026-11-07 17:00|2026-11-07 19:00|-"
        );
    }
}

#[test]
fn without_a_place_it_is_the_one_that_was_chosen() {
    let text = event("DTSTART:20261107T190000\nDURATION:PT2H").replace("LOCATION:Teltta\r\n", "");
    assert_eq!(errors(&read_here(&text)), [(3, None, What::NoVenue)]);
    let chosen = read(text.as_bytes(), &venues(), &Options { venue: Some(1), ..options() });
    assert_eq!(lines(&chosen), ["u|Valoa kohti|Konserttisali|2026-11-07 17:00|2026-11-07 19:00|-"]);
    let alone = read(text.as_bytes(), &venues()[..1], &options());
    assert_eq!(alone.rows[0].venue, Some(0), "there is only one");
}
