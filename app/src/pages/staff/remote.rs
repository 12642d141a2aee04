//! What staff ask of tablets from afar: the form, and what became of it.

use leptos::prelude::*;

use super::name_problem::name_problem;
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::Actions,
        field::{Field, FieldRow, SelectRow},
        section::Section,
    },
    pages::when::When,
};
use domain::{id::VenueId, kiosk_command::CommandKind, name::NameProblem, time::Millis};

fn label(command: CommandKind, locale: Lang) -> &'static str {
    match command {
        CommandKind::Pause => td_string!(locale, remote.pause),
        CommandKind::Resume => td_string!(locale, remote.resume),
        CommandKind::NextEvent => td_string!(locale, remote.next_event),
        CommandKind::Reload => td_string!(locale, remote.reload),
        CommandKind::EndDemo => td_string!(locale, remote.end_demo),
    }
}

/// What was asked of a tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// what
    pub command: CommandKind,
    /// when, milliseconds UTC
    pub at: Millis,
    /// when the tablet said that it is done
    pub done_at: Option<Millis>,
}

/// So many of the newest stand beside a tablet.
const NEWEST: usize = 3;

/// What was asked of a tablet, the newest first, as facts.
pub(super) fn asked_facts(asked: &[Asked], when: &When, locale: Lang) -> Vec<(String, String)> {
    let fact = |one: &Asked| {
        let (what, at) = (label(one.command, locale), when.time(one.at));
        let says = match one.done_at {
            Some(done) => td_string!(locale, remote.is_done, what = what, at = at, done = when.time(done)),
            None => td_string!(locale, remote.is_asked, what = what, at = at),
        };
        (td_string!(locale, remote.asked).to_owned(), says)
    };
    asked.iter().rev().take(NEWEST).map(fact).collect()
}

/// That a tablet is paused, and until when.
pub(super) fn paused(until: Millis, when: &When, locale: Lang) -> String {
    td_string!(locale, remote.paused, until = when.date_and_time(until))
}

/// What a paused tablet says where nobody wrote anything else.
#[must_use]
pub fn interrupted(lang: Lang) -> &'static str {
    td_string!(lang, remote.interrupted)
}

/// The form.
#[derive(Clone, Debug)]
pub struct RemoteForm {
    /// where it is sent
    pub action: String,
    /// the venues whose tablets may be meant; empty where the page is about one tablet
    pub venues: Vec<(VenueId, String)>,
    /// what a paused tablet is to say, by language, and what is wrong with it
    pub words: [(Lang, String, Option<NameProblem>); 3],
}

impl RemoteForm {
    /// One in which nothing was typed.
    #[must_use]
    pub fn new(action: String, venues: Vec<(VenueId, String)>) -> Self {
        Self { action, venues, words: Lang::ALL.map(|lang| (lang, interrupted(lang).to_owned(), None)) }
    }
}

/// The form in its section.
#[component]
pub fn RemoteControl(
    /// what is in it
    form: RemoteForm,
    /// for whom
    locale: Lang,
) -> impl IntoView {
    let title =
        if form.venues.is_empty() { td_string!(locale, remote.title_one) } else { td_string!(locale, remote.title) };
    let which = (form.venues.len() > 1).then(|| {
        let venues = form.venues.iter();
        let venues = venues.map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> });
        let venues = venues.collect_view();
        view! {
            <SelectRow id="venue" label=td_string!(locale, remote.which)>
                <option value="">{td_string!(locale, remote.all)}</option>
                {venues}
            </SelectRow>
        }
    });
    let words = form.words.into_iter().map(|(lang, value, problem)| {
        let field = Field {
            id: lang.tag(),
            label: match lang {
                Lang::Fi => td_string!(locale, remote.words_fi),
                Lang::Sv => td_string!(locale, remote.words_sv),
                Lang::En => td_string!(locale, remote.words_en),
            },
            value,
            problem: problem.map(|problem| name_problem(locale, problem).to_owned()),
            optional: true,
            ..Field::default()
        };
        view! { <FieldRow field=field /> }
    });
    let words = words.collect_view();
    let buttons = CommandKind::ALL.map(|command| {
        view! {
            <button class="button" name="what" value=command.as_str()>
                {label(command, locale)}
            </button>
        }
    });
    view! {
        <Section id="remote" title=title>
            <p class="quiet">{td_string!(locale, remote.says)}</p>
            <form method="post" action=form.action class="slip">
                {which}
                {words}
                <p class="quiet">{td_string!(locale, remote.pause_hint)} " " {td_string!(locale, remote.next_hint)}</p>
                <Actions>{buttons.into_iter().collect_view()}</Actions>
            </form>
        </Section>
    }
}
