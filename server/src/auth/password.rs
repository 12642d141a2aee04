//! Passwords: argon2id, off the threads that answer requests, and one at a time, so that a flood of
//! guesses costs the flood its time and not the server its memory.

use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHash, PasswordHasher, Version,
    password_hash::{self, Output, SaltString},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// The shortest password. NIST SP 800-63B-4 asks for 15 where a password stands alone, and for no
/// rules about its characters; 12 is what people of a small association still write down nowhere.
pub const SHORTEST: usize = 12;
/// The longest, in bytes: hashing must not be a way to keep the server busy.
pub const LONGEST: usize = 256;

/// Each hash takes 19 MiB for some 30 ms. One at a time is thirty log-ins a second, and leaves the smallest server, which
/// has two cores, one for answers.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

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
        let Some(hash) = hash else {
            // Nobody keeps this hash, so any salt will do.
            let _ = fill(&Argon2::default(), password.as_bytes(), &[0; 16], Params::DEFAULT_OUTPUT_LEN);
            return false;
        };
        is_of(&hash, password.as_bytes()).unwrap_or(false)
    });
    checked.await.unwrap_or(false)
}

/// Whether a hash in PHC format is of a password, compared in constant time.
fn is_of(hash: &str, password: &[u8]) -> Result<bool, password_hash::Error> {
    let hash = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else { return Ok(false) };
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from)?;
    let argon = Argon2::new(Algorithm::try_from(hash.algorithm)?, version, Params::try_from(&hash)?);
    let mut bytes = [0; 64];
    let salt = salt.decode_b64(&mut bytes)?;
    Ok(fill(&argon, password, salt, expected.len())? == expected)
}

/// From so many bytes on, the system itself gives memory, and takes it back at once. What is smaller stays with one of
/// the allocator's arenas, and a flood of guesses, each on another thread, fills all of them.
const MAPPED: usize = 33 * 1024 * 1024;

fn fill(argon: &Argon2<'_>, password: &[u8], salt: &[u8], length: usize) -> Result<Output, password_hash::Error> {
    let count = argon.params().block_count();
    let mut blocks = Vec::with_capacity(count.max(MAPPED / Block::SIZE));
    blocks.resize(count, Block::default());
    Output::init_with(length, |out| Ok(argon.hash_password_into_with_memory(password, salt, out, &mut blocks)?))
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
