//! What a breakdown may tell: nothing from which the answers of fewer than five can be had, neither by subtraction nor by
//! how many were asked what follows from them.

use super::{Part, QuestionSummary};
use crate::privacy::{FEWEST, hidden};

/// What can be had from the parts of a breakdown by subtracting them from the whole.
#[derive(Clone, Copy)]
pub(super) struct Breakdown<'a> {
    /// every question over everybody
    pub(super) whole: &'a [QuestionSummary],
    /// of each question, by its place, those whose answers decide whether it is asked
    pub(super) conditions: &'a [Vec<usize>],
}

impl Breakdown<'_> {
    /// Hides what tells about too few. Not everybody answers everything, so what can be had by subtraction differs
    /// from question to question: each is judged by its own numbers. Where a question is hidden, so is how many were
    /// asked the ones that follow from it; to others, such parts are as good as unlisted.
    pub(super) fn hide(self, parts: &mut [Part]) {
        let mut silent: Vec<Vec<bool>> = Vec::with_capacity(self.whole.len());
        for (place, whole) in self.whole.iter().enumerate() {
            let of = |part: &Part| part.at(place).map_or(0, QuestionSummary::answered);
            let closed: Vec<bool> = (0..parts.len())
                .map(|part| self.conditions[place].iter().any(|before| says_nothing(&silent, *before, part)))
                .collect();
            let sizes: Vec<u64> =
                parts.iter().zip(&closed).map(|(part, closed)| if *closed { 0 } else { of(part) }).collect();
            let unlisted = whole.answered().saturating_sub(sizes.iter().sum());
            let hidden = hidden(&sizes, unlisted, FEWEST);
            for ((part, hidden), closed) in parts.iter_mut().zip(&hidden).zip(&closed) {
                let Some(question) = part.questions.as_mut().and_then(|questions| questions.get_mut(place)) else {
                    continue;
                };
                match (closed, hidden) {
                    (true, _) => question.close(),
                    (false, true) => question.hide(),
                    (false, false) => {}
                }
            }
            let too_few = |size: &u64| *size < FEWEST;
            silent.push(sizes.iter().zip(hidden).map(|(size, hidden)| hidden || too_few(size)).collect());
        }
    }
}

/// Whether a question, by its place, is not told in a part. One that comes later in the list has not been judged yet.
fn says_nothing(silent: &[Vec<bool>], question: usize, part: usize) -> bool {
    silent.get(question).is_none_or(|parts| parts[part])
}

/// Every question over everybody; closed where the one that decides whether it is asked has too few answers to be told.
pub(super) fn told(mut whole: Vec<QuestionSummary>, conditions: &[Vec<usize>]) -> Vec<QuestionSummary> {
    for place in 0..whole.len() {
        let is_silent = |before: &usize| *before >= place || whole[*before].answered() < FEWEST;
        if conditions[place].iter().any(is_silent) {
            whole[place].close();
        }
    }
    whole
}
