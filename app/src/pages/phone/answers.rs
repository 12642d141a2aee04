//! From the fields of a posted form to the answers of a response.

use api::responses::ItemAnswer;
use domain::{
    id::QuestionId,
    survey::{
        Kind, Question, SurveyVersion,
        kinds::{UncheckedValue, text::clean},
    },
};

/// The name of the box that lets comments be quoted; there where it is ticked.
pub const MAY_QUOTE: &str = "may_quote";

/// The name of a question's fields.
#[must_use]
pub fn field_name(question: QuestionId) -> String {
    format!("q.{question}")
}

/// In the address of a form, where the link names a face: it is chosen there, and not sent.
pub const FACE: &str = "face";

/// No question has more faces.
pub const MOST_FACES: u8 = 5;

/// The face that a link names, as an answer to the first question that shows faces to everybody; `None` where it has no such face.
#[must_use]
pub fn chosen_face(survey: &SurveyVersion, face: u8) -> Option<ItemAnswer> {
    let (question, faces) = survey.questions.iter().find_map(|question| match &question.kind {
        Kind::Face(asked) if question.show_if.is_none() => Some((question.id, asked.faces)),
        _ => None,
    })?;
    let value = Some(UncheckedValue::Number(Some(i64::from(face).try_into().ok()?)));
    (1..=faces).contains(&face).then_some(ItemAnswer { question, skipped: false, value })
}

/// Whether something was chosen that a program which fills in fields does not choose: a face where faces are shown, else anything
/// that is not typed.
#[must_use]
pub fn is_chosen(answers: &[ItemAnswer], survey: &SurveyVersion) -> bool {
    let is_given = |question: &Question| answers.iter().any(|answer| answer.question == question.id && !answer.skipped);
    let asks_faces = survey.questions.iter().any(|question| matches!(question.kind, Kind::Face(_)));
    survey.questions.iter().any(|question| match question.kind {
        Kind::Face(_) => is_given(question),
        Kind::Nps(_) | Kind::Scale(_) | Kind::Choice(_) => !asks_faces && is_given(question),
        Kind::Text(_) => false,
    })
}

/// One answer for each question that the visitor could see, in the order of the survey; what was
/// left open is `skipped`. An answer whose question is not asked after what stands before it is
/// dropped: a box that was ticked and then hidden is still sent. Unknown fields say nothing.
///
/// Whether a value is on the scale is for [`check`](api::responses::check::check) to say.
#[must_use]
pub fn answers(fields: &[(String, String)], survey: &SurveyVersion) -> Vec<ItemAnswer> {
    let values = |question: &Question| -> Vec<&str> {
        let name = field_name(question.id);
        fields.iter().filter(|(field, _)| *field == name).map(|(_, value)| value.as_str()).collect()
    };
    let scale = |id: QuestionId| survey.question(id).and_then(|question| values(question).first()?.parse().ok());
    survey
        .questions
        .iter()
        .filter(|question| survey.is_asked(question, &scale))
        .map(|question| {
            let value = value(question, &values(question));
            ItemAnswer { question: question.id, skipped: value.is_none(), value }
        })
        .collect()
}

/// Whether anything was said.
#[must_use]
pub fn is_answered(answers: &[ItemAnswer]) -> bool {
    answers.iter().any(|answer| !answer.skipped)
}

fn value(question: &Question, given: &[&str]) -> Option<UncheckedValue> {
    let first = given.first()?;
    match &question.kind {
        Kind::Face(_) | Kind::Nps(_) | Kind::Scale(_) => {
            let number = first.parse::<i64>().ok()?;
            Some(UncheckedValue::Number(number.try_into().ok()))
        }
        Kind::Choice(_) => Some(UncheckedValue::Options(given.iter().map(|key| (*key).to_owned()).collect())),
        Kind::Text(_) => clean(first).map(UncheckedValue::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        lang::Text,
        survey::{ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, NpsQuestion, Series, ShowIf, TextQuestion},
    };

    fn id(number: u128) -> QuestionId {
        uuid::Uuid::from_u128(number).into()
    }

    fn survey() -> SurveyVersion {
        let question = |number, kind, show_if| Question {
            id: id(number),
            series: Series::Show,
            text: Text::same("?"),
            kind,
            show_if,
        };
        let labels = vec![Text::same("word"); 5];
        let options =
            ["sound", "seat"].map(|key| ChoiceOption { key: key.into(), text: Text::same(key) }).into_iter().collect();
        let unhappy = ShowIf { question: id(1), values: vec![1, 2] };
        SurveyVersion {
            version: uuid::Uuid::from_u128(9).into(),
            questions: vec![
                question(1, Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels }), None),
                question(2, Kind::Choice(ChoiceQuestion { options, many: true }), Some(unhappy)),
                question(3, Kind::Nps(NpsQuestion { labels: vec![Text::same("end"); 2] }), None),
                question(4, Kind::Text(TextQuestion {}), None),
            ],
        }
    }

    fn posted(fields: &[(u128, &str)]) -> Vec<ItemAnswer> {
        let fields: Vec<_> = fields.iter().map(|(number, value)| (field_name(id(*number)), (*value).into())).collect();
        answers(&fields, &survey())
    }

    #[test]
    fn values_become_answers_and_the_rest_is_skipped() {
        let answers = posted(&[(1, "2"), (2, "sound"), (2, "seat"), (4, "  Hyvä\r\nilta \u{0} ")]);
        let values: Vec<_> = answers.iter().map(|answer| answer.value.clone()).collect();
        let picked = UncheckedValue::Options(vec!["sound".into(), "seat".into()]);
        let comment = UncheckedValue::Text("Hyvä\nilta".into());
        assert_eq!(values, [Some(UncheckedValue::Number(Some(2))), Some(picked), None, Some(comment)]);
        assert_eq!(answers.iter().map(|answer| answer.skipped).collect::<Vec<_>>(), [false, false, true, false]);
    }

    #[test]
    fn a_hidden_box_that_was_once_ticked_says_nothing() {
        let answers = posted(&[(1, "5"), (2, "sound"), (3, "9")]);
        assert_eq!(answers.iter().map(|answer| answer.question).collect::<Vec<_>>(), [id(1), id(3), id(4)]);
    }

    #[test]
    fn a_comment_alone_is_nothing_chosen() {
        assert!(!is_chosen(&posted(&[(4, "text")]), &survey()) && !is_chosen(&posted(&[(3, "9")]), &survey()));
        assert!(is_chosen(&posted(&[(1, "4")]), &survey()));
        let mut faceless = survey();
        faceless.questions.remove(0);
        assert!(is_chosen(&posted(&[(3, "9")]), &faceless) && !is_chosen(&posted(&[(4, "text")]), &faceless));
    }

    #[test]
    fn a_link_names_a_face_that_there_is() {
        let named = |face| chosen_face(&survey(), face).map(|answer| (answer.question, answer.value));
        assert_eq!(named(4), Some((id(1), Some(UncheckedValue::Number(Some(4))))));
        assert_eq!((named(0), named(6)), (None, None));
    }

    #[test]
    fn an_empty_form_is_no_response() {
        assert!(!is_answered(&posted(&[(4, " \r\n"), (7, "5"), (1, "five")])));
        assert!(is_answered(&posted(&[(3, "0")])));
    }
}
