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
enum StoredAnswer {
    Face(u8),
    Nps(u8),
    Scale(u8),
    Choice(Vec<String>),
    Text,
    Skipped,
}

/// `[[question, {"face":5}], [question, "text"], ...]`
pub(super) fn to_json(answers: &[Answer]) -> Result<String, StoreError> {
    let stored: Vec<(Uuid, StoredAnswer)> =
        answers.iter().map(|answer| (answer.question.0, to_stored(&answer.given))).collect();
    Ok(serde_json::to_string(&stored)?)
}

/// The answers again, with empty comments.
pub(super) fn from_json(json: &str) -> Result<Vec<Answer>, StoreError> {
    let stored: Vec<(Uuid, StoredAnswer)> = serde_json::from_str(json)?;
    Ok(stored
        .into_iter()
        .map(|(question, stored)| Answer { question: QuestionId(question), given: from_stored(stored) })
        .collect())
}

/// The comments, with the question that each answers.
pub(super) fn comments(answers: &[Answer]) -> impl Iterator<Item = (Uuid, &str)> {
    answers.iter().filter_map(|answer| match &answer.given {
        Given::Text(text) => Some((answer.question.0, text.as_str())),
        _ => None,
    })
}

fn to_stored(given: &Given) -> StoredAnswer {
    match given {
        Given::Face(value) => StoredAnswer::Face(*value),
        Given::Nps(value) => StoredAnswer::Nps(*value),
        Given::Scale(value) => StoredAnswer::Scale(*value),
        Given::Choice(keys) => StoredAnswer::Choice(keys.clone()),
        Given::Text(_) => StoredAnswer::Text,
        Given::Skipped => StoredAnswer::Skipped,
    }
}

fn from_stored(stored: StoredAnswer) -> Given {
    match stored {
        StoredAnswer::Face(value) => Given::Face(value),
        StoredAnswer::Nps(value) => Given::Nps(value),
        StoredAnswer::Scale(value) => Given::Scale(value),
        StoredAnswer::Choice(keys) => Given::Choice(keys),
        StoredAnswer::Text => Given::Text(String::new()),
        StoredAnswer::Skipped => Given::Skipped,
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
