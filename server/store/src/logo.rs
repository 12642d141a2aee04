//! The organisation's logo, drawn anew and ready to be served.

use async_trait::async_trait;

use super::StoreError;

/// How large a picture is, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// from left to right
    pub width: u32,
    /// from top to bottom
    pub height: u32,
}

/// What pages have to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoFacts {
    /// hexadecimal, of both pictures: another logo is at another address
    pub hash: String,
    /// what is said instead of it; empty: the organisation's name
    pub alt: String,
    /// the one for screens and mails
    pub small: Extent,
    /// the one for paper
    pub large: Extent,
}

/// Both pictures, PNG.
#[derive(Clone, PartialEq, Eq)]
pub struct LogoPictures {
    /// for screens and mails
    pub small: Vec<u8>,
    /// for paper
    pub large: Vec<u8>,
}

impl std::fmt::Debug for LogoPictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogoPictures({} and {} bytes)", self.small.len(), self.large.len())
    }
}

/// The logo, for whoever asks for it.
#[async_trait]
pub trait Logos {
    /// What is known of it; `None` where there is none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn logo(&self) -> Result<Option<LogoFacts>, StoreError>;

    /// The pictures, where they are still those of this hash.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn logo_pictures(&self, hash: &str) -> Result<Option<LogoPictures>, StoreError>;
}

/// What staff do with it. False where somebody sees a part of the venues only: it is the organisation's.
#[async_trait]
pub trait StaffLogos {
    /// What is known of it; `None` where there is none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn logo(&self) -> Result<Option<LogoFacts>, StoreError>;

    /// Takes a logo instead of the one before.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn choose_logo(&self, facts: &LogoFacts, pictures: &LogoPictures) -> Result<bool, StoreError>;

    /// Says something else instead of the logo that there is.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn describe_logo(&self, alt: &str) -> Result<bool, StoreError>;

    /// Takes the logo away.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn remove_logo(&self) -> Result<bool, StoreError>;
}
