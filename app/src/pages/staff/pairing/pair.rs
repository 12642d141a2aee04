//! Three words from a tablet, and what it is to be.

use leptos::prelude::*;

use super::{choice::Choice, problem::PairProblem};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldRow, SelectRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
    },
    pages::shell::Shell,
};
use domain::id::{KioskId, VenueId};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PairData {
    /// what was typed, or came with the code
    pub words: String,
    /// whether they came with the code
    pub scanned: bool,
    /// what the tablet is to be
    pub choice: Choice,
    /// of a new kiosk, as typed
    pub name: String,
    /// where a new kiosk may be: venue and name
    pub venues: Vec<(VenueId, String)>,
    /// which kiosks there are
    pub kiosks: Vec<Instead>,
    /// what is wrong with what was posted
    pub problem: Option<PairProblem>,
}

/// A kiosk whose tablet may be replaced.
#[derive(Clone, Debug)]
pub struct Instead {
    /// which
    pub id: KioskId,
    /// "Foyer"
    pub name: String,
    /// the name of its venue
    pub venue: String,
    /// whether it has a tablet
    pub paired: bool,
}

/// The page where a tablet is paired.
#[component]
pub fn Pair(
    /// what it shows
    data: PairData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, pairing.pair_title);
    let PairData { words, scanned, choice, name, venues, kiosks, problem } = data;
    let hint = if scanned && !words.is_empty() {
        td_string!(locale, pairing.words_check)
    } else {
        td_string!(locale, pairing.words_hint)
    };
    let words = Field {
        id: "words",
        label: td_string!(locale, pairing.words),
        value: words,
        hint: Some(hint),
        problem: problem.as_ref().and_then(|problem| problem.of_words(locale)),
        exact: true,
        ..Field::default()
    };
    let name = Field {
        id: "name",
        label: td_string!(locale, pairing.name),
        value: name,
        hint: Some(td_string!(locale, pairing.name_hint)),
        problem: problem.as_ref().and_then(|problem| problem.of_name(locale)),
        optional: true,
        ..Field::default()
    };
    let line = td_string!(locale, pairing.pair_line).into_any();
    let at_place = problem.as_ref().and_then(|problem| problem.of_place(locale));
    view! {
        <Layout shell=shell at=NavItem::Kiosks title=title>
            <PageHead title=title line=line />
            <form method="post" action="/staff/kiosks/pair" class="slip">
                <FormProblem says=problem.map(|problem| problem.message(locale)) />
                <FieldRow field=words />
                {places(locale, choice, venues, kiosks, at_place)}
                <div class="of-new">
                    <FieldRow field=name />
                </div>
                <Actions>
                    <SubmitButton text=td_string!(locale, pairing.pair) primary=true />
                </Actions>
            </form>
        </Layout>
    }
}

fn places(
    locale: Lang,
    choice: Choice,
    venues: Vec<(VenueId, String)>,
    kiosks: Vec<Instead>,
    problem: Option<String>,
) -> impl IntoView {
    let option = move |to: Choice, text: String| {
        view! { <option value=to.as_str() selected=to == choice>{text}</option> }
    };
    let new = venues.into_iter().map(|(id, name)| option(Choice::New(id), name)).collect_view();
    let instead = (!kiosks.is_empty()).then(|| {
        let kiosks = kiosks
            .into_iter()
            .map(|kiosk| {
                let free =
                    if kiosk.paired { String::new() } else { format!(" ({})", td_string!(locale, pairing.place_free)) };
                option(Choice::Instead(kiosk.id), format!("{}, {}{free}", kiosk.name, kiosk.venue))
            })
            .collect_view();
        view! { <optgroup label=td_string!(locale, pairing.place_instead)>{kiosks}</optgroup> }
    });
    view! {
        <SelectRow id="place" label=td_string!(locale, pairing.place) problem=problem>
            <optgroup label=td_string!(locale, pairing.place_new)>{new}</optgroup>
            {instead}
        </SelectRow>
    }
}
