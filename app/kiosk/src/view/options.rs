//! What can be tapped: one kind of button for all kinds of questions, because every kind of view costs the tablet a
//! kilobyte.

use leptos::prelude::*;

use crate::{driver::Driver, session::Event};
use app::screens::{
    face::Drawing,
    question::{AnswerControl, Classes, OptionContent, OptionValue},
};
use domain::{id::QuestionId, response::Given};

/// The buttons of a question.
pub(super) struct Buttons {
    pub(super) driver: Driver,
    pub(super) question: QuestionId,
}

impl AnswerControl for Buttons {
    const CLASSES: Classes =
        Classes { face: "answers faces", nps: "answers nps", scale: "answers scale", choice: "answers choices" };
    const MARK: Option<Drawing> =
        Some(Drawing { class: "mark", view_box: "0 0 24 24", lines: r#"<path d="m4 13 5 5L20 6"/>"# });

    fn option(&self, value: OptionValue, content: OptionContent<'_>) -> impl IntoView + use<> {
        let Self { driver, question } = *self;
        let mine = value.clone();
        let pressed = move || {
            let screen = driver.follow(|changes| &changes.visit);
            let pressed = match (&mine, screen.visit.given(question)) {
                (OptionValue::Whole(mine), given) => given == Some(mine),
                (OptionValue::OneOf(key), Some(Given::Choice(keys))) => keys.contains(key),
                (OptionValue::OneOf(_), _) => false,
            };
            if pressed { "true" } else { "false" }
        };
        let tapped = move |_| match &value {
            OptionValue::Whole(given) => driver.send(Event::Chosen(question, given.clone())),
            OptionValue::OneOf(key) => driver.send(Event::Toggled(question, key.clone())),
        };
        view! {
            <button type="button" class="answer" aria-pressed=pressed on:click=tapped>
                {content.drawing()}
                <span class=content.class>{content.words()}</span>
            </button>
        }
    }

    fn group<O: IntoView, E: IntoView>(
        &self,
        class: String,
        options: Vec<O>,
        ends: Option<E>,
    ) -> impl IntoView + use<O, E> {
        let driver = self.driver;
        // The moment after a tap: the chosen one stays lit while the others step back.
        let class = move || {
            [class.as_str(), if driver.follow(|changes| &changes.visit).lit { " is-chosen" } else { "" }].concat()
        };
        view! {
            <div class=class role="group" aria-labelledby="q">
                {options}
                {ends.map(|ends| view! { <p class="ends">{ends}</p> })}
            </div>
        }
    }
}
