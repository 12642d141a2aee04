//! The kinds of questions. A file holds everything that is peculiar to one kind: which definition is
//! valid, which answers are, what is counted of them and what their score is. This page only
//! dispatches: a new kind is a file, and the compiler names the places.
//!
//! What the kinds have in common stands beside them: `value` (what is given and what is counted), `score`, and
//! `invalid_definition` (why one cannot be published).
//!
//! How a kind is drawn does not belong here (that is `screens/question` in the crate `app`).

mod choice;
mod face;
mod invalid_definition;
mod nps;
mod scale;
mod score;
pub mod text;
mod value;

use std::ops::RangeInclusive;

use serde::Serialize;

pub use self::{
    choice::{ChoiceOption, ChoiceQuestion},
    face::{FaceQuestion, FaceSet},
    invalid_definition::InvalidDefinition,
    nps::NpsQuestion,
    scale::ScaleQuestion,
    score::Score,
    text::TextQuestion,
    value::{CountedValue, Given, InvalidValue, UncheckedValue},
};
use crate::lang::Text;

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// four or five faces
    Face(FaceQuestion),
    /// 0 to 10: how likely to recommend
    Nps(NpsQuestion),
    /// how far somebody agrees, in five steps
    Scale(ScaleQuestion),
    /// one or many of a few options
    Choice(ChoiceQuestion),
    /// free text: a comment
    Text(TextQuestion),
}

impl Kind {
    /// The words of all kinds, as a screen lists those that it can draw.
    pub const WORDS: &str = "face,nps,scale,choice,text";
    /// The kinds that every screen has always drawn: what one may be sent that lists none.
    pub const FIRST_WORDS: &str = "face,nps,choice,text";

    /// The word in the store and in the API.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Face(_) => "face",
            Self::Nps(_) => "nps",
            Self::Scale(_) => "scale",
            Self::Choice(_) => "choice",
            Self::Text(_) => "text",
        }
    }

    /// The words at the scale or of the options, from the left.
    pub(super) fn words_mut(&mut self) -> Vec<&mut Text> {
        match self {
            Self::Face(FaceQuestion { labels, .. })
            | Self::Nps(NpsQuestion { labels })
            | Self::Scale(ScaleQuestion { labels }) => labels.iter_mut().collect(),
            Self::Choice(choice) => choice.options.iter_mut().map(|option| &mut option.text).collect(),
            Self::Text(_) => Vec::new(),
        }
    }

    /// Checks what publication promises to kiosks and tallies.
    pub(super) fn check(&self) -> Result<(), InvalidDefinition> {
        match self {
            Self::Face(face) => face.check(),
            Self::Nps(nps) => nps.check(),
            Self::Scale(scale) => scale.check(),
            Self::Choice(choice) => choice.check(),
            Self::Text(TextQuestion {}) => Ok(()),
        }
    }

    /// The numbers that can be answered, from the worst to the best; `None` where no number can.
    #[must_use]
    pub fn numbers(&self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::Face(face) => Some(face.numbers()),
            Self::Nps(_) => Some(NpsQuestion::NUMBERS),
            Self::Scale(_) => Some(ScaleQuestion::NUMBERS),
            Self::Choice(_) | Self::Text(_) => None,
        }
    }

    /// Checks a value as it arrived.
    ///
    /// # Errors
    /// The first rule that does not hold.
    pub fn read(&self, value: UncheckedValue) -> Result<Given, InvalidValue> {
        match self {
            Self::Face(face) => number(&value, &face.numbers()).map(Given::Face),
            Self::Nps(_) => number(&value, &NpsQuestion::NUMBERS).map(Given::Nps),
            Self::Scale(_) => number(&value, &ScaleQuestion::NUMBERS).map(Given::Scale),
            Self::Choice(choice) => choice.read(value),
            Self::Text(_) => text::read(value),
        }
    }

    /// The values that are counted, each for itself, in the order in which they are shown.
    #[must_use]
    pub fn counted_values(&self) -> Vec<CountedValue> {
        match self {
            Self::Face(face) => face.numbers().map(CountedValue::Number).collect(),
            Self::Nps(_) => NpsQuestion::NUMBERS.map(CountedValue::Number).collect(),
            Self::Scale(_) => ScaleQuestion::NUMBERS.map(CountedValue::Number).collect(),
            Self::Choice(choice) => choice.keys().map(|key| CountedValue::Option(key.to_owned())).collect(),
            Self::Text(_) => Vec::new(),
        }
    }

    /// The score, of how many gave each of [`Self::counted_values`]; `None` where the kind has none or
    /// nobody answered.
    #[must_use]
    pub fn score(&self, counts: &[u64]) -> Option<Score> {
        match self {
            Self::Face(_) | Self::Scale(_) => score::top_two(counts),
            Self::Nps(_) => nps::score(counts),
            Self::Choice(_) | Self::Text(_) => None,
        }
    }
}

impl Given {
    /// As a screen sends it: a comment is cleaned, and an empty one was passed over (`None`).
    #[must_use]
    pub fn to_unchecked(&self) -> Option<UncheckedValue> {
        match self {
            Self::Face(value) | Self::Nps(value) | Self::Scale(value) => Some(UncheckedValue::Number(Some(*value))),
            Self::Choice(keys) => Some(UncheckedValue::Options(keys.clone())),
            Self::Text(typed) => text::clean(typed).map(UncheckedValue::Text),
            Self::Skipped => None,
        }
    }
}

/// A whole number within a range.
fn number(value: &UncheckedValue, numbers: &RangeInclusive<u8>) -> Result<u8, InvalidValue> {
    let UncheckedValue::Number(number) = value else { return Err(InvalidValue::WrongKind) };
    number.filter(|value| numbers.contains(value)).ok_or(InvalidValue::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::{Interval, wilson};

    fn scale(steps: usize) -> Kind {
        Kind::Scale(ScaleQuestion { labels: vec![Text::same("step"); steps] })
    }

    #[test]
    fn an_agreement_scale_has_a_word_at_each_of_five_steps() {
        assert_eq!(scale(5).check(), Ok(()));
        for steps in [0, 2, 4, 6] {
            assert_eq!(scale(steps).check(), Err(InvalidDefinition::Steps));
        }
    }

    #[test]
    fn agreement_is_a_whole_number_from_one_to_five() {
        for value in 1..=5 {
            assert_eq!(scale(5).read(UncheckedValue::Number(Some(value))), Ok(Given::Scale(value)));
        }
        for (wrong, why) in [
            (UncheckedValue::Number(Some(0)), InvalidValue::OutOfRange),
            (UncheckedValue::Number(Some(6)), InvalidValue::OutOfRange),
            (UncheckedValue::Number(None), InvalidValue::OutOfRange),
            (UncheckedValue::Text("4".into()), InvalidValue::WrongKind),
            (UncheckedValue::Options(vec!["4".into()]), InvalidValue::WrongKind),
            (UncheckedValue::Other, InvalidValue::WrongKind),
        ] {
            assert_eq!(scale(5).read(wrong), Err(why));
        }
    }

    #[test]
    fn a_screen_that_lists_all_kinds_lists_this_one() {
        let mut kinds: Vec<Kind> =
            crate::fixtures::survey().questions.into_iter().map(|question| question.kind).collect();
        kinds.sort_by_key(|kind| Kind::WORDS.split(',').position(|word| word == kind.as_str()));
        let words: Vec<&str> = kinds.iter().map(Kind::as_str).collect();
        assert_eq!(words.join(","), Kind::WORDS);
    }

    #[test]
    fn agreement_is_scored_as_faces_are() {
        let share = |counts: &[u64]| scale(5).score(counts).map(|score| (score.value, score.interval.to_tenths()));
        let Interval { low, high } = wilson(17, 20).unwrap();
        let percent = Interval { low: 100.0 * low, high: 100.0 * high }.to_tenths();
        assert_eq!(share(&[1, 0, 2, 7, 10]), Some((85, percent)));
        assert_eq!(share(&[0; 5]), None, "nobody answered");
    }

    #[test]
    fn a_screen_that_knows_fewer_kinds_is_asked_nothing_that_hangs_on_another() {
        let survey = |condition: Option<u128>| {
            let mut survey = crate::fixtures::survey();
            survey.questions.rotate_right(1);
            survey.questions[2].show_if = condition
                .map(|place| crate::survey::ShowIf { question: crate::fixtures::question(place), values: vec![1] });
            survey
        };
        let asked = |condition, words: &str| -> Vec<&'static str> {
            let words: Vec<&str> = words.split(',').collect();
            survey(condition).with_kinds(&words).questions.iter().map(|question| question.kind.as_str()).collect()
        };
        assert_eq!(asked(None, Kind::WORDS), ["scale", "face", "nps", "choice", "text"]);
        assert_eq!(asked(None, Kind::FIRST_WORDS), ["face", "nps", "choice", "text"]);
        assert_eq!(asked(Some(4), Kind::WORDS), ["scale", "face", "nps", "choice", "text"]);
        assert_eq!(asked(Some(4), Kind::FIRST_WORDS), ["face", "choice", "text"]);
        assert_eq!(asked(Some(0), Kind::FIRST_WORDS), ["face", "nps", "choice", "text"]);
    }

    #[test]
    fn every_value_that_can_be_given_is_counted_under_a_key_of_its_question() {
        let values = scale(5).counted_values();
        assert_eq!(values.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1", "2", "3", "4", "5"]);
        for value in 1..=5 {
            let mut counted = Vec::new();
            Given::Scale(value).count(|key| counted.push(key));
            assert!(counted.len() == 1 && values.contains(&counted[0]));
        }
    }
}
