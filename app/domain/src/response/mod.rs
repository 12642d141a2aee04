//! What one visitor said.
//!
//! - [`timing`]: when it was really given.
//!
//! How it travels, with everything that may be missing or wrong, is in the crate `api`. Which event it
//! belongs to is not decided here but in [`super::event`].

pub mod timing;

use serde::{Deserialize, Serialize};

pub use self::timing::Timing;
pub use super::survey::{Answer, Given};
use super::{
    flag::Flag,
    id::{EventId, PairingId, ResponseId, SurveyVersionId},
    lang::LanguageTag,
    survey::{FaceQuestion, FaceSet, Kind, Question, Series, SurveyVersion},
};

/// One visitor's answers, checked against the survey version they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// made on the device, once
    pub id: ResponseId,
    /// what was asked
    pub survey_version: SurveyVersionId,
    /// what the kiosk showed or the code named
    pub event: Option<EventId>,
    /// how it came
    pub channel: Channel,
    /// the language it was answered in
    pub lang: LanguageTag,
    /// who answers, never a name
    pub segment: Option<Segment>,
    /// whether somebody helped
    pub assisted: bool,
    /// how it ended
    pub end: End,
    /// given while staff were showing the kiosk to somebody
    pub demo: bool,
    /// when and how long, as the device saw it
    pub timing: Timing,
    /// the pairing that took it; `None` from a phone
    pub pairing: Option<PairingId>,
    /// its number in that pairing
    pub seq: Option<u64>,
    /// whether its comments may be quoted; false where there is none
    pub may_quote: bool,
    /// at least one, each question at most once
    pub answers: Vec<Answer>,
}

/// How a response came. Why it was asked is another matter ([`Collection`](super::survey::Collection)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// a paired tablet
    #[default]
    Kiosk,
    /// the visitor's own phone
    Qr,
    /// the website
    Web,
    /// a link in the ticket seller's mail
    Mail,
    /// a card, entered afterwards
    Paper,
    /// hands or stickers that staff counted
    Counted,
    /// told to an interviewer or a helper, who wrote it down
    Spoken,
}

impl Channel {
    /// In the order in which staff read them.
    pub const ALL: [Self; 7] = [Self::Kiosk, Self::Qr, Self::Web, Self::Mail, Self::Paper, Self::Counted, Self::Spoken];

    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Qr => "qr",
            Self::Web => "web",
            Self::Mail => "mail",
            Self::Paper => "paper",
            Self::Counted => "counted",
            Self::Spoken => "spoken",
        }
    }

    /// The channel that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == word)
    }
}

/// Who answers, never a name. A closed list, because every segment is a row in every tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Segment {
    /// a grown-up visitor
    Adult,
    /// a child
    Child,
    /// a pupil on a school visit
    Pupil,
    /// a teacher on a school visit
    Teacher,
    /// somebody who took part in a workshop
    Participant,
    /// somebody who came along with a participant
    Companion,
}

impl Segment {
    /// In the order in which staff read them.
    pub const ALL: [Self; 6] =
        [Self::Adult, Self::Child, Self::Pupil, Self::Teacher, Self::Participant, Self::Companion];

    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Child => "child",
            Self::Pupil => "pupil",
            Self::Teacher => "teacher",
            Self::Participant => "participant",
            Self::Companion => "companion",
        }
    }

    /// The segment that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|segment| segment.as_str() == word)
    }
}

/// How a response ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// the visitor reached the end
    #[default]
    Done,
    /// the visitor left on purpose
    Exit,
    /// nobody touched the screen any more
    Timeout,
}

impl End {
    /// From the best to the least of them.
    pub const ALL: [Self; 3] = [Self::Done, Self::Exit, Self::Timeout];

    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Exit => "exit",
            Self::Timeout => "timeout",
        }
    }

    /// The end that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.as_str() == word)
    }
}

/// The doubts that a response to a survey raises by itself.
#[must_use]
pub fn own_flags(response: &Response, survey: &SurveyVersion) -> Vec<Flag> {
    // Only what is said about the same thing can contradict itself, and among faces that are all on
    // the happy side none is the worst.
    let about_the_show = |answer: &&Answer| {
        survey.question(answer.question).is_some_and(|Question { series, kind, .. }| {
            *series == Series::Show && !matches!(kind, Kind::Face(FaceQuestion { face_set: FaceSet::Child, .. }))
        })
    };
    let given = || response.answers.iter().filter(about_the_show).map(|answer| &answer.given);
    // The worst face with a full recommendation is far more often a child playing than an opinion.
    let is_worst = given().any(|given| matches!(given, Given::Face(1)));
    let is_full = given().any(|given| matches!(given, Given::Nps(9..)));
    let mut flags = Vec::new();
    if is_worst && is_full {
        flags.push(Flag::Contradiction);
    }
    if response.demo {
        flags.push(Flag::Demo);
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{question, response, survey};

    fn flags(survey: &SurveyVersion, face: u8, nps: u8) -> Vec<Flag> {
        let answers = [Given::Face(face), Given::Nps(nps)];
        let answers = (0..).zip(answers).map(|(place, given)| Answer { question: question(place), given });
        own_flags(&response(answers.collect()), survey)
    }

    #[test]
    fn the_worst_face_contradicts_a_full_recommendation() {
        assert_eq!(flags(&survey(), 1, 9), [Flag::Contradiction]);
        assert_eq!(flags(&survey(), 1, 8), []);
        assert_eq!(flags(&survey(), 2, 10), []);
    }

    #[test]
    fn what_is_said_about_other_things_contradicts_nothing() {
        let mut children = survey();
        children.questions[0].kind =
            Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Child, labels: Vec::new() });
        assert_eq!(flags(&children, 1, 10), [], "the first of their faces is a happy one");
        for place in 0..2 {
            let mut other = survey();
            other.questions[place].series = Series::Organisation;
            assert_eq!(flags(&other, 1, 10), []);
        }
    }
}
