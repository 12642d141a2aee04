//! One question.

use leptos::{either::Either, prelude::*};

use super::{comment::comment, format::place_and_time, options::Buttons, toolbar::exit};
use crate::{
    driver::Driver,
    session::{ActiveSurvey, Screen},
};
use app::{
    i18n::td_string,
    screens::{question::Answers, said::said},
};
use domain::{
    lang::{Lang, Words},
    survey::{ChoiceQuestion, Kind, Question},
};

/// A longer question is set smaller, in characters; so is one that shares the paper with sentences.
const LONG: usize = 32;

pub(crate) fn asking(driver: Driver) -> Option<impl IntoView> {
    let (lang, reader, question, active) = {
        let screen = driver.screen();
        (screen.lang, screen.reader, screen.question_id()?, screen.active.clone()?)
    };
    let question = active.survey().question(question)?;
    let is_first = active.survey().questions.first().is_some_and(|first| first.id == question.id);
    let text = reader.words(&question.text);
    let has_sentences = match question.kind {
        Kind::Face(_) | Kind::Nps(_) | Kind::Scale(_) => false,
        Kind::Choice(_) | Kind::Text(_) => true,
    };
    let is_long = text.text.chars().count() > LONG || has_sentences;
    let untouched = move || Screen::is_untouched(&driver.follow(|changes| &changes.visit));
    let beside = beside(driver, &active, question, is_first, lang);
    let venue = Words { text: &active.config.venue.name, lang: None };
    let title = active.event().map_or(venue, |event| reader.words(&event.title));
    let answers = match Answers::of::<Buttons>(&question.kind, reader) {
        Some(answers) => Either::Right(answers.view(&Buttons { driver, question: question.id })),
        None => Either::Left(comment(driver, question.id, lang)),
    };
    Some(view! {
        <article class="paper">
            <section class=move || if untouched() { "scene is-attract" } else { "scene" } aria-labelledby="q">
                <p class="playbill"><strong>{said(title)}</strong>{beside.map(|text| view! { " " <span>{text}</span> })}</p>
                <h1 class=if is_long { "question is-long" } else { "question" } id="q" tabindex="-1">{said(text)}</h1>
                {is_first.then(|| view! { <p class="lead is-spare">{td_string!(lang, kiosk.one_tap)}</p> })}
                {answers}
                {(!is_first).then(|| exit(driver))}
                {is_first.then(|| view! { <p class="promise">{td_string!(lang, kiosk.promise)}</p> })}
            </section>
        </article>
    })
}

/// What stands beside the title: where and when on the first question, what is expected on others.
fn beside(driver: Driver, active: &ActiveSurvey, question: &Question, is_first: bool, lang: Lang) -> Option<String> {
    match question.kind {
        Kind::Choice(ChoiceQuestion { many: true, .. }) => Some(td_string!(lang, kiosk.several).to_string()),
        Kind::Text(_) => Some(td_string!(lang, kiosk.optional).to_string()),
        Kind::Face(_) | Kind::Nps(_) | Kind::Scale(_) | Kind::Choice(_) if is_first => {
            place_and_time(active, lang, driver.corrected_now())
        }
        Kind::Face(_) | Kind::Nps(_) | Kind::Scale(_) | Kind::Choice(_) => None,
    }
}
