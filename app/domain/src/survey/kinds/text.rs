//! Free text: a comment, made safe to keep.

use serde::Serialize;

use super::{Given, InvalidValue, UncheckedValue};

/// Free text: a comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextQuestion {}

/// The longest comment, in characters (Unicode scalar values).
pub const MAX_CHARS: usize = 2_000;

/// Whether a character can do harm in a store, a log or a spreadsheet: every control character but
/// the line break and the tab.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// What a visitor typed, as it is sent: line breaks alike on every device, control characters
/// dropped, no white space around it, cut to [`MAX_CHARS`]. Empty text is no comment.
///
/// The screens that take text clean it; the API refuses what is still harmful, since only a broken
/// client would send it.
#[must_use]
pub fn clean(typed: &str) -> Option<String> {
    let mut before = None;
    let unified = typed.chars().filter_map(|c| match (before.replace(c), c) {
        (Some('\r'), '\n') => None,
        (_, '\r') => Some('\n'),
        (_, c) => (!is_harmful(c)).then_some(c),
    });
    let kept: String = unified.collect();
    let cut: String = kept.trim().chars().take(MAX_CHARS).collect();
    let comment = cut.trim_end();
    (!comment.is_empty()).then(|| comment.to_owned())
}

/// A comment as it arrived; one without words was passed over.
pub(super) fn read(value: UncheckedValue) -> Result<Given, InvalidValue> {
    let UncheckedValue::Text(text) = value else { return Err(InvalidValue::WrongKind) };
    if text.chars().any(is_harmful) {
        return Err(InvalidValue::ControlCharacter);
    }
    if text.chars().count() > MAX_CHARS {
        return Err(InvalidValue::TextTooLong);
    }
    Ok(if text.trim().is_empty() { Given::Skipped } else { Given::Text(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_words_and_drops_what_harms() {
        assert_eq!(clean("  Hieno\r\nilta \u{7}\u{0} \t"), Some("Hieno\nilta".into()));
        assert_eq!(clean("a\r\rb\n\rc\r\n\nd"), Some("a\n\nb\n\nc\n\nd".into()));
        assert_eq!(clean(" \r\n\u{1b} "), None);
    }

    proptest::proptest! {
        #[test]
        fn clean_text_is_harmless_short_and_stays_as_it_is(typed in ".{0,3000}") {
            if let Some(comment) = clean(&typed) {
                proptest::prop_assert!(comment.chars().count() <= MAX_CHARS);
                proptest::prop_assert!(!comment.chars().any(is_harmful));
                proptest::prop_assert_eq!(clean(&comment), Some(comment.clone()));
            }
        }
    }
}
