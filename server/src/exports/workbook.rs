//! XLSX: a sheet of texts and numbers. Nothing in it is computed.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Exported, HEADS};

/// Columns of numbers.
const NUMBERS: std::ops::Range<usize> = 6..10;

/// The file.
///
/// # Errors
/// Where there is more than a sheet can hold.
pub fn xlsx(events: &[Exported<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, head) in (0_u16..).zip(HEADS) {
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (row, one) in (1_u32..).zip(events) {
        for (column, (place, cell)) in (0_u16..).zip(one.cells().into_iter().enumerate()) {
            match cell.parse::<u32>() {
                Ok(people) if NUMBERS.contains(&place) => sheet.write_number(row, column, people)?,
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    sheet.autofit();
    workbook.save_to_buffer()
}
