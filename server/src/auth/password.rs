//! Passwords: argon2id, off the threads that answer requests, and few at a time, so that a flood of
//! guesses costs the flood its time and not the server its memory.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// The shortest password. NIST SP 800-63B-4 asks for 15 where a password stands alone, and for no
/// rules about its characters; 12 is what people of a small association still write down nowhere.
pub const SHORTEST: usize = 12;
/// The longest, in bytes: hashing must not be a way to keep the server busy.
pub const LONGEST: usize = 256;

/// Each hash takes 19 MiB for some 30 ms.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has 12 to 256 characters")]
    Length,
    /// The hash could not be made.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// Hashes a new password with a fresh salt, in PHC format.
///
/// # Errors
/// Where it is too short or too long.
pub async fn hash(password: String, salt: [u8; 16]) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(PasswordError::Length);
    }
    let hashed = off_thread(move || {
        let salt = SaltString::encode_b64(&salt)?;
        Argon2::default().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string())
    });
    match hashed.await {
        Some(Ok(hash)) => Ok(hash),
        Some(Err(error)) => Err(PasswordError::Hash(error.to_string())),
        None => Err(PasswordError::Hash("stopped".into())),
    }
}

/// Whether a password belongs to a hash. Without a hash (nobody has this address) it takes as long
/// and says no, so that the time tells nobody which addresses exist.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    if password.len() > LONGEST {
        return false;
    }
    let checked = off_thread(move || {
        let argon = Argon2::default();
        let Some(hash) = hash else {
            // Nobody keeps this hash, so any salt will do.
            let salt = SaltString::encode_b64(&[0; 16]);
            let _ = salt.and_then(|salt| argon.hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()));
            return false;
        };
        PasswordHash::new(&hash).is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok())
    });
    checked.await.unwrap_or(false)
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _permit = AT_ONCE.acquire().await.ok()?;
    spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let stored = hash("applause in the foyer".into(), [7; 16]).await.unwrap();
        assert!(verify("applause in the foyer".into(), Some(stored.clone())).await);
        assert!(!verify("applause in the attic".into(), Some(stored)).await);
        assert!(!verify("applause in the foyer".into(), None).await);
        assert!(!verify("applause in the foyer".into(), Some("not a hash".into())).await);
    }

    #[tokio::test]
    async fn length_has_two_ends() {
        assert!(matches!(hash("too short".into(), [7; 16]).await, Err(PasswordError::Length)));
        assert!(matches!(hash("x".repeat(257), [7; 16]).await, Err(PasswordError::Length)));
    }
}
