//! Free text: a comment, made safe to keep.

use serde::Serialize;

use super::{Given, InvalidValue, UncheckedValue};

/// Free text: a comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextQuestion {}

/// The longest comment, in characters (Unicode scalar values).
pub const MAX_CHARS: usize = 2_000;

/// So many signs stay of the comment of a response that is set aside: letters, or whole emoji.
pub const SIGNS_SET_ASIDE: usize = 200;
/// And so many characters at the most: a sign may have any number of accents.
const CHARS_SET_ASIDE: usize = 1_000;

/// Whether a character can do harm in a store, a log or a spreadsheet: every control character but
/// the line break and the tab.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// What a visitor typed, as it is sent: line breaks alike on every device, control characters
/// dropped, no white space around it. Text in which nothing can be seen is no comment.
///
/// The screens that take text clean it, in fields that stop at [`MAX_CHARS`]; whatever comes another way is cut there and
/// loses what is harmful when it is [read](super::Kind::read).
#[must_use]
pub fn clean(typed: &str) -> Option<String> {
    let kept = harmless(typed);
    let comment = kept.trim();
    is_visible(comment).then(|| comment.to_owned())
}

/// A text without what is harmful in it; line breaks alike, whatever device made them.
fn harmless(typed: &str) -> String {
    let mut before = None;
    let unified = typed.chars().filter_map(|c| match (before.replace(c), c) {
        (Some('\r'), '\n') => None,
        (_, '\r') => Some('\n'),
        (_, c) => (!is_harmful(c)).then_some(c),
    });
    unified.collect()
}

/// Whether anything of a text can be seen. What only joins, splits or turns what stands beside it cannot.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    !text.chars().all(|c| is_invisible(c) || is_extender(c))
}

/// Whether a character shows nothing of itself wherever it stands.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            u32::from(c),
            0xad | 0x61c
                | 0x115f..=0x1160
                | 0x17b4..=0x17b5
                | 0x180b..=0x180f
                | 0x200b..=0x200f
                | 0x202a..=0x202e
                | 0x2060..=0x206f
                | 0x2800
                | 0x3164
                | 0xfeff
                | 0xffa0
                | 0xfff0..=0xfffb
                | 0x1d173..=0x1d17a
                | 0xe0000..=0xe0fff
        )
}

/// The first `chars` of a text, or a few less: what is read as one sign is not cut through. It knows the signs that
/// people type, not all of Unicode (UAX 29), whose tables weigh more than a tablet's whole screen.
fn cut(text: &str, chars: usize) -> &str {
    let Some((mut end, mut after)) = text.char_indices().nth(chars) else { return text };
    for (start, c) in text[..end].char_indices().rev() {
        if !is_joined(&text[..end], c, after) {
            return &text[..end];
        }
        (end, after) = (start, c);
    }
    // One endless sign: better half of it than nothing.
    &text[..text.char_indices().nth(chars).map_or(text.len(), |(end, _)| end)]
}

/// Whether `after` is read as one sign with `c`, the last character of `before`.
fn is_joined(before: &str, c: char, after: char) -> bool {
    is_extender(after) || c == JOINER || (is_flag(c) && is_flag(after) && flags(before) % 2 == 1)
}

/// What is kept of the comment of a response that is set aside: its first [`SIGNS_SET_ASIDE`] signs, whatever they are
/// made of, within bounds. Enough to see what was written, and too little to fill a disk with.
#[must_use]
pub fn shortened(text: &str) -> &str {
    let text = cut(text, CHARS_SET_ASIDE);
    let mut signs = 0;
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        if before.replace(c).is_none_or(|before| !is_joined(&text[..start], before, c)) {
            signs += 1;
        }
        if signs > SIGNS_SET_ASIDE {
            return &text[..start];
        }
    }
    text
}

/// Makes one sign of the two beside it: a family of its members.
const JOINER: char = '\u{200d}';

/// Whether a character belongs to the one before it: accents, vowel signs, skin tones, the joiner itself.
fn is_extender(c: char) -> bool {
    let c = u32::from(c);
    let is_indic = (0x900..0xe00).contains(&c) && matches!(c & 0x7f, 0..=3 | 0x3c | 0x3e..=0x4d | 0x55..=0x57);
    is_indic
        || matches!(
            c,
            0x300..=0x36f
                | 0x591..=0x5bd
                | 0x64b..=0x65f
                | 0xe31
                | 0xe34..=0xe3a
                | 0xe47..=0xe4e
                | 0x1ab0..=0x1aff
                | 0x1dc0..=0x1dff
                | 0x200d
                | 0x20d0..=0x20ff
                | 0xfe00..=0xfe0f
                | 0xfe20..=0xfe2f
                | 0x1f3fb..=0x1f3ff
                | 0xe0020..=0xe01ef
        )
}

/// Half of a country's flag.
fn is_flag(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

/// How many halves of flags a text ends with.
fn flags(text: &str) -> usize {
    text.chars().rev().take_while(|c| is_flag(*c)).count()
}

/// A comment as it arrived, without what is harmful and cut where it is too long; one in which nothing can be seen was
/// passed over. White space around it stays: so it is the same answer that was stored before.
pub(super) fn read(value: UncheckedValue) -> Result<Given, InvalidValue> {
    let UncheckedValue::Text(text) = value else { return Err(InvalidValue::WrongKind) };
    let text = harmless(&text);
    Ok(if is_visible(&text) { Given::Text(cut(&text, MAX_CHARS).to_owned()) } else { Given::Skipped })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_words_and_drops_what_harms() {
        assert_eq!(clean("  Hieno\r\nilta \u{7}\u{0} \t"), Some("Hieno\nilta".into()));
        assert_eq!(clean("a\r\rb\n\rc\r\n\nd"), Some("a\n\nb\n\nc\n\nd".into()));
        assert_eq!(clean(" \r\n\u{1b} "), None);
        let read = |text: &str| read(UncheckedValue::Text(text.into()));
        assert_eq!(read("a\u{0}b\r\nc\u{9b}31m"), Ok(Given::Text("ab\nc31m".into())));
        assert_eq!(read("\u{7}\u{200b}"), Ok(Given::Skipped));
    }

    #[test]
    fn what_nobody_sees_is_no_comment() {
        for invisible in [
            "\u{200b}",
            " \u{200b}\u{200d}\u{feff} ",
            "\u{2060}\n\u{ad}",
            "\u{3164}",
            "\u{fe0f}",
            "\u{202e}\u{2066}",
            "\u{e0041}\u{e007f}",
            "\u{115f}\u{1160}",
            "\u{180e}",
            "\u{2800}",
            "\u{a0}\u{3000}",
        ] {
            assert_eq!(clean(invisible), None, "{}", invisible.escape_unicode());
            assert_eq!(read(UncheckedValue::Text(invisible.into())), Ok(Given::Skipped));
        }
        for seen in [".", "ä", "a\u{308}", "\u{200f}שלום", "❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧", "\u{feff}Hyvä"]
        {
            assert_eq!(clean(seen).as_deref(), Some(seen), "{}", seen.escape_unicode());
        }
    }

    #[test]
    fn no_sign_is_cut_through() {
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        for (sign, wide) in [
            (family, 7),
            ("a\u{308}", 2),
            ("👍🏽", 2),
            ("🇫🇮", 2),
            ("❤\u{fe0f}", 2),
            ("कि", 2),
            ("สู้", 3),
            ("1\u{fe0f}\u{20e3}", 3),
        ] {
            assert_eq!(sign.chars().count(), wide, "{sign}");
            for left in 0..=wide {
                let before = "x".repeat(MAX_CHARS - left);
                let typed = [&before, sign, sign].concat();
                let kept = if left == wide { [&before, sign].concat() } else { before };
                assert_eq!(read(UncheckedValue::Text(typed)), Ok(Given::Text(kept)), "{left} of {sign}");
            }
        }
        let endless = format!("a{}", "\u{301}".repeat(3_000));
        let Ok(Given::Text(text)) = read(UncheckedValue::Text(endless)) else { panic!("it is a comment") };
        assert_eq!(text.chars().count(), MAX_CHARS);
    }

    #[test]
    fn of_a_comment_that_is_set_aside_two_hundred_signs_stay() {
        let family = "👨\u{200d}👩\u{200d}👧";
        for sign in ["x", "ä", "a\u{308}", "🇫🇮", "👍🏽", family] {
            let whole = sign.repeat(SIGNS_SET_ASIDE);
            assert_eq!(shortened(&whole), whole, "{sign}");
            assert_eq!(shortened(&[&whole, sign].concat()), whole, "{sign}");
        }
        let endless = format!("a{}", "\u{301}".repeat(1_999));
        assert_eq!(shortened(&endless).chars().count(), CHARS_SET_ASIDE);
    }

    proptest::proptest! {
        #[test]
        fn what_is_short_stays_short(typed in ".{0,1500}") {
            let short = shortened(&typed);
            proptest::prop_assert!(typed.starts_with(short));
            proptest::prop_assert_eq!(shortened(short), short);
        }

        #[test]
        fn clean_text_is_harmless_short_and_stays_as_it_is(typed in ".{0,3000}") {
            if let Some(comment) = clean(&typed) {
                proptest::prop_assert!(!comment.chars().any(is_harmful));
                proptest::prop_assert_eq!(clean(&comment), Some(comment.clone()));
                let Ok(Given::Text(kept)) = read(UncheckedValue::Text(comment)) else {
                    return Err(proptest::test_runner::TestCaseError::fail("it is a comment"));
                };
                proptest::prop_assert!(kept.chars().count() <= MAX_CHARS);
            }
        }
    }
}
