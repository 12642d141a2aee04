//! The sizes in which a poster is printed.

/// A paper size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// beside the tablet
    A5,
    /// on the door
    #[default]
    A4,
    /// in the foyer
    A3,
}

impl Paper {
    /// From small to large.
    pub const ALL: [Self; 3] = [Self::A5, Self::A4, Self::A3];

    /// The word in the address and the style sheet.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A5 => "a5",
            Self::A4 => "a4",
            Self::A3 => "a3",
        }
    }

    /// The size that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.as_str() == word)
    }
}
