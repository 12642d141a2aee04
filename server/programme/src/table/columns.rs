//! What each column of a table holds: by its head, or by hand.

use super::{TableRow, heads::HEADS};
use crate::{
    field::{Field, Mapping},
    finding::{Finding, What},
    folded::{folded, one_line},
    options::Column,
};

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// what each holds; `None` where nobody knows
    fields: Vec<Option<Field>>,
    /// as they are called
    heads: Vec<String>,
    /// whether what they are called by is the first event: the table has no heads
    is_headless: bool,
}

/// How many cells of a row are heads that are known.
#[must_use]
pub fn known_heads(cells: &[String]) -> usize {
    cells.iter().filter(|cell| known(cell).is_some()).count()
}

/// The field that a head names; what stands in brackets behind it does not matter.
fn known(head: &str) -> Option<Field> {
    let plain = head.split(['(', '[', '/']).next().unwrap_or(head);
    [folded(head), folded(plain)]
        .into_iter()
        .filter(|head| !head.is_empty() && head.len() < 40)
        .find_map(|head| HEADS.iter().find(|(_, names)| names.contains(&head.as_str())).map(|(field, _)| *field))
}

/// So far down the heads may be, below a title or a note.
const SEARCHED: usize = 15;

impl Columns {
    /// Finds the heads in a table, and where they are.
    ///
    /// # Errors
    /// Where no row names two columns that are known, or one and a mapping by hand.
    pub fn find(rows: &[TableRow], by_hand: &[Mapping]) -> Result<(Self, usize), What> {
        let score = |row: &TableRow| {
            let mapped = by_hand.iter().filter(|mapping| place(&row.cells, &mapping.column).is_some()).count();
            known_heads(&row.cells) + 2 * mapped
        };
        let best = rows.iter().enumerate().take(SEARCHED).rev().max_by_key(|(_, row)| score(row));
        match best {
            Some((at, row)) if score(row) >= 2 => Ok((Self::of(row, by_hand), at)),
            _ => {
                let first = rows.iter().find(|row| !row.is_empty());
                Err(What::NoHeads(
                    first.map(|row| row.cells.iter().map(|cell| one_line(cell)).collect()).unwrap_or_default(),
                ))
            }
        }
    }

    fn of(row: &TableRow, by_hand: &[Mapping]) -> Self {
        let heads: Vec<String> = row.cells.iter().map(|cell| one_line(cell)).collect();
        let mut fields: Vec<Option<Field>> = heads.iter().map(|head| known(head)).collect();
        for mapping in by_hand {
            if let Some(place) = place(&row.cells, &mapping.column) {
                // What is said by hand is meant instead of what the heads say.
                if mapping.field != Field::Ignored {
                    fields.iter_mut().filter(|field| **field == Some(mapping.field)).for_each(|field| *field = None);
                }
                fields[place] = Some(mapping.field);
            }
        }
        let is_headless = known_heads(&row.cells) == 0 && is_data(&fields, row);
        Self { fields, heads, is_headless }
    }

    /// Which row is the first that may be an event, where this one says what the columns are called.
    #[must_use]
    pub fn first_event(&self, head: usize) -> usize {
        if self.is_headless { head } else { head + 1 }
    }

    /// The columns that hold something, from the left.
    pub fn with(&self, field: Field) -> impl Iterator<Item = usize> {
        self.fields.iter().enumerate().filter(move |(_, held)| **held == Some(field)).map(|(place, _)| place)
    }

    /// Whether a column holds it.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.with(field).next().is_some()
    }

    /// Whether the table names no events of its own, but says how many were at those that are there: a count, no title.
    #[must_use]
    pub fn only_count(&self) -> bool {
        const COUNTS: [Field; 4] = [Field::Attendance, Field::Sold, Field::Counted, Field::Estimated];
        COUNTS.into_iter().any(|field| self.has(field)) && !self.has(Field::Title)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// As a column is called.
    #[must_use]
    pub fn head(&self, place: usize) -> &str {
        self.heads.get(place).map_or("", String::as_str)
    }

    /// Whether a row says the heads once more, as where files were joined.
    #[must_use]
    pub fn is_repeated_by(&self, row: &TableRow) -> bool {
        !self.is_headless && self.heads.iter().enumerate().all(|(place, head)| folded(head) == folded(row.cell(place)))
    }

    /// The columns of a table whose heads nobody knows: its first row that holds something.
    #[must_use]
    pub fn unknown(rows: &[TableRow]) -> (Self, usize) {
        let at = rows.iter().position(|row| !row.is_empty()).unwrap_or_default();
        let heads: Vec<String> =
            rows.get(at).map(|row| row.cells.iter().map(|cell| one_line(cell)).collect()).unwrap_or_default();
        (Self { fields: vec![None; heads.len()], heads, is_headless: false }, at)
    }

    /// For whoever says by hand what they hold, with an example from the rows below.
    #[must_use]
    pub fn listed(&self, below: &[TableRow]) -> Vec<Column> {
        let column = |(place, head): (usize, &String)| {
            let is_alone = self.heads.iter().filter(|other| folded(other) == folded(head)).count() == 1;
            let is_name = is_alone && !folded(head).is_empty() && head.parse::<usize>().is_err();
            let example = below.iter().map(|row| one_line(row.cell(place))).find(|cell| !cell.is_empty());
            Column {
                name: if is_name { head.clone() } else { (place + 1).to_string() },
                head: head.clone(),
                field: self.fields[place],
                example: example.unwrap_or_default(),
            }
        };
        self.heads.iter().enumerate().map(column).collect()
    }

    /// What is to be said about the heads.
    #[must_use]
    pub fn findings(&self, line: u32, by_hand: &[Mapping]) -> Vec<Finding> {
        let column = |place: usize| u32::try_from(place + 1).ok();
        let unknown =
            self.fields.iter().enumerate().filter(|(place, field)| field.is_none() && !self.heads[*place].is_empty());
        let mut findings: Vec<Finding> =
            unknown.map(|(place, _)| What::UnknownColumn(self.heads[place].clone()).at(line, column(place))).collect();
        for field in Field::ALL {
            let places: Vec<usize> = self.with(field).collect();
            if let [_, second, ..] = places[..]
                && !matches!(field, Field::Ignored)
            {
                let heads = places.iter().map(|place| self.heads[*place].clone()).collect();
                findings.push(What::ColumnsAlike(field, heads).at(line, column(second)));
            }
        }
        let missing = by_hand.iter().filter(|mapping| place(&self.heads, &mapping.column).is_none());
        findings.extend(missing.map(|mapping| What::NoSuchColumn(mapping.column.clone()).at(line, None)));
        findings
    }
}

/// Whether a row holds a day, a time or a count where somebody says by hand that a column does: nobody calls a column so.
fn is_data(fields: &[Option<Field>], row: &TableRow) -> bool {
    let held = |field: Option<Field>, cell: &str| {
        let runs = cell.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
        let is_number = !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit());
        match field {
            Some(Field::Day | Field::Start | Field::EndDay | Field::End) => is_number || runs > 1,
            Some(Field::Attendance | Field::Sold | Field::Counted | Field::Estimated) => is_number,
            _ => false,
        }
    };
    fields.iter().enumerate().any(|(place, field)| held(*field, row.cell(place)))
}

/// The column that is called so, or has this number.
fn place(heads: &[String], column: &str) -> Option<usize> {
    let wanted = folded(column);
    let named = heads.iter().position(|head| one_line(head) == one_line(column));
    let alike = || heads.iter().position(|head| !wanted.is_empty() && folded(head) == wanted);
    let numbered = || column.trim().parse::<usize>().ok().filter(|at| (1..=heads.len()).contains(at)).map(|at| at - 1);
    named.or_else(alike).or_else(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> TableRow {
        TableRow { line: 1, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    #[test]
    fn heads_are_known_in_three_languages_and_any_case() {
        for heads in [
            ["Tunnus", "Esitys", "Paikka", "Päivä", "Klo", "Päättyy"],
            ["ID", "TITEL", "Lokal", "Datum", "Kl.", "Slutar"],
            ["event_id", "Show Name", "VENUE", "start date", "Start Time", "ends-at"],
        ] {
            let (columns, at) = Columns::find(&[row(&["Kausi 2026"]), row(&heads)], &[]).unwrap();
            assert_eq!(at, 1);
            let fields = [Field::Id, Field::Title, Field::Venue, Field::Day, Field::Start, Field::End];
            assert!(fields.into_iter().enumerate().all(|(place, field)| columns.with(field).eq([place])), "{heads:?}");
        }
    }

    #[test]
    fn what_is_said_by_hand_wins() {
        let by_hand = [("Ilta", Field::Day), ("3", Field::Title)]
            .map(|(column, field)| Mapping { column: column.to_owned(), field });
        let (columns, _) = Columns::find(&[row(&["Ilta", "Nimi", "Otsikko 2"])], &by_hand).unwrap();
        assert!(columns.with(Field::Day).eq([0]) && columns.with(Field::Title).eq([2]));
        let findings = columns.findings(1, &by_hand);
        assert_eq!(findings, [What::UnknownColumn("Nimi".to_owned()).at(1, Some(2))]);
    }

    #[test]
    fn a_table_without_heads_begins_with_an_event() {
        let by_hand =
            |columns: [(&str, Field); 2]| columns.map(|(column, field)| Mapping { column: column.to_owned(), field });
        for (cells, start) in [
            (["Valoa kohti", "la 5.12.2026 klo 19"], Field::Start),
            (["Valoa kohti", "2026-12-05"], Field::Day),
            (["Valoa kohti", "46361"], Field::Day),
            (["Valoa kohti", "198"], Field::Sold),
        ] {
            for named in [["1", "2"], cells] {
                let by_hand = by_hand([(named[0], Field::Title), (named[1], start)]);
                let (columns, head) = Columns::find(&[row(&[]), row(&cells)], &by_hand).unwrap();
                assert_eq!((head, columns.first_event(head)), (1, 1), "{cells:?}");
                assert!(!columns.is_repeated_by(&row(&cells)));
            }
        }
        let by_hand = by_hand([("1", Field::Title), ("2", Field::Day)]);
        let (columns, head) = Columns::find(&[row(&["Mitä kaudella 2026", "Ilta 1"])], &by_hand).unwrap();
        assert_eq!(columns.first_event(head), 1, "it is called so");
    }

    #[test]
    fn a_table_without_heads_is_said_to_have_none() {
        let none = Columns::find(&[row(&["1", "Valoa kohti"])], &[]);
        assert_eq!(none, Err(What::NoHeads(vec!["1".to_owned(), "Valoa kohti".to_owned()])));
    }
}
