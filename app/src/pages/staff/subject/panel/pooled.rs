//! A question over all meetings of a course: bars and a score, and no interval, since the same few people answer.

use leptos::prelude::*;

use super::{
    Panel, TooFew,
    choice::Choice,
    faces::{counts, key, title_of, top_two},
    nps::groups,
};
use crate::{
    i18n::td_string,
    kit::{
        as_table::AsTable,
        chart::{Chart, face_bar::face_bar},
    },
    pages::staff::numbers::{percent, signed, written},
};
use domain::{
    lang::{Lang, Reader},
    summary::QuestionSummary,
    survey::{FaceQuestion, FaceSet, Kind, Question, ScaleQuestion, Series},
};

/// The panel of a question of any kind that has numbers; nothing for one that has words.
#[component]
pub fn Pooled(
    /// what was asked
    question: Question,
    /// how it was answered, all meetings together
    summary: QuestionSummary,
    /// for whom
    reader: Reader,
) -> impl IntoView {
    let lang = reader.lang();
    let title = match (&question.kind, question.series) {
        (Kind::Text(_), _) => return ().into_any(),
        (Kind::Nps(_), Series::Show) => td_string!(lang, staff.nps).to_owned(),
        _ => reader.words(&question.text).text.to_owned(),
    };
    let (id, width) = (format!("q-{}", question.id), "w4");
    let Some(n) = summary.n else {
        return view! {
            <Panel id=id title=title width=width>
                <TooFew locale=lang says=td_string!(lang, course.question_silent) />
            </Panel>
        }
        .into_any();
    };
    let share = summary.score.map(|score| written(lang, score));
    match question.kind.clone() {
        Kind::Choice(_) => view! { <Choice question=question summary=summary reader=reader /> }.into_any(),
        Kind::Nps(_) => {
            let figure = figure(summary.score.map(signed), None, n, lang);
            let groups = groups(&summary, lang);
            view! { <Panel id=id title=title width=width>{figure} {groups}</Panel> }.into_any()
        }
        Kind::Face(FaceQuestion { labels, face_set, .. }) => {
            let words: Vec<String> = labels.iter().map(|label| reader.words(label).text.to_owned()).collect();
            let bars = bars(&summary, &words, Some(face_set), lang);
            let figure = figure(share, Some(top_two(&words, lang)), n, lang);
            view! { <Panel id=id title=title width="w8">{figure} {bars}</Panel> }.into_any()
        }
        Kind::Scale(ScaleQuestion { labels }) => {
            let words: Vec<String> = labels.iter().map(|label| reader.words(label).text.to_owned()).collect();
            let bars = bars(&summary, &words, None, lang);
            let figure = figure(share, Some(top_two(&words, lang)), n, lang);
            view! { <Panel id=id title=title width="w8">{figure} {bars}</Panel> }.into_any()
        }
        Kind::Text(_) => ().into_any(),
    }
}

/// The score, what it is of, and how many answers it is made of.
fn figure(score: Option<String>, of: Option<String>, n: u64, lang: Lang) -> Option<impl IntoView + use<>> {
    let of = of.map(|of| view! { <strong>{of}</strong> <br /> });
    score.map(|score| {
        view! {
            <p class="figure">
                <span class="big">{score}</span>
                <span class="beside">{of} {td_string!(lang, course.n, n = n)}</span>
            </p>
        }
    })
}

/// The distribution over faces or steps.
fn bars(summary: &QuestionSummary, words: &[String], set: Option<FaceSet>, lang: Lang) -> impl IntoView + use<> {
    let counts = counts(summary, words.len());
    let parts: Vec<String> = words.iter().zip(&counts).map(|(word, n)| format!("{word} {n}")).collect();
    let n = summary.answered();
    let rows = words.iter().zip(&counts);
    let rows: Vec<_> =
        rows.map(|(word, count)| (word.clone(), vec![count.to_string(), percent(lang, *count, n)])).collect();
    let heads = vec![
        td_string!(lang, staff.answer).to_owned(),
        td_string!(lang, course.count).to_owned(),
        td_string!(lang, staff.share).to_owned(),
    ];
    let chart = view! { <Chart drawing=face_bar(&counts) title=title_of(&parts, set, lang) /> };
    let key = key(&counts, words, n, set, lang);
    view! { {chart} {key} <AsTable locale=lang heads=heads rows=rows /> }
}
