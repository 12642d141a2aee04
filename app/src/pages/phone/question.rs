//! One question of the form.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    answers::{MAY_QUOTE, field_name},
    page::parts,
};
use crate::{
    i18n::td_string,
    screens::{
        face::Drawing,
        question::{
            AnswerControl, Answers, Classes, OptionContent, OptionValue,
            text::{self, CommentControl, MAX_LENGTH},
        },
    },
};
use domain::{
    id::QuestionId,
    lang::{Lang, Reader},
    survey::{ChoiceQuestion, Kind, Question, ShowIf, SurveyVersion, kinds::UncheckedValue},
};

/// The conditions of a survey, each with the letter that the style sheet knows it by.
#[derive(Debug)]
pub struct Conditions(Vec<ShowIf>);

impl Conditions {
    /// The style sheet has so many letters. A follow-up beyond them stands open for everybody.
    const LETTERS: [&'static str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

    /// The different conditions of a survey, in order.
    #[must_use]
    pub fn of(survey: &SurveyVersion) -> Self {
        let mut different: Vec<ShowIf> = Vec::new();
        for condition in survey.questions.iter().filter_map(|question| question.show_if.as_ref()) {
            if !different.contains(condition) {
                different.push(condition.clone());
            }
        }
        Self(different)
    }

    /// The letter of the condition of a question; `None` where it is always there.
    #[must_use]
    pub fn letter(&self, question: &Question) -> Option<&'static str> {
        let place = self.0.iter().position(|condition| Some(condition) == question.show_if.as_ref())?;
        Self::LETTERS.get(place).copied()
    }

    /// For each value of a question: the letters that it opens.
    #[must_use]
    pub fn opened_by(&self, question: QuestionId) -> BTreeMap<u8, String> {
        let mut opened: BTreeMap<u8, String> = BTreeMap::new();
        for (condition, letter) in self.0.iter().zip(Self::LETTERS) {
            for value in condition.values.iter().filter(|_| condition.question == question) {
                let letters = opened.entry(*value).or_default();
                if !letters.is_empty() {
                    letters.push(' ');
                }
                letters.push_str(letter);
            }
        }
        opened
    }
}

/// A question: its legend, its answers, and what was chosen before.
#[component]
pub fn QuestionField(
    /// the question
    question: Question,
    /// for whom
    reader: Reader,
    /// the letters that each value opens
    shows: BTreeMap<u8, String>,
    /// the letter that opens this question
    part: Option<&'static str>,
    /// what was chosen before
    chosen: Option<UncheckedValue>,
    /// whether it was ticked that the comment may be quoted
    may_quote: bool,
) -> impl IntoView {
    let name = field_name(question.id);
    let page_lang = reader.lang();
    let (legend, lang, dir) = parts(reader.words(&question.text));
    let Some(answers) = Answers::of::<Fields>(&question.kind, reader) else {
        let comment = text::comment(&Typing { name: name.clone(), chosen, may_quote, page_lang }, page_lang);
        return view! {
            <div class=part.map(|_| "follow-up") data-part=part>
                <label class="label" for=name lang=lang dir=dir>
                    {legend}
                </label>
                {comment}
            </div>
        }
        .into_any();
    };
    let hint = match question.kind {
        Kind::Choice(ChoiceQuestion { many: true, .. }) => Some(td_string!(page_lang, phone.choose_many)),
        Kind::Face(_) | Kind::Nps(_) | Kind::Scale(_) | Kind::Choice(_) | Kind::Text(_) => None,
    };
    let described = hint.map(|_| hint_id(&name));
    let hint = hint.map(|hint| view! { <p class="hint" id=hint_id(&name)>{hint}</p> });
    view! {
        <fieldset class=part.map(|_| "follow-up") data-part=part aria-describedby=described>
            <legend lang=lang dir=dir>{legend}</legend>
            {hint}
            {answers.view(&Fields { name, shows, chosen })}
        </fieldset>
    }
    .into_any()
}

/// The id of what describes a question's field.
fn hint_id(name: &str) -> String {
    format!("{name}-hint")
}

/// The fields of a question of which options are chosen.
struct Fields {
    name: String,
    shows: BTreeMap<u8, String>,
    chosen: Option<UncheckedValue>,
}

impl AnswerControl for Fields {
    const CLASSES: Classes = Classes { face: "row faces", nps: "row nps", scale: "row steps", choice: "row reasons" };
    const MARK: Option<Drawing> = None;

    fn option(&self, value: OptionValue, content: OptionContent<'_>) -> impl IntoView + use<> {
        let (kind, value, checked, opens) = match value {
            OptionValue::Whole(given) => {
                let mut value = String::new();
                given.count(|counted| value = counted.to_string());
                ("radio", value, self.chosen == given.to_unchecked(), given.number())
            }
            OptionValue::OneOf(key) => {
                let checked = matches!(&self.chosen, Some(UncheckedValue::Options(keys)) if keys.contains(&key));
                ("checkbox", key, checked, None)
            }
        };
        let (name, shows) = (self.name.clone(), opens.and_then(|value| self.shows.get(&value).cloned()));
        view! {
            <label>
                <input r#type=kind name=name value=value data-shows=shows checked=checked />
                {content.drawing()}
                {content.words()}
                {content.meaning()}
            </label>
        }
    }

    fn group<O: IntoView, E: IntoView>(
        &self,
        class: String,
        options: Vec<O>,
        ends: Option<E>,
    ) -> impl IntoView + use<O, E> {
        view! {
            <div class=class>{options}</div>
            {ends.map(|ends| view! { <p class="ends" aria-hidden="true">{ends}</p> })}
        }
    }
}

/// The field of a comment.
struct Typing {
    name: String,
    chosen: Option<UncheckedValue>,
    may_quote: bool,
    page_lang: Lang,
}

impl CommentControl for Typing {
    fn field(&self) -> impl IntoView + use<> {
        let text = if let Some(UncheckedValue::Text(text)) = &self.chosen { text.as_str() } else { "" };
        // As inner HTML, since an empty text would be sent as a space.
        view! {
            <textarea
                id=self.name.clone()
                name=self.name.clone()
                dir="auto"
                maxlength=MAX_LENGTH
                aria-describedby=hint_id(&self.name)
                inner_html=escaped(text)
            ></textarea>
        }
    }

    fn hint(&self) -> impl IntoView + use<> {
        view! {
            <p class="hint" id=hint_id(&self.name)>
                {td_string!(self.page_lang, phone.comment_hint)}
            </p>
        }
    }

    fn tick(&self) -> impl IntoView + use<> {
        view! { <input r#type="checkbox" name=MAY_QUOTE value="1" checked=self.may_quote /> }
    }
}

/// Text as the inside of a `<textarea>`, which ends at nothing but its end tag.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        lang::Text,
        survey::{NpsQuestion, Series},
    };

    #[test]
    fn one_letter_for_one_condition() {
        let question = |id: u128, show_if: Option<(u128, &[u8])>| Question {
            id: uuid::Uuid::from_u128(id).into(),
            series: Series::Show,
            text: Text::same("?"),
            kind: Kind::Nps(NpsQuestion { labels: Vec::new() }),
            show_if: show_if
                .map(|(id, values)| ShowIf { question: uuid::Uuid::from_u128(id).into(), values: values.to_vec() }),
        };
        let survey = SurveyVersion {
            version: uuid::Uuid::nil().into(),
            questions: vec![
                question(1, None),
                question(2, Some((1, &[1, 2]))),
                question(3, Some((1, &[2, 3]))),
                question(4, Some((1, &[1, 2]))),
            ],
        };
        let conditions = Conditions::of(&survey);
        let letters: Vec<_> = survey.questions.iter().map(|question| conditions.letter(question)).collect();
        assert_eq!(letters, [None, Some("a"), Some("b"), Some("a")]);
        let opened = conditions.opened_by(survey.questions[0].id);
        assert_eq!(opened, BTreeMap::from([(1, "a".into()), (2, "a b".into()), (3, "b".into())]));
    }
}
