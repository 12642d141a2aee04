//! Three words from a tablet, and what it is to be.

use leptos::prelude::*;

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

/// What a tablet is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// nothing was chosen, or something that is not there
    #[default]
    None,
    /// a new kiosk at a venue
    New(VenueId),
    /// a kiosk that is there
    Instead(KioskId),
}

impl Choice {
    /// As the form sends it.
    #[must_use]
    pub fn as_str(self) -> String {
        match self {
            Self::None => String::new(),
            Self::New(venue) => format!("new:{venue}"),
            Self::Instead(kiosk) => format!("instead:{kiosk}"),
        }
    }

    /// What a form sent.
    #[must_use]
    pub fn from_name(word: &str) -> Self {
        let choice = word.split_once(':').and_then(|(kind, id)| {
            let id = uuid::Uuid::try_parse(id).ok()?;
            match kind {
                "new" => Some(Self::New(VenueId(id))),
                "instead" => Some(Self::Instead(KioskId(id))),
                _ => None,
            }
        });
        choice.unwrap_or_default()
    }
}

/// What is wrong with what was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairProblem {
    /// more or fewer words than three
    NotThree,
    /// a word that no tablet shows
    Unknown(String),
    /// no tablet waits with these words
    Nobody,
    /// too many wrong words
    TooOften {
        /// how long to wait
        minutes: i64,
    },
    /// no such venue or kiosk
    NoPlace,
    /// the name of a new kiosk
    Name(NameProblem),
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// nothing in it
    Missing,
    /// too much in it
    TooLong,
    /// line breaks or other characters that cannot be seen
    Unprintable,
}

impl NameProblem {
    /// In the reader's language.
    #[must_use]
    pub fn message(self, locale: Lang) -> &'static str {
        match self {
            Self::Missing => td_string!(locale, staff.problem_missing),
            Self::TooLong => td_string!(locale, staff.problem_long),
            Self::Unprintable => td_string!(locale, staff.problem_unprintable),
        }
    }
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
    let alert = problem.as_ref().map(|problem| match problem {
        PairProblem::Unknown(word) => td_string!(locale, pairing.problem_unknown, word = word.as_str()),
        PairProblem::TooOften { minutes } => td_string!(locale, pairing.problem_often, minutes = *minutes),
        _ => td_string!(locale, pairing.problem).to_owned(),
    });
    let about_words = match &problem {
        Some(PairProblem::NotThree) => Some(td_string!(locale, pairing.problem_three)),
        Some(PairProblem::Unknown(_)) => Some(td_string!(locale, pairing.problem_spelling)),
        Some(PairProblem::Nobody) => Some(td_string!(locale, pairing.problem_nobody)),
        _ => None,
    };
    let about_name = match &problem {
        Some(PairProblem::Name(problem)) => Some(problem.message(locale)),
        _ => None,
    };
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
        problem: about_words.map(str::to_owned),
        exact: true,
        ..Field::default()
    };
    let name = Field {
        id: "name",
        label: td_string!(locale, pairing.name),
        value: name,
        hint: Some(td_string!(locale, pairing.name_hint)),
        problem: about_name.map(str::to_owned),
        optional: true,
        ..Field::default()
    };
    let line = td_string!(locale, pairing.pair_line).into_any();
    let no_place = problem == Some(PairProblem::NoPlace);
    view! {
        <Layout shell=shell at=NavItem::Kiosks title=title>
            <PageHead title=title line=line />
            <form method="post" action="/staff/kiosks/pair" class="slip">
                <FormProblem says=alert />
                <FieldRow field=words />
                {places(locale, choice, venues, kiosks, no_place)}
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
    is_wrong: bool,
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
    let problem = is_wrong.then(|| td_string!(locale, pairing.problem_place).to_owned());
    view! {
        <SelectRow id="place" label=td_string!(locale, pairing.place) problem=problem>
            <optgroup label=td_string!(locale, pairing.place_new)>{new}</optgroup>
            {instead}
        </SelectRow>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back() {
        let id = uuid::Uuid::from_u128(7);
        for choice in [Choice::New(VenueId(id)), Choice::Instead(KioskId(id))] {
            assert_eq!(Choice::from_name(&choice.as_str()), choice);
        }
        for wrong in ["", "new:", "new", "old:00000000-0000-0000-0000-000000000007", "new:7"] {
            assert_eq!(Choice::from_name(wrong), Choice::None, "{wrong}");
        }
    }
}
