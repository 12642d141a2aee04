//! Where and when something takes place: venues, events and answer windows.

use serde::{Deserialize, Serialize};

use super::{
    id::{EventId, ProductionId, SurveyVersionId, VenueId},
    lang::{Lang, LanguageTag, Text},
    time::{DAY, HOUR, MINUTE, Millis},
};

/// A place with a foyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// which venue
    pub id: VenueId,
    /// short and typeable; opens whatever is on now
    pub code: String,
    /// as on the poster
    pub name: String,
    /// an IANA name such as `Europe/Helsinki`
    pub time_zone: String,
    /// in the order of the language switch; the first is the default
    pub languages: Vec<LanguageTag>,
    /// what is asked on a day without an event
    pub survey_version: SurveyVersionId,
}

impl Venue {
    /// The language of the screens in which a new visitor is greeted.
    #[must_use]
    pub fn default_lang(&self) -> Lang {
        self.languages.iter().find_map(LanguageTag::lang).unwrap_or_default()
    }

    /// The languages of the screens that are spoken here, in the order of the language switch.
    #[must_use]
    pub fn screen_langs(&self) -> Vec<Lang> {
        let mut langs = Vec::new();
        for lang in self.languages.iter().filter_map(LanguageTag::lang) {
            if !langs.contains(&lang) {
                langs.push(lang);
            }
        }
        langs
    }
}

/// One performance, concert, workshop or school visit, at a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// which event
    pub id: EventId,
    /// short and typeable, without look-alike characters
    pub code: String,
    /// where it is
    pub venue: VenueId,
    /// the show it is one evening of
    pub production: Option<ProductionId>,
    /// as on the poster
    pub title: Text,
    /// when the audience is let in
    pub doors_at: Option<Millis>,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// when answers belong to it
    pub window: Window,
    /// how many were there, known afterwards
    pub attendance: Option<u32>,
    /// what is asked
    pub survey_version: SurveyVersionId,
    /// what a visitor gets after answering: programme notes, materials
    pub links: Vec<Link>,
}

/// A page that visitors may want after the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// what it is
    pub text: Text,
    /// an https address
    pub url: String,
}

/// When answers belong to an event: both ends included. As data it is a pair, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[Millis; 2]", into = "[Millis; 2]")]
pub struct Window {
    /// the first instant
    pub from: Millis,
    /// the last instant
    pub until: Millis,
}

impl From<[Millis; 2]> for Window {
    fn from([from, until]: [Millis; 2]) -> Self {
        Self { from, until }
    }
}

impl From<Window> for [Millis; 2] {
    fn from(window: Window) -> Self {
        [window.from, window.until]
    }
}

impl Window {
    /// How long before the end answers are taken, where the venue says nothing: the interval crowd.
    pub const BEFORE: Millis = 90 * MINUTE;
    /// How long after the end, where the venue says nothing: the phone on the way home and the next morning.
    pub const AFTER: Millis = 14 * HOUR;

    /// From `before` ahead of the end until `after` it, or until the doors open for the next event.
    #[must_use]
    pub fn around(ends_at: Millis, before: Millis, after: Millis, next_doors: Option<Millis>) -> Self {
        let until = ends_at + after;
        // The next doors shorten the window, but never to before the end of the event itself.
        let until = next_doors.map_or(until, |doors| until.min((doors - 1).max(ends_at)));
        Self { from: ends_at - before, until }
    }

    /// Whether an instant lies inside.
    #[must_use]
    pub fn contains(&self, at: Millis) -> bool {
        (self.from..=self.until).contains(&at)
    }
}

/// What decided which event a response belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventSource {
    /// the code on the visitor's phone
    Code,
    /// what the kiosk showed
    Kiosk,
    /// the programme, by corrected time
    Programme,
    /// somebody of the staff
    Staff,
}

impl EventSource {
    /// In the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Code, Self::Kiosk, Self::Programme, Self::Staff];

    /// The word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Kiosk => "kiosk",
            Self::Programme => "programme",
            Self::Staff => "staff",
        }
    }

    /// The source that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }
}

/// What a response is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// an event
    Event(EventId),
    /// a venue on a day without an event; the day stands beside it
    Venue(VenueId),
}

impl Subject {
    /// The id in the store: ids are unique over all kinds.
    #[must_use]
    pub const fn id(self) -> uuid::Uuid {
        match self {
            Self::Event(id) => id.0,
            Self::Venue(id) => id.0,
        }
    }
}

/// The events of one venue around an instant, as far as placing needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// which event
    pub event: EventId,
    /// when answers belong to it
    pub window: Window,
    /// when it ends
    pub ends_at: Millis,
}

impl From<&Event> for Scheduled {
    fn from(event: &Event) -> Self {
        Self { event: event.id, window: event.window, ends_at: event.ends_at }
    }
}

/// How far around an instant the programme is needed for placing.
pub const PROGRAMME_REACH: Millis = 2 * DAY;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_venue_that_names_a_language_twice_offers_its_screens_once() {
        let tag = |tag: &str| tag.parse().unwrap();
        let venue = Venue {
            id: VenueId(Uuid::nil()),
            code: String::new(),
            name: String::new(),
            time_zone: String::new(),
            languages: ["ar", "sv-FI", "fi", "sv", "se"].map(tag).to_vec(),
            survey_version: SurveyVersionId(Uuid::nil()),
        };
        assert_eq!(venue.screen_langs(), [Lang::Sv, Lang::Fi]);
        assert_eq!(venue.default_lang(), Lang::Sv);
    }

    #[test]
    fn the_next_doors_end_a_window_but_never_the_show() {
        assert_eq!(Window::around(1_000, 100, 500, None), Window { from: 900, until: 1_500 });
        assert_eq!(Window::around(1_000, 100, 500, Some(1_200)), Window { from: 900, until: 1_199 });
        assert_eq!(Window::around(1_000, 100, 500, Some(2_000)), Window { from: 900, until: 1_500 });
        assert_eq!(Window::around(1_000, 100, 500, Some(800)), Window { from: 900, until: 1_000 });
    }
}
