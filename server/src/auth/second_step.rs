//! The second step at the log-in (RFC 6238), and recovery codes.

use domain::time::{Millis, SECOND};
use totp_rs::{Builder, Secret, Totp};

use crate::{clock::Rng, secrets::hash_token};
use store::kiosks::TokenHash;

/// The length that RFC 4226 recommends.
pub const SECRET: usize = 20;
/// So many recovery codes are given.
const CODES: usize = 10;

/// The step of a code that is valid now, or was or will be half a minute away.
#[must_use]
pub fn step_of(secret: &[u8], code: &str, now: Millis) -> Option<i64> {
    let seconds = u64::try_from(now / SECOND).ok()?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    i64::try_from(totp(secret)?.check(&code, seconds)?).ok()
}

/// A secret as people type it.
#[must_use]
pub fn written(secret: &[u8]) -> String {
    Secret::from(secret).to_base32()
}

/// The secret that was written so, where it has the right length.
#[must_use]
pub fn read(written: &str) -> Option<Vec<u8>> {
    let secret = Secret::try_from_base32(written).ok()?;
    (secret.as_bytes().len() == SECRET).then(|| secret.as_bytes().to_vec())
}

/// What an authenticator app scans.
#[must_use]
pub fn address(secret: &[u8], email: &str) -> String {
    let label: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    format!("otpauth://totp/Aplodi:{label}?secret={}&issuer=Aplodi", written(secret))
}

/// Fresh recovery codes of 80 bits: more than anybody can try, so that a plain hash of each is enough.
#[must_use]
pub fn recovery_codes(rng: &Rng) -> Vec<String> {
    let code = |_| {
        let letters: Vec<char> = written(&rng.bytes::<10>()).to_lowercase().chars().collect();
        letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    };
    (0..CODES).map(code).collect()
}

/// What the store knows a recovery code by, however it was typed.
#[must_use]
pub fn hash_recovery_code(typed: &str) -> TokenHash {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    hash_token(&code.to_lowercase())
}

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = b"12345678901234567890";
        assert_eq!(step_of(secret, "287082", 59 * SECOND), Some(1));
        assert_eq!(step_of(secret, " 287 082 ", 89 * SECOND), Some(1), "half a minute late");
        assert_eq!(step_of(secret, "287082", 120 * SECOND), None);
        for wrong in ["", "28708", "2870822", "abcdef", "٢٨٧٠٨٢", "287083"] {
            assert_eq!(step_of(secret, wrong, 59 * SECOND), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let secret = [7; SECRET];
        assert_eq!(read(&written(&secret)), Some(secret.to_vec()));
        for wrong in ["", "AAAA", "not base32!"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert!(address(&secret, "a+b@c.fi").starts_with("otpauth://totp/Aplodi:a%2Bb%40c.fi?secret="));
        let codes = recovery_codes(&Rng::seeded(1));
        assert_eq!((codes.len(), codes[0].len()), (10, 19));
        assert_eq!(hash_recovery_code(&codes[0]), hash_recovery_code(&codes[0].to_uppercase().replace('-', " ")));
    }
}
