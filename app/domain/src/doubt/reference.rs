//! What answers are expected to be: of the production's earlier events, and where there are none yet,
//! as culture audiences answer. Never of the answers that are judged: most of those may be false.

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::observed::{Choice, by_question};
use crate::{
    id::QuestionId,
    survey::{FaceSet, Kind, Question, Series, SurveyVersion, kinds::CountedValue},
};

/// How often each value of each question is expected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference(BTreeMap<QuestionId, Shares>);

#[derive(Clone, Debug, PartialEq)]
struct Shares {
    /// the ends of its scale, from the worst to the best; `None` where it has none
    scale: Option<RangeInclusive<u8>>,
    /// what it is about
    series: Series,
    /// what is expected before anybody answered; sums to 1 for a question of one value
    prior: BTreeMap<CountedValue, f64>,
    counts: BTreeMap<CountedValue, u64>,
}

/// The prior weighs as much as so many earlier answers.
const PRIOR_WEIGHT: f64 = 50.0;

/// The shares of five faces, from the worst: rounded from what foyers and concert halls publish, where most are
/// content. It need not be right, only not wrong by more than [`MOOD`].
const FACES: [f64; 5] = [0.02, 0.05, 0.13, 0.30, 0.50];
/// The shares of 0 to 10, to an NPS of about 45.
const RECOMMENDATION: [f64; 11] = [0.01, 0.005, 0.01, 0.01, 0.01, 0.04, 0.045, 0.10, 0.18, 0.18, 0.41];
/// The shares of five steps of agreement.
const AGREEMENT: [f64; 5] = [0.05, 0.10, 0.20, 0.40, 0.25];
/// The share of an option among those who were asked to choose.
const OPTION: f64 = 0.3;

/// An evening may be so much better or worse than expected that the odds of a value are as many times higher.
const MOOD: f64 = 4.0;

impl Reference {
    /// What is expected of the questions of these versions before anybody answered them.
    #[must_use]
    pub fn shipped<'a>(surveys: impl IntoIterator<Item = &'a SurveyVersion>) -> Self {
        let questions = surveys.into_iter().flat_map(|survey| &survey.questions);
        Self(questions.map(|question| (question.id, Shares::shipped(question))).collect())
    }

    /// Adds how often a value was counted at earlier events. A question that no version has is left out.
    pub fn add(&mut self, question: QuestionId, value: CountedValue, count: u64) {
        if let Some(shares) = self.0.get_mut(&question) {
            *shares.counts.entry(value).or_default() += count;
        }
    }

    /// The share of the rarest of these values on an evening like the earlier ones; 1 where nothing is known.
    pub(super) fn share(&self, values: &[Choice]) -> f64 {
        let shares = values.iter().filter_map(|(question, value)| Some(self.0.get(question)?.of(value)));
        shares.fold(1.0, f64::min)
    }

    /// How far the first two answers on a scale about one thing are apart, each from 0 (worst) to 1 (best); `None` where
    /// there are no two.
    pub(super) fn difference(&self, chosen: &[Choice]) -> Option<f64> {
        let on_scale = by_question(chosen).filter_map(|values| {
            let [(question, CountedValue::Number(number))] = values else { return None };
            let shares = self.0.get(question)?;
            let Some(scale) = &shares.scale else { return None };
            let (low, high) = (f64::from(*scale.start()), f64::from(*scale.end()));
            Some((shares.series, (f64::from(*number) - low) / (high - low)))
        });
        let on_scale: Vec<_> = on_scale.collect();
        let (series, first) = *on_scale.first()?;
        let (_, second) = on_scale[1..].iter().find(|(other, _)| *other == series)?;
        Some((first - second).abs())
    }

    /// The share of a whole set of answers. Answers of one person hang together, so that the
    /// product of their shares would be far too small: of the rarest the whole counts, of the second the root.
    pub(super) fn share_of_all(&self, chosen: &[Choice]) -> f64 {
        let mut shares: Vec<f64> = by_question(chosen).map(|values| self.share(values)).collect();
        shares.sort_by(f64::total_cmp);
        let rarest = shares.first().copied().unwrap_or(1.0);
        rarest * shares.get(1).copied().unwrap_or(1.0).sqrt()
    }
}

impl Shares {
    fn shipped(question: &Question) -> Self {
        // Among faces that are all on the happy side none is the worst.
        let is_favourite = matches!(&question.kind, Kind::Face(face) if face.face_set == FaceSet::Child);
        Self {
            scale: question.kind.numbers().filter(|_| !is_favourite),
            series: question.series,
            prior: prior(&question.kind),
            counts: BTreeMap::new(),
        }
    }

    fn of(&self, value: &CountedValue) -> f64 {
        let n: u64 = self.counts.values().sum();
        let count = self.counts.get(value).copied().unwrap_or(0);
        let prior = self.prior.get(value).copied().unwrap_or(0.01);
        (PRIOR_WEIGHT).mul_add(prior, count as f64) / (PRIOR_WEIGHT + n as f64)
    }
}

/// The highest share that something may have on any evening: its odds as high as a mood may make them.
pub(super) fn with_mood(share: f64) -> f64 {
    if share >= 1.0 {
        return 1.0;
    }
    let odds = MOOD * share / (1.0 - share);
    odds / (1.0 + odds)
}

fn prior(kind: &Kind) -> BTreeMap<CountedValue, f64> {
    let numbers = |shares: &[f64], first: u8| -> BTreeMap<CountedValue, f64> {
        (first..).map(CountedValue::Number).zip(shares.iter().copied()).collect()
    };
    match kind {
        // All of the children's faces are on the happy side, and favourites decide.
        Kind::Face(face) if face.face_set == FaceSet::Child => {
            let even = 1.0 / f64::from(face.faces.max(1));
            numbers(&vec![even; usize::from(face.faces)], 1)
        }
        // Four faces are five without the middle.
        Kind::Face(face) if face.faces == 4 => {
            numbers(&[FACES[0], FACES[1] + FACES[2] / 2.0, FACES[3] + FACES[2] / 2.0, FACES[4]], 1)
        }
        Kind::Face(_) => numbers(&FACES, 1),
        Kind::Nps(_) => numbers(&RECOMMENDATION, 0),
        Kind::Scale(_) => numbers(&AGREEMENT, 1),
        Kind::Choice(_) => kind.counted_values().into_iter().map(|value| (value, OPTION)).collect(),
        Kind::Text(_) => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{question, survey};

    #[test]
    fn what_is_expected_before_anybody_answered_sums_to_one() {
        for shares in [&FACES[..], &RECOMMENDATION, &AGREEMENT] {
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{shares:?}");
        }
        for question in survey().questions {
            let shares = prior(&question.kind);
            assert_eq!(shares.len(), question.kind.counted_values().len());
        }
    }

    #[test]
    fn earlier_events_outweigh_what_is_shipped() {
        let mut reference = Reference::shipped([&survey()]);
        let zero = [(question(1), CountedValue::Number(0))];
        let before = reference.share(&zero);
        reference.add(question(1), CountedValue::Number(0), 300);
        reference.add(question(1), CountedValue::Number(10), 100);
        assert!(before < 0.02 && reference.share(&zero) > 0.6);
        assert!(
            (reference.share(&[(QuestionId(uuid::Uuid::nil()), CountedValue::Number(0))]) - 1.0).abs() < 1e-9,
            "nothing is known of it"
        );
    }
}
