//! Free text, always optional.

use leptos::prelude::*;

use super::format::characters_left;
use crate::{driver::Driver as Kiosk, session::Event};
use app::i18n::td_string;
use domain::{id::QuestionId, lang::Lang, response::Given, survey::kinds::text::MAX_CHARS};

pub(crate) fn comment(kiosk: Kiosk, question: QuestionId, lang: Lang) -> impl IntoView {
    let typed = text_of(kiosk.screen().visit.given(question));
    let may_quote = kiosk.screen().visit.may_quote();
    let left = move || {
        let screen = kiosk.follow(|changes| &changes.visit);
        characters_left(lang, &text_of(screen.visit.given(question)))
    };
    view! {
        <div class="comment">
            <textarea
                aria-labelledby="q"
                aria-describedby="hint"
                maxlength=MAX_CHARS.to_string()
                dir="auto"
                prop:value=typed
                on:input=move |event| kiosk.send(Event::Typed(question, event_target_value(&event)))
            ></textarea>
            <p class="hint" id="hint">
                <strong>{td_string!(lang, kiosk.no_names)}</strong>
                <span>{left}</span>
            </p>
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=may_quote
                    on:change=move |event| kiosk.send(Event::MayQuote(event_target_checked(&event)))
                />
                <span>{td_string!(lang, kiosk.may_quote)}</span>
            </label>
        </div>
    }
}

fn text_of(given: Option<&Given>) -> String {
    match given {
        Some(Given::Text(typed)) => typed.clone(),
        _ => String::new(),
    }
}
