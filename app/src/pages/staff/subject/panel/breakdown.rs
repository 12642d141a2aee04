//! Breakdowns by one dimension: how many, and the scores where showing them tells about nobody.

use leptos::prelude::*;

use super::{Panel, choice::Bars};
use crate::{
    i18n::td_string,
    kit::as_table::AsTable,
    pages::staff::{
        numbers::{ends, signed, written},
        subject::data::SubjectData,
    },
};
use domain::{
    lang::{Lang, Reader},
    response::{Channel, Segment},
    summary::{Part, QuestionKind, QuestionSummary},
};

/// By how the answers came.
pub fn channels(data: &SubjectData, reader: Reader) -> impl IntoView + use<> {
    let lang = reader.lang();
    let named = |channel| match channel {
        Channel::Kiosk => td_string!(lang, staff.channel_kiosk),
        Channel::Qr => td_string!(lang, staff.channel_qr),
        Channel::Web => td_string!(lang, staff.channel_web),
        Channel::Mail => td_string!(lang, staff.channel_mail),
        Channel::Paper => td_string!(lang, staff.channel_paper),
        Channel::Counted => td_string!(lang, staff.channel_counted),
        Channel::Spoken => td_string!(lang, staff.channel_spoken),
    };
    let parts =
        data.summary.by_channel.iter().map(|part| (named(part.channel).to_owned(), part.part.clone())).collect();
    let title = td_string!(lang, staff.channels);
    breakdown("channels", title, td_string!(lang, staff.channels_says), parts, data, reader)
}

/// By who answered.
pub fn segments(data: &SubjectData, reader: Reader) -> impl IntoView + use<> {
    let lang = reader.lang();
    let named = |segment| match segment {
        Segment::Adult => td_string!(lang, staff.segment_adult),
        Segment::Child => td_string!(lang, staff.segment_child),
        Segment::Pupil => td_string!(lang, staff.segment_pupil),
        Segment::Teacher => td_string!(lang, staff.segment_teacher),
        Segment::Participant => td_string!(lang, staff.segment_participant),
        Segment::Companion => td_string!(lang, staff.segment_companion),
    };
    let parts =
        data.summary.by_segment.iter().map(|part| (named(part.segment).to_owned(), part.part.clone())).collect();
    let title = td_string!(lang, staff.segments);
    breakdown("segments", title, td_string!(lang, staff.segments_says), parts, data, reader)
}

fn breakdown(
    id: &'static str,
    title: &'static str,
    says: &'static str,
    parts: Vec<(String, Part)>,
    data: &SubjectData,
    reader: Reader,
) -> impl IntoView + use<> {
    let lang = reader.lang();
    let measured: Vec<&QuestionSummary> =
        data.summary.questions.iter().filter(|question| short_name(question.kind, lang).is_some()).collect();
    let mut heads = vec![td_string!(lang, staff.answer).to_owned(), "n".to_owned()];
    heads.extend(measured.iter().map(|summary| {
        let alone = measured.iter().filter(|other| other.kind == summary.kind).count() == 1;
        match data.question(summary.id) {
            Some(question) if !alone => reader.words(&question.text).text.to_owned(),
            _ => short_name(summary.kind, lang).unwrap_or_default().to_owned(),
        }
    }));
    let rows = parts
        .iter()
        .map(|(name, part)| {
            let mut cells = vec![part.n.to_string()];
            cells.extend(measured.iter().map(|summary| cell(part, summary, lang)));
            (name.clone(), cells)
        })
        .collect::<Vec<_>>();
    let hidden = parts.iter().any(|(_, part)| part.questions.is_none());
    let low = rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell == NOTHING);
    let why = match (hidden, low) {
        (true, _) => Some(td_string!(lang, staff.part_hidden)),
        (false, true) => Some(td_string!(lang, staff.part_low)),
        (false, false) => None,
    };
    // A comparison needs two.
    let says = (parts.len() > 1 || id == "segments").then(|| view! { <p class="says quiet">{says}</p> });
    let counts = parts.into_iter().map(|(name, part)| (name, part.n)).collect();
    view! {
        <Panel id=id title=title width="w3">
            <Bars counts=counts />
            {says}
            <AsTable locale=lang heads=heads rows=rows />
            {why.map(|why| view! { <p class="quiet">{why}</p> })}
        </Panel>
    }
}

/// Where no score is shown.
const NOTHING: &str = "–";

/// What the score of a kind is called; `None` where it has none.
fn short_name(kind: QuestionKind, lang: Lang) -> Option<&'static str> {
    match kind {
        QuestionKind::Face => Some(td_string!(lang, staff.faces_short)),
        QuestionKind::Nps => Some("NPS"),
        QuestionKind::Scale => Some(td_string!(lang, staff.scale_short)),
        QuestionKind::Choice | QuestionKind::Text => None,
    }
}

/// The score of a question in one part, with its interval: "86 % (82–90)", "+48 (+40…+55)".
fn cell(part: &Part, asked: &QuestionSummary, lang: Lang) -> String {
    let summary = part.questions.iter().flatten().find(|summary| summary.id == asked.id);
    let Some((score, interval)) = summary.and_then(|summary| Some((summary.score?, summary.interval?))) else {
        return NOTHING.to_owned();
    };
    let (low, high) = ends(interval);
    match asked.kind {
        QuestionKind::Nps => format!("{} ({}…{})", signed(score), signed(low), signed(high)),
        QuestionKind::Face | QuestionKind::Scale => format!("{} ({low}–{high})", written(lang, score)),
        QuestionKind::Choice | QuestionKind::Text => NOTHING.to_owned(),
    }
}
