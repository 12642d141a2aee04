//! How many, slot by slot.

use super::{Drawing, Shape, Tone};

/// One column for each number, against the highest.
///
/// `is_faint` says which columns are there for comparison only; `instant` is a place between 0 and 1 that gets a
/// dashed line.
#[must_use]
pub fn columns(counts: &[u64], is_faint: impl Fn(usize) -> bool, instant: Option<f64>) -> Drawing {
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = 1_000.0 / counts.len().max(1) as f64;
    let columns = counts.iter().enumerate().map(|(place, n)| {
        let height = *n as f64 / most * 96.0;
        let tone = if is_faint(place) { Tone::Faint } else { Tone::Bar };
        Shape::Rect { tone, x: (place as f64 + 0.12) * step, y: 100.0 - height, width: 0.76 * step, height }
    });
    let line = instant.map(|place| {
        let x = 1_000.0 * place;
        Shape::Line { tone: Tone::Instant, from: [x, 0.0], to: [x, 100.0] }
    });
    Drawing { class: "chart-time", view: [0.0, 0.0, 1_000.0, 100.0], shapes: columns.chain(line).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_column_fills_the_height_and_nobody_has_none() {
        let drawing = columns(&[0, 8, 4], |place| place == 2, Some(0.5));
        let heights: Vec<(Tone, f64)> = drawing
            .shapes
            .iter()
            .filter_map(
                |shape| if let Shape::Rect { tone, height, .. } = shape { Some((*tone, *height)) } else { None },
            )
            .collect();
        assert_eq!(heights, [(Tone::Bar, 0.0), (Tone::Bar, 96.0), (Tone::Faint, 48.0)]);
        assert!(matches!(drawing.shapes[3], Shape::Line { tone: Tone::Instant, from: [500.0, _], .. }));
        assert!(columns(&[], |_| false, None).shapes.is_empty());
    }
}
