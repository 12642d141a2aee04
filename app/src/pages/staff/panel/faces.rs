//! Faces: the distribution first, then the share of the top two with how sure it is.

use leptos::prelude::*;

use super::{OnRequest, Panel, TooFew};
use crate::{
    i18n::{Locale, td_string},
    kit::{
        as_table::AsTable,
        chart::{Chart, face_bar::face_bar},
    },
    pages::staff::numbers::{ends, percent, written},
    screens::face::Face,
};
use domain::{
    interval::Interval,
    lang::Lang,
    summary::{Note, QuestionSummary},
    survey::{FaceQuestion, FaceSet, Kind, Question},
};

/// The panel of a face question.
#[component]
pub fn Faces(
    /// what was asked
    question: Question,
    /// how it was answered
    sums: QuestionSummary,
    /// for whom
    lang: Lang,
    /// the address of the view, without a query
    path: String,
) -> impl IntoView {
    let locale = Locale::from(lang);
    let title = question.text.get(lang).to_owned();
    let id = format!("q-{}", question.id);
    let Kind::Face(FaceQuestion { faces, face_set, labels }) = question.kind else { return ().into_any() };
    if matches!(sums.note, Some(Note::TooFew | Note::Hidden)) {
        let says = td_string!(locale, staff.too_few_says, n = sums.n);
        return view! {
            <Panel id=id title=title width="w5">
                <TooFew locale=locale says=says />
            </Panel>
        }
        .into_any();
    }
    let words: Vec<String> = labels.iter().map(|label| label.get(lang).to_owned()).collect();
    let counts = counts(&sums, faces);
    let parts: Vec<String> = words.iter().zip(&counts).map(|(word, n)| format!("{word} {n}")).collect();
    let rows = words
        .iter()
        .zip(&counts)
        .map(|(word, n)| (word.clone(), vec![n.to_string(), percent(lang, *n, sums.n)]))
        .collect::<Vec<_>>();
    let heads = vec![
        td_string!(locale, staff.answer).to_owned(),
        td_string!(locale, staff.people).to_owned(),
        td_string!(locale, staff.share).to_owned(),
    ];
    let figure = figure(&sums, &words, lang);
    let request = (sums.note == Some(Note::OnRequest)).then(|| view! { <OnRequest locale=locale path=path /> });
    view! {
        <Panel id=id title=title width="w5">
            {figure}
            <Chart
                drawing=face_bar(&counts)
                title=td_string!(locale, staff.faces_title, parts = parts.join(", "))
            />
            {key(&counts, &words, sums.n, face_set, lang)}
            <p class="says">{says(&sums, locale)}</p>
            {request}
            <AsTable locale=locale heads=heads rows=rows />
        </Panel>
    }
    .into_any()
}

/// How many gave each face, from the left.
fn counts(sums: &QuestionSummary, faces: u8) -> Vec<u64> {
    (1..=faces).map(|value| sums.counts.get(&value.to_string()).copied().unwrap_or(0)).collect()
}

fn key(counts: &[u64], words: &[String], n: u64, set: FaceSet, lang: Lang) -> impl IntoView + use<> {
    let of = u8::try_from(counts.len()).unwrap_or(u8::MAX);
    let items = (1..)
        .zip(counts.iter().zip(words))
        .map(|(value, (count, word))| {
            let (share, word) = (percent(lang, *count, n), word.clone());
            view! {
                <li>
                    <Face value=value of=of set=set />
                    <strong>{share}</strong>
                    <span>{word}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class=if of == 4 { "face-key has-4" } else { "face-key" }>{items}</ol> }
}

fn figure(sums: &QuestionSummary, words: &[String], lang: Lang) -> Option<impl IntoView + use<>> {
    let locale = Locale::from(lang);
    let (score, interval) = (sums.score?, sums.interval?);
    let top = if let [.., fourth, fifth] = words {
        td_string!(locale, staff.top_two, fourth = fourth.to_lowercase(), fifth = fifth.to_lowercase())
    } else {
        String::new()
    };
    let (low, high) = ends(interval);
    let small = (sums.note == Some(Note::SmallSample))
        .then(|| view! { <br /><span class="note">{td_string!(locale, staff.small_sample)}</span> });
    Some(view! {
        <p class="figure">
            <span class="big">{written(lang, score)}</span>
            <span class="beside">
                <strong>{top}</strong>
                <br />
                {td_string!(locale, staff.interval_percent, low = low, high = high, n = sums.n)}
                {small}
            </span>
        </p>
    })
}

/// What may be concluded.
fn says(sums: &QuestionSummary, locale: Locale) -> String {
    match (sums.note, sums.interval) {
        (Some(Note::OnRequest), _) | (_, None) => td_string!(locale, staff.faces_request, n = sums.n),
        (Some(_), _) => td_string!(locale, staff.faces_small).to_owned(),
        (None, Some(Interval { low, .. })) if low > 50.0 => td_string!(locale, staff.faces_most).to_owned(),
        (None, Some(Interval { high, .. })) if high < 50.0 => td_string!(locale, staff.faces_fewer).to_owned(),
        (None, Some(_)) => td_string!(locale, staff.faces_unclear).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conclusion_needs_the_whole_interval_on_one_side() {
        let sums = |note, interval: Option<[f64; 2]>| QuestionSummary {
            id: uuid::Uuid::nil().into(),
            kind: domain::summary::KindWord::Face,
            n: 60,
            counts: std::collections::BTreeMap::new(),
            score: None,
            interval: interval.map(Into::into),
            note,
        };
        let said = |note, interval| says(&sums(note, interval), Locale::En);
        assert!(said(None, Some([50.1, 70.0])).starts_with("A clear majority"));
        assert!(said(None, Some([48.0, 70.0])).contains("both sides"));
        assert!(said(None, Some([10.0, 49.0])).contains("fewer than half"));
        assert!(said(Some(Note::SmallSample), Some([60.0, 90.0])).contains("small"));
        assert!(said(Some(Note::OnRequest), None).contains("60"));
    }
}
