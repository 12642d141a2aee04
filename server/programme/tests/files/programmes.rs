//! Whole programmes: what a file means for what is there.

use std::fmt::Write;

use domain::time::{HOUR, MINUTE};
use programme::{
    Reading, compare,
    comparison::{Answers, Comparison, KnownEvent, Status},
    finding::What,
};

use crate::{compare_here, read_here, taken, venues};

fn statuses(comparison: &Comparison) -> Vec<Status> {
    comparison.rows.iter().map(|one| one.status).collect()
}

fn table(rows: &[&str]) -> Reading {
    read_here(format!("id;title;venue;start;end;attendance;status\n{}\n", rows.join("\n")))
}

fn known(rows: &[&str]) -> Vec<KnownEvent> {
    taken(&compare_here(table(rows), &[]), &[])
}

const FIRST: &str = "1;A;Teltta;1.9.2026 18.00;20.00;;";

#[test]
fn each_kind_of_change_is_told_apart() {
    let there = known(&[FIRST]);
    for (row, status) in [
        (FIRST, Status::Unchanged),
        ("1; a ;TELTTA;1.9.2026 klo 18;20.00;;", Status::Unchanged),
        ("1;B;Teltta;1.9.2026 18.00;20.00;;", Status::Changed),
        ("1;A;Teltta;1.9.2026 18.00;20.30;;", Status::Changed),
        ("1;A;Teltta;1.9.2026 18.00;20.00;540;", Status::Changed),
        ("1;A;Teltta;2.9.2026 18.00;20.00;;", Status::Moved),
        ("1;A;Konserttisali;1.9.2026 18.00;20.00;;", Status::Moved),
        ("1;A;Teltta;1.9.2026 18.00;20.00;;peruttu", Status::Cancelled),
        ("1;A;Teltta;2.9.2026 18.00;20.00;;cancelled", Status::Cancelled),
        ("2;B;Teltta;1.9.2026 18.00;20.00;;", Status::New),
        ("2;A;Teltta;1.9.2026 18.00;20.00;;", Status::Unclear),
        (";A;Teltta;1.9.2026 18.00;20.00;;", Status::Unchanged),
        (";A;Teltta;1.9.2026 18.00;21.00;;", Status::Changed),
        (";A;Teltta;1.9.2026 19.00;21.00;;", Status::New),
        ("1;A;Telta;1.9.2026 18.00;20.00;;", Status::Refused),
    ] {
        let comparison = compare_here(table(&[row]), &there);
        assert_eq!(statuses(&comparison), [status], "{row}");
        let again = compare_here(table(&[row]), &taken(&comparison, &there));
        let expected = if status.is_change() { Status::Unchanged } else { status };
        assert_eq!(statuses(&again), [expected], "{row}, once more");
    }
}

#[test]
fn an_event_comes_back_only_where_the_file_says_so() {
    let there = known(&["1;A;Teltta;1.9.2026 18.00;20.00;;peruttu"]);
    assert!(there[0].cancelled);
    assert_eq!(
        statuses(&compare_here(table(&[FIRST]), &there)),
        [Status::Changed],
        "a status that is empty says it takes place"
    );
    let silent = read_here("id;title;venue;start;end\n1;A;Teltta;1.9.2026 18.00;20.00\n");
    assert_eq!(statuses(&compare_here(silent, &there)), [Status::Unchanged]);
}

#[test]
fn an_event_made_by_hand_takes_the_id_of_the_file() {
    let mut there = known(&[";A;Teltta;1.9.2026 18.00;20.00;;"]);
    let comparison = compare_here(table(&[FIRST]), &there);
    assert_eq!((statuses(&comparison), comparison.rows[0].event), (vec![Status::Changed], Some(0)));
    there = taken(&comparison, &there);
    assert_eq!(there.len(), 1);
    assert_eq!(statuses(&compare_here(table(&[FIRST]), &there)), [Status::Unchanged]);
}

#[test]
fn a_new_id_is_taken_where_that_was_said() {
    let there = known(&[FIRST]);
    let other = "9;A;Teltta;1.9.2026 18.00;20.00;;";
    let takes = Answers { takes_ids: true, ..Answers::default() };
    let comparison = compare(table(&[other]).rows, &there, &venues(), takes);
    assert_eq!((statuses(&comparison), comparison.missing.len()), (vec![Status::Changed], 0));
    assert_eq!(taken(&comparison, &there)[0].external_id.as_deref(), Some("9"));
    let both = compare_here(table(&[FIRST, other]), &there);
    assert_eq!(statuses(&both), [Status::Unchanged, Status::New], "the file has both: two events");
}

#[test]
fn a_missing_end_is_as_it_was_else_as_usual_else_asked_for() {
    let without = "1;A;Teltta;1.9.2026 18.00;;;";
    assert_eq!(statuses(&compare_here(table(&[without]), &[])), [Status::Unclear]);
    let answers = Answers { usual_minutes: Some(90), ..Answers::default() };
    let usual = compare(table(&[without]).rows, &[], &venues(), answers);
    assert_eq!(statuses(&usual), [Status::New]);
    let row = &usual.rows[0].row;
    assert_eq!(row.ends_at.unwrap() - row.starts_at.unwrap(), 90 * MINUTE);
    let mut there = known(&[FIRST]);
    there[0].ends_at += HOUR;
    assert_eq!(statuses(&compare(table(&[without]).rows, &there, &venues(), answers)), [Status::Unchanged]);
    let moved = compare_here(table(&["1;A;Teltta;2.9.2026 18.00;;;"]), &there);
    assert_eq!(statuses(&moved), [Status::Moved]);
    assert_eq!(moved.rows[0].row.ends_at.unwrap() - moved.rows[0].row.starts_at.unwrap(), 3 * HOUR);
}

#[test]
fn what_stands_twice_is_refused_and_both_lines_are_named() {
    let twice = compare_here(
        table(&[
            "1;A;Teltta;1.9.2026 18.00;20.00;;",
            "2;B;Teltta;2.9.2026 18.00;20.00;;",
            "1;A;Teltta;3.9.2026 18.00;20.00;;",
        ]),
        &[],
    );
    assert_eq!(statuses(&twice), [Status::Refused, Status::New, Status::Refused]);
    assert!(twice.rows[2].row.findings.iter().any(|finding| finding.what == What::IdTwice("1".to_owned(), vec![2, 4])));
    let without = compare_here(table(&[";A;Teltta;1.9.2026 18.00;20.00;;", ";A;Teltta;1.9.2026 18.00;20.00;;"]), &[]);
    assert_eq!(statuses(&without), [Status::Refused, Status::Refused]);
}

#[test]
fn overlaps_are_allowed_and_said() {
    let both = compare_here(
        table(&[
            FIRST,
            "2;B;Teltta;1.9.2026 19.00;21.00;;",
            "3;C;Konserttisali;1.9.2026 19.00;21.00;;",
            "4;D;Teltta;1.9.2026 21.00;22.00;;",
        ]),
        &[],
    );
    assert_eq!(statuses(&both), [Status::New; 4]);
    let said: Vec<bool> = both
        .rows
        .iter()
        .map(|one| one.row.findings.iter().any(|finding| matches!(finding.what, What::Overlaps(_))))
        .collect();
    assert_eq!(said, [true, true, false, false]);
}

#[test]
fn what_is_not_in_the_file_is_said_within_its_venues_and_its_time() {
    let there = known(&[
        FIRST,
        "2;B;Teltta;2.9.2026 18.00;20.00;;",
        "3;C;Konserttisali;2.9.2026 18.00;20.00;;",
        "4;D;Teltta;9.9.2026 18.00;20.00;;",
    ]);
    let comparison = compare_here(table(&[FIRST, "5;E;Teltta;3.9.2026 18.00;20.00;;"]), &there);
    assert_eq!(comparison.missing, [1], "C is elsewhere, D is later");
}

#[test]
fn a_season_in_two_towns_is_the_same_from_a_table_and_a_calendar() {
    let mut table = String::from("id,title,venue,starts_at,ends_at\n");
    let mut calendar = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    let mut day = jiff::civil::date(2026, 9, 1);
    for number in 0..200 {
        let venue = if number % 2 == 0 { "Teltta" } else { "Konserttisali" };
        writeln!(table, "S-{number},Ilta {number},{venue},{day}T19:00,{day}T21:00").unwrap();
        let stamp = day.strftime("%Y%m%d");
        write!(
            calendar,
            "BEGIN:VEVENT\r\nUID:S-{number}\r\nSUMMARY:Ilta {number}\r\nLOCATION:{venue}\r\n\
             DTSTART;TZID=FLE Standard Time:{stamp}T190000\r\nDURATION:PT2H\r\nEND:VEVENT\r\n"
        )
        .unwrap();
        day = day.tomorrow().unwrap();
    }
    calendar.push_str("END:VCALENDAR\r\n");
    let first = compare_here(read_here(table), &[]);
    assert_eq!(statuses(&first), [Status::New; 200]);
    let again = compare_here(read_here(calendar), &taken(&first, &[]));
    assert_eq!(statuses(&again), [Status::Unchanged; 200]);
}
