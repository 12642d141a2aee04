//! CSV and its relatives: cells between semicolons, commas, tabs or bars.
//!
//! Read by hand, because the lines that are told must be those of the file, whatever ends them, and because a quote that
//! never closes swallows the rest of the file: that must be said, with the place where it opens.

use super::{MOST_COLUMNS, MOST_ROWS, Table, TableRow, columns::known_heads};
use crate::finding::What;

const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// So many rows are looked at to find the delimiter.
const SAMPLE: usize = 12;

/// Reads a text.
#[must_use]
pub fn read(text: &str) -> Table {
    let (announced, rest, line) = announced(text);
    let delimiter = announced.unwrap_or_else(|| sniff(rest));
    rows(rest, delimiter, line, MOST_ROWS)
}

/// The delimiter in a first line `sep=;`, which Excel writes and reads.
fn announced(text: &str) -> (Option<char>, &str, u32) {
    let (first, rest) = split_line(text);
    let named = first.trim().trim_matches('"');
    match named.get(..4).filter(|key| key.eq_ignore_ascii_case("sep=")).and_then(|_| named[4..].chars().next()) {
        Some(delimiter) => (Some(delimiter), rest, 2),
        None if first.eq_ignore_ascii_case("sep=\t") => (Some('\t'), rest, 2),
        None => (None, text, 1),
    }
}

fn split_line(text: &str) -> (&str, &str) {
    match text.find(['\n', '\r']) {
        Some(at) => {
            let rest = &text[at..];
            (&text[..at], rest.strip_prefix("\r\n").unwrap_or(&rest[1..]))
        }
        None => (text, ""),
    }
}

/// The delimiter by which most heads are known, and then the one that makes most cells.
fn sniff(text: &str) -> char {
    let score = |delimiter: &char| {
        let sample = rows(text, *delimiter, 1, SAMPLE);
        let known = sample.rows.iter().map(|row| known_heads(&row.cells)).max().unwrap_or(0);
        let cells = sample.rows.iter().filter(|row| !row.is_empty()).map(|row| row.cells.len()).min().unwrap_or(0);
        (known, cells)
    };
    // The first of equals.
    DELIMITERS.into_iter().rev().max_by_key(score).unwrap_or(DELIMITERS[0])
}

fn rows(text: &str, delimiter: char, first_line: u32, most: usize) -> Table {
    let mut table = Table::default();
    let mut line = first_line;
    let mut row = TableRow { line, cells: Vec::new() };
    let mut cell = String::new();
    // Where a quote opened that has not closed: its line and column.
    let mut open: Option<(u32, usize)> = None;
    let mut was_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_break = c == '\n' || (c == '\r' && chars.peek() != Some(&'\n'));
        if is_break {
            line += 1;
        }
        if open.is_some() {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => open = None,
                '\r' => {}
                other => cell.push(other),
            }
            if is_break && c == '\r' {
                cell.push('\n');
            }
        } else if c == '"' && !was_quoted && cell.trim().is_empty() {
            cell.clear();
            was_quoted = true;
            open = Some((line, row.cells.len() + 1));
        } else if c == delimiter {
            row.cells.push(std::mem::take(&mut cell));
            was_quoted = false;
        } else if is_break {
            row.cells.push(std::mem::take(&mut cell));
            was_quoted = false;
            table.rows.push(std::mem::replace(&mut row, TableRow { line, cells: Vec::new() }));
            if table.rows.len() >= most {
                return full(table, chars.peek().is_some() && most == MOST_ROWS);
            }
        } else if c != '\r' {
            cell.push(c);
        }
        if row.cells.len() > MOST_COLUMNS {
            // A row so wide is refused where its cells are read.
            row.cells.truncate(MOST_COLUMNS);
        }
    }
    if let Some((line, column)) = open {
        table.findings.push(What::QuoteNeverCloses.at(line, u32::try_from(column).ok()));
    } else if !cell.is_empty() || was_quoted || !row.cells.is_empty() {
        row.cells.push(cell);
        table.rows.push(row);
    }
    table
}

fn full(mut table: Table, has_more: bool) -> Table {
    if has_more {
        table.findings.push(What::TooManyRows(MOST_ROWS).of_file());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        read(text).rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_line_end_counts_as_one_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id;title", "1;\"a", "b\"", "2;c", ""].join(end);
            assert_eq!(
                cells(&text),
                [row(1, &["id", "title"]), row(2, &["1", "a\nb"]), row(4, &["2", "c"])],
                "{end:?}"
            );
        }
    }

    #[test]
    fn delimiters_are_found_by_the_heads() {
        assert_eq!(cells("id,title\n1,\"a;b;c\"\n")[1].1, ["1", "a;b;c"]);
        assert_eq!(cells("id\ttitle\n1\ta, b, c, d\n")[1].1, ["1", "a, b, c, d"]);
        assert_eq!(cells("sep=|\nid|title\n")[0], row(2, &["id", "title"]));
        assert_eq!(cells("nro;hinta;esitys\n1;24,50;a\n")[1].1, ["1", "24,50", "a"]);
    }

    #[test]
    fn quotes_are_doubled_or_mere_characters() {
        assert_eq!(
            cells("id;title\n1;\"a \"\"b\"\"\"\n2;c \"d\"")[1..],
            [row(2, &["1", "a \"b\""]), row(3, &["2", "c \"d\""])]
        );
        let open = read("id;title\n1;a\n2;\"b\n3;c\n");
        assert_eq!(open.findings, [What::QuoteNeverCloses.at(3, Some(2))]);
        assert_eq!(open.rows.len(), 2);
    }
}
