//! Why no logo is made of a file.

/// Why no logo is made of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoRefusal {
    /// there is nothing in it
    #[error("an empty file")]
    Empty,
    /// more bytes than [`LARGEST_FILE`](crate::LARGEST_FILE)
    #[error("too many bytes")]
    TooLarge,
    /// neither PNG nor JPEG nor SVG
    #[error("neither PNG nor JPEG nor SVG")]
    OtherKind,
    /// it begins like a picture, and cannot be read
    #[error("a broken picture")]
    Broken,
    /// more than [`MOST_PIXELS`](crate::MOST_PIXELS)
    #[error("too many pixels")]
    TooManyPixels,
    /// a side shorter than [`SHORTEST_SIDE`](crate::SHORTEST_SIDE)
    #[error("smaller than can be seen")]
    TooSmall,
    /// longer than [`LONGEST_SHAPE`](crate::LONGEST_SHAPE) allows
    #[error("too long for its height, or too high")]
    TooLong,
    /// nothing in it can be seen
    #[error("nothing can be seen")]
    Blank,
    /// a drawing that is not taken as it is
    #[error("a drawing that is not taken")]
    Drawing(#[from] DrawingRefusal),
}

/// Why a drawing (SVG) is not taken as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingRefusal {
    /// it defines words of its own (`<!DOCTYPE`, `<!ENTITY`)
    #[error("a document type")]
    DocumentType,
    /// it would run a program
    #[error("a script")]
    Script,
    /// it refers to something outside
    #[error("a reference to something outside")]
    Outside,
    /// it has letters, which look otherwise with every font
    #[error("letters")]
    Letters,
    /// it has an element that is not understood, by name
    #[error("<{0}>")]
    Element(String),
    /// it would take too long to draw
    #[error("too intricate")]
    Intricate,
}
