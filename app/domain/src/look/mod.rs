//! The colours that an organisation wears, what follows from them, and which of them cannot be read.
//!
//! What does not belong here: colours in general (`crate::colour`), and how a style sheet is written.

mod contrast;

use crate::colour::Colour;

pub use self::contrast::{Against, Failure};

/// The colours that were chosen; those of the program where none was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// words and pressed answers on the paper
    pub primary: Option<Colour>,
    /// the spotlight: what is to be pressed next
    pub accent: Option<Colour>,
    /// around the paper; a dark one of the hue of `primary` where only that was chosen
    pub curtain: Option<Colour>,
}

/// Which colour of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// [`Look::primary`]
    Primary,
    /// [`Look::accent`]
    Accent,
    /// [`Look::curtain`]
    Curtain,
}

impl Part {
    /// Every one, in the order in which they are chosen.
    pub const ALL: [Self; 3] = [Self::Primary, Self::Accent, Self::Curtain];

    /// The word in the store and in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Accent => "accent",
            Self::Curtain => "curtain",
        }
    }

    /// The program's own colour there.
    #[must_use]
    pub const fn usual(self) -> Colour {
        match self {
            Self::Primary => Colour::rgb(0x7a_1c_4a),
            Self::Accent => Colour::rgb(0xff_b0_00),
            Self::Curtain => Colour::rgb(0x3a_0d_28),
        }
    }
}

/// Everything that is coloured by a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// words on the paper, and the ground of pressed answers
    pub primary: Colour,
    /// the spotlight
    pub accent: Colour,
    /// words on it
    pub on_accent: Colour,
    /// around the paper
    pub curtain: Colour,
    /// the curtain where light falls on it
    pub fold: Colour,
    /// the curtain where none does
    pub deep: Colour,
    /// lines on the curtain
    pub line: Colour,
    /// quieter words on the curtain
    pub quiet: Colour,
}

impl Palette {
    /// The paper where it is darkest, which is what words have to stand out from.
    pub const PAPER: Colour = Colour::rgb(0xf7_ea_d9);
    /// Words on paper.
    pub const INK: Colour = Colour::rgb(0x23_14_1d);
    /// Words on the curtain.
    pub const ON_CURTAIN: Colour = Colour::rgb(0xfb_ea_db);
}

impl Look {
    /// Whether anything was chosen at all.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The colour that was chosen for a part.
    #[must_use]
    pub const fn part(&self, part: Part) -> Option<Colour> {
        match part {
            Part::Primary => self.primary,
            Part::Accent => self.accent,
            Part::Curtain => self.curtain,
        }
    }

    /// The same with another colour for a part.
    #[must_use]
    pub const fn with(mut self, part: Part, colour: Option<Colour>) -> Self {
        match part {
            Part::Primary => self.primary = colour,
            Part::Accent => self.accent = colour,
            Part::Curtain => self.curtain = colour,
        }
        self
    }

    /// What follows from it.
    #[must_use]
    pub fn palette(&self) -> Palette {
        let primary = self.primary.unwrap_or(Part::Primary.usual());
        let accent = self.accent.unwrap_or(Part::Accent.usual());
        let derived = self.primary.map(|primary| primary.at(0.25, 0.09));
        let curtain = self.curtain.or(derived).unwrap_or(Part::Curtain.usual());
        let on_accent = [Palette::INK, Colour::WHITE]
            .into_iter()
            .max_by(|one, two| accent.contrast(*one).total_cmp(&accent.contrast(*two)))
            .unwrap_or(Palette::INK);
        Palette {
            primary,
            accent,
            on_accent,
            curtain,
            fold: curtain.lighter(0.05),
            deep: curtain.lighter(-0.08),
            line: curtain.at(0.63, 0.07),
            quiet: curtain.at(0.83, 0.04),
        }
    }
}
