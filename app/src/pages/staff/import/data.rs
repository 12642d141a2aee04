//! What the preview shows.

use domain::{id::VenueId, time::Millis};
use programme::{Column, comparison::Status, field::Field, finding::Weight};

/// What the preview shows.
#[derive(Clone, Debug)]
pub struct ImportData {
    /// as the file is called
    pub name: String,
    /// what is to be read before anything else
    pub notice: Option<ImportNotice>,
    /// what is to be said about the file as a whole
    pub notes: Vec<FileNote>,
    /// the events of the file by what becomes of them
    pub groups: Vec<Group>,
    /// events that are there and not in the file
    pub missing: (Vec<ImportRow>, usize),
    /// the columns of the file; a calendar has none
    pub columns: Vec<Column>,
    /// what a person has said about it
    pub choices: ImportChoices,
    /// where events may be that name no venue
    pub venues: Vec<(VenueId, String)>,
    /// whether something in it is refused, so that nothing is taken
    pub is_refused: bool,
    /// how many events would be new or other than before
    pub changes: usize,
    /// of what is looked at; sent along when it is done
    pub fingerprint: String,
}

/// What is to be read before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportNotice {
    /// the programme is another by now: nothing was done
    Changed,
    /// something is refused: nothing was done
    Refused,
}

/// What is said about the file as a whole.
#[derive(Clone, Debug)]
pub struct FileNote {
    /// how much it weighs
    pub weight: Weight,
    /// where it stands
    pub place: (Option<u32>, Option<u32>),
    /// what is said
    pub says: String,
}

/// Events of which the same becomes.
#[derive(Clone, Debug)]
pub struct Group {
    /// what becomes of them
    pub status: Status,
    /// the first of them
    pub rows: Vec<ImportRow>,
    /// how many there are
    pub count: usize,
}

/// One event.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// where it stands in the file
    pub line: Option<u32>,
    /// what it is called
    pub title: String,
    /// where it is
    pub venue: String,
    /// the clock of the venue, an IANA name
    pub time_zone: String,
    /// from when until when
    pub times: (Option<Millis>, Option<Millis>),
    /// when and where it was before, where that was otherwise
    pub before: Option<(Millis, String)>,
    /// what is said about it, the heaviest first
    pub says: Vec<Sentence>,
}

/// What is said about an event, and in which column of its line.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// from 1
    pub column: Option<u32>,
    /// in the reader's language
    pub says: String,
}

/// What a person has said about the file, as it is typed and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportChoices {
    /// the id of the venue of events that name none
    pub venue: String,
    /// `day-first`, `month-first` or nothing
    pub dates: String,
    /// how long events without an end are, in minutes
    pub minutes: String,
    /// whether events that are there under another id take that of the file
    pub takes_ids: bool,
    /// what columns hold, where somebody has said it: their names and the words of fields
    pub columns: Vec<(String, String)>,
}

/// The name of a field that says what a column holds begins with this.
const COLUMN: &str = "column:";

/// The columns that a form names.
pub fn columns_of(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let column = |(name, value): &(String, String)| Some((name.strip_prefix(COLUMN)?.to_owned(), value.clone()));
    pairs.iter().filter_map(column).collect()
}

impl ImportChoices {
    /// As a form sends them.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let takes_ids = if self.takes_ids { "yes" } else { "" };
        let own = [
            named("venue", &self.venue),
            named("dates", &self.dates),
            named("minutes", &self.minutes),
            named("takes_ids", takes_ids),
        ];
        let columns = self.columns.iter().map(|(name, field)| (column_name(name), field.clone()));
        own.into_iter().filter(|(_, value)| !value.is_empty()).chain(columns).collect()
    }
}

/// The name of the field that says what a column holds.
pub(super) fn column_name(column: &str) -> String {
    format!("{COLUMN}{column}")
}

/// What a column is taken to hold.
pub(super) fn held(column: &Column) -> Field {
    column.field.unwrap_or(Field::Ignored)
}
