//! Summing up: from tallies to what staff read.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChannelPart, Note, Part, QuestionSummary, SegmentPart, SlotCount, Summary};
use crate::{
    flag::{Flag, Standing},
    privacy::{Confidence, FEWEST, hidden},
    response::{Channel, Segment},
    survey::{Question, SurveyVersion},
    tally::{Cell, Counted, Dimension, Tally},
    time::Slot,
};

/// What is summed up.
#[derive(Clone, Copy, Debug)]
pub struct SummaryInput<'a> {
    /// the tallies of the subject
    pub tally: &'a Tally,
    /// every survey version in it, the newest first
    pub surveys: &'a [SurveyVersion],
    /// how many were there
    pub attendance: Option<u32>,
    /// whether the reader asked for scores from five answers on
    pub scores_asked: bool,
}

impl SummaryInput<'_> {
    /// Sums everything up.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let counted = self.responses(Dimension::All, Standing::Counted);
        Summary {
            counted,
            aside: self.responses(Dimension::All, Standing::SetAside),
            set_aside: Flag::ALL
                .into_iter()
                .map(|flag| (flag, self.sum(Dimension::All, Standing::SetAside, &Counted::Flag(flag))))
                .filter(|(_, n)| *n > 0)
                .collect(),
            attendance: self.attendance,
            response_rate: self.attendance.filter(|there| *there > 0).map(|there| rate(counted, there)),
            questions: self.questions(Dimension::All),
            by_channel: self.parts(&Channel::ALL, Dimension::Channel, |channel, part| ChannelPart { channel, part }),
            by_segment: self.parts(&Segment::ALL, Dimension::Segment, |segment, part| SegmentPart { segment, part }),
            by_hour: self.slots(),
        }
    }

    fn parts<M: Copy, P>(&self, members: &[M], dimension: fn(M) -> Dimension, named: fn(M, Part) -> P) -> Vec<P> {
        let members: Vec<(M, u64)> = members
            .iter()
            .map(|member| (*member, self.responses(dimension(*member), Standing::Counted)))
            .filter(|(_, n)| *n > 0)
            .collect();
        let mut parts: Vec<Part> = members
            .iter()
            .map(|(member, n)| Part { n: *n, questions: Some(self.questions(dimension(*member))) })
            .collect();
        // Not everybody answers everything, so what can be had by subtraction differs from question
        // to question: each is judged by its own numbers.
        for (place, whole) in self.questions(Dimension::All).iter().enumerate() {
            let sizes: Vec<u64> = parts.iter().map(|part| part.at(place).map_or(0, |question| question.n)).collect();
            let unlisted = whole.n.saturating_sub(sizes.iter().sum());
            for (part, hidden) in parts.iter_mut().zip(hidden(&sizes, unlisted, FEWEST)) {
                if hidden && let Some(question) = part.questions.as_mut().and_then(|questions| questions.get_mut(place))
                {
                    question.hide();
                }
            }
        }
        for part in parts.iter_mut().filter(|part| part.n < FEWEST) {
            part.questions = None;
        }
        members.into_iter().zip(parts).map(|((member, _), part)| named(member, part)).collect()
    }

    fn slots(&self) -> Vec<SlotCount> {
        let mut by_slot: BTreeMap<Slot, u64> = BTreeMap::new();
        for (cell, n) in self.tally.iter() {
            if let (Counted::Response, Standing::Counted, Dimension::Slot(slot)) =
                (&cell.counted, cell.standing, cell.dimension)
            {
                *by_slot.entry(slot).or_default() += u64::try_from(n).unwrap_or(0);
            }
        }
        by_slot.into_iter().map(|(slot, n)| SlotCount { from: slot.start(), n }).collect()
    }

    fn questions(&self, dimension: Dimension) -> Vec<QuestionSummary> {
        let mut seen = BTreeSet::new();
        let questions = self.surveys.iter().flat_map(|survey| &survey.questions);
        questions
            .filter(|question| seen.insert(question.id))
            .map(|question| self.question(question, dimension))
            .collect()
    }

    fn question(&self, question: &Question, dimension: Dimension) -> QuestionSummary {
        let id = question.id;
        let sum = |counted: Counted| self.sum(dimension, Standing::Counted, &counted);
        let n = sum(Counted::Answered(id));
        let confidence = Confidence::of(n);
        let values = question.kind.counted_values();
        let counts: Vec<u64> = values.iter().map(|value| sum(Counted::Value(id, value.clone()))).collect();
        let score = question.kind.score(&counts).filter(|_| confidence.shows_score(self.scores_asked));
        let shows_counts = confidence != Confidence::TooFew;
        QuestionSummary {
            id,
            kind: (&question.kind).into(),
            n,
            counts: values.iter().map(ToString::to_string).zip(counts).filter(|_| shows_counts).collect(),
            score: score.map(|score| score.value),
            interval: score.map(|score| score.interval.to_tenths()),
            note: match confidence {
                Confidence::TooFew => Some(Note::TooFew),
                Confidence::OnRequest if score.is_none() => Some(Note::OnRequest),
                Confidence::OnRequest | Confidence::SmallSample => Some(Note::SmallSample),
                Confidence::Enough => None,
            },
        }
    }

    fn responses(&self, dimension: Dimension, standing: Standing) -> u64 {
        self.sum(dimension, standing, &Counted::Response)
    }

    /// One count over all survey versions.
    fn sum(&self, dimension: Dimension, standing: Standing, counted: &Counted) -> u64 {
        let of = |survey: &SurveyVersion| {
            self.tally.get(&Cell { survey_version: survey.version, counted: counted.clone(), standing, dimension })
        };
        self.surveys.iter().map(of).map(|n| u64::try_from(n).unwrap_or(0)).sum()
    }
}

fn rate(counted: u64, attendance: u32) -> f64 {
    (counted as f64 / f64::from(attendance) * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        fixtures::{Counted as Visitor, audience, question, response, survey},
        interval::{Interval, wilson},
        response::{Answer, Given, Response},
    };

    fn tally(audience: &[Visitor]) -> Tally {
        let mut tally = Tally::default();
        for (response, flags, slot) in audience {
            tally.count(response, flags, *slot, 1);
        }
        tally
    }

    fn summary(tally: &Tally, scores_asked: bool) -> Summary {
        let surveys = [survey()];
        SummaryInput { tally, surveys: &surveys, attendance: Some(50), scores_asked }.summary()
    }

    /// So many visitors who gave a face and a recommendation.
    fn visitors(groups: &[(usize, u8, u8)]) -> Vec<Visitor> {
        let visitor = |face, nps| -> Response {
            response(vec![
                Answer { question: question(0), given: Given::Face(face) },
                Answer { question: question(1), given: Given::Nps(nps) },
            ])
        };
        groups.iter().flat_map(|(n, face, nps)| vec![(visitor(*face, *nps), Vec::new(), Slot(0)); *n]).collect()
    }

    #[test]
    fn thresholds_decide_what_is_said() {
        for (n, asked, scored, note) in [
            (4, true, false, Some(Note::TooFew)),
            (5, false, false, Some(Note::OnRequest)),
            (5, true, true, Some(Note::SmallSample)),
            (20, false, true, Some(Note::SmallSample)),
            (50, false, true, None),
        ] {
            let summary = summary(&tally(&visitors(&[(n, 5, 10)])), asked);
            let nps = &summary.questions[1];
            assert_eq!((nps.score.is_some(), nps.interval.is_some(), nps.note), (scored, scored, note), "n = {n}");
            assert_eq!(nps.counts.is_empty(), n < 5, "n = {n}");
        }
    }

    #[test]
    fn scores_are_those_of_the_design() {
        let summary = summary(&tally(&visitors(&[(12, 5, 9), (5, 4, 8), (3, 1, 6)])), false);
        let (faces, nps) = (&summary.questions[0], &summary.questions[1]);
        assert_eq!((nps.score, nps.interval), (Some(45), Some(Interval { low: 8.4, high: 69.8 })));
        assert_eq!(faces.score, Some(85), "the top two of five");
        assert_eq!(
            faces.interval,
            wilson(17, 20).map(|Interval { low, high }| Interval { low: low * 100.0, high: high * 100.0 }.to_tenths())
        );
        assert_eq!(summary.response_rate, Some(0.4));
    }

    proptest! {
        #[test]
        fn the_summary_of_the_parts_is_the_summary_of_the_whole(audience in audience(60), cut in 0_usize..60) {
            let (one, two) = audience.split_at(cut.min(audience.len()));
            let mut merged = tally(one);
            merged.merge(&tally(two));
            prop_assert_eq!(summary(&merged, true), summary(&tally(&audience), true));
        }

        #[test]
        fn everybody_is_counted_or_set_aside(audience in audience(60)) {
            let summary = summary(&tally(&audience), true);
            prop_assert_eq!(summary.counted + summary.aside, audience.len() as u64);
            prop_assert_eq!(summary.by_channel.iter().map(|part| part.part.n).sum::<u64>(), summary.counted);
            prop_assert_eq!(summary.by_hour.iter().map(|slot| slot.n).sum::<u64>(), summary.counted);
        }

        #[test]
        fn a_breakdown_never_tells_about_fewer_than_five(audience in audience(60)) {
            let summary = summary(&tally(&audience), true);
            let channels: Vec<&Part> = summary.by_channel.iter().map(|part| &part.part).collect();
            let segments: Vec<&Part> = summary.by_segment.iter().map(|part| &part.part).collect();
            for parts in [channels, segments] {
                for (place, whole) in summary.questions.iter().enumerate() {
                    let shown = |part: &&&Part| part.at(place).is_some_and(|question| !question.counts.is_empty());
                    let told: Vec<u64> = parts.iter().filter(shown).filter_map(|part| Some(part.at(place)?.n)).collect();
                    prop_assert!(told.iter().all(|n| *n >= FEWEST));
                    let rest = whole.n - told.iter().sum::<u64>();
                    let nothing_told = told.is_empty() || whole.counts.is_empty();
                    prop_assert!(rest == 0 || rest >= FEWEST || nothing_told, "{rest} can be had by subtraction");
                }
            }
        }
    }
}
