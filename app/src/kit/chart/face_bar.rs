//! How often each face was chosen.

use super::{Drawing, Shape, Tone};
use crate::screens::face::drawing;

/// The bar of a distribution, worst face first; a part that is there is never invisible.
#[must_use]
pub fn face_bar(counts: &[u64]) -> Drawing {
    let of = u8::try_from(counts.len()).unwrap_or(u8::MAX);
    let parts = parts(counts).into_iter();
    let shapes = parts
        .map(|(value, x, width)| Shape::Rect { tone: Tone::Face(drawing(value, of)), x, y: 0.0, width, height: 10.0 })
        .collect();
    Drawing { class: "chart-faces", view: [0.0, 0.0, 1_000.0, 10.0], shapes }
}

/// The same in the height of a line of a list.
#[must_use]
pub fn thin_face_bar(counts: &[u64]) -> Drawing {
    Drawing { class: "chart-faces is-thin", ..face_bar(counts) }
}

/// For each value that somebody gave: the value, where its part begins and how wide it is drawn.
fn parts(counts: &[u64]) -> Vec<(u8, f64, f64)> {
    /// the white between two parts
    const GAP: f64 = 2.5;
    let n = counts.iter().sum::<u64>().max(1) as f64;
    let mut x = 0.0;
    let mut parts = Vec::new();
    for (value, count) in (1..).zip(counts) {
        let width = *count as f64 / n * 1_000.0;
        if *count > 0 {
            parts.push((value, x, (width - GAP).max(0.8)));
        }
        x += width;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_and_a_single_visitor_is_seen() {
        let parts = parts(&[1, 0, 999]);
        assert_eq!(parts.iter().map(|part| part.0).collect::<Vec<_>>(), [1, 3]);
        assert!(parts[0].2 >= 0.8 && (parts[1].1 - 1.0).abs() < 1e-9 && parts[1].1 + parts[1].2 <= 1_000.0);
        assert!(face_bar(&[0, 0, 0]).shapes.is_empty());
    }
}
