//! What can be tapped: faces, seats from 0 to 10, steps of agreement, a few options. One kind of button for all, because
//! every kind of view costs the tablet a kilobyte.

use leptos::prelude::*;

use super::said::said;
use crate::{driver::Driver as Kiosk, session::Event};
use app::screens::face::Drawing;
use domain::{
    id::QuestionId,
    lang::{Reader, Words},
    nps::Nps,
    response::Given,
    survey::{ChoiceQuestion, FaceQuestion, Kind, NpsQuestion, Question, ScaleQuestion},
};

/// A longer word makes all the faces' words smaller, in characters.
const LONG_WORD: usize = 11;

/// What stands on the seats.
const NUMBERS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

const MARK: Drawing = Drawing { class: "mark", view_box: "0 0 24 24", lines: r#"<path d="m4 13 5 5L20 6"/>"# };

/// One button.
struct Choice<'a> {
    drawing: Option<Drawing>,
    class: &'static str,
    text: Words<'a>,
    answer: Answer,
}

/// What a tap says.
#[derive(Clone)]
enum Answer {
    /// it stands for the whole answer
    Whole(Given),
    /// one of many that can be picked together
    OneOf(String),
}

/// The buttons of a question that has some.
pub(crate) fn options(kiosk: Kiosk, question: &Question, reader: Reader) -> impl IntoView + use<> {
    let id = question.id;
    let (class, choices, ends) = match &question.kind {
        Kind::Face(FaceQuestion { faces, face_set, labels }) => {
            let words: Vec<_> = labels.iter().map(|label| reader.words(label)).collect();
            let has_long = words.iter().any(|word| word.text.chars().count() > LONG_WORD);
            let class =
                ["answers faces", if *faces == 4 { " has-4" } else { "" }, if has_long { " has-long" } else { "" }];
            let choices = (1..=*faces).zip(words).map(|(value, text)| Choice {
                drawing: Some(Drawing::of(value, *faces, *face_set)),
                class: "word",
                text,
                answer: Answer::Whole(Given::Face(value)),
            });
            (class.concat(), choices.collect(), None)
        }
        Kind::Nps(NpsQuestion { labels }) => {
            let choices = (0..=Nps::MAX).zip(NUMBERS).map(|(value, text)| Choice {
                drawing: None,
                class: "seat",
                text: Words { text, lang: None },
                answer: Answer::Whole(Given::Nps(value)),
            });
            let end = |place: usize| labels.get(place).map(|label| reader.words(label)).unwrap_or_default();
            ("answers nps".to_owned(), choices.collect(), Some((end(0), end(1))))
        }
        Kind::Scale(ScaleQuestion { labels }) => {
            let choices = (1..).zip(labels).map(|(value, label)| Choice {
                drawing: None,
                class: "step",
                text: reader.words(label),
                answer: Answer::Whole(Given::Scale(value)),
            });
            ("answers scale".to_owned(), choices.collect(), None)
        }
        Kind::Choice(ChoiceQuestion { options, many }) => {
            let count = options.len().to_string();
            let class = ["answers choices", if *many { " is-many" } else { "" }, " has-", &count].concat();
            let choices = options.iter().map(|option| Choice {
                drawing: many.then_some(MARK),
                class: "reason",
                text: reader.words(&option.text),
                answer: if *many {
                    Answer::OneOf(option.key.clone())
                } else {
                    Answer::Whole(Given::Choice(vec![option.key.clone()]))
                },
            });
            (class, choices.collect(), None)
        }
        Kind::Text(_) => (String::new(), Vec::new(), None),
    };
    // The moment after a tap: the chosen one stays lit while the others step back.
    let class =
        move || [class.as_str(), if kiosk.follow(|changes| &changes.visit).lit { " is-chosen" } else { "" }].concat();
    let buttons: Vec<_> = choices.into_iter().map(|choice| button(kiosk, id, choice)).collect();
    view! {
        <div class=class role="group" aria-labelledby="q">
            {buttons}
            {ends.map(|(low, high)| {
                view! { <p class="ends"><span>"0 = " {said(low)}</span><span>"10 = " {said(high)}</span></p> }
            })}
        </div>
    }
}

fn button(kiosk: Kiosk, question: QuestionId, choice: Choice<'_>) -> impl IntoView + use<> {
    let answer = choice.answer.clone();
    let pressed = move || {
        let screen = kiosk.follow(|changes| &changes.visit);
        let pressed = match (&answer, screen.visit.given(question)) {
            (Answer::Whole(mine), given) => given == Some(mine),
            (Answer::OneOf(key), Some(Given::Choice(keys))) => keys.contains(key),
            (Answer::OneOf(_), _) => false,
        };
        if pressed { "true" } else { "false" }
    };
    let (class, text) = (choice.class, said(choice.text));
    let answer = choice.answer;
    let tapped = move |_| match &answer {
        Answer::Whole(given) => kiosk.send(Event::Chosen(question, given.clone())),
        Answer::OneOf(key) => kiosk.send(Event::Toggled(question, key.clone())),
    };
    let drawing = choice.drawing.map(Drawing::view);
    view! {
        <button type="button" class="answer" aria-pressed=pressed on:click=tapped>
            {drawing}
            <span class=class>{text}</span>
        </button>
    }
}
