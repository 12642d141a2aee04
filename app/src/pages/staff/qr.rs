//! A QR code, drawn as one path.

use std::fmt::Write;

/// The modules of a code, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// modules in a row
    pub width: usize,
    /// `width * width`, row by row; true is dark
    pub dark: Vec<bool>,
}

impl Qr {
    /// The white around the code, in modules. A camera needs four; the card that the style sheet
    /// puts under the drawing has the other two.
    pub const QUIET: usize = 2;

    /// The side of the drawing with the white around it, in modules.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.width + 2 * Self::QUIET
    }

    /// The dark modules as an SVG path, a run of a row at a time, one unit each.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (row, modules) in self.dark.chunks(self.width.max(1)).enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|one, next| one == next) {
                if run.first() == Some(&true) {
                    // Writing to a string cannot fail.
                    let (x, y, length) = (column + Self::QUIET, row + Self::QUIET, run.len());
                    _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
                }
                column += run.len();
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_become_strokes() {
        let qr = Qr { width: 3, dark: vec![true, true, false, false, false, false, false, false, true] };
        assert_eq!(qr.path(), "M2 2h2v1h-2zM4 4h1v1h-1z");
        assert_eq!(qr.side(), 7);
    }
}
