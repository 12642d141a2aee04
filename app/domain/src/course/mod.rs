//! Courses: what may be said of a group that meets again and again, and is too small for one evening.
//!
//! The answers of all its meetings are pooled. The pool speaks from fifteen answers on, five of them of one meeting, and
//! moves in steps: whatever was shown at two moments, and whatever was set aside, changed or moved in between, what can be
//! had by subtracting one from the other is nothing, or is of five answers or more. To keep that promise the pool
//! remembers of which answers each of its steps was made; not what they said.
//!
//! Not everybody answers everything, so each question has steps of its own, among the answers of the pool. The same few
//! people answer every week: there are answers, not people, and no interval.

mod steps;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use self::steps::{Arrived, FEWEST_POOLED, Steps, Version};
use crate::{
    id::QuestionId,
    response::{Answer, Given},
    summary::{Note, QuestionSummary},
    survey::SurveyVersion,
};

/// An answer of the pool, with what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PooledAnswer {
    /// which, and at which meeting
    pub arrived: Arrived,
    /// to each question
    pub answers: Vec<Answer>,
}

/// One question, over the answers of its own steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PooledQuestion {
    steps: Steps,
    counts: BTreeMap<String, u64>,
}

/// What is shown of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    steps: Steps,
    questions: BTreeMap<QuestionId, PooledQuestion>,
}

impl Course {
    /// The answers that it is made of.
    #[must_use]
    pub const fn steps(&self) -> &Steps {
        &self.steps
    }

    /// How many answers are shown: none, or at least [`FEWEST_POOLED`].
    #[must_use]
    pub fn counted(&self) -> u64 {
        self.steps.shown().len() as u64
    }

    /// The next step of the course, with what was said in all of its answers, in the order in which they arrived.
    #[must_use]
    pub fn advanced(&self, steps: Steps, answers: &[PooledAnswer]) -> Self {
        let mut questions = self.questions.clone();
        let given = |one: &Answer| one.given != Given::Skipped;
        let asked: BTreeSet<QuestionId> =
            answers.iter().flat_map(|one| &one.answers).filter(|one| given(one)).map(|one| one.question).collect();
        for question in asked {
            questions.entry(question).or_default();
        }
        for (id, question) in &mut questions {
            let of = |one: &PooledAnswer| one.answers.iter().any(|answer| answer.question == *id && given(answer));
            let arrived: Vec<Arrived> = answers.iter().filter(|one| of(one)).map(|one| one.arrived).collect();
            let Some(next) = question.steps.next(&arrived) else { continue };
            let shown = next.shown();
            *question = PooledQuestion { steps: next, counts: BTreeMap::new() };
            let told = answers.iter().filter(|one| shown.contains(&one.arrived.answer));
            for answer in told.flat_map(|one| &one.answers).filter(|answer| answer.question == *id) {
                answer.given.count(|value| *question.counts.entry(value.to_string()).or_default() += 1);
            }
        }
        Self { steps, questions }
    }

    /// What is said of each question, in the order of the surveys. There is no interval: nobody is counted once.
    #[must_use]
    pub fn summaries(&self, surveys: &[SurveyVersion]) -> Vec<QuestionSummary> {
        let mut seen = BTreeSet::new();
        let questions = surveys.iter().flat_map(|survey| &survey.questions);
        let asked = questions.filter(|question| seen.insert(question.id));
        let summary = asked.map(|question| {
            let pooled = self.questions.get(&question.id);
            let n = pooled.map_or(0, |pooled| pooled.steps.shown().len() as u64);
            let values = question.kind.counted_values();
            let of = |value: String| {
                let count = pooled.and_then(|pooled| pooled.counts.get(&value)).copied().unwrap_or(0);
                (value, count)
            };
            let named: Vec<(String, u64)> = values.iter().map(ToString::to_string).map(of).collect();
            let counts: Vec<u64> = named.iter().map(|(_, count)| *count).collect();
            QuestionSummary {
                id: question.id,
                kind: (&question.kind).into(),
                n: (n > 0).then_some(n),
                score: (n > 0).then(|| question.kind.score(&counts)).flatten().map(|score| score.value),
                interval: None,
                note: (n == 0).then_some(Note::Hidden),
                counts: named.into_iter().filter(|_| n > 0).collect(),
            }
        });
        summary.collect()
    }
}
