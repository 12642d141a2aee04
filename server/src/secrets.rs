//! Tokens that open something, and the hashes by which the store knows them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{id::VenueId, venue_settings::Pin};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::clock::Rng;
use store::kiosks::TokenHash;

/// A fresh token of 192 bits, as it is given to its holder; it is never stored.
#[must_use]
pub fn new_token(rng: &Rng) -> String {
    URL_SAFE_NO_PAD.encode(rng.bytes::<24>())
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

/// The six digits that open the staff corner of a venue's tablets until staff choose others: derived
/// from the server's key, so that every venue has its own from the beginning and none is stored.
#[must_use]
pub fn usual_pin(key: &[u8; 32], venue: VenueId) -> Pin {
    let seal = seal(key, &[b"staff corner of ", venue.0.as_bytes().as_slice()].concat());
    Pin::of_six(seal.iter().fold(0, |number, byte| (number * 256 + u32::from(*byte)) % 1_000_000))
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
    fn every_venue_has_a_pin_of_its_own() {
        let venue = |n| VenueId(uuid::Uuid::from_u128(n));
        let pin = usual_pin(&[1; 32], venue(1));
        assert_eq!(pin.as_str().len(), 6);
        assert_eq!(usual_pin(&[1; 32], venue(1)), pin, "at every start the same");
        assert_ne!(usual_pin(&[1; 32], venue(2)), pin);
        assert_ne!(usual_pin(&[2; 32], venue(1)), pin);
    }

    #[test]
    fn tokens_differ_and_are_long() {
        let rng = Rng::seeded(1);
        let (one, two) = (new_token(&rng), new_token(&rng));
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
    }
}
