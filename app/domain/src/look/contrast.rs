//! Which colours of a look cannot be read, and the nearest that can.

use super::{Look, Palette, Part};
use crate::colour::Colour;

/// Words: WCAG 2.2, success criterion 1.4.3, level AA.
const WORDS: f64 = 4.5;
/// Frames, and what shows where the focus is: success criterion 1.4.11, level AA.
const FRAMES: f64 = 3.0;

/// What a colour is seen with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// the lit paper
    Paper,
    /// words on the accent
    ItsWords,
    /// the curtain around the paper
    Curtain,
    /// words on the curtain
    WordsOnCurtain,
}

/// A colour that cannot be read where it is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failure {
    /// which colour
    pub part: Part,
    /// where
    pub against: Against,
    /// the contrast ratio there
    pub ratio: f64,
    /// the least that level AA asks for
    pub needed: f64,
    /// the nearest colour that passes everywhere
    pub nearest: Colour,
}

impl Look {
    /// The colours that were chosen and cannot be read, the worst pair of each. Whatever follows from a readable
    /// colour can be read.
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        // The curtain first: the accent is seen in front of it, and what is offered must fit what is offered.
        let curtain = self.failure(Part::Curtain);
        let mended = curtain.map_or(*self, |failure| self.with(Part::Curtain, Some(failure.nearest)));
        [self.failure(Part::Primary), mended.failure(Part::Accent), curtain].into_iter().flatten().collect()
    }

    /// The same with the nearest colour wherever one cannot be read.
    #[must_use]
    pub fn mended(&self) -> Self {
        self.failures().into_iter().fold(*self, |look, failure| look.with(failure.part, Some(failure.nearest)))
    }

    fn failure(&self, part: Part) -> Option<Failure> {
        let chosen = self.part(part)?;
        let of = |colour| pairs(part, &self.with(part, Some(colour)).palette());
        let passes = |colour| of(colour).into_iter().all(|(_, ratio, needed)| ratio >= needed);
        let (against, ratio, needed) = of(chosen)
            .into_iter()
            .filter(|(_, ratio, needed)| ratio < needed)
            .min_by(|one, two| (one.1 / one.2).total_cmp(&(two.1 / two.2)))?;
        Some(Failure { part, against, ratio, needed, nearest: chosen.nearest(passes).unwrap_or(part.usual()) })
    }
}

/// What a part is seen with: the contrast there, and the least that it must have.
fn pairs(part: Part, palette: &Palette) -> Vec<(Against, f64, f64)> {
    match part {
        // Words of the paper's colour on it are the same pair.
        Part::Primary => vec![(Against::Paper, palette.primary.contrast(Palette::PAPER), WORDS)],
        Part::Accent => vec![
            (Against::ItsWords, palette.accent.contrast(palette.on_accent), WORDS),
            (Against::Curtain, palette.accent.contrast(palette.curtain), FRAMES),
        ],
        // Where light falls on it is where it is hardest.
        Part::Curtain => vec![
            (Against::WordsOnCurtain, palette.fold.contrast(palette.quiet), WORDS),
            (Against::WordsOnCurtain, palette.fold.contrast(Palette::ON_CURTAIN), WORDS),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_look_can_be_read() {
        assert_eq!(Look::default().failures(), []);
        let usual = Part::ALL.into_iter().fold(Look::default(), |look, part| look.with(part, Some(part.usual())));
        assert_eq!(usual.failures(), []);
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_named_with_the_nearest_that_can() {
        let look = Look { primary: Some(Colour::rgb(0xff_80_80)), ..Look::default() };
        let failures = look.failures();
        assert_eq!(failures.len(), 1, "{failures:?}");
        let Failure { part, against, ratio, needed, nearest } = failures[0];
        assert_eq!((part, against, needed), (Part::Primary, Against::Paper, 4.5));
        assert!((2.0..2.3).contains(&ratio), "{ratio}");
        assert!(nearest.contrast(Palette::PAPER) >= 4.5 && nearest.contrast(Palette::PAPER) < 4.7, "{nearest}");
        assert_eq!(look.mended().failures(), []);
    }

    proptest::proptest! {
        #[test]
        fn what_is_offered_can_be_read(
            primary in proptest::option::of(0..0x0100_0000_u32),
            accent in proptest::option::of(0..0x0100_0000_u32),
            curtain in proptest::option::of(0..0x0100_0000_u32),
        ) {
            let [primary, accent, curtain] = [primary, accent, curtain].map(|number| number.map(Colour::rgb));
            let mended = Look { primary, accent, curtain }.mended();
            proptest::prop_assert_eq!(mended.failures(), []);
            let palette = mended.palette();
            proptest::prop_assert!(palette.curtain.contrast(palette.quiet) >= 4.5);
            proptest::prop_assert!(palette.curtain.contrast(Palette::ON_CURTAIN) >= 4.5);
            proptest::prop_assert!(palette.accent.contrast(palette.curtain) >= 3.0);
            // White on it: the arch of a poster.
            proptest::prop_assert!(palette.primary.contrast(Colour::WHITE) >= 4.5);
        }
    }
}
