//! Summing up: from tallies to what staff read.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ChannelPart, Note, Part, QuestionSummary, SegmentPart, SlotCount, Summary,
    breakdown::{Breakdown, told},
};
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
        let whole = self.questions(Dimension::All);
        let conditions = self.conditions(&whole);
        let breakdown = Breakdown { whole: &whole, conditions: &conditions };
        Summary {
            counted,
            aside: self.responses(Dimension::All, Standing::SetAside),
            set_aside: self.reasons(),
            attendance: self.attendance,
            response_rate: self.attendance.filter(|there| *there > 0).map(|there| rate(counted, there)),
            by_channel: self
                .parts(breakdown, &Channel::ALL, Dimension::Channel, |channel, part| ChannelPart { channel, part }),
            by_segment: self
                .parts(breakdown, &Segment::ALL, Dimension::Segment, |segment, part| SegmentPart { segment, part }),
            by_hour: self.slots(),
            questions: told(whole, &conditions),
        }
    }

    /// Why responses were set aside. A reason tells what somebody answered, and the others tell it by subtraction.
    fn reasons(&self) -> BTreeMap<Flag, u64> {
        let of = |flag| self.sum(Dimension::All, Standing::SetAside, &Counted::Flag(flag));
        let reasons: Vec<u64> = Flag::ALL.into_iter().map(of).collect();
        let hidden = hidden(&reasons, 0, FEWEST);
        let shown = Flag::ALL.into_iter().zip(reasons).zip(hidden).filter(|((_, n), hidden)| *n > 0 && !hidden);
        shown.map(|(reason, _)| reason).collect()
    }

    /// Of each question, by its place, those whose answers decide whether it is asked, in any version.
    fn conditions(&self, questions: &[QuestionSummary]) -> Vec<Vec<usize>> {
        let place = |id| questions.iter().position(|question| question.id == id);
        let asked = || self.surveys.iter().flat_map(|survey| &survey.questions);
        let of = |question: &QuestionSummary| {
            let ifs = asked().filter(|asked| asked.id == question.id).filter_map(|asked| asked.show_if.as_ref());
            ifs.filter_map(|show_if| place(show_if.question)).collect()
        };
        questions.iter().map(of).collect()
    }

    fn parts<M: Copy, P>(
        &self,
        breakdown: Breakdown<'_>,
        members: &[M],
        dimension: fn(M) -> Dimension,
        named: fn(M, Part) -> P,
    ) -> Vec<P> {
        let members: Vec<(M, u64)> = members
            .iter()
            .map(|member| (*member, self.responses(dimension(*member), Standing::Counted)))
            .filter(|(_, n)| *n > 0)
            .collect();
        let mut parts: Vec<Part> = members
            .iter()
            .map(|(member, n)| Part { n: *n, questions: Some(self.questions(dimension(*member))) })
            .collect();
        breakdown.hide(&mut parts);
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
            n: Some(n),
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
        survey::ShowIf,
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
            let reasons: Vec<u64> = summary.set_aside.values().copied().collect();
            prop_assert!(reasons.iter().all(|n| *n >= FEWEST), "{:?}", reasons);
        }

        #[test]
        fn a_breakdown_never_tells_about_fewer_than_five(audience in audience(60)) {
            let summary = summary(&tally(&audience), true);
            let channels: Vec<&Part> = summary.by_channel.iter().map(|part| &part.part).collect();
            let segments: Vec<&Part> = summary.by_segment.iter().map(|part| &part.part).collect();
            for parts in [channels, segments] {
                for (place, whole) in summary.questions.iter().enumerate() {
                    let shown = |part: &&&Part| part.at(place).is_some_and(|question| !question.counts.is_empty());
                    let told: Vec<u64> = parts.iter().filter(shown).filter_map(|part| part.at(place)?.n).collect();
                    prop_assert!(told.iter().all(|n| *n >= FEWEST));
                    let rest = whole.answered() - told.iter().sum::<u64>();
                    let nothing_told = told.is_empty() || whole.counts.is_empty();
                    prop_assert!(rest == 0 || rest >= FEWEST || nothing_told, "{rest} can be had by subtraction");
                }
            }
        }

        /// Nothing that is told depends on what was said by people of whom nothing may be told: where two of them
        /// from different hidden parts change places, with all that followed from their answers, no number moves.
        #[test]
        fn no_number_tells_what_few_have_answered(evening in asked_on(audience(40)), one in 0_usize..40, other in 0_usize..40) {
            let (before, after) = (follow_ups(&tally(&evening)), follow_ups(&tally(&exchanged(&evening, one, other))));
            let has_mood = |visitor: &Response| visitor.answers[0].given != Given::Skipped;
            let visitor =
                |place: usize| evening.get(place).filter(|(visitor, flags, _)| flags.is_empty() && has_mood(visitor));
            let (Some((one, ..)), Some((other, ..))) = (visitor(one), visitor(other)) else { return Ok(()) };
            let is_untold = |summary: &Summary, of: &Response| {
                let channel = summary.by_channel.iter().find(|part| part.channel == of.channel);
                let segment = summary.by_segment.iter().find(|part| Some(part.segment) == of.segment);
                let parts = channel.map(|part| &part.part).into_iter().chain(segment.map(|part| &part.part));
                parts.into_iter().all(|part| part.at(0).is_none_or(|mood| mood.counts.is_empty()))
            };
            if one.segment.is_some() && other.segment.is_some() && is_untold(&before, one) && is_untold(&before, other) {
                prop_assert_eq!(before, after);
            }
        }

        /// Under five answers, nothing at all depends on what they were.
        #[test]
        fn four_visitors_may_say_what_they_like(evening in asked_on(audience(5)), mood in 1..=5_u8) {
            let otherwise: Vec<Visitor> = evening.iter().map(|(visitor, flags, slot)| {
                (Response { answers: answered(mood), ..visitor.clone() }, flags.clone(), *slot)
            }).collect();
            let mut asked = evening;
            for (visitor, ..) in &mut asked {
                if visitor.answers.first().is_some_and(|mood| mood.given == Given::Skipped) {
                    visitor.answers = answered(3);
                }
            }
            prop_assert_eq!(follow_ups(&tally(&asked)), follow_ups(&tally(&otherwise)));
        }
    }

    /// Who was unhappy is asked why, and whoever said why is asked for more.
    fn with_follow_ups() -> SurveyVersion {
        let mut survey = survey();
        let after = |question, values: &[u8]| Some(ShowIf { question, values: values.into() });
        survey.questions[2].show_if = after(question(0), &[1, 2]);
        survey.questions[4].show_if = after(question(0), &[4, 5]);
        survey.questions[3].show_if = after(question(4), &[1, 2]);
        survey.questions[1].show_if = after(question(0), &[3]);
        survey.questions.swap(3, 4);
        survey
    }

    fn follow_ups(tally: &Tally) -> Summary {
        let surveys = [with_follow_ups()];
        SummaryInput { tally, surveys: &surveys, attendance: Some(50), scores_asked: true }.summary()
    }

    /// What somebody in this mood is asked and answers.
    fn answered(mood: u8) -> Vec<Answer> {
        let give = |place, given| Answer { question: question(place), given };
        let mut answers = vec![give(0, Given::Face(mood))];
        match mood {
            1 | 2 => answers.push(give(2, Given::Choice(vec!["sound".into()]))),
            3 => answers.push(give(1, Given::Nps(7))),
            _ => answers.extend([give(4, Given::Scale(mood - 3)), give(3, Given::Text("Hyvä".into()))]),
        }
        answers
    }

    /// An audience in which everybody is asked what follows from their mood and nothing else.
    fn asked_on(audience: impl Strategy<Value = Vec<Visitor>>) -> impl Strategy<Value = Vec<Visitor>> {
        audience.prop_map(|audience| {
            let asked = |(visitor, flags, slot): Visitor| {
                let answers = match visitor.answers.first().map(|mood| &mood.given) {
                    Some(Given::Face(mood)) => answered(*mood),
                    _ => vec![Answer { question: question(0), given: Given::Skipped }],
                };
                (Response { answers, ..visitor }, flags, slot)
            };
            audience.into_iter().map(asked).collect()
        })
    }

    /// The same audience, in which two have given each other's answers.
    fn exchanged(evening: &[Visitor], one: usize, other: usize) -> Vec<Visitor> {
        let mut evening = evening.to_vec();
        let answers =
            |evening: &[Visitor], place: usize| evening.get(place).map(|(visitor, ..)| visitor.answers.clone());
        if let (Some(first), Some(second)) = (answers(&evening, one), answers(&evening, other)) {
            evening[one].0.answers = second;
            evening[other].0.answers = first;
        }
        evening
    }

    #[test]
    fn how_many_were_asked_why_tells_no_mood() {
        // The finding: of an event with one answer, `n` of the reasons said that it was an unhappy one.
        let alone = |mood| follow_ups(&tally(&[(response(answered(mood)), Vec::new(), Slot(0))]));
        assert_eq!(alone(1), alone(5));
        assert_eq!(alone(1).questions[2].n, None);
        // And a hidden group of two: one of them was unhappy.
        let visitor = |mood, channel| (Response { channel, ..response(answered(mood)) }, Vec::new(), Slot(0));
        let evening = |moods: [u8; 2]| {
            let mut evening: Vec<Visitor> = [1, 1, 5, 5, 5, 5].map(|mood| visitor(mood, Channel::Kiosk)).into();
            evening.extend([5, 5, 5, 1, 5].map(|mood| visitor(mood, Channel::Paper)));
            evening.extend(moods.map(|mood| visitor(mood, Channel::Qr)));
            follow_ups(&tally(&evening))
        };
        let told = evening([1, 5]);
        let shown: u64 = told.by_channel.iter().filter_map(|part| part.part.at(2)?.n).sum();
        assert_eq!(told.questions[2].n, Some(4), "over everybody, where the moods are told, it may be told as well");
        assert!(shown <= 2, "what is left over is of five or more: {shown}");
        assert_eq!(told.questions[2].n, evening([5, 1]).questions[2].n);
    }

    #[test]
    fn a_single_reason_is_nobody_elses_business() {
        let contradiction = (response(answered(1)), vec![Flag::Contradiction], Slot(0));
        let demo = (response(answered(5)), vec![Flag::Demo], Slot(0));
        let of = |contradictions: usize, demos: usize| {
            let both = [vec![contradiction.clone(); contradictions], vec![demo.clone(); demos]].concat();
            let summary = follow_ups(&tally(&both));
            assert_eq!(summary.aside, (contradictions + demos) as u64);
            summary.set_aside.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(of(1, 0), []);
        assert_eq!(of(1, 7), [], "seven of eight would leave one");
        assert_eq!(of(5, 6), [(Flag::Contradiction, 5), (Flag::Demo, 6)]);
    }
}
