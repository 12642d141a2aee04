//! The questions, all on one page; follow-ups open by style sheet alone.

use leptos::prelude::*;

use super::{
    page::{Page, line},
    question::{Conditions, QuestionField},
    token::TOKEN_PLACE,
};
use crate::{
    i18n::{Lang, td_string},
    pages::shell::Shell,
};
use api::responses::ItemAnswer;
use domain::{
    lang::{LanguageTag, Text},
    survey::SurveyVersion,
};

/// Why a form that was sent comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// nothing was chosen
    Empty,
    /// the page had lain open for too long, or its token is not ours
    Stale,
    /// something was sent that nobody can choose here
    Impossible,
    /// it came by a link in a mail, and no face was chosen
    Faceless,
    /// it came by a link in a mail, sooner than a person sends it
    Hasty,
}

/// What the form shows.
#[derive(Clone, Debug)]
pub struct FormData {
    /// the code: the form posts to `/f/{code}/answer`
    pub code: String,
    /// what was seen; empty on a day without an event
    pub title: Text,
    /// where
    pub venue: String,
    /// the language links, in the order of the venue
    pub languages: Vec<LanguageTag>,
    /// what is asked
    pub survey: SurveyVersion,
    /// what was chosen before, where the form comes back
    pub chosen: Vec<ItemAnswer>,
    /// whether it was ticked that the comment may be quoted
    pub may_quote: bool,
    /// why it comes back, where something was wrong
    pub problem: Option<Problem>,
    /// whether it replaces an answer that was sent
    pub changes: bool,
}

/// The field that says that a form replaces an answer that was sent.
pub const CHANGES: &str = "changes";

/// The field that asks for such a form, in a language: empty, because whoever asks may be somebody else.
pub const CHANGE: &str = "change";

/// The name of the form on its page.
const FORM: &str = "answers";

/// A title and a sentence.
fn words(locale: Lang, problem: Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::Empty => (td_string!(locale, phone.problem_title), td_string!(locale, phone.problem)),
        Problem::Stale => (td_string!(locale, phone.stale_title), td_string!(locale, phone.stale)),
        Problem::Faceless => (td_string!(locale, phone.faceless_title), td_string!(locale, phone.faceless)),
        Problem::Hasty => (td_string!(locale, phone.hasty_title), td_string!(locale, phone.hasty)),
        Problem::Impossible => (td_string!(locale, phone.impossible_title), td_string!(locale, phone.impossible)),
    }
}

/// The form. It holds [`TOKEN_PLACE`] where the visitor's token belongs.
#[component]
pub fn Form(
    /// what it shows
    data: FormData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (reader, locale) = (shell.reader, shell.locale());
    let FormData { code, title, venue, languages, survey, chosen, may_quote, problem, changes } = data;
    let title = reader.words(&title);
    let lang = reader.language.to_string();
    let conditions = Conditions::of(&survey);
    let questions = survey
        .questions
        .iter()
        .map(|question| {
            let chosen = chosen.iter().find(|answer| answer.question == question.id).and_then(|a| a.value.clone());
            let shows = conditions.opened_by(question.id);
            let part = conditions.letter(question);
            view! { <QuestionField question=question.clone() reader=reader shows=shows part=part chosen=chosen may_quote=may_quote /> }
        })
        .collect_view();
    let problem = problem.map(|problem| words(locale, problem));
    // A screen reader says the title first, so it says there that something is missing.
    let tab = match problem {
        Some((title, _)) => title.to_owned(),
        None if title.text.is_empty() => venue.clone(),
        None => title.text.to_owned(),
    };
    let changes = changes.then(|| {
        view! {
            <p class="hint" role="status">{td_string!(locale, phone.changing)}</p>
            <input r#type="hidden" name=CHANGES value="1" />
        }
    });
    let (action, fresh) = (format!("/f/{code}/answer"), format!("/f/{code}?lang={lang}"));
    let problem = problem.map(|(_, says)| view! { <p class="problem" role="alert">{says}</p> });
    view! {
        <Page
            shell=shell
            title=tab
            languages=languages
            line=line(title, &venue)
            heading=td_string!(locale, phone.greeting).to_owned()
            switching=FORM
        >
            <form id=FORM method="post" action=action autocomplete="off">
                <input r#type="hidden" name="token" value=TOKEN_PLACE />
                <input r#type="hidden" name="lang" value=lang.clone() />
                // Without a script only its style can know that a form was sent before it came back: the browser then
                // takes this field for one that somebody has filled in.
                <input class="sent-mark" hidden />
                <div class="was-sent" role="status">
                    <p>{td_string!(locale, phone.was_sent)}</p>
                    <button class="again">{td_string!(locale, phone.send_again)}</button>
                    <button name=CHANGE value=lang>
                        {td_string!(locale, phone.change_answer)}
                    </button>
                    <a href=fresh.clone()>{td_string!(locale, phone.somebody_else)}</a>
                </div>
                {changes}
                {problem}
                {questions}
                <button class="send">{td_string!(locale, phone.send)}</button>
                <p class="promise">{td_string!(locale, phone.promise)}</p>
                // It may come back after it was sent, and some browsers cannot know that it was.
                <p class="promise">
                    {td_string!(locale, phone.one_form)} " " <a href=fresh>{td_string!(locale, phone.somebody_else)}</a>
                </p>
            </form>
        </Page>
    }
}
