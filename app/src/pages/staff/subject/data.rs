//! What a summary is about, everything that its page shows, and where that page is.

use crate::pages::when::When;
use domain::{
    attendance::AttendanceKind,
    event::{Event, Venue},
    id::{EventId, ProductionId, QuestionId, VenueId},
    lang::{Lang, LanguageTag, Reader, Text},
    live_delay::LiveDelay,
    summary::Summary,
    survey::{FaceQuestion, Kind, Question, SurveyVersion},
    time::{LocalDay, Millis},
};

/// An event, or a venue's day outside its events.
#[derive(Clone, Debug)]
pub enum About {
    /// an event
    Event(Box<Event>),
    /// a day, by any instant of it
    Day(Millis),
}

/// What the page of a subject shows.
#[derive(Clone, Debug)]
pub struct SubjectData {
    /// what it is about
    pub about: About,
    /// where
    pub venue: Venue,
    /// every survey version that was answered, the newest first
    pub surveys: Vec<SurveyVersion>,
    /// how it did
    pub summary: Summary,
    /// the newest comments that may be shown, newest first
    pub comments: Vec<Comment>,
    /// whether comments are not for the reader
    pub hides_comments: bool,
    /// milliseconds UTC
    pub now: Millis,
    /// the address of its page, without a query
    pub path: String,
    /// how late the numbers are
    pub delay: LiveDelay,
    /// how the attendance is known, where somebody has said so
    pub attendance_kind: Option<AttendanceKind>,
    /// what was typed in place of it, and is no number of people
    pub attendance_typed: Option<AttendanceForm>,
    /// the course that the event is a meeting of, and whose page tells the numbers
    pub course: Option<ProductionId>,
    /// whether the event does not take place
    pub cancelled: bool,
    /// whether the reader may change something
    pub may_edit: bool,
    /// what has just been saved
    pub saved: Option<Saved>,
    /// what else takes place at the venue while it does
    pub overlaps: Vec<Text>,
    /// where the live part listens; `None` where nothing will change any more
    pub live: Option<LiveAddresses>,
}

/// What has just been saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// the event, which tablets hear of
    Event,
    /// how many were there
    Attendance,
}

impl Saved {
    /// Behind `done=` in the address: how many were there.
    pub const ATTENDANCE: &'static str = "attendance";
}

/// What stands in the fields for how many were there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttendanceForm {
    /// a number of people, as typed
    pub attendance: String,
    /// how it is known: a word of [`AttendanceKind`], or nothing
    pub kind: String,
    /// whether it was no number of people
    pub is_wrong: bool,
}

impl AttendanceForm {
    /// The fields of what is known.
    #[must_use]
    pub fn of(attendance: Option<u32>, kind: Option<AttendanceKind>) -> Self {
        Self {
            attendance: attendance.map(|people| people.to_string()).unwrap_or_default(),
            kind: kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            is_wrong: false,
        }
    }
}

/// A comment, without anything that tells who wrote it or when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// what was written
    pub text: String,
    /// the language of the screen it was written on
    pub lang: LanguageTag,
    /// the face given with it
    pub face: Option<u8>,
    /// whether whoever wrote it lets it be quoted
    pub may_quote: bool,
    /// whether only its beginning was kept
    pub is_shortened: bool,
}

/// Where the live part of a page listens and reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveAddresses {
    /// server-sent events; each named `changed` says that there is something to read
    pub changes: String,
    /// the live region alone, with the same query as the page
    pub fragment: String,
}

impl SubjectData {
    /// The event's title, or the venue's name.
    #[must_use]
    pub fn title(&self, reader: Reader) -> String {
        match &self.about {
            About::Event(event) => reader.words(&event.title).text.to_owned(),
            About::Day(_) => self.venue.name.clone(),
        }
    }

    /// The venue's clock in the reader's language.
    #[must_use]
    pub fn when(&self, lang: Lang) -> When {
        When::new(lang, &self.venue.time_zone)
    }

    /// The newest wording of a question.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.surveys.iter().find_map(|survey| survey.question(id))
    }

    /// The words of the first face question: those that stand beside a comment's face.
    #[must_use]
    pub fn face_words(&self, reader: Reader) -> Vec<String> {
        let kinds = self.surveys.iter().flat_map(|survey| &survey.questions).map(|question| &question.kind);
        let labels = kinds
            .filter_map(|kind| if let Kind::Face(FaceQuestion { labels, .. }) = kind { Some(labels) } else { None });
        labels.take(1).flatten().map(|word| reader.words(word).text.to_owned()).collect()
    }
}

/// The address of an event's page.
#[must_use]
pub fn event_address(event: EventId) -> String {
    format!("/staff/events/{event}")
}

/// The address of the page of a venue's day.
#[must_use]
pub fn day_address(venue: VenueId, day: LocalDay) -> String {
    format!("/staff/venues/{venue}/days/{day}")
}
