//! Names inside a sentence: what turns direction in them stays inside.

/// A name as it may stand among other words: as it is where it runs from left to right, else isolated from them, and
/// without marks that would end that (Unicode Standard Annex 9: FSI and PDI).
#[must_use]
pub(crate) fn isolated(name: &str) -> String {
    if !name.chars().any(turns) {
        return name.to_owned();
    }
    let kept: String = name.chars().filter(|sign| !is_control(*sign)).collect();
    format!("\u{2068}{kept}\u{2069}")
}

/// Whether a sign is written from right to left, or says in which direction others are.
const fn turns(sign: char) -> bool {
    is_control(sign)
        || matches!(sign, '\u{590}'..='\u{8ff}' | '\u{200e}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Embeddings, overrides, isolates, and their ends.
const fn is_control(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn a_name_turns_nothing_but_itself() {
        for same in ["", "Foyer", "Näyttämö 3 – „Ö“", "劇場", "🎪"] {
            assert_eq!(isolated(same), same);
        }
        assert_eq!(isolated("سيرك الشتاء"), "\u{2068}سيرك الشتاء\u{2069}");
        for hostile in ["\u{202e}Foyer", "Foyer\u{2069}\u{202e}", "\u{2067}Foyer", "Foyer\u{202b}"] {
            assert_eq!(isolated(hostile), "\u{2068}Foyer\u{2069}");
        }
    }
}
