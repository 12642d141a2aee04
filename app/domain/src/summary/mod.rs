//! What staff read: sums of tallies, with how sure they are.

mod breakdown;
mod calculation;

use std::collections::BTreeMap;

pub use calculation::SummaryInput;
use serde::{Deserialize, Serialize};

use super::{
    flag::Flag,
    id::QuestionId,
    interval::Interval,
    privacy::FEWEST,
    response::{Channel, Segment},
    survey::Kind,
    time::Millis,
};

/// How one subject, or several together, did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// responses that are part of the scores
    pub counted: u64,
    /// responses that are not
    pub aside: u64,
    /// the same by the doubt, as far as it tells about no fewer than five; one response may have several
    pub set_aside: BTreeMap<Flag, u64>,
    /// how many were there, where known
    pub attendance: Option<u32>,
    /// counted / attendance, where attendance is known
    pub response_rate: Option<f64>,
    /// over everybody
    pub questions: Vec<QuestionSummary>,
    /// by how the answers came
    pub by_channel: Vec<ChannelPart>,
    /// by who answered
    pub by_segment: Vec<SegmentPart>,
    /// how many answered in each ten minutes, oldest first
    pub by_hour: Vec<SlotCount>,
}

impl Summary {
    /// Leaves only how many answered: of a meeting of a course, whose answers are told together
    /// ([`course`](crate::course)) and by subtraction otherwise.
    #[must_use]
    pub fn silenced(self) -> Self {
        Self {
            set_aside: BTreeMap::new(),
            questions: Vec::new(),
            by_channel: Vec::new(),
            by_segment: Vec::new(),
            by_hour: Vec::new(),
            ..self
        }
    }
}

/// How one question was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionSummary {
    /// which question
    pub id: QuestionId,
    /// face, nps, scale, choice or text
    pub kind: QuestionKind,
    /// how many answered it; `None` where that would tell how so few answered the question before that it is not shown
    pub n: Option<u64>,
    /// how many gave each value; empty where fewer than five answered
    pub counts: BTreeMap<String, u64>,
    /// NPS from -100 to 100; for faces and agreement the share of the top two, in percent
    pub score: Option<i32>,
    /// the 95 % interval of the score, on its scale
    pub interval: Option<Interval>,
    /// a warning that belongs beside the score
    pub note: Option<Note>,
}

impl QuestionSummary {
    /// Leaves only how many answered.
    fn hide(&mut self) {
        self.counts.clear();
        self.score = None;
        self.interval = None;
        self.note = Some(if self.answered() < FEWEST { Note::TooFew } else { Note::Hidden });
    }

    /// Leaves nothing: how many answered says what they had said before.
    fn close(&mut self) {
        self.hide();
        self.n = None;
        self.note = Some(Note::Hidden);
    }

    /// How many answered, as far as it is told.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.n.unwrap_or(0)
    }
}

/// The kind of a question, as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuestionKind {
    /// four or five faces
    Face,
    /// 0 to 10
    Nps,
    /// agreement in five steps
    Scale,
    /// options
    Choice,
    /// a comment
    Text,
}

impl From<&Kind> for QuestionKind {
    fn from(kind: &Kind) -> Self {
        match kind {
            Kind::Face(_) => Self::Face,
            Kind::Nps(_) => Self::Nps,
            Kind::Scale(_) => Self::Scale,
            Kind::Choice(_) => Self::Choice,
            Kind::Text(_) => Self::Text,
        }
    }
}

/// A warning that belongs beside a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// 20 to 49 answers
    #[serde(rename = "small sample")]
    SmallSample,
    /// 5 to 19 answers: the score on request
    #[serde(rename = "on request")]
    OnRequest,
    /// fewer than 5 answers: only how many
    #[serde(rename = "too few")]
    TooFew,
    /// showing them would tell about fewer than five others, or about the question before
    #[serde(rename = "hidden")]
    Hidden,
}

/// The answers that came one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelPart {
    /// which way
    pub channel: Channel,
    /// the answers
    #[serde(flatten)]
    pub part: Part,
}

/// The answers of one segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentPart {
    /// who
    pub segment: Segment,
    /// the answers
    #[serde(flatten)]
    pub part: Part,
}

/// One part of a breakdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// how many responses
    pub n: u64,
    /// `None` where showing them would tell about fewer than five people
    pub questions: Option<Vec<QuestionSummary>>,
}

impl Part {
    fn at(&self, place: usize) -> Option<&QuestionSummary> {
        self.questions.as_ref()?.get(place)
    }
}

/// Responses in ten minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotCount {
    /// when the ten minutes began
    pub from: Millis,
    /// how many responses
    pub n: u64,
}
