//! The printed recovery code: readable on paper, and more than anybody can try, so that a plain hash of it is enough.

use crate::{clock::Rng, secrets::hash_token};
use store::kiosks::TokenHash;

/// No I, L, O and U: nobody should have to guess which of two stands on a sheet (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 28 letters are 140 bits.
const GROUPS: usize = 7;
const LETTERS_OF_A_GROUP: usize = 4;

/// A fresh code as it is printed: seven groups of four letters.
#[must_use]
pub fn new_printed_code(rng: &Rng) -> String {
    let group = |_| {
        let letters =
            rng.bytes::<LETTERS_OF_A_GROUP>().map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        letters.iter().collect::<String>()
    };
    (0..GROUPS).map(group).collect::<Vec<_>>().join("-")
}

/// What the store knows a code by, however it was typed: in small letters, with other gaps, with an O for a zero.
#[must_use]
pub fn hash_printed_code(typed: &str) -> TokenHash {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    });
    hash_token(&letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let code = new_printed_code(&Rng::seeded(4));
        assert_eq!((code.len(), code.split('-').count()), (34, 7));
        assert!(!code.contains(['I', 'L', 'O', 'U']), "{code}");
        let hash = hash_printed_code(&code);
        assert_eq!(hash_printed_code(&format!(" {} ", code.to_lowercase().replace('-', " "))), hash);
        assert_eq!(hash_printed_code(&code.replace('0', "o").replace('1', "l")), hash);
        assert_ne!(hash_printed_code(&code[1..]), hash);
        assert_ne!(new_printed_code(&Rng::seeded(5)), code);
    }
}
