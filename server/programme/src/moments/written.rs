//! What a cell says about a day, a time, or both.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{
    names::{month, weekday},
    order::Day,
    serial::{fraction, number, serial},
    suffixes::{half_of_day, offset},
    tokens::{Cursor, tokens},
};

/// A time of the day; 24.00 is midnight of the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// what the clock shows
    pub time: Time,
    /// whether it shows that a day later
    pub is_next_day: bool,
}

/// A day, a time, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// the day
    pub day: Option<Day>,
    /// the weekday that stands beside it
    pub weekday: Option<Weekday>,
    /// the time
    pub time: Option<Clock>,
    /// seconds ahead of UTC, where they stand beside it
    pub offset: Option<i32>,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// from when
    pub from: Moment,
    /// until when, where it is a span
    pub until: Option<Moment>,
    /// whether it is the number of a spreadsheet
    pub is_serial: bool,
}

/// Why a cell says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// a day that no calendar has
    NoSuchDay,
    /// a time that no clock shows
    NoSuchTime,
    /// a day without a year
    NoYear,
    /// three numbers in an order that nobody can tell
    AnyOrder,
    /// something else
    NotUnderstood,
}

/// What a column holds: it decides what a lonely number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// days
    Day,
    /// times
    Time,
    /// a day and a time, or one of them
    Moment,
}

const AT: [&str; 12] = ["klo", "kello", "kl", "klockan", "at", "alkaen", "from", "från", "fra", "on", "den", "the"];
const UNTIL: [&str; 6] = ["to", "till", "til", "until", "asti", "saakka"];

impl From<DateTime> for Moment {
    fn from(at: DateTime) -> Self {
        Self { day: Some(Day::Sure(at.date())), time: Some(clock(at.time())), ..Self::default() }
    }
}

const fn clock(time: Time) -> Clock {
    Clock { time, is_next_day: false }
}

/// The time of so many minutes after midnight.
#[must_use]
pub fn minute_of_day(minutes: i64) -> Option<Clock> {
    let is_next_day = minutes == 1_440;
    let minutes = if is_next_day { 0 } else { minutes };
    let part = |number: i64| i8::try_from(number).ok();
    Some(Clock { time: Time::new(part(minutes / 60)?, part(minutes % 60)?, 0, 0).ok()?, is_next_day })
}

/// What a text says, in a workbook that counts days from 1904 or in anything else.
///
/// # Errors
/// Why it says nothing.
pub fn read(text: &str, expected: Expected, is_1904: bool) -> Result<Written, Unread> {
    if let Some(number) = number(text) {
        if expected != Expected::Time
            && let Some(at) = serial(number, is_1904)
        {
            let has_time = number.fract() > 0.0;
            let from =
                if has_time { at.into() } else { Moment { day: Some(Day::Sure(at.date())), ..Moment::default() } };
            return Ok(Written { from, until: None, is_serial: true });
        }
        let decimals = text.trim().split_once([',', '.']).map_or("", |(_, decimals)| decimals);
        if expected != Expected::Day
            && number < 1.0
            && (text.contains(',') || decimals.len() > 2)
            && let Some(time) = fraction(number).and_then(minute_of_day)
        {
            return Ok(Written {
                from: Moment { time: Some(time), ..Moment::default() },
                until: None,
                is_serial: true,
            });
        }
    }
    let tokens = tokens(text);
    let mut cursor = Cursor::new(&tokens);
    let from = moment(&mut cursor, expected)?;
    cursor.gap();
    let is_span = cursor.mark(&['-']).is_some() || cursor.one_of(&UNTIL);
    let until = if is_span {
        let expected = if from.time.is_some() { Expected::Time } else { expected };
        Some(moment(&mut cursor, expected)?)
    } else {
        None
    };
    cursor.gap();
    while cursor.mark(&['.', ')', '(']).is_some() {
        cursor.gap();
    }
    if cursor.is_at_end() { Ok(Written { from, until, is_serial: false }) } else { Err(Unread::NotUnderstood) }
}

fn moment(cursor: &mut Cursor<'_>, expected: Expected) -> Result<Moment, Unread> {
    let mut moment = Moment::default();
    cursor.gap();
    let mut is_announced = announced(cursor);
    moment.weekday = cursor.word(weekday);
    if moment.weekday.is_some() {
        cursor.mark(&['.']);
        cursor.gap();
        is_announced |= announced(cursor);
    }
    let day = day(cursor, expected)?;
    moment.day = day.map(|(day, _)| day);
    cursor.gap();
    let is_iso = day.is_some_and(|(_, is_iso)| is_iso);
    let is_joined = cursor.one_of(&["t"]);
    is_announced |= announced(cursor) || is_joined;
    if let Some((time, has_seconds)) = time(cursor, expected, is_announced)? {
        moment.time = Some(time);
        moment.offset = offset(cursor, is_joined || (is_iso && has_seconds));
        if moment.day.is_none() {
            moment.day = day_behind(cursor)?;
        }
    }
    if moment.day.is_none() && moment.time.is_none() { Err(Unread::NotUnderstood) } else { Ok(moment) }
}

/// The day, where it stands behind the time.
fn day_behind(cursor: &mut Cursor<'_>) -> Result<Option<Day>, Unread> {
    let begin = cursor.place();
    cursor.gap();
    announced(cursor);
    cursor.word(weekday);
    cursor.mark(&['.']);
    cursor.gap();
    let day = day(cursor, Expected::Time)?.map(|(day, _)| day);
    if day.is_none() {
        cursor.back(begin);
    }
    Ok(day)
}

/// Steps over what announces a time.
fn announced(cursor: &mut Cursor<'_>) -> bool {
    let mut found = false;
    while cursor.one_of(&AT) || cursor.mark(&['@']).is_some() {
        cursor.mark(&['.']);
        cursor.gap();
        found = true;
    }
    found
}

/// A day, and whether it is written as in ISO 8601.
fn day(cursor: &mut Cursor<'_>, expected: Expected) -> Result<Option<(Day, bool)>, Unread> {
    let begin = cursor.place();
    if let Some(month) = cursor.word(month) {
        cursor.mark(&['.']);
        cursor.gap();
        let Some(day) = cursor.number() else { return Err(Unread::NotUnderstood) };
        cursor.one_of(&["st", "nd", "rd", "th"]);
        return with_year(cursor, day, month).map(Some);
    }
    let Some(first) = cursor.number() else { return Ok(None) };
    if first.len() == 8 {
        return sure(&first[..4], &first[4..6], &first[6..]).map(|day| Some((day, true)));
    }
    cursor.one_of(&["st", "nd", "rd", "th"]);
    let after_first = cursor.place();
    let is_ordinal = cursor.mark(&['.']).is_some();
    cursor.gap();
    if let Some(month) = cursor.word(month) {
        return with_year(cursor, first, month).map(Some);
    }
    cursor.back(after_first);
    let Some(mark) = cursor.mark(&['.', '/', '-']) else {
        cursor.back(begin);
        return Ok(None);
    };
    if is_ordinal {
        cursor.space();
    }
    let Some(second) = cursor.number() else {
        cursor.back(begin);
        return Ok(None);
    };
    let after_second = cursor.place();
    let has_mark = cursor.mark(&[mark]).is_some();
    if has_mark && mark == '.' {
        cursor.space();
    }
    let third = if has_mark { cursor.number() } else { None };
    match (first.len(), third) {
        (4, Some(third)) => sure(first, second, third).map(|day| Some((day, true))),
        (1 | 2, Some(third))
            if third.len() == 4 || (third.len() == 2 && mark != '-' && !is_clock(first, second, third, expected)) =>
        {
            let (first, second, year) = (small(first), small(second), year(third)?);
            if mark != '.' {
                return Ok(Some((Day::Either { first, second, year }, false)));
            }
            Date::new(year, second, first).map(|date| Some((Day::Sure(date), false))).map_err(|_| Unread::NoSuchDay)
        }
        (2, Some(third)) if third.len() == 2 && mark == '-' => Err(Unread::AnyOrder),
        (_, None)
            if expected != Expected::Time
                && without_year(cursor, (first, second), has_mark, after_second, expected) =>
        {
            Err(Unread::NoYear)
        }
        _ => {
            cursor.back(begin);
            Ok(None)
        }
    }
}

/// 18.30.00 in a column of times.
fn is_clock(first: &str, second: &str, third: &str, expected: Expected) -> bool {
    expected == Expected::Time && small(first) < 25 && second.len() == 2 && small(second) < 60 && small(third) < 60
}

/// Whether two numbers are a day and a month: because of a mark behind them, because a time follows, or because nothing
/// else is expected.
fn without_year(
    cursor: &mut Cursor<'_>,
    (first, second): (&str, &str),
    has_mark: bool,
    after: usize,
    expected: Expected,
) -> bool {
    let is_date = (1..=31).contains(&small(first)) && (1..=12).contains(&small(second));
    let begin = cursor.place();
    cursor.back(after);
    cursor.mark(&['.']);
    cursor.gap();
    let is_followed = announced(cursor) || cursor.number().is_some();
    cursor.back(begin);
    is_date && (has_mark || is_followed || expected == Expected::Day)
}

fn with_year(cursor: &mut Cursor<'_>, day: &str, month: i8) -> Result<(Day, bool), Unread> {
    cursor.mark(&['.']);
    cursor.gap();
    let before = cursor.place();
    let Some(third) = cursor.number().filter(|year| year.len() == 4 || year.len() == 2) else {
        cursor.back(before);
        return Err(Unread::NoYear);
    };
    let date = Date::new(year(third)?, month, small(day)).map_err(|_| Unread::NoSuchDay)?;
    Ok((Day::Sure(date), false))
}

fn sure(year: &str, month: &str, day: &str) -> Result<Day, Unread> {
    let year = year.parse().map_err(|_| Unread::NotUnderstood)?;
    Date::new(year, small(month), small(day)).map(Day::Sure).map_err(|_| Unread::NoSuchDay)
}

/// A year of two digits is of this century: nobody announces the shows of the last one.
fn year(digits: &str) -> Result<i16, Unread> {
    let year: i16 = digits.parse().map_err(|_| Unread::NotUnderstood)?;
    Ok(if digits.len() == 2 { 2_000 + year } else { year })
}

/// A number of a calendar or a clock; what is too large for either is in none of them.
fn small(digits: &str) -> i8 {
    digits.parse().unwrap_or(i8::MAX)
}

/// A time, and whether it has seconds.
fn time(cursor: &mut Cursor<'_>, expected: Expected, is_announced: bool) -> Result<Option<(Clock, bool)>, Unread> {
    let begin = cursor.place();
    let Some(first) = cursor.number() else { return Ok(None) };
    if matches!(first.len(), 4 | 6) && (is_announced || expected == Expected::Time) {
        let seconds = if first.len() == 6 { small(&first[4..]) } else { 0 };
        return Ok(Some((checked(small(&first[..2]), small(&first[2..4]), seconds, None)?, first.len() == 6)));
    }
    let after_first = cursor.place();
    let is_hours = cursor.one_of(&["h", "tim"]);
    let minutes = if is_hours || cursor.mark(&[':', '.']).is_some() { cursor.number() } else { None };
    let minutes = minutes.filter(|minutes| minutes.len() == 2);
    if minutes.is_none() && !is_hours {
        cursor.back(after_first);
    }
    let after_minutes = cursor.place();
    let seconds = match (minutes, cursor.mark(&[':', '.'])) {
        (Some(_), Some(_)) => cursor.number().filter(|seconds| seconds.len() == 2),
        _ => None,
    };
    if seconds.is_none() {
        cursor.back(after_minutes);
    } else if cursor.mark(&['.', ',']).is_some() {
        cursor.number();
    }
    let before_half = cursor.place();
    cursor.space();
    let is_afternoon = half_of_day(cursor);
    if is_afternoon.is_none() {
        cursor.back(before_half);
    }
    if minutes.is_none() && is_afternoon.is_none() && !is_hours && !is_announced && expected != Expected::Time {
        cursor.back(begin);
        return Ok(None);
    }
    let clock = checked(small(first), minutes.map_or(0, small), seconds.map_or(0, small), is_afternoon)?;
    Ok(Some((clock, seconds.is_some())))
}

fn checked(hour: i8, minute: i8, second: i8, is_afternoon: Option<bool>) -> Result<Clock, Unread> {
    let hour = match is_afternoon {
        Some(_) if !(1..=12).contains(&hour) => return Err(Unread::NoSuchTime),
        Some(is_afternoon) => hour % 12 + if is_afternoon { 12 } else { 0 },
        None => hour,
    };
    if (hour, minute, second) == (24, 0, 0) {
        return Ok(Clock { time: Time::midnight(), is_next_day: true });
    }
    Time::new(hour, minute, second, 0).map(clock).map_err(|_| Unread::NoSuchTime)
}
