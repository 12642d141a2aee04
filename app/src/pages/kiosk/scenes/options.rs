//! What can be tapped: faces, seats from 0 to 10, a few options.

use leptos::prelude::*;

use crate::{
    domain::{
        id::QuestionId,
        lang::{Lang, Text},
        nps::Nps,
        response::Given,
        survey::{ChoiceOption, FaceSet},
    },
    pages::kiosk::state::Kiosk,
    screens::face::Face,
};

/// A longer word makes all the faces' words smaller, in characters.
const LONG_WORD: usize = 11;

pub(super) fn faces(kiosk: Kiosk, question: QuestionId, of: u8, set: FaceSet, labels: &[Text], lang: Lang) -> AnyView {
    let words: Vec<String> = labels.iter().map(|label| label.get(lang).to_owned()).collect();
    let has_long = words.iter().any(|word| word.chars().count() > LONG_WORD);
    let class =
        ["answers faces", if of == 4 { " has-4" } else { "" }, if has_long { " has-long" } else { "" }].concat();
    let buttons: Vec<AnyView> = (1..=of)
        .zip(words)
        .map(|(value, word)| {
            let inside = view! { <Face value of set /> <span class="word">{word}</span> }.into_any();
            single(kiosk, question, Given::Face(value), inside)
        })
        .collect();
    group(kiosk, class, buttons)
}

pub(super) fn nps(kiosk: Kiosk, question: QuestionId, labels: &[Text], lang: Lang) -> AnyView {
    let mut buttons: Vec<AnyView> =
        (0..=Nps::MAX).map(|value| single(kiosk, question, Given::Nps(value), value.to_string().into_any())).collect();
    let end = |place: usize, value: &str| {
        let word = labels.get(place).map_or("", |label| label.get(lang));
        view! { <span>{[value, " = ", word].concat()}</span> }
    };
    buttons.push(view! { <p class="ends">{end(0, "0")} {end(1, "10")}</p> }.into_any());
    group(kiosk, "answers nps".to_owned(), buttons)
}

pub(super) fn choice(
    kiosk: Kiosk,
    question: QuestionId,
    options: Vec<ChoiceOption>,
    many: bool,
    lang: Lang,
) -> AnyView {
    let class = ["answers choices", if many { " is-many" } else { "" }, " has-", &options.len().to_string()].concat();
    let buttons: Vec<AnyView> = options
        .into_iter()
        .map(|option| {
            let text = option.text.get(lang).to_owned();
            if many {
                picked(kiosk, question, option.key, text)
            } else {
                let inside = view! { <span>{text}</span> }.into_any();
                single(kiosk, question, Given::Choice(vec![option.key]), inside)
            }
        })
        .collect();
    group(kiosk, class, buttons)
}

fn group(kiosk: Kiosk, class: String, buttons: Vec<AnyView>) -> AnyView {
    let many = class.contains("is-many");
    // The moment after a tap: the chosen one stays lit while the others step back.
    let class = move || {
        let chosen = !many && kiosk.lit.get();
        [class.as_str(), if chosen { " is-chosen" } else { "" }].concat()
    };
    view! { <div class=class role="group" aria-labelledby="q">{buttons}</div> }.into_any()
}

/// One that stands for the whole answer.
fn single(kiosk: Kiosk, question: QuestionId, given: Given, inside: AnyView) -> AnyView {
    let mine = given.clone();
    let pressed = move || kiosk.visit.with(|visit| visit.given(question) == Some(&mine));
    button(pressed, move || kiosk.choose(question, given.clone()), inside)
}

/// One of many that can be picked together.
fn picked(kiosk: Kiosk, question: QuestionId, key: String, text: String) -> AnyView {
    let mine = key.clone();
    let pressed = move || {
        kiosk.visit.with(|visit| matches!(visit.given(question), Some(Given::Choice(keys)) if keys.contains(&mine)))
    };
    let inside = view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" inner_html=r#"<path d="m4 13 5 5L20 6"/>"#></svg>
        <span>{text}</span>
    };
    button(pressed, move || kiosk.toggle(question, &key), inside.into_any())
}

fn button(pressed: impl Fn() -> bool + Send + Sync + 'static, tapped: impl Fn() + 'static, inside: AnyView) -> AnyView {
    let pressed = move || if pressed() { "true" } else { "false" };
    view! {
        <button type="button" class="answer" aria-pressed=pressed on:click=move |_| tapped()>
            {inside}
        </button>
    }
    .into_any()
}
