//! Words as they are compared: without case, accents and what stands between their letters.

/// The letters and digits of a text, small and without the marks that are lost on the way through old programs.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(plain).collect()
}

const fn plain(c: char) -> char {
    match c {
        'ä' | 'å' | 'á' | 'à' | 'â' => 'a',
        'ö' | 'ø' | 'ó' | 'ô' => 'o',
        'é' | 'è' | 'ê' => 'e',
        'ü' => 'u',
        other => other,
    }
}

/// A text in one line: what is between its words is one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace('\u{feff}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds what cannot be shown: control characters, or a letter that was lost.
#[must_use]
pub fn is_unprintable(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && !c.is_whitespace()) || c == '\u{fffd}')
}

/// Whether two titles say the same.
#[must_use]
pub fn same_title(one: &str, other: &str) -> bool {
    let small = |text: &str| one_line(text).to_lowercase();
    small(one) == small(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_separators_do_not_matter() {
        for head in ["Päättyy", "PÄÄTTYY", " paattyy ", "Päät_tyy", "päät-tyy:"] {
            assert_eq!(folded(head), "paattyy", "{head}");
        }
        assert_eq!(one_line("Nuorten\r\nsirkuskoulu\u{a0} "), "Nuorten sirkuskoulu");
        assert!(same_title("Valoa  kohti", "valoa kohti"));
    }
}
