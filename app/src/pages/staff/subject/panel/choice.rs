//! Options, the most chosen first.

use leptos::prelude::*;

use super::{Panel, TooFew, too_few};
use crate::i18n::td_string;
use domain::{
    lang::Reader,
    summary::{Note, QuestionSummary},
    survey::{ChoiceQuestion, Kind, Question},
};

/// The panel of a choice.
#[component]
pub fn Choice(
    /// what was asked
    question: Question,
    /// how it was answered
    summary: QuestionSummary,
    /// for whom
    reader: Reader,
) -> impl IntoView {
    let (id, lang) = (format!("q-{}", question.id), reader.lang());
    let title = reader.words(&question.text).text.to_owned();
    let Kind::Choice(ChoiceQuestion { options, many }) = question.kind else { return ().into_any() };
    if matches!(summary.note, Some(Note::TooFew | Note::Hidden)) {
        let says = too_few(lang, summary.n);
        return view! {
            <Panel id=id title=title width="w4">
                <TooFew locale=lang says=says />
            </Panel>
        }
        .into_any();
    }
    let mut counts: Vec<(String, u64)> = options
        .iter()
        .map(|option| {
            (reader.words(&option.text).text.to_owned(), summary.counts.get(&option.key).copied().unwrap_or(0))
        })
        .collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let how = if many {
        td_string!(lang, staff.choice_many, n = summary.answered())
    } else {
        td_string!(lang, staff.choice_one, n = summary.answered())
    };
    let whom = question.show_if.map(|_| format!(" {}", td_string!(lang, staff.choice_some))).unwrap_or_default();
    view! {
        <Panel id=id title=title width="w4">
            <Bars counts=counts />
            <p class="says quiet">{how + &whom}</p>
        </Panel>
    }
    .into_any()
}

/// Named bars with their numbers, against the longest.
#[component]
pub fn Bars(
    /// names and numbers
    counts: Vec<(String, u64)>,
) -> impl IntoView {
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let items = counts
        .into_iter()
        .map(|(name, n)| {
            let width = format!("{:.1}", 100.0 * n as f64 / most as f64);
            view! {
                <li>
                    <span>{name}</span>
                    <strong>{n}</strong>
                    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=width height="8"></rect>
                    </svg>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="bars">{items}</ol> }
}
