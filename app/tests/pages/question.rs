//! The questions: the same words on every screen, however they are answered there.

use std::collections::BTreeMap;

use app::{
    pages::phone::question::{QuestionField, QuestionFieldProps},
    screens::{
        face::Drawing,
        question::{
            AnswerControl, Answers, Classes, OptionContent, OptionValue,
            text::{self, CommentControl},
        },
    },
};
use domain::{
    lang::{Lang, Reader, Text},
    survey::{Kind, Question, ScaleQuestion, Series},
};
use leptos::prelude::*;

use crate::{
    fixtures::{question_id, survey},
    page::values,
};

/// Buttons as on a tablet that nobody taps.
struct Untapped;

impl AnswerControl for Untapped {
    const CLASSES: Classes = Classes { face: "faces", nps: "nps", scale: "scale", choice: "choices" };
    const MARK: Option<Drawing> = Some(Drawing { class: "mark", view_box: "0 0 24 24", lines: "<path/>" });

    fn option(&self, value: OptionValue, content: OptionContent<'_>) -> impl IntoView + use<> {
        let mut says = String::new();
        match value {
            OptionValue::Whole(given) => given.count(|counted| says = counted.to_string()),
            OptionValue::OneOf(key) => says = key,
        }
        view! { <button value=says>{content.drawing()} <span class=content.class>{content.words()}</span></button> }
    }

    fn group<O: IntoView, E: IntoView>(
        &self,
        class: String,
        options: Vec<O>,
        ends: Option<E>,
    ) -> impl IntoView + use<O, E> {
        view! { <div class=class>{options} {ends.map(|ends| view! { <p class="ends">{ends}</p> })}</div> }
    }
}

impl CommentControl for Untapped {
    fn field(&self) -> impl IntoView + use<> {
        view! { <textarea></textarea> }
    }

    fn hint(&self) -> impl IntoView + use<> {
        view! { <p class="hint"></p> }
    }

    fn tick(&self) -> impl IntoView + use<> {
        view! { <input type="checkbox" /> }
    }
}

/// A question of every kind.
fn questions() -> Vec<Question> {
    let labels =
        ["Eri", "Osin eri", "En osaa", "Osin sama", "Sama"].map(|word| Text::new(word, format!("{word} sv"), ""));
    let scale = Question {
        id: question_id(6),
        series: Series::Show,
        text: Text::same("?"),
        kind: Kind::Scale(ScaleQuestion { labels: labels.into() }),
        show_if: None,
    };
    survey().questions.into_iter().chain([scale]).collect()
}

fn tablet(question: &Question, reader: Reader) -> String {
    match Answers::of::<Untapped>(&question.kind, reader) {
        Some(answers) => answers.view(&Untapped).to_html(),
        None => text::comment(&Untapped, reader.lang()).to_html(),
    }
}

fn phone(question: &Question, reader: Reader) -> String {
    let question = question.clone();
    QuestionField(QuestionFieldProps {
        question,
        reader,
        shows: BTreeMap::new(),
        part: None,
        chosen: None,
        may_quote: false,
    })
    .to_html()
}

/// What is read in every element of a kind, in order: not what only the ear is told.
fn read(html: &str, element: &str) -> Vec<String> {
    let inner = |rest: &str| {
        rest.split_once('>').and_then(|(_, rest)| rest.split_once(&format!("</{element}>"))).unwrap().0.to_owned()
    };
    let seen = |inner: String| {
        let seen = inner.split_once("<span class=\"unseen\"").map_or(inner.as_str(), |(seen, _)| seen);
        seen.split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
            .collect::<String>()
            .trim()
            .to_owned()
    };
    html.split(&format!("<{element}")).skip(1).map(inner).map(seen).collect()
}

#[test]
fn tablet_and_phone_say_the_same_in_the_same_order() {
    for (question, lang) in questions().iter().flat_map(|question| Lang::ALL.map(|lang| (question, lang))) {
        let reader = Reader::new(lang, Some(Lang::Fi.into()));
        let (tablet, phone) = (tablet(question, reader), phone(question, reader));
        let options = match &question.kind {
            Kind::Text(_) => {
                assert_eq!(read(&tablet, "label"), read(&phone, "label")[1..], "{lang}: the first is the question");
                continue;
            }
            kind => kind.counted_values().len(),
        };
        let words = read(&tablet, "button");
        assert_eq!(words.len(), options, "{tablet}");
        assert!(words.iter().all(|word| !word.is_empty()), "{tablet}");
        assert_eq!(words, read(&phone, "label"), "{lang}");
        let drawn = |html: &str| html.matches("<svg class=\"face").count();
        assert_eq!(drawn(&tablet), drawn(&phone), "{phone}");
        let ends = |html: &str| html.split_once("class=\"ends\"").map(|(_, ends)| read(ends, "span"));
        assert_eq!(ends(&tablet), ends(&phone), "{phone}");
        let chosen: Vec<_> = question.kind.counted_values().iter().map(ToString::to_string).collect();
        let chosen: Vec<_> = chosen.iter().map(String::as_str).collect();
        assert_eq!((values(&tablet, "value"), values(&phone, "value")), (chosen.clone(), chosen));
    }
}
