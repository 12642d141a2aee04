//! What is to be said about a place in a file: what was read there, and what it means.

use jiff::civil::Date;

use crate::field::Field;

/// Something to be said about a place in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// the line of the file or the sheet, from 1; `None`: the whole file
    pub line: Option<u32>,
    /// the column, from 1; `None` where the file has none, or the whole line is meant
    pub column: Option<u32>,
    /// what it is
    pub what: What,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// said, and the event is taken
    Note,
    /// the event is not taken before somebody has decided
    Question,
    /// the event is refused, and with it the file as it stands
    Error,
}

/// Why two dates with the same three numbers cannot be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoDates {
    /// day before month
    pub day_first: Date,
    /// month before day
    pub month_first: Date,
}

/// What a finding is. What was read stands in it as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// the file is larger than any programme (bytes allowed)
    FileTooLarge(u64),
    /// unpacked, the file would be larger than any programme (bytes allowed)
    UnpacksTooLarge(u64),
    /// more rows than can be taken at once (rows allowed)
    TooManyRows(usize),
    /// nothing in it
    EmptyFile,
    /// neither a table nor a calendar
    UnknownFormat,
    /// the file is damaged; what the reader says of it
    Damaged(String),
    /// it is not UTF-8: this encoding was taken
    EncodingGuessed(&'static str),
    /// no row names columns that are known; what the first row holds
    NoHeads(Vec<String>),
    /// a column that nobody knows, passed over
    UnknownColumn(String),
    /// two columns name the same
    ColumnsAlike(Field, Vec<String>),
    /// a column was mapped by hand that is not there
    NoSuchColumn(String),
    /// a quote that never closes: the rest of the file stands in it
    QuoteNeverCloses,
    /// a row that holds nothing
    EmptyRow,
    /// the heads once more, or a line above them
    NoEvent(String),
    /// another sheet that holds something: only the first one is read
    OtherSheet(String),
    /// more cells than heads
    TooManyCells(String),
    /// a character that no text may hold
    ControlCharacter(String),
    /// no title
    NoTitle,
    /// a title that fits on no poster
    TitleTooLong(String),
    /// no venue is named
    NoVenue,
    /// a venue that nobody knows, and the one that it resembles
    UnknownVenue(String, Option<String>),
    /// no start
    NoStart,
    /// no day
    NoDay(String),
    /// a day without a year
    NoYear(String),
    /// no time of the day
    NoTime(String),
    /// a day that the calendar does not have
    NoSuchDay(String),
    /// a time that no clock shows
    NoSuchTime(String),
    /// day and month may be swapped
    DayOrMonth(String, Option<TwoDates>),
    /// the weekday is another one
    OtherWeekday(String),
    /// not understood as what the column holds
    Unreadable(Field, String),
    /// a serial number of a spreadsheet, read as a date
    SerialDate(String),
    /// a time that the clock skips on that day
    SkippedTime(String),
    /// a time that comes twice on that day: the first one was taken
    DoubledTime(String),
    /// a zone that cannot be named
    UnknownZone(String),
    /// the zone of the calendar is not that of the venue; times are read in that of the calendar
    OtherZone(String),
    /// the columns disagree
    Contradiction(Field, String, String),
    /// no end
    NoEnd,
    /// the end is the start
    EndIsStart(String),
    /// the end is before the start
    EndBeforeStart(String),
    /// start is a day and end a time, or the other way about; the line of the other
    DayAndTime(String, String, u32),
    /// whole days, from the first to the last
    AllDay(Date, Date),
    /// a rule of repetition that is not understood, or that repeats too often
    UnreadableRule(String),
    /// repeats without an end: read until this day
    Endless(Date),
    /// begins and never ends, as in a file cut off
    CutOff,
    /// a line that is none of a calendar
    UnreadableLine(String),
    /// something of a calendar that is no event: passed over
    OtherComponent(String),
    /// a state that nobody knows: taken as not cancelled
    UnknownStatus(String),
    /// the same id in several lines
    IdTwice(String, Vec<u32>),
    /// the same venue, time and title in several lines
    RowTwice(Vec<u32>),
    /// the table says how many were at an event that is not there
    NoSuchEvent,
    /// the table says twice how many were at this event
    CountedTwice(String),
    /// the table says how many were there, and it may have been at any of these: their titles
    SeveralEvents(Vec<String>),
    /// overlaps with another event at the same venue
    Overlaps(String),
    /// place, time and title of an event that is there under another id
    OtherId(String),
    /// the event is there, and takes this id
    TakesId(String),
    /// in the programme, not in this file
    NotInFile,
}

impl What {
    /// How much it weighs.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::EncodingGuessed(_)
            | Self::UnknownColumn(_)
            | Self::ColumnsAlike(..)
            | Self::EmptyRow
            | Self::NoEvent(_)
            | Self::OtherSheet(_)
            | Self::OtherWeekday(_)
            | Self::SerialDate(_)
            | Self::DoubledTime(_)
            | Self::OtherZone(_)
            | Self::Endless(_)
            | Self::UnreadableLine(_)
            | Self::OtherComponent(_)
            | Self::UnknownStatus(_)
            | Self::Overlaps(_)
            | Self::TakesId(_) => Weight::Note,
            Self::NoEnd
            | Self::EndIsStart(_)
            | Self::AllDay(..)
            | Self::OtherId(_)
            | Self::SeveralEvents(_)
            | Self::NotInFile => Weight::Question,
            _ => Weight::Error,
        }
    }

    /// It, at a place.
    #[must_use]
    pub const fn at(self, line: u32, column: Option<u32>) -> Finding {
        Finding { line: Some(line), column, what: self }
    }

    /// It, about the whole file.
    #[must_use]
    pub const fn of_file(self) -> Finding {
        Finding { line: None, column: None, what: self }
    }
}
