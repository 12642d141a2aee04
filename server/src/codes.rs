//! Short codes that people read from a poster and type into a phone.

use crate::clock::Rng;

/// No 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, 9: nobody should have to guess which of two
/// stands on a poster.
const LETTERS: &[u8] = b"3467ACDEFGHJKMNPQRTUVWXY";

/// How long a code is: 24^5 are 8 million, so that guessing one finds hardly anything.
const LENGTH: usize = 5;

/// A fresh code.
#[must_use]
pub fn new_code(rng: &Rng) -> String {
    // Bytes over the largest multiple of the alphabet would make its first letters likelier.
    let fair = u8::try_from(256 / LETTERS.len() * LETTERS.len()).unwrap_or(u8::MAX);
    std::iter::repeat_with(|| rng.bytes::<1>()[0])
        .filter(|byte| *byte < fair)
        .map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]))
        .take(LENGTH)
        .collect()
}

/// Whether this may be a code that staff chose: 2 to 12 letters and digits.
#[must_use]
pub fn is_code(code: &str) -> bool {
    (2..=12).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_typeable() {
        let rng = Rng::seeded(7);
        for _ in 0..1_000 {
            let code = new_code(&rng);
            assert!(is_code(&code));
            assert!(!code.contains(['0', 'O', '1', 'I', 'L', '2', 'Z', '5', 'S', '8', 'B']), "{code}");
        }
    }
}
