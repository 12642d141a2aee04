//! How many: numbers as people and ticket offices write them.

/// A whole number of people. Spaces, also those that do not break, stand between thousands; a point or a comma does so where
/// three digits follow it. `None` where it is anything else: a share of a person, or a word.
#[must_use]
pub fn people(text: &str) -> Option<u32> {
    let trimmed = text.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim();
    let compact: String = trimmed.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '\u{2019}').collect();
    let mut groups = compact.split(['.', ',']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(first) || !rest.iter().all(|part| all_digits(part)) {
        return None;
    }
    let whole = match rest[..] {
        [] => first.to_owned(),
        // 1.234,00 and 312,0: a spreadsheet's way to write a whole number.
        [.., decimals] if decimals.bytes().all(|byte| byte == b'0') && decimals.len() != 3 => {
            let thousands = &rest[..rest.len() - 1];
            if thousands.iter().any(|part| part.len() != 3) {
                return None;
            }
            [&[first], thousands].concat().concat()
        }
        _ if first.len() <= 3 && rest.iter().all(|part| part.len() == 3) => [&[first], &rest[..]].concat().concat(),
        _ => return None,
    };
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_read_and_shares_are_not() {
        for (text, number) in [
            ("1\u{a0}234", 1_234),
            ("1 234", 1_234),
            ("1\u{202f}234", 1_234),
            ("312", 312),
            ("312,0", 312),
            ("312.00", 312),
            ("1.234", 1_234),
            ("1,234", 1_234),
            ("1.234,00", 1_234),
            ("1'234", 1_234),
            (" 0 ", 0),
            ("540 hlö", 540),
            ("540 kpl", 540),
        ] {
            assert_eq!(people(text), Some(number), "{text}");
        }
        for text in ["", "loppuunmyyty", "24,50", "12.5", "-3", "1.2.2026", "1..2", "99999999999", "1 2a3"] {
            assert_eq!(people(text), None, "{text}");
        }
    }
}
