//! The Net Promoter Score, on its scale, with its interval.

use leptos::prelude::*;

use super::{OnRequest, Panel, TooFew};
use crate::{
    i18n::td_string,
    kit::{
        as_table::AsTable,
        chart::{Chart, interval_bar::interval_bar},
    },
    pages::staff::numbers::{ends, signed},
};
use domain::{
    interval::Interval,
    lang::{Lang, Reader},
    nps::Nps,
    summary::{Note, QuestionSummary},
    survey::{Question, Series},
};

/// The panel of a recommendation question.
#[component]
pub fn Score(
    /// what was asked
    question: Question,
    /// how it was answered
    summary: QuestionSummary,
    /// for whom
    reader: Reader,
    /// the address of the view, without a query
    path: String,
) -> impl IntoView {
    let (id, lang) = (format!("q-{}", question.id), reader.lang());
    // Two series of recommendations are never merged, so the reader must see which one this is.
    let title = match question.series {
        Series::Show => td_string!(lang, staff.nps).to_owned(),
        Series::Organisation | Series::Child => reader.words(&question.text).text.to_owned(),
    };
    let inside = match (summary.score, summary.interval, summary.note) {
        (_, _, Some(Note::TooFew | Note::Hidden)) => {
            let says = match summary.n {
                Some(n) => td_string!(lang, staff.nps_too_few, n = n),
                None => td_string!(lang, staff.n_hidden).to_owned(),
            };
            view! { <TooFew locale=lang says=says /> }.into_any()
        }
        (Some(score), Some(interval), note) => score_of(score, interval, note, &summary, lang).into_any(),
        _ => view! {
            <p class="says">
                <span class="note">{td_string!(lang, staff.n, n = summary.answered())}</span>
            </p>
            <p class="says">{td_string!(lang, staff.nps_request)}</p>
            <OnRequest locale=lang path=path />
            {groups(&summary, lang)}
        }
        .into_any(),
    };
    view! {
        <Panel id=id title=title width="w4">
            {inside}
        </Panel>
    }
}

fn score_of(
    score: i32,
    interval: Interval,
    note: Option<Note>,
    summary: &QuestionSummary,
    locale: Lang,
) -> impl IntoView + use<> {
    let (low, high) = ends(interval);
    let (low_text, high_text) = (signed(low), signed(high));
    let chart_title =
        td_string!(locale, staff.nps_title, score = signed(score), low = low_text.as_str(), high = high_text.as_str());
    let small = (note == Some(Note::SmallSample))
        .then(|| view! { <br /><span class="note">{td_string!(locale, staff.small_sample)}</span> });
    view! {
        <p class="figure">
            <span class="big">{signed(score)}</span>
            <span class="beside">
                <strong>{td_string!(locale, staff.interval_nps, low = low_text, high = high_text)}</strong>
                <br />
                {td_string!(locale, staff.n, n = summary.answered())}
                {small}
            </span>
        </p>
        <div>
            <Chart drawing=interval_bar(score.into(), interval) title=chart_title />
            <p class="scale" aria-hidden="true">
                <span>{signed(-100)}</span>
                <span>"0"</span>
                <span>{signed(100)}</span>
            </p>
        </div>
        <p class="says">{message(interval, note, locale)}</p>
        {groups(summary, locale)}
    }
}

/// What may be concluded.
fn message(interval: Interval, note: Option<Note>, locale: Lang) -> &'static str {
    let small = note.is_some();
    match (interval.low > 0.0, interval.high < 0.0) {
        (true, _) if small => td_string!(locale, staff.nps_small_above),
        (true, _) => td_string!(locale, staff.nps_above),
        (_, true) if small => td_string!(locale, staff.nps_small_below),
        (_, true) => td_string!(locale, staff.nps_below),
        _ => td_string!(locale, staff.nps_around),
    }
}

/// How many recommend, and how many do the contrary.
pub(super) fn groups(summary: &QuestionSummary, locale: Lang) -> impl IntoView + use<> {
    let mut nps = Nps::default();
    for (value, n) in &summary.counts {
        if let Ok(value) = value.parse() {
            nps.add(value, *n);
        }
    }
    let rows = vec![
        (td_string!(locale, staff.promoters).to_owned(), vec![nps.promoters.to_string()]),
        (td_string!(locale, staff.passives).to_owned(), vec![nps.passives.to_string()]),
        (td_string!(locale, staff.detractors).to_owned(), vec![nps.detractors.to_string()]),
    ];
    view! { <AsTable locale=locale rows=rows /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_inside_the_interval_means_nobody_knows() {
        let said = |low, high, note| message(Interval { low, high }, note, Lang::En);
        assert!(said(-2.0, 49.0, None).contains("cannot be told"));
        assert!(said(-2.0, 49.0, Some(Note::SmallSample)).contains("cannot be told"));
        assert!(said(40.0, 55.0, None).contains("more promoters"));
        assert!(said(-60.0, -5.0, None).contains("more detractors"));
        assert!(said(8.4, 69.8, Some(Note::SmallSample)).contains("wide"));
    }
}
