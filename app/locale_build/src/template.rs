//! A text and its placeholders: `{{ name }}` is filled in by Rust, `{name}` by a script that shows the text by itself.

use std::collections::BTreeSet;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// as it stands
    Words(&'a str),
    /// a value of that name
    Value(&'a str),
}

/// Takes a text apart.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        pieces.push(Piece::Value(name.trim()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// The names of the values that Rust fills in.
pub(crate) fn values(text: &str) -> BTreeSet<&str> {
    let value = |piece| match piece {
        Piece::Value(name) => Some(name),
        Piece::Words(_) => None,
    };
    pieces(text).into_iter().filter_map(value).collect()
}

/// The names of the values that a script fills in.
pub(crate) fn scripted(text: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for piece in pieces(text) {
        let Piece::Words(words) = piece else { continue };
        names.extend(words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let text = "{{ n }} of {{most}}, {left} left";
        assert_eq!(
            pieces(text),
            [Piece::Value("n"), Piece::Words(" of "), Piece::Value("most"), Piece::Words(", {left} left")]
        );
        assert_eq!(values(text).into_iter().collect::<Vec<_>>(), ["most", "n"]);
        assert_eq!(scripted(text).into_iter().collect::<Vec<_>>(), ["left"]);
    }

    #[test]
    fn what_is_not_closed_is_words() {
        assert_eq!(pieces("a {{ b"), [Piece::Words("a {{ b")]);
        assert_eq!(pieces(""), []);
    }
}
