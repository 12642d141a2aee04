//! The colours that the organisation wears, and which of them cannot be read.

use leptos::prelude::*;

use super::organisation::{LOOK, ORGANISATION};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        section::Section,
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::look::{Against, Failure, Look, Palette, Part};

/// The button that saves the nearest colours which can be read.
pub const NEAREST: &str = "nearest";

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct LookData {
    /// what stands in the fields, as saved or as posted
    pub typed: [String; 3],
    /// what is shown of it
    pub look: Look,
    /// what was typed and is no colour
    pub unreadable: Vec<Part>,
    /// what cannot be read where it is used
    pub failures: Vec<Failure>,
    /// whether it has just been saved
    pub saved: bool,
}

/// The page.
#[component]
pub fn OrganisationLook(
    /// what it shows
    data: LookData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let LookData { typed, look, unreadable, failures, saved } = data;
    let is_wrong = !(unreadable.is_empty() && failures.is_empty());
    let problem = is_wrong.then(|| td_string!(locale, look.problem).to_owned());
    let done = (saved && !is_wrong).then(|| td_string!(locale, look.saved).to_owned());
    let (all_readable, any_failure) = (unreadable.is_empty(), !failures.is_empty());
    let fields = Part::ALL.into_iter().zip(typed).map(move |(part, value)| {
        let failure = failures.iter().find(|failure| failure.part == part);
        let problem = if unreadable.contains(&part) {
            Some(td_string!(locale, look.not_a_colour).to_owned())
        } else {
            failure.map(|failure| sentence(locale, failure))
        };
        view! { <FieldRow field=field(locale, part, value, problem) /> }
    });
    let fields = fields.collect_view();
    let nearest = (all_readable && any_failure).then(|| {
        view! { <button class="button" name=NEAREST value="1">{td_string!(locale, look.take_nearest)}</button> }
    });
    let title = td_string!(locale, look.title);
    view! {
        <Layout shell=shell at=NavItem::Organisation title=title>
            <PageHead title=title line=view! { <a href=ORGANISATION>{td_string!(locale, look.back)}</a> }.into_any() />
            <Toast says=done />
            <form class="settings" method="post" action=LOOK>
                <FormProblem says=problem />
                <p>{td_string!(locale, look.lead)}</p>
                {fields}
                <Actions>
                    <SubmitButton text=td_string!(locale, look.save) primary=true />
                    {nearest}
                </Actions>
            </form>
            <Section id="preview" title=td_string!(locale, look.preview)>
                {picture(locale, &look.palette())}
            </Section>
        </Layout>
    }
}

fn field(locale: Lang, part: Part, value: String, problem: Option<String>) -> Field {
    let (id, label, hint) = match part {
        Part::Primary => ("primary", td_string!(locale, look.primary), td_string!(locale, look.primary_hint)),
        Part::Accent => ("accent", td_string!(locale, look.accent), td_string!(locale, look.accent_hint)),
        Part::Curtain => ("curtain", td_string!(locale, look.curtain), td_string!(locale, look.curtain_hint)),
    };
    Field { id, label, value, hint: Some(hint), problem, optional: true, exact: true, ..Field::default() }
}

fn sentence(locale: Lang, failure: &Failure) -> String {
    let point = if locale == Lang::En { "." } else { "," };
    // Rounded down: what falls just short must not look as if it passed.
    let said = |ratio: f64| format!("{:.1}", (ratio * 10.0).floor() / 10.0).replace('.', point);
    let (ratio, needed, nearest) = (said(failure.ratio), said(failure.needed), failure.nearest.to_string());
    match failure.against {
        Against::Paper => {
            td_string!(locale, look.fails_paper, ratio = ratio, needed = needed, nearest = nearest)
        }
        Against::ItsWords => {
            td_string!(locale, look.fails_words, ratio = ratio, needed = needed, nearest = nearest)
        }
        Against::Curtain => {
            td_string!(locale, look.fails_curtain, ratio = ratio, needed = needed, nearest = nearest)
        }
        Against::WordsOnCurtain => {
            td_string!(locale, look.fails_on_curtain, ratio = ratio, needed = needed, nearest = nearest)
        }
    }
}

/// Paper, a word and a button in front of the curtain, in attributes alone.
fn picture(locale: Lang, palette: &Palette) -> impl IntoView + use<> {
    let Palette { primary, accent, on_accent, curtain, fold, .. } = palette.to_owned();
    let [primary, accent, on_accent, curtain, fold] =
        [primary, accent, on_accent, curtain, fold].map(|c| c.to_string());
    view! {
        <svg
            viewBox="0 0 320 180"
            width="320"
            height="180"
            role="img"
            aria-label=td_string!(locale, look.picture)
            font-weight="700"
            text-anchor="middle"
        >
            <rect width="320" height="180" rx="12" fill=curtain></rect>
            <rect x="60" width="12" height="180" fill=fold.clone()></rect>
            <rect x="248" width="12" height="180" fill=fold></rect>
            <text x="160" y="30" font-size="15" fill=Palette::ON_CURTAIN.to_string()>
                "Aplodi"
            </text>
            <rect x="30" y="44" width="260" height="136" rx="18" fill="#fff9f1"></rect>
            <text x="160" y="84" font-size="24" fill=primary.clone()>
                {td_string!(locale, look.title)}
            </text>
            <rect x="60" y="110" width="90" height="44" rx="14" fill=primary></rect>
            <text x="105" y="138" font-size="16" fill="#fff9f1">
                "10"
            </text>
            <rect x="170" y="110" width="90" height="44" rx="22" fill=accent></rect>
            <text x="215" y="138" font-size="16" fill=on_accent>
                "OK"
            </text>
        </svg>
    }
}
