//! OKLCH: lightness, chroma and hue as eyes see them.
//!
//! The two matrices are those of Björn Ottosson, <https://bottosson.github.io/posts/oklab/>, which CSS Color 4 took over.

/// A colour that a screen can perhaps not show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Oklch {
    /// 0 (black) to 1 (white)
    pub(super) lightness: f64,
    /// 0 (grey) upwards
    pub(super) chroma: f64,
    /// an angle, radians
    pub(super) hue: f64,
}

impl Oklch {
    /// Of red, green and blue in proportion to light, 0 to 1 each.
    pub(super) fn of([red, green, blue]: [f64; 3]) -> Self {
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short;
        let green_red = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
        let blue_yellow = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
        Self { lightness, chroma: green_red.hypot(blue_yellow), hue: blue_yellow.atan2(green_red) }
    }

    pub(super) const fn with_lightness(self, lightness: f64) -> Self {
        Self { lightness, ..self }
    }

    /// Red, green and blue in proportion to light, with as much of the chroma as a screen can show.
    pub(super) fn shown(self) -> [f64; 3] {
        let (mut shown, mut not_shown) = (0.0, self.chroma);
        if let Some(channels) = self.channels() {
            return channels;
        }
        // Twenty halvings: finer than eight bits.
        for _ in 0..20 {
            let chroma = f64::midpoint(shown, not_shown);
            let fits = Self { chroma, ..self }.channels().is_some();
            if fits { shown = chroma } else { not_shown = chroma }
        }
        // Black and white have no chroma at all; rounding may leave them a hair outside.
        let grey = [self.lightness.powi(3).clamp(0.0, 1.0); 3];
        Self { chroma: shown, ..self }.channels().unwrap_or(grey)
    }

    /// Red, green and blue in proportion to light; `None` where a screen cannot show them.
    fn channels(self) -> Option<[f64; 3]> {
        let (blue_yellow, green_red) = self.hue.sin_cos();
        let (green_red, blue_yellow) = (green_red * self.chroma, blue_yellow * self.chroma);
        let long = (self.lightness + 0.396_337_777_4 * green_red + 0.215_803_757_3 * blue_yellow).powi(3);
        let medium = (self.lightness - 0.105_561_345_8 * green_red - 0.063_854_172_8 * blue_yellow).powi(3);
        let short = (self.lightness - 0.089_484_177_5 * green_red - 1.291_485_548_0 * blue_yellow).powi(3);
        let channels = [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ];
        let fits = channels.iter().all(|channel| (-0.000_1..=1.000_1).contains(channel));
        fits.then(|| channels.map(|channel| channel.clamp(0.0, 1.0)))
    }
}
