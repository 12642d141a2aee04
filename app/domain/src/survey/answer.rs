//! One question's value in a response.

use serde::{Deserialize, Serialize};

use super::Given;
use crate::id::QuestionId;

/// One question's value in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// which question
    pub question: QuestionId,
    /// what was said
    pub given: Given,
}
