//! The tablets that a kiosk has and had.

use leptos::prelude::*;

use crate::{
    bidi::isolated,
    i18n::{Lang, td_string},
    kit::{
        log::{Log, LogEntry},
        section::Section,
    },
    pages::when::When,
};
use domain::time::Millis;

/// A tablet that a kiosk has or had.
#[derive(Clone, Debug)]
pub struct Tablet {
    /// since when
    pub from: Millis,
    /// until when, how it ended and who ended it; `None` while it is there
    pub ended: Option<(Millis, EndLabel, Option<String>)>,
    /// where its answers belong; `None` where the reader may not know
    pub venue: Option<String>,
    /// who paired it
    pub by: PairedBy,
}

/// Who paired a tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairedBy {
    /// somebody at the command line
    Command,
    /// one of the staff; `None` where the reader may not know who
    Staff(Option<String>),
}

/// How a tablet left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndLabel {
    /// for another one
    Replaced,
    /// to another venue, with its kiosk
    Moved,
    /// staff ended it
    Unpaired,
}

/// The tablets of a kiosk, the newest first.
pub(super) fn history(locale: Lang, when: &When, tablets: Vec<Tablet>) -> Option<impl IntoView + use<>> {
    if tablets.is_empty() {
        return None;
    }
    let entries = tablets
        .into_iter()
        .map(|tablet| {
            let from = moment(when, tablet.from);
            let head = match &tablet.ended {
                None => td_string!(locale, pairing.since, from = from),
                Some((until, ..)) => td_string!(locale, pairing.from_to, from = from, until = moment(when, *until)),
            };
            let by = match tablet.by {
                PairedBy::Command => Some(td_string!(locale, pairing.by_command).to_owned()),
                PairedBy::Staff(who) => who.map(|who| td_string!(locale, pairing.paired_by, who = isolated(&who))),
            };
            let end = tablet.ended.map(|(_, how, who)| ended(locale, how, who));
            let about = tablet
                .venue
                .map(|venue| isolated(&venue))
                .into_iter()
                .chain(by)
                .chain(end)
                .collect::<Vec<_>>()
                .join(" · ");
            LogEntry { head, lines: vec![about], ..LogEntry::default() }
        })
        .collect();
    Some(view! {
        <Section id="history" title=td_string!(locale, pairing.history)>
            <Log entries=entries />
        </Section>
    })
}

fn ended(locale: Lang, how: EndLabel, who: Option<String>) -> String {
    let how = match how {
        EndLabel::Replaced => td_string!(locale, pairing.ended_replaced),
        EndLabel::Moved => td_string!(locale, pairing.ended_moved),
        EndLabel::Unpaired => td_string!(locale, pairing.ended_unpaired),
    };
    who.map_or_else(|| how.to_owned(), |who| td_string!(locale, pairing.ended_by, how = how, who = isolated(&who)))
}

/// A day with its year, and a time.
pub(super) fn moment(when: &When, at: Millis) -> String {
    format!("{} {}", when.date_and_year(at), when.time(at))
}
