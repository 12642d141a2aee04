//! From the bytes of a file to its rows, whatever kind of file it is.

use crate::{
    calendar,
    encodings::decode,
    finding::What,
    options::{Options, Reading},
    table::{self, delimited, workbook},
    venues::KnownVenue,
};

/// The largest file, in bytes: ten thousand events of a calendar are half of it.
pub(crate) const LARGEST_FILE: usize = 16 * 1024 * 1024;

/// Reads a file.
#[must_use]
pub fn read(bytes: &[u8], venues: &[KnownVenue], options: &Options) -> Reading {
    match rows(bytes, venues, options) {
        Ok(reading) => reading,
        Err(what) => Reading { findings: vec![what.of_file()], ..Reading::default() },
    }
}

fn rows(bytes: &[u8], venues: &[KnownVenue], options: &Options) -> Result<Reading, What> {
    if bytes.len() > LARGEST_FILE {
        return Err(What::FileTooLarge(LARGEST_FILE as u64));
    }
    if workbook::is_workbook(bytes) {
        let table = workbook::read(bytes)?;
        return Ok(table::events::read(&table, venues, options));
    }
    if BINARY.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(What::UnknownFormat);
    }
    let mut reading = if let Some(lines) = calendar::lines::unfold(bytes) {
        calendar::events::read(&lines, venues, options)
    } else {
        let decoded = decode(bytes);
        if decoded.text.trim().is_empty() {
            return Err(What::EmptyFile);
        }
        let mut reading = table::events::read(&delimited::read(&decoded.text), venues, options);
        reading.findings.splice(0..0, decoded.guessed.map(|name| What::EncodingGuessed(name).of_file()));
        reading
    };
    if reading.rows.len() > table::MOST_ROWS {
        reading.rows.clear();
        reading.findings.push(What::TooManyRows(table::MOST_ROWS).of_file());
    }
    Ok(reading)
}

/// The first bytes of what people take for a programme and is none: old Excel files, PDF, pictures.
const BINARY: [&[u8]; 5] = [b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"];
