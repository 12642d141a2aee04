//! Answers as they stand in a response's row: compact JSON, with comment texts left out.

use domain::{
    id::QuestionId,
    response::{Answer, Given},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;

/// What was said to one question. A comment is only mentioned, so that blanking its text never
/// changes what is counted.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kept {
    Face(u8),
    Nps(u8),
    Scale(u8),
    Choice(Vec<String>),
    Text,
    Skipped,
}

/// `[[question, {"face":5}], [question, "text"], ...]`
pub(super) fn to_json(answers: &[Answer]) -> Result<String, StoreError> {
    let kept: Vec<(Uuid, Kept)> = answers.iter().map(|answer| (answer.question.0, keep(&answer.given))).collect();
    Ok(serde_json::to_string(&kept)?)
}

/// The answers again, with empty comments.
pub(super) fn from_json(json: &str) -> Result<Vec<Answer>, StoreError> {
    let kept: Vec<(Uuid, Kept)> = serde_json::from_str(json)?;
    Ok(kept.into_iter().map(|(question, kept)| Answer { question: QuestionId(question), given: give(kept) }).collect())
}

/// The comments, with the question that each answers.
pub(super) fn comments(answers: &[Answer]) -> impl Iterator<Item = (Uuid, &str)> {
    answers.iter().filter_map(|answer| match &answer.given {
        Given::Text(text) => Some((answer.question.0, text.as_str())),
        _ => None,
    })
}

fn keep(given: &Given) -> Kept {
    match given {
        Given::Face(value) => Kept::Face(*value),
        Given::Nps(value) => Kept::Nps(*value),
        Given::Scale(value) => Kept::Scale(*value),
        Given::Choice(keys) => Kept::Choice(keys.clone()),
        Given::Text(_) => Kept::Text,
        Given::Skipped => Kept::Skipped,
    }
}

fn give(kept: Kept) -> Given {
    match kept {
        Kept::Face(value) => Given::Face(value),
        Kept::Nps(value) => Given::Nps(value),
        Kept::Scale(value) => Given::Scale(value),
        Kept::Choice(keys) => Given::Choice(keys),
        Kept::Text => Given::Text(String::new()),
        Kept::Skipped => Given::Skipped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_comment_comes_back() {
        let answer = |n, given| Answer { question: QuestionId(Uuid::from_u128(n)), given };
        let said = [
            answer(1, Given::Face(5)),
            answer(2, Given::Nps(0)),
            answer(3, Given::Choice(vec!["sound".into(), "seat".into()])),
            answer(4, Given::Text("Hieno ilta".into())),
            answer(5, Given::Skipped),
            answer(6, Given::Scale(2)),
        ];
        let json = to_json(&said).unwrap();
        assert!(!json.contains("Hieno"), "{json}");
        let mut blanked = said.to_vec();
        blanked[3].given = Given::Text(String::new());
        assert_eq!(from_json(&json).unwrap(), blanked);
        assert_eq!(comments(&said).collect::<Vec<_>>(), [(Uuid::from_u128(4), "Hieno ilta")]);
    }
}
