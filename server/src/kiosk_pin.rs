//! How a tablet knows the PIN of its staff corner without having it.
//!
//! A PIN of a few digits is no secret from somebody who holds the tablet's data and has an afternoon;
//! what guards the corner is that the tablet itself shuts it after five wrong ones. The rounds only
//! keep the PIN from being read off.

use std::fmt;

use api::config::PinCheck;
use domain::{id::VenueId, venue_settings::Pin};
use moka::future::Cache;
use pbkdf2::pbkdf2_hmac_array;
use sha2::Sha256;

use crate::secrets::{seal, usual_pin};

/// Some hundredths of a second on a cheap tablet.
const ROUNDS: u32 = 20_000;

/// Works out the checks, each once: a tablet asks for its configuration every few minutes.
#[derive(Clone)]
pub struct PinChecks {
    key: [u8; 32],
    known: Cache<(VenueId, String), PinCheck>,
}

impl fmt::Debug for PinChecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinChecks")
    }
}

impl PinChecks {
    /// With the server's key.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, known: Cache::new(1_000) }
    }

    /// The check of a venue's PIN: the one that staff chose, else the one that the key gives.
    pub async fn of(&self, venue: VenueId, chosen: Option<&Pin>) -> PinCheck {
        let key = self.key;
        let pin = chosen.cloned().unwrap_or_else(|| usual_pin(&key, venue));
        self.known
            .get_with((venue, pin.as_str().to_owned()), async move {
                let work = move || check(&key, venue, &pin);
                // A thread that panicked has been reported; the work is done again here.
                tokio::task::spawn_blocking(work.clone()).await.unwrap_or_else(|_| work())
            })
            .await
    }
}

/// The same at every start, so that a configuration that has not changed stays the same.
fn check(key: &[u8; 32], venue: VenueId, pin: &Pin) -> PinCheck {
    let salt = seal(key, &[b"salt of the PIN ", venue.0.as_bytes().as_slice(), pin.as_str().as_bytes()].concat());
    let hash = pbkdf2_hmac_array::<Sha256, 32>(pin.as_str().as_bytes(), &salt, ROUNDS);
    PinCheck { salt: hex::encode(salt), rounds: ROUNDS.into(), hash: hex::encode(hash) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_chosen_pin_takes_the_place_of_the_usual_one() {
        let checks = PinChecks::new([1; 32]);
        let venue = VenueId(Uuid::from_u128(1));
        let usual = checks.of(venue, None).await;
        assert_eq!(PinChecks::new([1; 32]).of(venue, None).await, usual, "at every start the same");
        assert_eq!(checks.of(venue, Some(&usual_pin(&[1; 32], venue))).await, usual);
        let chosen: Pin = "1234".parse().unwrap();
        let other = checks.of(venue, Some(&chosen)).await;
        assert_ne!((&other.hash, &other.salt), (&usual.hash, &usual.salt));
        assert_ne!(
            checks.of(VenueId(Uuid::from_u128(2)), Some(&chosen)).await.hash,
            other.hash,
            "each venue has its salt"
        );
    }

    #[test]
    fn agrees_with_the_published_test_vector() {
        // RFC 7914, section 11: PBKDF2-HMAC-SHA-256 of "passwd" with the salt "salt" and one round.
        let hash = pbkdf2_hmac_array::<Sha256, 32>(b"passwd", b"salt", 1);
        assert!(hex::encode(hash).starts_with("55ac046e56e3089fec1691c22544b605"));
    }
}
