//! From what was typed about an event to what it means, or to what is wrong with it.

use app::pages::staff::event_form::{
    EventErrors, EventForm, NEW_PRODUCTION, NoCount, NoDay, NoText, NotChosen, TimeError,
};
use domain::{
    attendance::AttendanceKind,
    event::Venue,
    id::{ProductionId, SurveyVersionId, VenueId},
    lang::Text,
    name::check_name,
    time::{HOUR, Millis},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use url::Url;

use super::super::titles::read_titles;
use crate::{http::forms::is_one_line, local_time::zone};

/// From the beginning to the end; more is a typing error.
const LONGEST: i64 = 12;
/// More people come nowhere.
const MOST: u32 = 1_000_000;

/// The longest notes, in characters.
const LONGEST_NOTES: usize = 2_000;
/// The longest address.
const LONGEST_LINK: usize = 500;

/// What the fields mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checked {
    /// in the languages that were filled in
    pub title: Text,
    /// what it is one evening of
    pub production: Chosen,
    /// where
    pub venue: VenueId,
    /// what is asked there where nothing else is
    pub survey_version: SurveyVersionId,
    /// when the audience is let in
    pub doors_at: Option<Millis>,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// how many were there
    pub attendance: Option<u32>,
    /// how that is known
    pub attendance_kind: Option<AttendanceKind>,
    /// for staff alone
    pub notes: String,
    /// what visitors get after answering, as it was typed
    pub links: Vec<(String, String)>,
}

/// Which production.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// one that is there
    Known(ProductionId),
    /// one that is to be made
    New,
    /// none
    None,
}

/// Reads the fields.
///
/// # Errors
/// What is wrong with each.
pub(super) fn event(
    form: &EventForm,
    venues: &[Venue],
    productions: &[ProductionId],
) -> Result<Checked, Box<EventErrors>> {
    let mut errors = EventErrors::default();
    let title = read_titles(&form.title).map_err(|error| errors.title = Some(error)).ok();
    let production = production(form, productions);
    errors.production = production.is_none().then_some(NotChosen);
    let venue = venues.iter().find(|venue| venue.id.to_string() == form.venue);
    errors.venue = venue.is_none().then_some(NotChosen);
    let day = day(&form.day);
    errors.day = day.is_none().then_some(NoDay);
    let zone = venue.map_or(TimeZone::UTC, |venue| zone(&venue.time_zone));
    let times = times(form, day, &zone, &mut errors);
    let attendance = match form.attendance.as_str() {
        "" => Some(None),
        typed => people(typed).map(Some),
    };
    errors.attendance = attendance.is_none().then_some(NoCount);
    errors.notes = (!is_text(&form.notes)).then_some(NoText);
    errors.links = form.links.iter().position(|link| !is_link(link));
    match (title, production, venue, times, attendance) {
        (Some(title), Some(production), Some(venue), Some((doors_at, starts_at, ends_at)), Some(attendance))
            if errors.is_empty() =>
        {
            let attendance_kind = AttendanceKind::from_name(&form.attendance_kind).filter(|_| attendance.is_some());
            let (venue, survey_version) = (venue.id, venue.survey_version);
            Ok(Checked {
                title,
                production,
                venue,
                survey_version,
                doors_at,
                starts_at,
                ends_at,
                attendance,
                attendance_kind,
                notes: form.notes.clone(),
                links: form.links.iter().filter(|(_, url)| !url.is_empty()).cloned().collect(),
            })
        }
        _ => Err(Box::new(errors)),
    }
}

/// The fields of an event that is there.
pub(super) fn typed(at: Millis, zone: &TimeZone) -> (String, String) {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone());
    (at.strftime("%Y-%m-%d").to_string(), at.strftime("%H:%M").to_string())
}

/// A few sentences, in several lines.
fn is_text(typed: &str) -> bool {
    typed.chars().count() <= LONGEST_NOTES && !typed.chars().any(|c| c.is_control() && !"\n\r\t".contains(c))
}

/// Both fields or neither, and an address that a browser opens in safety.
fn is_link((text, url): &(String, String)) -> bool {
    let is_address = || {
        let address = Url::parse(url).ok().filter(|address| address.scheme() == "https" && address.has_host());
        address.is_some() && url.len() <= LONGEST_LINK && is_one_line(url)
    };
    (text.is_empty() && url.is_empty()) || (check_name(text).is_ok() && is_address())
}

fn production(form: &EventForm, known: &[ProductionId]) -> Option<Chosen> {
    match form.production.as_str() {
        "" => Some(Chosen::None),
        NEW_PRODUCTION => Some(Chosen::New),
        id => known.iter().find(|known| known.to_string() == id).copied().map(Chosen::Known),
    }
}

/// As browsers send it, and as people type it where a browser knows no days.
pub(super) fn day(typed: &str) -> Option<Date> {
    typed.parse().ok().or_else(|| Date::strptime("%d.%m.%Y", typed).ok())
}

fn time(typed: &str) -> Option<Time> {
    let typed = typed.replace('.', ":");
    Time::strptime("%H:%M", &typed).or_else(|_| Time::strptime("%H:%M:%S", &typed)).ok()
}

/// A number of people.
pub(in crate::http::staff) fn people(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok().filter(|people| *people <= MOST)
}

/// Doors, beginning and end.
fn times(
    form: &EventForm,
    day: Option<Date>,
    zone: &TimeZone,
    errors: &mut EventErrors,
) -> Option<(Option<Millis>, Millis, Millis)> {
    // What is wrong with a time is said beside what is wrong with the day.
    let date = day.unwrap_or(Date::constant(2000, 1, 3));
    let starts = time(&form.starts).ok_or(TimeError::NoTime);
    let ends = time(&form.ends).ok_or(TimeError::NoTime);
    let starts_at = starts.and_then(|time| instant(date, time, zone));
    let ends_at = match (starts, ends) {
        (Ok(starts), Ok(ends)) if starts == ends => Err(TimeError::Same),
        (Ok(starts), Ok(ends)) if ends < starts => {
            date.checked_add(1.day()).map_err(|_| TimeError::NoTime).and_then(|next| instant(next, ends, zone))
        }
        (_, ends) => ends.and_then(|time| instant(date, time, zone)),
    };
    let ends_at = match (starts_at, ends_at) {
        (Ok(starts_at), Ok(ends_at)) if ends_at - starts_at > LONGEST * HOUR => Err(TimeError::TooLong(LONGEST)),
        (Ok(starts_at), Ok(ends_at)) if ends_at <= starts_at => Err(TimeError::Same),
        (_, ends_at) => ends_at,
    };
    let doors_at = match form.doors.as_str() {
        "" => Ok(None),
        typed => time(typed).ok_or(TimeError::NoTime).and_then(|time| instant(date, time, zone)).map(Some),
    };
    let doors_at = match (doors_at, starts_at) {
        (Ok(Some(doors_at)), Ok(starts_at)) if doors_at > starts_at => Err(TimeError::AfterStart),
        (doors_at, _) => doors_at,
    };
    errors.starts = starts_at.err();
    errors.ends = ends_at.err();
    errors.doors = doors_at.err();
    Some((doors_at.ok()?, starts_at.ok()?, ends_at.ok()?))
}

/// Of an hour that comes twice, the first: nobody puts a show into the second one.
pub(super) fn instant(date: Date, time: Time, zone: &TimeZone) -> Result<Millis, TimeError> {
    let zoned = zone.to_ambiguous_zoned(date.to_datetime(time));
    if matches!(zoned.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(TimeError::Skipped);
    }
    zoned.earlier().map(|zoned| zoned.timestamp().as_millisecond()).map_err(|_| TimeError::NoTime)
}

#[cfg(test)]
mod tests {
    use domain::{id::SurveyVersionId, name::NameProblem, time::MINUTE};
    use uuid::Uuid;

    use super::*;

    fn venue() -> Venue {
        Venue {
            id: VenueId(Uuid::from_u128(1)),
            code: "TELTTA".to_owned(),
            name: "Teltta".to_owned(),
            time_zone: "Europe/Helsinki".to_owned(),
            languages: Vec::new(),
            survey_version: SurveyVersionId(Uuid::from_u128(2)),
        }
    }

    fn form(change: impl FnOnce(&mut EventForm)) -> EventForm {
        let mut form = EventForm {
            title: ["Yötaivas".to_owned(), String::new(), "Night sky".to_owned()],
            venue: venue().id.to_string(),
            day: "2026-11-26".to_owned(),
            starts: "19:00".to_owned(),
            ends: "21:15".to_owned(),
            ..EventForm::default()
        };
        change(&mut form);
        form
    }

    fn read(change: impl FnOnce(&mut EventForm)) -> Result<Checked, Box<EventErrors>> {
        event(&form(change), &[venue()], &[ProductionId(Uuid::from_u128(7))])
    }

    /// 2026-11-26, 19.00 in Helsinki.
    const SEVEN: Millis = 1_795_712_400_000;

    #[test]
    fn an_evening_is_read_by_the_clock_of_its_venue() {
        let read = read(|form| {
            form.doors = "18.30".to_owned();
            form.attendance = "1 234".to_owned();
            form.attendance_kind = "counted".to_owned();
            form.production = NEW_PRODUCTION.to_owned();
        });
        let title = [("fi", "Yötaivas"), ("en", "Night sky")];
        let title = title.map(|(tag, words)| (tag.parse().unwrap(), words.to_owned())).into_iter().collect();
        let expected = Checked {
            title,
            production: Chosen::New,
            venue: venue().id,
            survey_version: venue().survey_version,
            doors_at: Some(SEVEN - 30 * MINUTE),
            starts_at: SEVEN,
            ends_at: SEVEN + 135 * MINUTE,
            attendance: Some(1_234),
            attendance_kind: Some(AttendanceKind::Counted),
            notes: String::new(),
            links: Vec::new(),
        };
        assert_eq!(read, Ok(expected));
        assert_eq!(typed(SEVEN, &zone("Europe/Helsinki")), ("2026-11-26".to_owned(), "19:00".to_owned()));
    }

    #[test]
    fn days_and_times_may_be_typed_as_people_write_them() {
        let usual = read(|_| {});
        let by_hand = read(|form| {
            form.day = "26.11.2026".to_owned();
            form.starts = "19.00".to_owned();
            form.ends = "21:15:00".to_owned();
        });
        assert_eq!(by_hand, usual);
    }

    #[test]
    fn an_end_before_the_beginning_is_on_the_next_day() {
        let late = read(|form| {
            form.starts = "22:30".to_owned();
            form.ends = "0:15".to_owned();
        });
        let late = late.unwrap();
        assert_eq!(late.ends_at - late.starts_at, 105 * MINUTE);
    }

    #[test]
    fn the_clock_may_skip_an_hour_or_say_it_twice() {
        let spring = read(|form| {
            form.day = "2026-03-29".to_owned();
            form.starts = "3:30".to_owned();
            form.ends = "5:00".to_owned();
        });
        assert_eq!(spring.unwrap_err().starts, Some(TimeError::Skipped));
        let autumn = read(|form| {
            form.day = "2026-10-25".to_owned();
            form.starts = "3:30".to_owned();
            form.ends = "5:00".to_owned();
        });
        assert_eq!(autumn.unwrap().starts_at, 1_792_888_200_000, "the first of the two, 00.30 UTC");
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        let wrong = read(|form| {
            form.title = Default::default();
            form.venue = "elsewhere".to_owned();
            form.production = "another".to_owned();
            form.day = "2026-02-31".to_owned();
            form.doors = "19:30".to_owned();
            form.ends = "25:00".to_owned();
            form.attendance = "-3".to_owned();
            form.notes = "a\u{0}b".to_owned();
            form.links[1] = ("Ohjelma".to_owned(), "javascript:alert(1)".to_owned());
        });
        let expected = EventErrors {
            title: Some(NameProblem::Missing),
            production: Some(NotChosen),
            venue: Some(NotChosen),
            day: Some(NoDay),
            doors: Some(TimeError::AfterStart),
            starts: None,
            ends: Some(TimeError::NoTime),
            attendance: Some(NoCount),
            notes: Some(NoText),
            links: Some(1),
        };
        assert_eq!(read_error(wrong), expected);
        let ends = |ends: &str| read_error(read(|form| form.ends = ends.to_owned())).ends;
        assert_eq!((ends("19:00"), ends("18:00")), (Some(TimeError::Same), Some(TimeError::TooLong(12))));
        let long = read(|form| form.title[1] = "a\tb".to_owned());
        assert_eq!(read_error(long).title, Some(NameProblem::Unprintable));
    }

    fn read_error(read: Result<Checked, Box<EventErrors>>) -> EventErrors {
        *read.unwrap_err()
    }
}
