//! The questions, all on one page; follow-ups open by style sheet alone.

use leptos::prelude::*;

use super::{
    page::{Page, line},
    question::{Conditions, QuestionField},
    token::TOKEN_PLACE,
};
use crate::{
    domain::{lang::Lang, response::item::ItemAnswer, survey::SurveyVersion},
    i18n::td_string,
    pages::shell::Shell,
};

/// What the form shows.
#[derive(Clone, Debug)]
pub struct FormData {
    /// the code: the form posts to `/f/{code}/answer`
    pub code: String,
    /// what was seen; empty on a day without an event
    pub title: String,
    /// where
    pub venue: String,
    /// the language links, in the order of the venue
    pub languages: Vec<Lang>,
    /// what is asked
    pub survey: SurveyVersion,
    /// what was chosen before, where the form comes back
    pub chosen: Vec<ItemAnswer>,
    /// whether it comes back because nothing was chosen
    pub problem: bool,
}

/// The form. It holds [`TOKEN_PLACE`] where the visitor's token belongs.
#[component]
pub fn Form(
    /// what it shows
    data: FormData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale) = (shell.lang, shell.locale());
    let FormData { code, title, venue, languages, survey, chosen, problem } = data;
    let conditions = Conditions::of(&survey);
    let questions = survey
        .questions
        .iter()
        .map(|question| {
            let chosen = chosen.iter().find(|answer| answer.question == question.id).and_then(|a| a.value.clone());
            let shows = conditions.opened_by(question.id);
            let part = conditions.letter(question);
            view! { <QuestionField question=question.clone() lang=lang shows=shows part=part chosen=chosen /> }
        })
        .collect_view();
    let problem_text =
        problem.then(|| view! { <p class="problem" role="alert">{td_string!(locale, phone.problem)}</p> });
    // A screen reader says the title first, so it says there that something is missing.
    let tab = match (problem, title.is_empty()) {
        (true, _) => td_string!(locale, phone.problem_title).to_owned(),
        (false, true) => venue.clone(),
        (false, false) => title.clone(),
    };
    view! {
        <Page
            shell=shell
            title=tab
            languages=languages
            line=line(&title, &venue)
            heading=td_string!(locale, phone.greeting).to_owned()
        >
            <form method="post" action=format!("/f/{code}/answer")>
                <input r#type="hidden" name="token" value=TOKEN_PLACE />
                <input r#type="hidden" name="lang" value=lang.tag() />
                {problem_text}
                {questions}
                <button class="send">{td_string!(locale, phone.send)}</button>
                <p class="promise">{td_string!(locale, phone.promise)}</p>
            </form>
        </Page>
    }
}
