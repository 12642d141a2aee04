//! One question of the form.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    answers::{MAY_QUOTE, field_name},
    page::parts,
};
use crate::{i18n::td_string, screens::face::Face};
use domain::{
    id::QuestionId,
    lang::{Lang, Reader, Text, Words},
    nps::Nps,
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, ScaleQuestion, ShowIf,
        SurveyVersion,
        kinds::{UncheckedValue, text::MAX_CHARS},
    },
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
    let (page_lang, words) = (reader.lang(), reader.words(&question.text));
    let (legend, lang, dir) = parts(words);
    let many = matches!(question.kind, Kind::Choice(ChoiceQuestion { many: true, .. }));
    let answers = match question.kind {
        Kind::Text(_) => return comment(name, words, page_lang, part, (chosen.as_ref(), may_quote)).into_any(),
        Kind::Face(FaceQuestion { faces, face_set, labels }) => {
            let scale = Scale { name: name.clone(), reader, shows, chosen };
            scale.faces(faces, face_set, &labels).into_any()
        }
        Kind::Nps(NpsQuestion { labels }) => {
            let scale = Scale { name: name.clone(), reader, shows, chosen };
            scale.numbers(&labels).into_any()
        }
        Kind::Scale(ScaleQuestion { labels }) => {
            let scale = Scale { name: name.clone(), reader, shows, chosen };
            scale.steps(&labels).into_any()
        }
        Kind::Choice(ChoiceQuestion { options, many }) => {
            choices(&name, &options, many, reader, chosen.as_ref()).into_any()
        }
    };
    let hint_id = format!("{name}-hint");
    let described = many.then(|| hint_id.clone());
    let hint = many.then(|| view! { <p class="hint" id=hint_id>{td_string!(page_lang, phone.choose_many)}</p> });
    view! {
        <fieldset class=part.map(|_| "follow-up") data-part=part aria-describedby=described>
            <legend lang=lang dir=dir>{legend}</legend>
            {hint}
            {answers}
        </fieldset>
    }
    .into_any()
}

/// What the buttons of a scale share.
struct Scale {
    name: String,
    reader: Reader,
    shows: BTreeMap<u8, String>,
    chosen: Option<UncheckedValue>,
}

impl Scale {
    fn radio(&self, value: u8) -> impl IntoView + use<> {
        let checked = self.chosen == Some(UncheckedValue::Number(Some(value)));
        let (name, shows) = (self.name.clone(), self.shows.get(&value).cloned());
        view! { <input r#type="radio" name=name value=value.to_string() data-shows=shows checked=checked /> }
    }

    fn faces(&self, faces: u8, set: FaceSet, labels: &[Text]) -> impl IntoView + use<> {
        let buttons = (1..=faces)
            .zip(labels)
            .map(|(value, word)| {
                let (word, lang, dir) = parts(self.reader.words(word));
                view! {
                    <label>
                        {self.radio(value)} <Face value=value of=faces set=set /> <span lang=lang dir=dir>{word}</span>
                    </label>
                }
            })
            .collect_view();
        let class = if faces == 4 { "row faces has-4" } else { "row faces" };
        view! { <div class=class>{buttons}</div> }
    }

    fn steps(&self, labels: &[Text]) -> impl IntoView + use<> {
        let buttons = (1..)
            .zip(labels)
            .map(|(value, word)| {
                let (word, lang, dir) = parts(self.reader.words(word));
                view! { <label>{self.radio(value)} <span lang=lang dir=dir>{word}</span></label> }
            })
            .collect_view();
        view! { <div class="row steps">{buttons}</div> }
    }

    fn numbers(&self, ends: &[Text]) -> impl IntoView + use<> {
        let end = |place: usize| parts(ends.get(place).map(|text| self.reader.words(text)).unwrap_or_default());
        let (low, high) = (end(0), end(1));
        let buttons = (0..=Nps::MAX)
            .map(|value| {
                // What the ends mean stands below for the eye; here it is for the ear.
                let means = match value {
                    0 => Some(low.clone()),
                    Nps::MAX => Some(high.clone()),
                    _ => None,
                };
                let means = means.map(|(means, lang, dir)| {
                    view! { <span class="unseen" lang=lang dir=dir>{format!(", {means}")}</span> }
                });
                view! { <label>{self.radio(value)} {value.to_string()} {means}</label> }
            })
            .collect_view();
        let (low, low_lang, low_dir) = low;
        let (high, high_lang, high_dir) = high;
        view! {
            <div class="row nps">{buttons}</div>
            <p class="ends" aria-hidden="true">
                <span lang=low_lang dir=low_dir>{format!("0 = {low}")}</span>
                <span lang=high_lang dir=high_dir>{format!("{} = {high}", Nps::MAX)}</span>
            </p>
        }
    }
}

fn choices(
    name: &str,
    options: &[ChoiceOption],
    many: bool,
    reader: Reader,
    chosen: Option<&UncheckedValue>,
) -> impl IntoView + use<> {
    let (kind, class) = if many { ("checkbox", "row reasons is-many") } else { ("radio", "row reasons") };
    let chosen = if let Some(UncheckedValue::Options(keys)) = chosen { keys.as_slice() } else { &[] };
    let buttons = options
        .iter()
        .map(|option| {
            let checked = chosen.contains(&option.key);
            let (name, key) = (name.to_owned(), option.key.clone());
            let (text, lang, dir) = parts(reader.words(&option.text));
            view! {
                <label>
                    <input r#type=kind name=name value=key checked=checked />
                    <span lang=lang dir=dir>{text}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class=class>{buttons}</div> }
}

fn comment(
    name: String,
    legend: Words<'_>,
    page_lang: Lang,
    part: Option<&'static str>,
    (chosen, may_quote): (Option<&UncheckedValue>, bool),
) -> impl IntoView + use<> {
    let hint_id = format!("{name}-hint");
    let (legend, lang, dir) = parts(legend);
    let text = if let Some(UncheckedValue::Text(text)) = chosen { text.as_str() } else { "" };
    view! {
        <div class=part.map(|_| "follow-up") data-part=part>
            <label class="label" for=name.clone() lang=lang dir=dir>
                {legend}
            </label>
            // As inner HTML, since an empty text would be sent as a space.
            <textarea
                id=name.clone()
                name=name
                dir="auto"
                maxlength=MAX_CHARS.to_string()
                aria-describedby=hint_id.clone()
                inner_html=escaped(text)
            ></textarea>
            <p class="hint" id=hint_id>
                {td_string!(page_lang, phone.comment_hint)}
            </p>
            <label class="tick">
                <input r#type="checkbox" name=MAY_QUOTE value="1" checked=may_quote />
                <span>{td_string!(page_lang, phone.may_quote)}</span>
            </label>
        </div>
    }
}

/// Text as the inside of a `<textarea>`, which ends at nothing but its end tag.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::survey::Series;

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
