//! From the cells of a row to instants.

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
    tz::Offset,
};

use super::{Table, TableRow, columns::Columns};
use crate::{
    field::Field,
    finding::{Finding, What},
    moments::{
        order::{Day, Order, Unsure},
        written::{Clock, Expected, Moment, Unread, Written, read},
        zone::{Instant, Zone},
    },
};
use domain::time::Millis;

/// What the cells of a row say about one end of an event, put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    /// the day, and the cell in which it stands
    pub(super) day: Option<(Day, usize)>,
    /// the time, and its cell
    pub(super) time: Option<(Clock, usize)>,
    /// seconds ahead of UTC
    offset: Option<i32>,
    /// the weekday, and its cell
    weekday: Option<(jiff::civil::Weekday, usize)>,
    /// the other end, where the cell is a span
    pub(super) until: Option<(Moment, usize)>,
    /// the cell of a spreadsheet's number
    serial: Option<usize>,
}

/// A cell that says nothing.
pub(super) type Wrong = (What, usize);

/// Reads cells.
pub(super) struct MomentReader<'a> {
    pub(super) table: &'a Table,
    pub(super) columns: &'a Columns,
    pub(super) order: Order,
}

impl MomentReader<'_> {
    /// What a cell says.
    fn cell(&self, row: &TableRow, place: usize, field: Field) -> Result<Written, Wrong> {
        let text = row.cell(place);
        let has_day_column = self.columns.has(Field::Day);
        let expected = match field {
            Field::Day | Field::EndDay => Expected::Day,
            Field::End => Expected::Time,
            _ if has_day_column => Expected::Time,
            _ => Expected::Moment,
        };
        read(text, expected, self.table.is_1904).map_err(|unread| (unread.what(text, field), place))
    }

    /// What the cells of a row say about the order of day and month.
    pub(super) fn order_in(&self, row: &TableRow) -> Order {
        let mut order = Order::Unknown;
        for field in [Field::Day, Field::Start, Field::EndDay, Field::End] {
            for place in self.columns.with(field).filter(|place| !row.cell(*place).is_empty()) {
                if let Ok(Written { from, until, .. }) = self.cell(row, place, field) {
                    for moment in [Some(from), until].into_iter().flatten() {
                        order = order.and(moment.day.map_or(Order::Unknown, |day| day.says(moment.weekday)));
                    }
                }
            }
        }
        order
    }

    /// Puts together what some columns say.
    pub(super) fn gather(&self, row: &TableRow, fields: [Field; 2]) -> Result<Gathered, Wrong> {
        let mut all = Gathered::default();
        for field in fields {
            for place in self.columns.with(field).filter(|place| !row.cell(*place).is_empty()) {
                let mut written = self.cell(row, place, field)?;
                let is_day_column = matches!(field, Field::Day | Field::EndDay);
                drop_filler(&mut written.from, is_day_column);
                all.add(written, row, place, field)?;
            }
        }
        Ok(all)
    }

    /// The date, with what is to be said about it.
    pub(super) fn date(&self, row: &TableRow, all: &Gathered) -> Result<Option<Date>, Wrong> {
        let Some((day, place)) = all.day else { return Ok(None) };
        let text = row.cell(place).to_owned();
        day.date(self.order).map(Some).map_err(|unsure| match unsure {
            Unsure::NoSuchDay => (What::NoSuchDay(text), place),
            Unsure::Two(dates) => (What::DayOrMonth(text, dates), place),
        })
    }
}

/// Programs fill what they do not know: a day column with midnight, a time with the first day of their calendar.
fn drop_filler(moment: &mut Moment, is_day_column: bool) {
    let is_midnight =
        moment.time.is_some_and(|clock| clock.time == jiff::civil::Time::midnight() && !clock.is_next_day);
    if is_day_column && is_midnight {
        moment.time = None;
    }
    if let Some(Day::Sure(day)) = moment.day
        && day.year() < 1_906
        && moment.time.is_some()
    {
        moment.day = None;
    }
}

impl Gathered {
    fn add(&mut self, written: Written, row: &TableRow, place: usize, field: Field) -> Result<(), Wrong> {
        let Written { from, until, is_serial } = written;
        let differs =
            |other: usize| (What::Contradiction(field, row.cell(other).to_owned(), row.cell(place).to_owned()), place);
        match (self.day, from.day) {
            (Some((this, other)), Some(day)) if this != day => return Err(differs(other)),
            (None, Some(day)) => self.day = Some((day, place)),
            _ => {}
        }
        match (self.time, from.time) {
            (Some((this, other)), Some(time)) if this != time => return Err(differs(other)),
            (None, Some(time)) => self.time = Some((time, place)),
            _ => {}
        }
        self.offset = self.offset.or(from.offset);
        self.weekday = self.weekday.or(from.weekday.map(|weekday| (weekday, place)));
        self.until = self.until.or(until.map(|until| (until, place)));
        self.serial = self.serial.or(is_serial.then_some(place));
        Ok(())
    }

    /// Another end of the same event: what a span says after its dash.
    pub(super) fn of_span(until: Moment, place: usize) -> Self {
        Self {
            day: until.day.map(|day| (day, place)),
            time: until.time.map(|time| (time, place)),
            offset: until.offset,
            weekday: until.weekday.map(|weekday| (weekday, place)),
            ..Self::default()
        }
    }

    /// What is to be noted about a date that was read.
    pub(super) fn notes(&self, row: &TableRow, date: Option<Date>) -> Vec<Finding> {
        let at = |what: What, place: usize| what.at(row.line, u32::try_from(place + 1).ok());
        let serial = self.serial.map(|place| at(What::SerialDate(row.cell(place).to_owned()), place));
        let other = self.weekday.filter(|(weekday, _)| date.is_some_and(|date| date.weekday() != *weekday));
        let weekday = other.map(|(_, place)| at(What::OtherWeekday(row.cell(place).to_owned()), place));
        serial.into_iter().chain(weekday).collect()
    }

    /// Where it is on the time line.
    pub(super) fn instant(&self, at: DateTime, zone: Option<&Zone>) -> Option<Instant> {
        match (self.offset, zone) {
            (Some(offset), _) => {
                let at = Offset::from_seconds(offset).ok()?.to_timestamp(at).ok()?;
                Some(Instant::Once(at.as_millisecond()))
            }
            (None, Some(zone)) => Some(zone.instant(at)),
            (None, None) => None,
        }
    }
}

/// A clock on a day.
pub(super) fn on(date: Date, clock: Clock) -> Option<DateTime> {
    let date = if clock.is_next_day { date.tomorrow().ok()? } else { date };
    Some(date.to_datetime(clock.time))
}

/// The day after.
pub(super) fn next_day(at: DateTime) -> Option<DateTime> {
    at.checked_add(1.day()).ok()
}

/// The first of the two, unless it is too early to be an end.
pub(super) const fn end_of(instant: Instant, starts_at: Millis) -> Option<Millis> {
    match instant {
        Instant::Once(at) => Some(at),
        Instant::Twice(first, second) => Some(if first > starts_at { first } else { second }),
        Instant::Never => None,
    }
}

impl Unread {
    fn what(self, text: &str, field: Field) -> What {
        let text = text.to_owned();
        match self {
            Self::NoSuchDay => What::NoSuchDay(text),
            Self::NoSuchTime => What::NoSuchTime(text),
            Self::NoYear => What::NoYear(text),
            Self::AnyOrder => What::DayOrMonth(text, None),
            Self::NotUnderstood => What::Unreadable(field, text),
        }
    }
}
