//! Faces and agreement: the distribution first, then the share of the top two with how sure it is.

use leptos::prelude::*;

use super::{OnRequest, Panel, TooFew, too_few};
use crate::{
    i18n::td_string,
    kit::{
        as_table::AsTable,
        chart::{Chart, face_bar::face_bar},
    },
    pages::staff::numbers::{ends, percent, written},
    screens::face::Face,
};
use domain::{
    interval::Interval,
    lang::{Lang, Reader},
    summary::{Note, QuestionSummary},
    survey::{FaceQuestion, FaceSet, Kind, Question, ScaleQuestion},
};

/// The panel of a question with faces, or with steps of agreement.
#[component]
pub fn Faces(
    /// what was asked
    question: Question,
    /// how it was answered
    summary: QuestionSummary,
    /// for whom
    reader: Reader,
    /// the address of the view, without a query
    path: String,
) -> impl IntoView {
    let (lang, title) = (reader.lang(), reader.words(&question.text).text.to_owned());
    let id = format!("q-{}", question.id);
    let (labels, set) = match question.kind {
        Kind::Face(FaceQuestion { labels, face_set, .. }) => (labels, Some(face_set)),
        Kind::Scale(ScaleQuestion { labels }) => (labels, None),
        Kind::Nps(_) | Kind::Choice(_) | Kind::Text(_) => return ().into_any(),
    };
    let width = if set.is_some() { "w5" } else { "w4" };
    if matches!(summary.note, Some(Note::TooFew | Note::Hidden)) {
        let says = too_few(lang, summary.n);
        return view! {
            <Panel id=id title=title width=width>
                <TooFew locale=lang says=says />
            </Panel>
        }
        .into_any();
    }
    let words: Vec<String> = labels.iter().map(|label| reader.words(label).text.to_owned()).collect();
    let counts = counts(&summary, labels.len());
    let parts: Vec<String> = words.iter().zip(&counts).map(|(word, n)| format!("{word} {n}")).collect();
    let rows = words
        .iter()
        .zip(&counts)
        .map(|(word, n)| (word.clone(), vec![n.to_string(), percent(lang, *n, summary.answered())]))
        .collect::<Vec<_>>();
    let heads = vec![
        td_string!(lang, staff.answer).to_owned(),
        td_string!(lang, staff.people).to_owned(),
        td_string!(lang, staff.share).to_owned(),
    ];
    let figure = figure(&summary, &words, lang);
    let request = (summary.note == Some(Note::OnRequest)).then(|| view! { <OnRequest locale=lang path=path /> });
    view! {
        <Panel id=id title=title width=width>
            {figure}
            <Chart drawing=face_bar(&counts) title=title_of(&parts, set, lang) />
            {key(&counts, &words, summary.answered(), set, lang)}
            <p class="says">{message(&summary, set, lang)}</p>
            {request}
            <AsTable locale=lang heads=heads rows=rows />
        </Panel>
    }
    .into_any()
}

/// How many gave each face or step, from the left.
pub(super) fn counts(summary: &QuestionSummary, steps: usize) -> Vec<u64> {
    (1..=steps).map(|value| summary.counts.get(&value.to_string()).copied().unwrap_or(0)).collect()
}

/// Each face or step with its share.
pub(super) fn key(counts: &[u64], words: &[String], n: u64, set: Option<FaceSet>, lang: Lang) -> impl IntoView + use<> {
    let of = u8::try_from(counts.len()).unwrap_or(u8::MAX);
    let class = match (set, of) {
        (None, _) => "face-key is-words",
        (Some(_), 4) => "face-key has-4",
        (Some(_), _) => "face-key",
    };
    let items = (1..)
        .zip(counts.iter().zip(words))
        .map(|(value, (count, word))| {
            let (share, word) = (percent(lang, *count, n), word.clone());
            view! {
                <li>
                    {set.map(|set| view! { <Face value=value of=of set=set /> })}
                    <strong>{share}</strong>
                    <span>{word}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class=class>{items}</ol> }
}

/// What the share of the top two is of.
pub(super) fn top_two(words: &[String], lang: Lang) -> String {
    if let [.., fourth, fifth] = words {
        td_string!(lang, staff.top_two, fourth = fourth.to_lowercase(), fifth = fifth.to_lowercase())
    } else {
        String::new()
    }
}

fn figure(summary: &QuestionSummary, words: &[String], lang: Lang) -> Option<impl IntoView + use<>> {
    let (score, interval) = (summary.score?, summary.interval?);
    let top = top_two(words, lang);
    let (low, high) = ends(interval);
    let small = (summary.note == Some(Note::SmallSample))
        .then(|| view! { <br /><span class="note">{td_string!(lang, staff.small_sample)}</span> });
    Some(view! {
        <p class="figure">
            <span class="big">{written(lang, score)}</span>
            <span class="beside">
                <strong>{top}</strong>
                <br />
                {td_string!(lang, staff.interval_percent, low = low, high = high, n = summary.answered())}
                {small}
            </span>
        </p>
    })
}

/// The distribution in words.
pub(super) fn title_of(parts: &[String], set: Option<FaceSet>, locale: Lang) -> String {
    let parts = parts.join(", ");
    if set.is_some() {
        td_string!(locale, staff.faces_title, parts = parts)
    } else {
        td_string!(locale, staff.scale_title, parts = parts)
    }
}

/// What may be concluded.
fn message(summary: &QuestionSummary, set: Option<FaceSet>, locale: Lang) -> String {
    let (most, fewer, unclear) = if set.is_some() {
        (
            td_string!(locale, staff.faces_most),
            td_string!(locale, staff.faces_fewer),
            td_string!(locale, staff.faces_unclear),
        )
    } else {
        (
            td_string!(locale, staff.scale_most),
            td_string!(locale, staff.scale_fewer),
            td_string!(locale, staff.scale_unclear),
        )
    };
    match (summary.note, summary.interval) {
        (Some(Note::OnRequest), _) | (_, None) => td_string!(locale, staff.faces_request, n = summary.answered()),
        (Some(_), _) => td_string!(locale, staff.faces_small).to_owned(),
        (None, Some(Interval { low, .. })) if low > 50.0 => most.to_owned(),
        (None, Some(Interval { high, .. })) if high < 50.0 => fewer.to_owned(),
        (None, Some(_)) => unclear.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conclusion_needs_the_whole_interval_on_one_side() {
        let summary = |note, interval: Option<[f64; 2]>| QuestionSummary {
            id: uuid::Uuid::nil().into(),
            kind: domain::summary::QuestionKind::Face,
            n: Some(60),
            counts: std::collections::BTreeMap::new(),
            score: None,
            interval: interval.map(Into::into),
            note,
        };
        let said = |note, interval| message(&summary(note, interval), Some(FaceSet::Adult), Lang::En);
        assert!(said(None, Some([50.1, 70.0])).starts_with("A clear majority"));
        assert!(said(None, Some([48.0, 70.0])).contains("both sides"));
        assert!(said(None, Some([10.0, 49.0])).contains("fewer than half"));
        assert!(said(Some(Note::SmallSample), Some([60.0, 90.0])).contains("small"));
        assert!(said(Some(Note::OnRequest), None).contains("60"));
        let agreed = |interval| message(&summary(None, Some(interval)), None, Lang::En);
        assert_eq!(agreed([50.1, 70.0]), "A clear majority agreed.");
        assert!(agreed([48.0, 70.0]).contains("agreed") && agreed([48.0, 70.0]).contains("both sides"));
    }
}
