//! The lines of a calendar, unfolded: before the text is decoded, for a fold may stand inside a letter.

use encoding_rs::Encoding;

use crate::encodings::decode;

/// The lines of a calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// each with the line of the file in which it begins, from 1
    pub(super) lines: Vec<(u32, String)>,
    /// the encoding, where it was guessed
    pub(super) guessed: Option<&'static str>,
}

/// The lines of a calendar; `None` where this is none.
#[must_use]
pub fn unfold(bytes: &[u8]) -> Option<Lines> {
    // What is two bytes wide is made narrow first: then line ends are what they look like.
    let narrow = match Encoding::for_bom(bytes) {
        Some((_, 2)) => Some(decode(bytes).text.into_bytes()),
        _ => None,
    };
    let bytes = narrow.as_deref().unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begin = &bytes[bytes.iter().position(|byte| !byte.is_ascii_whitespace())?..];
    let is_calendar = [&b"BEGIN:VCALENDAR"[..], b"BEGIN:VEVENT"]
        .iter()
        .any(|first| begin.get(..first.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(first)));
    if !is_calendar {
        return None;
    }
    let mut numbers = Vec::new();
    let mut unfolded: Vec<u8> = Vec::with_capacity(bytes.len());
    for (number, line) in (1..).zip(physical(bytes)) {
        match line {
            [b' ' | b'\t', rest @ ..] if !numbers.is_empty() => unfolded.extend_from_slice(rest),
            line => {
                if !numbers.is_empty() {
                    unfolded.push(b'\n');
                }
                numbers.push(number);
                unfolded.extend_from_slice(line);
            }
        }
    }
    let decoded = decode(&unfolded);
    let lines = numbers.into_iter().zip(decoded.text.split('\n').map(|line| line.replace('\u{feff}', ""))).collect();
    Some(Lines { lines, guessed: decoded.guessed })
}

/// The lines of the file, whatever ends them.
fn physical(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let all = rest?;
        let Some(end) = all.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            rest = None;
            return Some(all);
        };
        let after = if all[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        rest = Some(&all[after..]);
        Some(&all[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_inside_letters_are_mended_and_lines_counted() {
        let mut bytes = b"BEGIN:VCALENDAR\r\nSUMMARY:H\xc3\r\n \xa4\xc3\xa4\r\n".to_vec();
        bytes.extend_from_slice(b"END:VCALENDAR\r\n");
        let lines = unfold(&bytes).unwrap().lines;
        assert_eq!(lines[1], (2, "SUMMARY:Hää".to_owned()));
        assert_eq!(lines[2].0, 4);
        assert_eq!(unfold(b"id;title\n"), None);
    }
}
