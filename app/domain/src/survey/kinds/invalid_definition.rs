//! Why a question cannot be published.

/// Why a question of this kind cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefinition {
    /// Four or five faces, each with a word.
    #[error("a face question has four or five faces, each with a word")]
    Faces,
    /// The two ends of the scale need words.
    #[error("a recommendation question has a word for each end")]
    Ends,
    /// A word at every step.
    #[error("an agreement scale has five steps, each with a word")]
    Steps,
    /// One to six options with different, plain keys.
    #[error("a choice has one to six options with different keys (a letter, then a-z, 0-9, _)")]
    Options,
}
