//! What is looked at of a response.

use super::source::SourceClass;
use crate::{
    id::{QuestionId, ResponseId},
    response::{Answer, Channel, Given, Response},
    survey::kinds::CountedValue,
    time::Millis,
};

/// What a response shows of how it came about. No comment, no language, nobody's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// which response
    pub id: ResponseId,
    /// when it was given, milliseconds UTC; `None` where no clock tells
    pub at: Option<Millis>,
    /// at what: one screen for many people, or everybody's own
    pub screen: Screen,
    /// from the first tap to the last, on a phone from the making of the form to its sending
    pub duration_ms: Option<Millis>,
    /// questions that were answered
    pub answered: u32,
    /// questions that were passed over
    pub skipped: u32,
    /// what was chosen, sorted; several options of a question stand one after the other, and a question without a
    /// choice is not in it
    pub chosen: Vec<Choice>,
    /// how much had come from the same address
    pub source: SourceClass,
}

/// A value that was chosen for a question.
pub type Choice = (QuestionId, CountedValue);

/// What was chosen, question by question.
pub(super) fn by_question(chosen: &[Choice]) -> impl Iterator<Item = &[Choice]> {
    chosen.chunk_by(|(one, _), (other, _)| one == other)
}

/// What is answered at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// a tablet: people stand one behind the other
    Shared,
    /// phones behind one code: any number of people at once
    Own,
}

impl Screen {
    /// At what a response was given; `None` where its channel or its mode is beyond suspicion.
    #[must_use]
    pub const fn of(channel: Channel, is_demo: bool) -> Option<Self> {
        match channel {
            _ if is_demo => None,
            Channel::Paper | Channel::Counted | Channel::Spoken => None,
            Channel::Kiosk => Some(Self::Shared),
            Channel::Qr | Channel::Web | Channel::Mail => Some(Self::Own),
        }
    }
}

impl Observed {
    /// What is looked at of a stored response; `None` where its channel or its mode is beyond suspicion: staff who
    /// show a kiosk, or type in what they wrote down elsewhere, may be as quick and as regular as they like.
    #[must_use]
    pub fn new(response: &Response, at: Option<Millis>, source: SourceClass) -> Option<Self> {
        let screen = Screen::of(response.channel, response.demo)?;
        let duration = response.timing.duration_ms;
        Some(Self::at_screen(screen, response.id, &response.answers, duration, at, source))
    }

    /// The same, of its parts.
    #[must_use]
    pub fn at_screen(
        screen: Screen,
        id: ResponseId,
        answers: &[Answer],
        duration_ms: Option<Millis>,
        at: Option<Millis>,
        source: SourceClass,
    ) -> Self {
        let mut observed = Self { id, at, screen, duration_ms, answered: 0, skipped: 0, chosen: Vec::new(), source };
        for answer in answers {
            match answer.given {
                Given::Skipped => observed.skipped += 1,
                _ => observed.answered += 1,
            }
            answer.given.count(|value| observed.chosen.push((answer.question, value)));
        }
        observed.chosen.sort_unstable();
        observed.chosen.shrink_to_fit();
        observed
    }
}
