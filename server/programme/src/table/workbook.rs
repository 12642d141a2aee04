//! XLSX and ODS. The size is measured before anything is unpacked in memory: what a file says of itself is not believed.

use std::io::{Cursor, Read, copy, sink};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use zip::ZipArchive;

use super::{MOST_COLUMNS, MOST_ROWS, Table, TableRow};
use crate::finding::What;

/// Unpacked, a programme is no larger.
const UNPACKED: u64 = 64 * 1024 * 1024;

/// So many files are in a workbook at the most.
const FILES: usize = 2_000;

/// The cells that one may hold.
const CELLS: usize = 2_000_000;

/// Whether these are the first bytes of a workbook.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first sheet that holds anything.
///
/// # Errors
/// Where the file is damaged, or would be larger than any programme.
pub fn read(bytes: &[u8]) -> Result<Table, What> {
    let names = measured(bytes)?;
    if names.iter().any(|name| name == "content.xml") { ods(bytes) } else { xlsx(bytes) }
}

/// Unpacks everything once, into nothing, and returns the names.
fn measured(bytes: &[u8]) -> Result<Vec<String>, What> {
    let damaged = |error: &dyn std::fmt::Display| What::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > FILES {
        return Err(What::UnpacksTooLarge(UNPACKED));
    }
    let (mut names, mut left) = (Vec::new(), UNPACKED);
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).map_err(|error| damaged(&error))?;
        if file.size() > left {
            return Err(What::UnpacksTooLarge(UNPACKED));
        }
        names.push(file.name().map(std::borrow::Cow::into_owned).unwrap_or_default());
        let unpacked = copy(&mut file.by_ref().take(left + 1), &mut sink()).map_err(|error| damaged(&error))?;
        left = left.checked_sub(unpacked).ok_or(What::UnpacksTooLarge(UNPACKED))?;
    }
    Ok(names)
}

fn xlsx(bytes: &[u8]) -> Result<Table, What> {
    let damaged = |error: calamine::XlsxError| What::Damaged(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let is_1904 = workbook.has_1904_epoch();
    let mut first: Option<Table> = None;
    for sheet in workbook.sheet_names() {
        let mut cells = Cells::default();
        // Cell by cell: a range would be as large as the place of the last cell says.
        let Ok(mut reader) = workbook.worksheet_cells_reader(&sheet) else { continue };
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::SharedString(text) => (*text).to_owned(),
                other => written(&Data::from(other.clone())),
            };
            cells.add(row, column, text)?;
            // Of another sheet it is enough to know that it holds something.
            if first.is_some() && cells.count > 0 {
                break;
            }
        }
        first = Some(match first {
            None if cells.rows.is_empty() => continue,
            None => cells.table(is_1904),
            Some(table) => table.beside(sheet, &cells),
        });
    }
    first.ok_or(What::EmptyFile)
}

fn ods(bytes: &[u8]) -> Result<Table, What> {
    refuse_repeated_cells(bytes)?;
    let damaged = |error: calamine::OdsError| What::Damaged(error.to_string());
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut first: Option<Table> = None;
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).map_err(damaged)?;
        let Some((top, left)) = range.start() else { continue };
        let mut cells = Cells::default();
        for (row, column, value) in range.used_cells() {
            let place = |number: usize, from: u32| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(from);
            cells.add(place(row, top), place(column, left), written(value))?;
        }
        first = Some(match first {
            None if cells.rows.is_empty() => continue,
            None => cells.table(false),
            Some(table) => table.beside(sheet, &cells),
        });
    }
    first.ok_or(What::EmptyFile)
}

impl Table {
    /// The same, with a word about another sheet where that holds anything.
    fn beside(mut self, sheet: String, cells: &Cells) -> Self {
        if cells.count > 0 {
            self.findings.push(What::OtherSheet(sheet).of_file());
        }
        self
    }
}

/// A sheet may say of one row that it stands there a million times. Programs say so of empty rows below the last one;
/// where cells are meant, the rows in memory would be as many.
fn refuse_repeated_cells(bytes: &[u8]) -> Result<(), What> {
    let damaged = |error: &dyn std::fmt::Display| What::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut content = String::new();
    let mut file = archive.by_name("content.xml").map_err(|error| damaged(&error))?;
    file.by_ref().take(UNPACKED).read_to_string(&mut content).map_err(|error| damaged(&error))?;
    let mut total: u64 = 0;
    for row in content.split("<table:table-row").skip(1) {
        let row = row.split("</table:table-row").next().unwrap_or(row);
        let (head, cells) = row.split_once('>').unwrap_or((row, ""));
        // What has no value holds nothing, however often it is repeated.
        if !cells.contains("office:value") && !cells.contains("<text:p") && !cells.contains("table:formula") {
            continue;
        }
        let rows = repeated(head, "table:number-rows-repeated=");
        let columns: u64 = cells
            .split("<table:")
            .filter(|cell| cell.contains("office:value") || cell.contains("<text:p") || cell.contains("table:formula"))
            .map(|cell| repeated(cell, "table:number-columns-repeated="))
            .fold(0, u64::saturating_add);
        total = total.saturating_add(rows.saturating_mul(columns));
    }
    if total > CELLS as u64 { Err(What::UnpacksTooLarge(UNPACKED)) } else { Ok(()) }
}

fn repeated(text: &str, attribute: &str) -> u64 {
    let value = text.split_once(attribute).and_then(|(_, rest)| {
        let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        rest[1..].split(mark).next()
    });
    value.map_or(1, |value| value.trim().parse().unwrap_or(u64::MAX))
}

/// Cells as they come, row by row.
#[derive(Default)]
struct Cells {
    rows: std::collections::BTreeMap<u32, Vec<String>>,
    count: usize,
}

impl Cells {
    fn add(&mut self, row: u32, column: u32, text: String) -> Result<(), What> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let column = column as usize;
        self.count += 1;
        if self.count > CELLS {
            return Err(What::UnpacksTooLarge(UNPACKED));
        }
        let cells = self.rows.entry(row).or_default();
        // So far to the right stand notes, and no columns of a programme: they are refused with their row.
        let column = column.min(MOST_COLUMNS);
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        if self.rows.len() > MOST_ROWS { Err(What::TooManyRows(MOST_ROWS)) } else { Ok(()) }
    }

    fn table(self, is_1904: bool) -> Table {
        let rows = self.rows.into_iter().map(|(row, cells)| TableRow { line: row.saturating_add(1), cells }).collect();
        Table { rows, is_1904, findings: Vec::new() }
    }
}

/// A value as text; days and times as in ISO 8601, which can be read in one way only.
fn written(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(is_true) => is_true.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(at) => date_and_time(*at),
        Data::DurationIso(duration) => clock_of(duration).unwrap_or_else(|| duration.clone()),
    }
}

fn date_and_time(at: ExcelDateTime) -> String {
    let number = at.as_f64();
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^63")]
    let minutes = (number * 1_440.0).round() as i64;
    if at.is_duration() || (0.0..1.0).contains(&number) {
        return format!("{:02}:{:02}", minutes / 60, minutes % 60);
    }
    // To the minute: what comes out of a sum is a second short of it.
    #[expect(clippy::cast_precision_loss, reason = "minutes of a few centuries")]
    let rounded =
        ExcelDateTime::new(minutes as f64 / 1_440.0 + 1e-7, calamine::ExcelDateTimeType::DateTime, is_1904(at));
    let (year, month, day, hour, minute, ..) = rounded.to_ymd_hms_milli();
    if minutes % 1_440 == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

/// Whether a date counts from 1904, which it tells only by what day it is.
fn is_1904(at: ExcelDateTime) -> bool {
    let from_1900 = ExcelDateTime::new(at.as_f64(), calamine::ExcelDateTimeType::DateTime, false);
    from_1900.to_ymd_hms_milli() != at.to_ymd_hms_milli()
}

/// The time that ODS writes as how long it is since midnight: `PT18H30M00S`.
fn clock_of(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let minutes = rest.split_once('M').map_or("0", |(minutes, _)| minutes);
    Some(format!("{:02}:{:02}", hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?))
}
