//! Files that are broken, enormous, or meant to break something.

use std::io::Write;

use programme::finding::What;
use proptest::prelude::*;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::read_here;

fn zipped(name: &str, size: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
    let piece = vec![b' '; 1 << 20];
    for _ in 0..size / piece.len() {
        zip.write_all(&piece).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_too_large_is_said_before_it_is_unpacked() {
    let bomb = zipped("xl/worksheets/sheet1.xml", 70 << 20);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(read_here(&bomb).findings[0].what, What::UnpacksTooLarge(_)));
    // A header that says the file is small is not believed either.
    let mut lying = bomb.clone();
    let directory = lying.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    lying[directory + 24..directory + 28].copy_from_slice(&1_000_u32.to_le_bytes());
    assert!(!read_here(&lying).findings.is_empty());
    assert!(matches!(read_here(vec![b'a'; 20 << 20]).findings[0].what, What::FileTooLarge(_)));
}

#[test]
fn what_is_no_programme_is_said_to_be_none() {
    for bytes in [&b""[..], b"   \r\n ", b"\xef\xbb\xbf", b"\xff\xfe"] {
        assert_eq!(read_here(bytes).findings, [What::EmptyFile.of_file()], "{bytes:?}");
    }
    for bytes in [&b"%PDF-1.7 \n1;2"[..], b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        assert_eq!(read_here(bytes).findings, [What::UnknownFormat.of_file()]);
    }
    assert!(matches!(read_here(b"PK\x03\x04 and no more").findings[0].what, What::Damaged(_)));
    assert!(matches!(read_here("<html><body>Sign in</body></html>").findings[0].what, What::NoHeads(_)));
}

#[test]
fn ten_thousand_rows_are_read_whole() {
    let rows: Vec<String> =
        (0..10_000).map(|n| format!("{n};Ilta {n};Teltta;{}.{}.2026;18.30;20.30\n", n % 28 + 1, n % 12 + 1)).collect();
    let reading = read_here(format!("id;title;venue;date;time;end\n{}", rows.concat()));
    assert_eq!(reading.rows.len(), 10_000);
    assert!(reading.rows.iter().all(|row| row.findings.is_empty()));
}

/// Pieces of files, put together at random.
const PIECES: [&str; 44] = [
    "id;title;venue;start;end\n",
    "id,title,venue,start,end\n",
    "1;A;Teltta;1.2.2026 18.30;20.30\n",
    "\"",
    ";",
    ",",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\u{feff}",
    "\0",
    "BEGIN:VCALENDAR\r\n",
    "END:VCALENDAR\r\n",
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "UID:1\r\n",
    "SUMMARY:A\r\n",
    "LOCATION:Teltta\r\n",
    "DTSTART;TZID=FLE Standard Time:20261107T190000\r\n",
    "DTSTART;VALUE=DATE:20261107\r\n",
    "DTEND:20261107T210000Z\r\n",
    "DURATION:PT2H\r\n",
    "DURATION:P9999999W\r\n",
    "RRULE:FREQ=DAILY;COUNT=3\r\n",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n",
    "RRULE:FREQ=WEEKLY;BYDAY=+53SU;BYSETPOS=-366\r\n",
    "RRULE:FREQ=MONTHLY;BYWEEKNO=53;BYYEARDAY=-366\r\n",
    "EXDATE:20261107\r\n",
    "RDATE:20261108T190000\r\n",
    "RECURRENCE-ID:20261108T190000\r\n",
    "BEGIN:VTIMEZONE\r\nTZID:X\r\n",
    "BEGIN:STANDARD\r\nDTSTART:16010101T040000\r\n",
    "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+1800\r\n",
    "END:STANDARD\r\nEND:VTIMEZONE\r\n",
    "DTSTART;TZID=X:99991231T235959\r\n",
    " folded\r\n",
    "31.2.2026",
    "03/04/2026 18:30",
    "29.3.2026 3.30",
    "46055,77",
    "sep=;\n",
    "ä–€",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_here(&bytes);
        read_here([b"PK\x03\x04", &bytes[..]].concat());
        read_here([b"BEGIN:VCALENDAR\r\n", &bytes[..]].concat());
        read_here([b"id;title;venue;start;end\n", &bytes[..]].concat());
    }

    #[test]
    fn no_pieces_break_it(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40)) {
        read_here(pieces.concat());
        read_here(format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{}", pieces.concat()));
    }

    /// A row is an event, refused or not, or is said to be none; unless a quote swallows what follows, which is said too.
    #[test]
    fn no_row_is_lost(cells in proptest::collection::vec(proptest::collection::vec("[a-z0-9.:\"; \u{e4}-]{0,12}", 1..7), 0..12)) {
        let rows: String = cells.iter().map(|row| row.join(";") + "\n").collect();
        let reading = read_here(format!("id;title;venue;start;end\n{rows}"));
        let is_open = reading.findings.iter().any(|finding| finding.what == What::QuoteNeverCloses);
        let has_breaks = rows.contains('"');
        let told = reading.findings.iter().filter(|finding| matches!(finding.what, What::EmptyRow | What::NoEvent(_))).count();
        if !is_open && !has_breaks {
            prop_assert_eq!(reading.rows.len() + told, cells.len());
        }
        prop_assert!(is_open || has_breaks || reading.rows.iter().all(|row| row.line >= 2));
    }
}
