//! Whatever happens to a course, nothing is told of fewer than five.

use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;
use crate::{
    fixtures::{question, survey},
    id::{EventId, ResponseId},
};

/// What happens to a course.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Answers { meeting: u8, face: Option<u8> },
    IsChanged { nth: usize, face: Option<u8> },
    IsSetAside { nth: usize },
    IsPutBack { nth: usize },
    Moves { nth: usize, meeting: u8 },
}

fn happens() -> impl Strategy<Value = Happens> {
    let face = || proptest::option::weighted(0.8, 1..=5_u8);
    prop_oneof![
        6 => (0..6_u8, face()).prop_map(|(meeting, face)| Happens::Answers { meeting, face }),
        1 => (0..60_usize, face()).prop_map(|(nth, face)| Happens::IsChanged { nth, face }),
        2 => (0..60_usize).prop_map(|nth| Happens::IsSetAside { nth }),
        1 => (0..60_usize).prop_map(|nth| Happens::IsPutBack { nth }),
        1 => (0..60_usize, 0..6_u8).prop_map(|(nth, meeting)| Happens::Moves { nth, meeting }),
    ]
}

/// An answer and whether it counts.
type Row = (PooledAnswer, bool);

fn answers(face: Option<u8>) -> Vec<Answer> {
    vec![Answer { question: question(0), given: face.map_or(Given::Skipped, Given::Face) }]
}

fn meeting(nth: u8) -> EventId {
    EventId(Uuid::from_u128(1_000 + u128::from(nth)))
}

fn apply(rows: &mut Vec<Row>, happens: Happens) {
    match happens {
        Happens::Answers { meeting: nth, face } => {
            let response = ResponseId(Uuid::from_u128(rows.len() as u128 + 1));
            let arrived = Arrived { answer: Version { response, revision: 1 }, meeting: meeting(nth) };
            rows.push((PooledAnswer { arrived, answers: answers(face) }, true));
        }
        Happens::IsChanged { nth, face } => {
            if let Some((row, _)) = rows.get_mut(nth) {
                row.arrived.answer.revision += 1;
                row.answers = answers(face);
            }
        }
        Happens::IsSetAside { nth } => rows.get_mut(nth).into_iter().for_each(|row| row.1 = false),
        Happens::IsPutBack { nth } => rows.get_mut(nth).into_iter().for_each(|row| row.1 = true),
        Happens::Moves { nth, meeting: to } => {
            rows.get_mut(nth).into_iter().for_each(|row| row.0.arrived.meeting = meeting(to));
        }
    }
}

fn look(course: &Course, rows: &[Row]) -> Course {
    let counted: Vec<&PooledAnswer> = rows.iter().filter(|row| row.1).map(|row| &row.0).collect();
    let arrived: Vec<Arrived> = counted.iter().map(|row| row.arrived).collect();
    match course.steps.next(&arrived) {
        None => course.clone(),
        Some(steps) => {
            let shown = steps.shown();
            let pooled: Vec<PooledAnswer> =
                counted.into_iter().filter(|row| shown.contains(&row.arrived.answer)).cloned().collect();
            course.advanced(steps, &pooled)
        }
    }
}

fn after(rows: u8, meetings: u8) -> Course {
    let mut all = Vec::new();
    for nth in 0..rows {
        apply(&mut all, Happens::Answers { meeting: nth % meetings, face: Some(1 + nth % 5) });
    }
    look(&Course::default(), &all)
}

#[test]
fn a_course_speaks_from_fifteen_answers_with_five_in_one_meeting() {
    let counted = |rows, meetings| after(rows, meetings).counted();
    assert_eq!([14, 15, 19, 20].map(|rows| counted(rows, 3)), [0, 15, 15, 20]);
    assert_eq!(counted(16, 4), 0, "four answers in each meeting");
    assert_eq!(counted(20, 4), 20);
}

#[test]
fn nothing_pretends_to_know_how_sure_it_is() {
    let told = after(60, 6).summaries(&[survey()]);
    assert_eq!((told[0].n, told[0].score, told[0].interval, told[0].note), (Some(60), Some(40), None, None));
    assert_eq!((told[1].n, told[1].note, told[1].counts.len()), (None, Some(Note::Hidden), 0));
}

#[test]
fn a_single_change_is_shown_with_others() {
    let mut rows = Vec::new();
    for _ in 0..15 {
        apply(&mut rows, Happens::Answers { meeting: 0, face: Some(5) });
    }
    let first = look(&Course::default(), &rows);
    apply(&mut rows, Happens::IsChanged { nth: 3, face: Some(1) });
    assert_eq!(look(&first, &rows), first);
    for _ in 0..5 {
        apply(&mut rows, Happens::Answers { meeting: 1, face: Some(5) });
    }
    let second = look(&first, &rows);
    assert_eq!((second.counted(), second.questions[&question(0)].counts["1"]), (20, 1));
}

#[test]
fn a_course_that_has_fewer_falls_silent() {
    let mut rows = Vec::new();
    for _ in 0..15 {
        apply(&mut rows, Happens::Answers { meeting: 0, face: Some(5) });
    }
    let spoke = look(&Course::default(), &rows);
    apply(&mut rows, Happens::IsSetAside { nth: 0 });
    let silent = look(&spoke, &rows);
    assert_eq!(silent.counted(), 0);
    apply(&mut rows, Happens::Answers { meeting: 0, face: Some(1) });
    assert_eq!(look(&silent, &rows).counted(), 0, "one has taken the place of another");
}

proptest! {
    #[test]
    fn no_difference_between_two_looks_tells_of_fewer_than_five(story in vec(happens(), 0..90), often in 1..4_usize) {
        let (mut rows, mut course, mut looks) = (Vec::new(), Course::default(), vec![Course::default()]);
        for (nth, happens) in story.into_iter().enumerate() {
            apply(&mut rows, happens);
            if nth % often == 0 {
                course = look(&course, &rows);
                looks.push(course.clone());
            }
        }
        let face = |look: &Course| look.questions.get(&question(0)).map(|one| one.steps.shown()).unwrap_or_default();
        let sets: [Vec<BTreeSet<Version>>; 2] =
            [looks.iter().map(|look| look.steps.shown()).collect(), looks.iter().map(face).collect()];
        for sets in sets {
            for one in &sets {
                prop_assert!(one.is_empty() || one.len() >= 15);
                prop_assert_eq!(one.len() % 5, 0);
                for other in &sets {
                    let difference = one.symmetric_difference(other).count();
                    prop_assert!(difference == 0 || difference >= 5, "{difference}");
                }
            }
        }
        for look in &looks {
            let told = look.questions.get(&question(0));
            let counted: u64 = told.map_or(0, |told| told.counts.values().sum());
            prop_assert_eq!(counted, face(look).len() as u64, "what is told is of those who are shown");
        }
    }

    #[test]
    fn who_answers_and_stays_is_shown_at_last(meetings in vec(0..3_u8, 30..60)) {
        let (mut rows, mut course) = (Vec::new(), Course::default());
        for meeting in meetings {
            apply(&mut rows, Happens::Answers { meeting, face: Some(3) });
            course = look(&course, &rows);
        }
        prop_assert!(rows.len() as u64 - course.counted() < 5);
    }

    #[test]
    fn what_is_kept_is_read_again(story in vec(happens(), 0..60)) {
        let mut rows = Vec::new();
        for happens in story {
            apply(&mut rows, happens);
        }
        let course = look(&Course::default(), &rows);
        let kept = serde_json::to_string(&course).unwrap();
        prop_assert_eq!(serde_json::from_str::<Course>(&kept).unwrap(), course);
    }
}
