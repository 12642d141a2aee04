//! Free text, always optional.

use leptos::prelude::*;

use crate::{session::state::Kiosk, view::format::characters_left};
use app::i18n::{Locale, td_string};
use domain::{id::QuestionId, lang::Lang, response::Given, survey::kinds::text::MAX_CHARS};

pub(crate) fn comment(kiosk: Kiosk, question: QuestionId, lang: Lang) -> impl IntoView {
    let typed = move || kiosk.visit.with_untracked(|visit| text_of(visit.given(question)));
    let left = move || kiosk.visit.with(|visit| characters_left(lang, &text_of(visit.given(question))));
    view! {
        <div class="comment">
            <textarea
                aria-labelledby="q"
                aria-describedby="hint"
                maxlength=MAX_CHARS.to_string()
                prop:value=typed()
                on:input=move |event| kiosk.write(question, event_target_value(&event))
            ></textarea>
            <p class="hint" id="hint">
                <strong>{td_string!(Locale::from(lang), kiosk.no_names)}</strong>
                <span>{left}</span>
            </p>
        </div>
    }
}

fn text_of(given: Option<&Given>) -> String {
    match given {
        Some(Given::Text(typed)) => typed.clone(),
        _ => String::new(),
    }
}
