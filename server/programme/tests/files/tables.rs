//! Tables of other senders: other languages, separators, orders of dates, and spreadsheets.

use programme::{
    Options,
    field::{Field, Mapping},
    finding::{TwoDates, Weight, What},
    moments::order::Order,
    read,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::{errors, found, lines, options, read_here, venues};

fn times(text: &str) -> Vec<String> {
    lines(&read_here(text)).iter().map(|line| line.splitn(4, '|').nth(3).unwrap().replace("|-", "")).collect()
}

/// Dates of one column, in otherwise sound rows.
fn dated(cells: &[&str]) -> String {
    let rows = cells.iter().enumerate().map(|(at, cell)| format!("{at};A {at};Teltta;{cell};2 h\n"));
    format!("id;title;venue;start;duration\n{}", rows.collect::<String>())
}

#[test]
fn a_swedish_excel() {
    let text = "Nr;Föreställning;Spelplats;Datum;Kl.;Slutar;Sålda biljetter;Status\r\n\
                1;Cirkusfeber;Teltta;lör 7.2.2026;kl. 19;21.15;1 050;\r\n\
                2;Höstkonsert;Konserttisali;2026-02-08;15:00;17:00;;Inställd\r\n\
                3;Höstkonsert;Konserttisali;9 februari 2026;kl 18;20;;bekräftad\r\n";
    let reading = read_here(text);
    assert_eq!(
        lines(&reading),
        [
            "1|Cirkusfeber|Teltta|2026-02-07 17:00|2026-02-07 19:15|1050",
            "2|Höstkonsert|Konserttisali|2026-02-08 13:00|2026-02-08 15:00|-",
            "3|Höstkonsert|Konserttisali|2026-02-09 16:00|2026-02-09 18:00|-",
        ]
    );
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let cancelled: Vec<Option<bool>> = reading.rows.iter().map(|row| row.cancelled).collect();
    assert_eq!(cancelled, [Some(false), Some(true), Some(false)]);
}

#[test]
fn tabs_in_two_bytes() {
    let text = "ID\tSHOW NAME\tVenue_Code\tStart Date\tStart_Time\tEnd Time\r\n7\tValoa kohti\tTEL\t1.2.2026\t18.30\t20.45\r\n";
    for (mark, order) in
        [(true, u16::to_le_bytes as fn(u16) -> [u8; 2]), (true, u16::to_be_bytes), (false, u16::to_le_bytes)]
    {
        let bytes: Vec<u8> = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(order).collect();
        let reading = read_here(&bytes);
        assert_eq!(lines(&reading), ["7|Valoa kohti|Teltta|2026-02-01 16:30|2026-02-01 18:45|-"]);
        assert_eq!(reading.findings.is_empty(), mark, "a guess is said");
    }
}

#[test]
fn one_file_has_one_order_of_day_and_month() {
    let first = ["2026-04-03 15:30|2026-04-03 17:30", "2026-12-25 16:30|2026-12-25 18:30"];
    assert_eq!(times(&dated(&["03/04/2026 18:30", "25/12/2026 18:30"])), first);
    assert_eq!(times(&dated(&["04/03/2026 6:30 PM", "12/25/2026 6:30 PM"])), first);
    let weekday = dated(&["Fri 03/04/2026 18:30", "11/05/2026 18:30"]);
    assert_eq!(times(&weekday)[1], "2026-05-11 15:30|2026-05-11 17:30", "3 April is a Friday, 4 March is none");

    let mixed = read_here(dated(&["25/12/2026 18:30", "12/25/2026 18:30", "01/02/2026 18:30"]));
    assert_eq!(mixed.rows.iter().filter(|row| row.is_refused()).count(), 3, "{mixed:?}");
    let text = dated(&["03/04/2026 18:30", "05/05/2026 18:30"]);
    let unknown = read_here(&text);
    assert!(matches!(errors(&unknown)[..], [(2, Some(4), What::DayOrMonth(_, Some(TwoDates { .. })))]));
    let chosen = read(text.as_bytes(), &venues(), &Options { order: Order::MonthFirst, ..options() });
    assert_eq!(lines(&chosen)[0], "0|A 0|Teltta|2026-03-04 16:30|2026-03-04 18:30|-");
}

#[test]
fn dates_and_times_in_many_forms() {
    let expected = "2026-02-01 16:30|2026-02-01 18:30";
    for cell in [
        "1.2.2026 18.30",
        "1.2.2026 klo 18.30",
        "01.02.2026 18:30",
        "1. 2. 2026 klo 18.30",
        "su 1.2.2026 18.30",
        "Sunnuntai 1.2.2026 klo 18.30",
        "1. helmikuuta 2026 klo 18.30",
        "söndag 1 februari 2026 kl. 18.30",
        "February 1, 2026 6:30 pm",
        "1 Feb 2026, 6.30 p.m.",
        "Sun, 1 Feb 2026 18:30",
        "2026-02-01T18:30",
        "2026-02-01 18:30:00",
        "2026-02-01T18:30:00+02:00",
        "2026-02-01T16:30:00Z",
        "2026-02-01T16:30Z",
        "20260201T183000",
        "2026-02-01T11:30:00-05:00",
        "2026-02-01 16:30:00.000 UTC",
        "2026/02/01 18.30",
        "1.2.26 18.30",
        "1.2.2026\u{a0}18.30",
        "46054,7708333",
        "46054.7708333",
        "su 1.2.2026 kello 18.30",
        "klo 18.30, su 1.2.2026",
        "18.30 1.2.2026",
        "6:30 PM on 1 February 2026",
        "1.2.2026, klo 18:30",
    ] {
        assert_eq!(times(&dated(&[cell])), [expected], "{cell}");
    }
    for (cell, column) in [
        ("31.2.2026 18.30", 4),
        ("1.2.2026", 4),
        ("1.2. klo 18.30", 4),
        ("klo 18.30", 4),
        ("huomenna", 4),
        ("1.2.2026 25.00", 4),
        ("1.2.2026 18.75", 4),
        ("13/13/2026 18:30", 4),
        ("29.2.2026 18.30", 4),
        ("29.3.2026 3.30", 4),
        ("02-03-04 18:30", 4),
        ("2026-02-30T18:30", 4),
        ("1.2.2026 13:30 pm", 4),
        ("", 4),
    ] {
        let reading = read_here(dated(&[cell]));
        let all = errors(&reading);
        assert!(all.len() == 1 && (all[0].0, all[0].1) == (2, Some(column)), "{cell}: {all:?}");
        assert_eq!(reading.rows[0].starts_at, None, "{cell}");
    }
}

#[test]
fn ends_as_people_write_them() {
    let spans = |cells: &[(&str, &str)]| {
        let rows = cells.iter().map(|(from, until)| format!("A;Teltta;1.2.2026;{from};{until}\n"));
        times(&format!("title;venue;date;time;ends\n{}", rows.collect::<String>()))
    };
    for (from, until) in [
        ("18.30", "20.45"),
        ("18.30–20.45", ""),
        ("klo 18.30 - 20.45", ""),
        ("kl. 18.30", "kl. 20.45"),
        ("18:30:00", "20:45:00"),
        ("6.30 pm", "8.45 pm"),
        ("18.30", "1.2.2026 20.45"),
        ("0,770833333", "0,864583333"),
        ("1830", "2045"),
        ("18h30", "20h45"),
        ("18.30", "2026-02-01T20:45"),
        ("18.30 to 20.45", ""),
    ] {
        assert_eq!(spans(&[(from, until)]), ["2026-02-01 16:30|2026-02-01 18:45"], "{from} {until}");
    }
    assert_eq!(spans(&[("22.30", "1.15")]), ["2026-02-01 20:30|2026-02-01 23:15"]);
    assert_eq!(spans(&[("22.30", "24.00")]), ["2026-02-01 20:30|2026-02-01 22:00"]);
    assert_eq!(spans(&[("19", "21")]), ["2026-02-01 17:00|2026-02-01 19:00"]);
    for (until, is_asked) in [("18.30", true), ("", true), ("17.30", false), ("31.1.2026 20.00", false)] {
        let reading = read_here(format!("title;venue;date;time;ends\nA;Teltta;1.2.2026;18.30;{until}\n"));
        assert_eq!(found(&reading.rows, Weight::Question).len(), usize::from(is_asked), "{until}");
        assert_eq!(errors(&reading).len(), usize::from(!is_asked), "{until}");
        assert_eq!(reading.rows[0].ends_at, None);
    }
}

#[test]
fn programs_fill_what_they_do_not_know() {
    let text = "title,venue,date,time,ends\nA,Teltta,2026-02-01 00:00:00,18:30:00,1899-12-30 20:45:00\n";
    assert_eq!(times(text), ["2026-02-01 16:30|2026-02-01 18:45"]);
    let midnight = read_here("title,venue,date\nA,Teltta,2026-02-01 00:00:00\n");
    assert!(
        matches!(errors(&midnight)[0], (2, Some(3), What::NoTime(_))),
        "no show begins because a program fills with zeros"
    );
}

#[test]
fn two_columns_that_say_the_same() {
    let text = "id;title;Paikka;Sali;start;end\n1;A;Helsinki;Teltta;1.2.2026 18.30;20.30\n2;B;Teltta;Konserttisali;1.2.2026 18.30;20.30\n3;C;Teltta;;2.2.2026 18.30;20.30\n";
    let reading = read_here(text);
    assert_eq!(reading.rows.iter().map(|row| row.venue).collect::<Vec<_>>(), [Some(0), None, Some(0)]);
    assert!(matches!(errors(&reading)[..], [(3, Some(4), What::Contradiction(Field::Venue, ..))]));
    assert!(
        matches!(&reading.findings[..], [one] if one.column == Some(4) && matches!(one.what, What::ColumnsAlike(Field::Venue, _)))
    );

    let text = "id;id;title;venue;start;end\n1;1;A;Teltta;1.2.2026 18.30;20.30\n2;3;B;Teltta;2.2.2026 18.30;20.30\n";
    let reading = read_here(text);
    assert!(
        matches!(errors(&reading)[..], [(3, Some(2), What::Contradiction(Field::Id, ..))]),
        "{:?}",
        errors(&reading)
    );
}

#[test]
fn columns_mapped_by_hand() {
    let text = "Kuka;Missä päin;Milloin alkaa\nValoa kohti;Teltta;1.2.2026 18.30–20.30\n";
    assert!(matches!(read_here(text).findings[0].what, What::NoHeads(_)));
    let mappings =
        [("kuka", Field::Title), ("2", Field::Venue), ("Milloin alkaa", Field::Start), ("Hinta", Field::Ignored)]
            .map(|(column, field)| Mapping { column: column.to_owned(), field });
    let reading = read(text.as_bytes(), &venues(), &Options { mappings: mappings.to_vec(), ..options() });
    assert_eq!(lines(&reading), ["-|Valoa kohti|Teltta|2026-02-01 16:30|2026-02-01 18:30|-"]);
    assert_eq!(reading.findings, [What::NoSuchColumn("Hinta".to_owned()).at(1, None)]);
}

#[test]
fn marks_and_heads_in_the_middle_are_passed_over() {
    let text = "\u{feff}Kausi 2026;;\n;;\n\u{feff}title;venue;start;end\nA;Teltta;1.2.2026 18.30;20.30\n\u{feff}title;venue;start;end\n\u{feff}B;Teltta;2.2.2026 18.30;20.30\n";
    let reading = read_here(text);
    assert_eq!(
        reading.rows.iter().map(|row| (row.line, row.title.as_deref().unwrap())).collect::<Vec<_>>(),
        [(4, "A"), (6, "B")]
    );
    let passed: Vec<Option<u32>> = reading.findings.iter().map(|finding| finding.line).collect();
    assert_eq!(passed, [Some(1), Some(5)]);
}

#[test]
fn rows_that_are_too_wide_or_hold_what_no_text_may() {
    let reading = read_here(
        "id,title,venue,start,end\n1,Yö, joka jatkuu,Teltta,1.2.2026 18.30,20.30\n2,A\0B,Teltta,1.2.2026 18.30,20.30\n",
    );
    let places: Vec<(u32, Option<u32>)> = errors(&reading).iter().map(|(line, column, _)| (*line, *column)).collect();
    assert!(places.contains(&(2, Some(6))) && places.contains(&(3, Some(2))), "{places:?}");
    let open = read_here(
        "id;title;venue;start;end\n1;A;Teltta;1.2.2026 18.30;20.30\n2;\"B;Teltta;2.2.2026 18.30;20.30\n3;C;Teltta;3.2.2026 18.30;20.30\n",
    );
    assert_eq!((open.rows.len(), &open.findings[..]), (1, &[What::QuoteNeverCloses.at(3, Some(2))][..]));
}

fn workbook() -> Vec<u8> {
    let (mut workbook, date, clock) =
        (Workbook::new(), Format::new().set_num_format("d.m.yyyy"), Format::new().set_num_format("hh:mm"));
    let sheet = workbook.add_worksheet();
    for (column, head) in (0..).zip(["Tunnus", "Esitys", "Paikka", "Päivä", "Klo", "Päättyy", "Yleisö"]) {
        sheet.write(1, column, head).unwrap();
    }
    let at = |text: &str| ExcelDateTime::parse_from_str(text).unwrap();
    sheet.write(0, 0, "Kevät 2026").unwrap();
    sheet.write(2, 0, 1001).unwrap();
    sheet.write(2, 1, "Valoa kohti").unwrap();
    sheet.write(2, 2, "Teltta").unwrap();
    sheet.write_with_format(2, 3, at("2026-02-01"), &date).unwrap();
    sheet.write_with_format(2, 4, at("18:30"), &clock).unwrap();
    sheet.write_with_format(2, 5, at("20:45"), &clock).unwrap();
    sheet.write(2, 6, 1_234.0).unwrap();
    // A row without an end and with a date as a mere number, below an empty one.
    sheet.write(4, 0, "1002").unwrap();
    sheet.write(4, 1, "Häämatka").unwrap();
    sheet.write(4, 2, "Salli").unwrap();
    sheet.write(4, 3, 46_055.0).unwrap();
    sheet.write(4, 4, "klo 19").unwrap();
    workbook.add_worksheet().set_name("Tyhjä").unwrap();
    workbook.add_worksheet().set_name("Hinnat").unwrap().write(0, 0, "Aikuiset").unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_real_dates() {
    let reading = read_here(workbook());
    assert_eq!(
        lines(&reading),
        ["1001|Valoa kohti|Teltta|2026-02-01 16:30|2026-02-01 18:45|1234", "1002|Häämatka|-|2026-02-02 17:00|-|-",]
    );
    assert_eq!(reading.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 5]);
    assert!(reading.findings.contains(&What::OtherSheet("Hinnat".to_owned()).of_file()), "{:?}", reading.findings);
    assert!(!reading.findings.contains(&What::OtherSheet("Tyhjä".to_owned()).of_file()));
    let near = Some("Konserttisali".to_owned());
    assert!(
        matches!(&errors(&reading)[..], [(5, Some(3), What::UnknownVenue(read, found))] if read == "Salli" && (*found == near || found.is_some()))
    );
}

/// The smallest file that programs which read ODS take for one.
fn ods(rows: &str) -> Vec<u8> {
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    add("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    add(
        "META-INF/manifest.xml",
        "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
    );
    add(
        "content.xml",
        &format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
             <office:body><office:spreadsheet><table:table table:name=\"Taulu1\">{rows}</table:table></office:spreadsheet></office:body>\
             </office:document-content>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

fn row(cells: &[&str]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn cell(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

#[test]
fn a_sheet_of_libreoffice_with_real_dates() {
    let heads: Vec<String> = ["Nimi", "Paikka", "Päivä", "Alkaa", "Loppuu"].iter().map(|head| cell(head)).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let (title, venue) = (cell("Valoa kohti"), cell("Teltta"));
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-02-01\"><text:p>01.02.26</text:p></table:table-cell>";
    let clock = |value: &str| {
        format!(
            "<table:table-cell office:value-type=\"time\" office:time-value=\"{value}\"><text:p>x</text:p></table:table-cell>"
        )
    };
    let rows = row(&heads)
        + &row(&[&title, &venue, date, &clock("PT18H30M00S"), &clock("PT20H45M00S")])
        + "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    assert_eq!(lines(&read_here(ods(&rows))), ["-|Valoa kohti|Teltta|2026-02-01 16:30|2026-02-01 18:45|-"]);
}

#[test]
fn a_sheet_that_says_it_is_endless_is_refused() {
    let endless = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"10000\" \
                   office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let reading = read_here(ods(endless));
    assert!(matches!(reading.findings[0].what, What::UnpacksTooLarge(_)), "{:?}", reading.findings);
}
