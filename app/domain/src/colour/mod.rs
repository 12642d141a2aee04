//! Colours, and whether one can be read upon another.
//!
//! `oklch` turns a colour lighter or darker without another hue. What does not belong here: which colours an organisation
//! wears, and where (`crate::look`).

mod oklch;

use std::{fmt, str::FromStr};

/// A colour of a screen, sRGB with eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// It is no colour as this program takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a colour such as #7a1c4a")]
pub struct NotAColour;

impl Colour {
    /// Paper without anything on it.
    pub const WHITE: Self = Self::rgb(0xff_ff_ff);

    /// The colour of a number such as `0x7a_1c_4a`; what is above 24 bits says nothing.
    #[must_use]
    pub const fn rgb(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self { red, green, blue }
    }

    /// How bright it is, 0 (black) to 1 (white): the relative luminance of WCAG 2.2,
    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How much it stands out from another, 1 (the same) to 21 (black on white): the contrast ratio of WCAG 2.2,
    /// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour that passes and differs least in lightness from this one, of the same hue, and of the same chroma as
    /// far as a screen can show it; `None` where none does.
    #[must_use]
    pub fn nearest(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        if passes(self) {
            return Some(self);
        }
        let this = oklch::Oklch::of(self.linear());
        // A thousandth is finer than eight bits tell apart.
        let steps = (1..=1000).map(|step| f64::from(step) / 1000.0);
        let mut tried = steps.flat_map(|by| [this.lightness - by, this.lightness + by]);
        tried.find_map(|lightness| {
            let colour = (0.0..=1.0).contains(&lightness).then(|| Self::shown(this.with_lightness(lightness)))?;
            passes(colour).then_some(colour)
        })
    }

    /// The same hue at another lightness, 0 to 1 (of OKLCH), with a chroma of at most `chroma`.
    #[must_use]
    pub fn at(self, lightness: f64, chroma: f64) -> Self {
        let this = oklch::Oklch::of(self.linear());
        Self::shown(oklch::Oklch { lightness: lightness.clamp(0.0, 1.0), chroma: this.chroma.min(chroma), ..this })
    }

    /// This one, lighter (or darker, below 0) by so much of OKLCH's 0 to 1.
    #[must_use]
    pub fn lighter(self, by: f64) -> Self {
        let this = oklch::Oklch::of(self.linear());
        Self::shown(this.with_lightness((this.lightness + by).clamp(0.0, 1.0)))
    }

    /// As a screen shows it.
    fn shown(colour: oklch::Oklch) -> Self {
        let [red, green, blue] = colour.shown().map(|channel| {
            let channel =
                if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
            let byte = (channel * 255.0).round().clamp(0.0, 255.0) as u8;
            byte
        });
        Self { red, green, blue }
    }

    /// The channels in proportion to light, 0 to 1 each.
    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    /// `#7a1c4a` or `#fb0`, in either case; the sign may be missing.
    fn from_str(typed: &str) -> Result<Self, NotAColour> {
        let typed = typed.trim();
        let digits = typed.strip_prefix('#').unwrap_or(typed);
        // A sign would be read as one of a number.
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?;
        match digits.len() {
            6 => Ok(Self::rgb(number)),
            3 => {
                let double = |shift: u32| (number >> shift & 0xf) * 0x11;
                Ok(Self::rgb(double(8) << 16 | double(4) << 8 | double(0)))
            }
            _ => Err(NotAColour),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(typed: &str) -> Colour {
        typed.parse().unwrap()
    }

    #[test]
    fn a_colour_is_read_as_people_write_it() {
        for (typed, read) in [("#7A1c4a", "#7a1c4a"), (" fb0 ", "#ffbb00"), ("#000", "#000000"), ("ffffff", "#ffffff")]
        {
            assert_eq!(colour(typed).to_string(), read);
        }
        for typed in ["", "#", "#12", "#1234", "#12345", "#1234567", "red", "#+12345", "#-00001", "＃7a1c4a", "#ää"]
        {
            assert_eq!(typed.parse::<Colour>(), Err(NotAColour), "{typed}");
        }
    }

    /// Figures of others: black on white is the definition's own, the greys and the blue are those that `WebAIM`'s
    /// contrast checker shows.
    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (one, two, ratio) in [
            ("#000", "#fff", 21.0),
            ("#777", "#fff", 4.48),
            ("#767676", "#fff", 4.54),
            ("#00f", "#fff", 8.59),
            ("#7a1c4a", "#7a1c4a", 1.0),
        ] {
            let found = colour(one).contrast(colour(two));
            assert!((found - ratio).abs() < 0.005, "{one} on {two}: {found}");
            assert!((found - colour(two).contrast(colour(one))).abs() < f64::EPSILON);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_passes_and_none_between_does(number in 0..0x0100_0000_u32, ground in 0..0x0100_0000_u32) {
            let (typed, ground) = (Colour::rgb(number), Colour::rgb(ground));
            let passes = |colour: Colour| colour.contrast(ground) >= 4.5;
            // Of black and white one always stands out by 4.58 or more.
            let nearest = typed.nearest(passes).unwrap();
            proptest::prop_assert!(passes(nearest));
            proptest::prop_assert_eq!(passes(typed), nearest == typed);
        }

        #[test]
        fn lightness_there_and_back_changes_nothing(number in 0..0x0100_0000_u32) {
            proptest::prop_assert_eq!(Colour::rgb(number).lighter(0.0), Colour::rgb(number));
        }
    }
}
