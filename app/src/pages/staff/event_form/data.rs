//! What stands in the fields of an event, as typed, and what may be wrong with it.

use crate::i18n::{Lang, td_string};
use domain::{
    event::Venue,
    id::{EventId, ProductionId},
    lang::Text,
    name::NameProblem,
    response::Segment,
};

use super::super::name_problem::name_problem;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EventFormData {
    /// which event is changed; `None`: a new one
    pub event: Option<EventId>,
    /// what stands in the fields
    pub form: EventForm,
    /// what is wrong with what was posted
    pub errors: EventErrors,
    /// where it may be
    pub venues: Vec<Venue>,
    /// what it may be one evening of
    pub productions: Vec<(ProductionId, Text)>,
    /// of what the event was when its fields were filled in
    pub seen: String,
    /// what stands there now, where somebody else has changed it since
    pub theirs: Option<EventForm>,
}

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventForm {
    /// in Finnish, Swedish and English
    pub title: [String; 3],
    /// an id, [`NEW_PRODUCTION`], or nothing
    pub production: String,
    /// an id
    pub venue: String,
    /// `2026-11-26`
    pub day: String,
    /// `18:30`, or nothing
    pub doors: String,
    /// `19:00`
    pub starts: String,
    /// `21:15`
    pub ends: String,
    /// how many were there, or nothing
    pub attendance: String,
    /// how that is known: `sold`, `counted`, `estimated`, or nothing
    pub attendance_kind: String,
    /// whether it does not take place
    pub cancelled: bool,
    /// whether every seat was taken
    pub sold_out: bool,
    /// for staff alone
    pub notes: String,
    /// who is expected
    pub segments: Vec<Segment>,
    /// what visitors get after answering: what it is, and an https address
    pub links: [(String, String); 3],
}

/// In place of a production's id: one that gets the title of the event.
pub const NEW_PRODUCTION: &str = "new";

/// Everything that is wrong; nothing where everything is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventErrors {
    /// its first title
    pub title: Option<NameProblem>,
    /// what it is one evening of
    pub production: Option<NotChosen>,
    /// where it is
    pub venue: Option<NotChosen>,
    /// on which day
    pub day: Option<NoDay>,
    /// when the audience is let in
    pub doors: Option<TimeError>,
    /// when it begins
    pub starts: Option<TimeError>,
    /// when it ends
    pub ends: Option<TimeError>,
    /// how many were there
    pub attendance: Option<NoCount>,
    /// the notes
    pub notes: Option<NoText>,
    /// the first link that is none, from 0
    pub links: Option<usize>,
}

/// None of those that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotChosen;

/// No day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDay;

/// Too long, or with what cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoText;

/// No number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCount;

/// What is wrong with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// no time of the day
    NoTime,
    /// the clock is put forward over it
    Skipped,
    /// the doors open after it begins
    AfterStart,
    /// longer than this many hours after the beginning; what ends before it begins ends on the next day
    TooLong(i64),
    /// ends when it begins
    Same,
}

impl TimeError {
    /// In the reader's language.
    pub(super) fn message(self, locale: Lang) -> String {
        match self {
            Self::NoTime => td_string!(locale, event_form.problem_time).to_owned(),
            Self::Skipped => td_string!(locale, event_form.problem_skipped).to_owned(),
            Self::AfterStart => td_string!(locale, event_form.problem_doors).to_owned(),
            Self::TooLong(hours) => td_string!(locale, event_form.problem_long, hours = hours),
            Self::Same => td_string!(locale, event_form.problem_same).to_owned(),
        }
    }
}

impl EventErrors {
    /// Whether anything is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn title(&self, locale: Lang) -> Option<String> {
        self.title.map(|problem| name_problem(locale, problem).to_owned())
    }
}
