//! What a shape stands for, and so its colour: by class on the screen, by value on paper.

/// What a shape stands for, and so its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// the face with this drawing, from 1 to 5
    Face(u8),
    /// what the chart is about
    Bar,
    /// what is there for comparison
    Faint,
    /// the whole scale
    Track,
    /// zero, or another line to compare with
    Zero,
    /// how sure it is
    Span,
    /// what was measured
    Point,
    /// an instant that matters
    Instant,
}

/// The dark and the light end of what is drawn on paper, as in `tokens.css`.
const FACES: [&str; 5] = ["#7b2457", "#c4688c", "#e3d3b4", "#63b0a2", "#0f6f6a"];

impl Tone {
    /// The class on the screen.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Face(1) => "f1",
            Self::Face(2) => "f2",
            Self::Face(3) => "f3",
            Self::Face(4) => "f4",
            Self::Face(_) => "f5",
            Self::Bar => "bar",
            Self::Faint => "faint",
            Self::Track => "track",
            Self::Zero => "zero",
            Self::Span => "span",
            Self::Point => "point",
            Self::Instant => "instant",
        }
    }

    /// The colour on paper.
    pub(super) const fn colour(self) -> &'static str {
        match self {
            Self::Face(face @ 1..=5) => FACES[face as usize - 1],
            Self::Face(_) | Self::Point => "#0f6f6a",
            Self::Bar => "#7a1c4a",
            Self::Faint => "#c0a0b0",
            Self::Track => "#e6d6c6",
            Self::Zero => "#937b87",
            Self::Span => "#63b0a2",
            Self::Instant => "#23141d",
        }
    }

    /// How wide a line is on paper, in pixels.
    pub(super) const fn line(self) -> &'static str {
        match self {
            Self::Track => "8",
            Self::Span => "16",
            Self::Point => "24",
            _ => "2",
        }
    }
}
