//! Tokens that open something, and the hashes by which the store knows them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::{clock::Chance, store::kiosks::TokenHash};

/// A fresh token of 192 bits, as it is given to its holder; it is never stored.
#[must_use]
pub fn new_token(chance: &Chance) -> String {
    URL_SAFE_NO_PAD.encode(chance.bytes::<24>())
}

/// What the store keeps of a token. A plain hash is enough: the token has more bits than anybody can try.
#[must_use]
pub fn hash_token(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// HMAC-SHA-256 cut to 16 bytes.
#[must_use]
pub fn seal(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
    let full = mac(key, message).finalize().into_bytes();
    let mut seal = [0; 16];
    seal.copy_from_slice(&full[..16]);
    seal
}

/// Whether [`seal`] made this, compared in constant time.
#[must_use]
pub fn is_sealed(key: &[u8; 32], message: &[u8], seal: &[u8]) -> bool {
    seal.len() == 16 && mac(key, message).verify_truncated_left(seal).is_ok()
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8; 32], message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_one_message_under_one_key() {
        let seal = seal(&[1; 32], b"evening");
        assert!(is_sealed(&[1; 32], b"evening", &seal));
        assert!(!is_sealed(&[1; 32], b"morning", &seal));
        assert!(!is_sealed(&[2; 32], b"evening", &seal));
        assert!(!is_sealed(&[1; 32], b"evening", &seal[..15]), "a shorter seal is no seal");
        assert!(!is_sealed(&[1; 32], b"evening", &[]));
    }

    #[test]
    fn tokens_differ_and_are_long() {
        let chance = Chance::seeded(1);
        let (one, two) = (new_token(&chance), new_token(&chance));
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
    }
}
