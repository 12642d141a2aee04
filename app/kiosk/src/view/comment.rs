//! Free text, always optional.

use leptos::{attr::custom::custom_attribute, prelude::*};

use super::format::characters_left;
use crate::{driver::Driver, session::Event};
use app::{
    i18n::td_string,
    screens::question::text::{self, CommentControl, MAX_LENGTH},
};
use domain::{id::QuestionId, lang::Lang, response::Given};

pub(crate) fn comment(driver: Driver, question: QuestionId, lang: Lang) -> impl IntoView {
    let comment = text::comment(&Typing { driver, question, lang }, lang);
    view! { <div class="comment">{comment}</div> }
}

/// Every letter goes to the session.
struct Typing {
    driver: Driver,
    question: QuestionId,
    lang: Lang,
}

impl CommentControl for Typing {
    fn field(&self) -> impl IntoView + use<> {
        let Self { driver, question, .. } = *self;
        view! {
            <textarea
                aria-labelledby="q"
                aria-describedby="hint"
                maxlength=MAX_LENGTH
                dir="auto"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                {..custom_attribute("autocorrect", "off")}
                prop:value=text_of(driver.screen().visit.given(question))
                on:input=move |event| driver.send(Event::Typed(question, event_target_value(&event)))
            ></textarea>
        }
    }

    fn hint(&self) -> impl IntoView + use<> {
        let Self { driver, question, lang } = *self;
        let left = move || {
            let screen = driver.follow(|changes| &changes.visit);
            characters_left(lang, &text_of(screen.visit.given(question)))
        };
        view! {
            <p class="hint" id="hint">
                <strong>{td_string!(lang, kiosk.no_names)}</strong>
                <span>{left}</span>
            </p>
        }
    }

    fn tick(&self) -> impl IntoView + use<> {
        let driver = self.driver;
        view! {
            <input
                type="checkbox"
                prop:checked=driver.screen().visit.may_quote()
                on:change=move |event| driver.send(Event::MayQuote(event_target_checked(&event)))
            />
        }
    }
}

fn text_of(given: Option<&Given>) -> String {
    match given {
        Some(Given::Text(typed)) => typed.clone(),
        _ => String::new(),
    }
}
