//! The six cases, and what is right in them.

use jiff::civil::date;
use programme::{
    comparison::Status,
    finding::{Weight, What},
};

use crate::{compare_here, errors, found, lines, read_here, taken};

#[test]
fn outlook_names_zones_in_four_ways() {
    let reading = read_here(include_bytes!("../cases/01-outlook-windows-zones.ics"));
    let mut without_ids = lines(&reading);
    for line in &mut without_ids {
        *line = line.split_once('|').unwrap().1.to_owned();
    }
    assert_eq!(
        without_ids,
        [
            "Valoa kohti|Teltta|2026-11-07 17:00|2026-11-07 19:15|-",
            "Sinfonia nro 3|Konserttisali|2026-06-06 16:00|2026-06-06 18:00|-",
            "Pikku leijona|Teltta|2026-07-11 12:00|2026-07-11 13:30|-",
            "Syyskonsertti|Konserttisali|2026-09-04 15:30|2026-09-04 17:30|-",
        ]
    );
    assert_eq!(
        reading.rows[0].external_id.as_deref(),
        Some("040000008200E00074C5B7101A82E00800000000A1DA010000000000000001000000A14A1B2C3D4E5F60718293")
    );
    assert!(reading.findings.is_empty() && reading.rows.iter().all(|row| row.findings.is_empty()), "{reading:?}");
}

#[test]
fn times_without_a_zone_and_whole_days() {
    let reading = read_here(include_bytes!("../cases/03-floating-and-all-day.ics"));
    assert_eq!(
        lines(&reading),
        [
            "f-a@example.invalid|Sinfonia nro 3|Konserttisali|2026-11-13 17:00|2026-11-13 18:30|-",
            "f-b@example.invalid|Sirkusviikonloppu|Teltta|-|-|-",
            "f-c@example.invalid|Avoimet ovet|Teltta|-|-|-",
            "f-d@example.invalid|Kiertue|Teltta|-|-|-",
            "f-e@example.invalid|Sinfonia nro 3|Konserttisali|2026-11-14 17:00|2026-11-14 18:30|-",
        ]
    );
    let (first, second, alone) = (date(2026, 11, 7), date(2026, 11, 8), date(2026, 11, 21));
    assert_eq!(
        found(&reading.rows, Weight::Question),
        [(Some(16), None, What::AllDay(first, second)), (Some(24), None, What::AllDay(alone, alone))]
    );
    let mixed = What::DayAndTime("20261201".to_owned(), "20261202T220000Z".to_owned(), 32);
    assert_eq!(errors(&reading), [(31, None, mixed)]);
}

#[test]
fn ends_that_are_missing_or_odd() {
    let reading = read_here(include_bytes!("../cases/04-missing-and-odd-ends.ics"));
    let times: Vec<String> =
        lines(&reading).iter().map(|line| line.replace("@example.invalid", "").replace("|-", "")).collect();
    assert_eq!(
        times,
        [
            "e-a|Valoa kohti|Teltta|2026-11-20 17:00",
            "e-b|Valoa kohti|Teltta|2026-11-21 13:00|2026-11-21 15:15",
            "e-c|Vuorokausi sirkusta|Teltta|2026-10-24 17:00|2026-10-25 18:00",
            "e-d|Soiva vuorokausi|Konserttisali|2026-10-24 17:00|2026-10-25 17:00",
            "e-e|Yöklubi|Teltta",
            "e-f|Valoa kohti|Teltta|2026-12-19 17:00",
            "e-g|Valoa kohti|Teltta",
        ]
    );
    assert_eq!(
        found(&reading.rows, Weight::Question),
        [(Some(7), None, What::NoEnd), (Some(47), None, What::EndIsStart("20261219T190000".to_owned()))]
    );
    assert_eq!(
        errors(&reading),
        [
            (39, None, What::EndBeforeStart("20261218T233000".to_owned())),
            (55, None, What::EndBeforeStart("-PT1H".to_owned())),
        ]
    );
}

#[test]
fn a_table_of_a_finnish_excel() {
    let reading = read_here(include_bytes!("../cases/08-excel-fi-semicolon-cp1252.csv"));
    assert_eq!(
        lines(&reading),
        [
            "1001|Valoa kohti|Teltta|2026-02-01 16:30|2026-02-01 18:45|1234",
            "1002|Häämatka; yöhön|Konserttisali|2026-02-01 17:00|2026-02-01 19:00|312",
            "1003|Nuorten sirkuskoulu|Teltta|2026-03-28 20:30|2026-03-28 23:15|-",
            "1004|Kevät–konsertti|Konserttisali|2026-03-29 15:00|2026-03-29 17:00|-",
        ]
    );
    assert!(reading.rows.iter().all(|row| row.findings.is_empty()));
    assert_eq!(reading.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 5, 7]);
    assert_eq!(
        reading.findings,
        [
            What::EncodingGuessed("windows-1252").of_file(),
            What::UnknownColumn("Hinta".to_owned()).at(2, Some(8)),
            What::EmptyRow.at(8, None),
        ]
    );
}

#[test]
fn dates_that_are_hard_to_read() {
    let reading = read_here(include_bytes!("../cases/10-hard-dates.csv"));
    let sound: Vec<String> = reading
        .rows
        .iter()
        .filter(|row| !row.is_refused())
        .map(|row| crate::line(row).replace("|Valoa kohti|Teltta", "").replace("|-", ""))
        .collect();
    assert_eq!(
        sound,
        [
            "1|2026-02-01 16:30",
            "4|2026-02-02 16:30",
            "5|2028-02-29 16:30",
            "6|2026-02-03 16:30",
            "7|2026-02-04 16:30|2026-02-04 18:45",
            "8|2026-03-28 21:30|2026-03-28 23:00",
            "10|2026-10-25 00:30",
            "11|2026-02-05 22:00",
        ]
    );
    let refused: Vec<(u32, Option<u32>)> = errors(&reading).iter().map(|(line, column, _)| (*line, *column)).collect();
    assert_eq!(refused, [(3, Some(4)), (4, Some(4)), (10, Some(4)), (13, Some(4)), (14, Some(4)), (15, Some(3))]);
    let whats: Vec<What> = errors(&reading).into_iter().map(|(.., what)| what).collect();
    assert!(matches!(&whats[0], What::NoSuchDay(read) if read == "31.2.2026 klo 18.30"));
    assert!(matches!(&whats[1], What::DayOrMonth(read, Some(dates))
        if read == "03/04/2026 18:30" && (dates.day_first, dates.month_first) == (date(2026, 4, 3), date(2026, 3, 4))));
    assert!(matches!(&whats[2], What::SkippedTime(_)));
    assert!(matches!(&whats[3], What::NoSuchTime(_)));
    assert!(matches!(&whats[4], What::NoTime(_)));
    assert_eq!(whats[5], What::UnknownVenue("Telttta".to_owned(), Some("Teltta".to_owned())));
    let notes = found(&reading.rows, Weight::Note);
    assert!(notes.contains(&(Some(11), Some(4), What::DoubledTime("25.10.2026 klo 03.30".to_owned()))), "{notes:?}");
}

#[test]
fn the_same_programme_again() {
    let first = || read_here(include_bytes!("../cases/11a-first-import.csv"));
    let new = compare_here(first(), &[]);
    assert_eq!(
        lines(&first()),
        [
            "T-1|Valoa kohti|Teltta|2026-09-04 15:30|2026-09-04 17:30|-",
            "T-2|Valoa kohti|Teltta|2026-09-05 15:30|2026-09-05 17:30|-",
            "T-3|Sinfonia nro 3|Konserttisali|2026-09-05 15:00|2026-09-05 17:00|-",
            "T-5|Valoa kohti|Teltta|2026-09-06 12:00|2026-09-06 14:00|-",
            "T-6|Pikku leijona|Teltta|2026-09-07 07:00|2026-09-07 08:00|-",
        ]
    );
    assert!(new.rows.iter().all(|one| one.status == Status::New && one.row.findings.is_empty()));
    let known = taken(&new, &[]);
    let again = compare_here(first(), &known);
    assert!(again.rows.iter().all(|one| one.status == Status::Unchanged) && again.missing.is_empty());

    let second = compare_here(read_here(include_bytes!("../cases/11b-second-import.csv")), &known);
    let statuses: Vec<(&str, Status, u32)> =
        second.rows.iter().map(|one| (one.row.external_id.as_deref().unwrap(), one.status, one.row.line)).collect();
    assert_eq!(
        statuses,
        [
            ("T-1", Status::Unchanged, 2),
            ("T-2", Status::Moved, 3),
            ("T-9", Status::Unclear, 4),
            ("T-5", Status::Cancelled, 5),
            ("T-4", Status::Refused, 6),
            ("T-4", Status::Refused, 7),
        ]
    );
    assert!(second.rows[2].row.findings.iter().any(|finding| finding.what == What::OtherId("T-3".to_owned())));
    for twice in &second.rows[4..] {
        assert_eq!(twice.row.findings.last().unwrap().what, What::IdTwice("T-4".to_owned(), vec![6, 7]));
    }
    let missing: Vec<&str> = second.missing.iter().map(|at| known[*at].external_id.as_deref().unwrap()).collect();
    assert_eq!(missing, ["T-6"]);
}
