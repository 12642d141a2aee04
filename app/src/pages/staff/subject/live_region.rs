//! Everything on the page of a subject that changes while people answer: rendered with the page,
//! and alone for the client that swaps it in.

use leptos::prelude::*;

use super::{
    data::{About, SubjectData},
    panel::{
        Panel, answered::Answered, breakdown, choice::Choice, comments::Comments, faces::Faces, nps::Score, time::Time,
    },
};
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink},
        empty::Empty,
    },
    pages::staff::{late::late, productions::production_address},
};
use domain::{
    id::ProductionId,
    lang::{Lang, Reader},
    privacy::FEWEST,
    summary::QuestionKind,
};

/// The panels of a subject.
#[component]
pub fn LiveRegion(
    /// the subject and its summary
    data: SubjectData,
    /// for whom
    reader: Reader,
) -> impl IntoView {
    let summary = &data.summary;
    let late = late(data.delay, reader.lang()).filter(|_| data.live.is_some());
    let inside = if summary.counted + summary.aside == 0 && data.comments.is_empty() {
        nothing_yet(&data, reader.lang()).into_any()
    } else if let Some(course) = data.course {
        meeting(&data, course, reader.lang()).into_any()
    } else {
        panels(&data, reader).into_any()
    };
    view! { <section id="live">{inside} {late}</section> }
}

/// A meeting of a course: how many answered, and where the numbers are.
fn meeting(data: &SubjectData, course: ProductionId, lang: Lang) -> impl IntoView + use<> {
    let summary = data.summary.clone();
    view! {
        <div class="panels">
            <Answered summary=summary audience=true kind=data.attendance_kind lang=lang />
            <Panel id="course" title=td_string!(lang, course.meeting) width="w9">
                <p class="says">{td_string!(lang, course.meeting_says)}</p>
                <Actions>
                    <ButtonLink href=production_address(course) text=td_string!(lang, course.to_course) />
                </Actions>
            </Panel>
        </div>
    }
}

fn panels(data: &SubjectData, reader: Reader) -> impl IntoView + use<> {
    let lang = reader.lang();
    let summary = data.summary.clone();
    let enough = summary.counted >= FEWEST;
    let path = &data.path;
    let (mut faces, mut scores, mut scales, mut choices) = (vec![], vec![], vec![], vec![]);
    for asked in summary.questions.clone() {
        let Some(question) = data.question(asked.id).cloned() else { continue };
        match asked.kind {
            QuestionKind::Face => {
                faces.push(view! { <Faces question=question summary=asked reader=reader path=path.clone() /> });
            }
            QuestionKind::Nps => {
                scores.push(view! { <Score question=question summary=asked reader=reader path=path.clone() /> });
            }
            QuestionKind::Scale => {
                scales.push(view! { <Faces question=question summary=asked reader=reader path=path.clone() /> });
            }
            QuestionKind::Choice if enough && asked.answered() > 0 => {
                choices.push(view! { <Choice question=question summary=asked reader=reader /> });
            }
            // The comments of all questions have one panel together.
            QuestionKind::Choice | QuestionKind::Text => {}
        }
    }
    let widths = Widths::of(choices.len(), !summary.by_segment.is_empty());
    let ends_at = match &data.about {
        About::Event(event) => Some(event.ends_at),
        About::Day(_) => None,
    };
    let time = enough.then(|| {
        let (when, slots) = (data.when(lang), summary.by_hour.clone());
        view! { <Time slots=slots ends_at=ends_at now=data.now when=when lang=lang width=widths.time /> }
    });
    let channels = enough.then(|| breakdown::channels(data, reader));
    let segments = (enough && !summary.by_segment.is_empty()).then(|| breakdown::segments(data, reader));
    let comments = (!data.hides_comments && (enough || !data.comments.is_empty())).then(|| {
        let (words, comments) = (data.face_words(reader), data.comments.clone());
        view! { <Comments comments=comments words=words lang=lang width=widths.comments /> }
    });
    view! {
        <div class="panels">
            <Answered summary=summary audience=ends_at.is_some() kind=data.attendance_kind lang=lang /> {faces} {scores} {scales} {time} {choices} {channels} {segments} {comments}
        </div>
    }
}

/// How wide the panels of the lower rows are, so that a row is full: twelve columns each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Widths {
    time: &'static str,
    comments: &'static str,
}

impl Widths {
    /// One choice stands between time and channels; two push the channels down beside the comments.
    const fn of(choices: usize, segments: bool) -> Self {
        match (choices, segments) {
            (0 | 1, _) => Self { time: "w5", comments: "w12" },
            (_, false) => Self { time: "w4", comments: "w9" },
            (_, true) => Self { time: "w4", comments: "w6" },
        }
    }
}

fn nothing_yet(data: &SubjectData, lang: Lang) -> impl IntoView + use<> {
    let says = match &data.about {
        About::Event(event) => {
            let when = data.when(lang);
            let (from, until) = (when.date_and_time(event.window.from), when.date_and_time(event.window.until));
            td_string!(lang, staff.nothing_yet_says, from = from, until = until)
        }
        About::Day(_) => td_string!(lang, staff.nothing_yet_day).to_owned(),
    };
    view! { <Empty title=td_string!(lang, staff.nothing_yet) says=says /> }
}
