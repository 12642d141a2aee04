//! A course in the height of a line of text.

use super::{Drawing, Shape, Tone};

/// The course of some numbers, oldest first, from the smallest to the largest of them. Fewer than two have none.
#[must_use]
pub fn sparkline(values: &[f64]) -> Drawing {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (span, step) = ((most - least).max(f64::EPSILON), 100.0 / values.len().saturating_sub(1).max(1) as f64);
    let points: Vec<[f64; 2]> =
        values.iter().enumerate().map(|(place, value)| [place as f64 * step, (most - value) / span * 20.0]).collect();
    let shapes = if points.len() < 2 { Vec::new() } else { vec![Shape::Path { tone: Tone::Bar, points }] };
    Drawing { class: "chart-spark", view: [0.0, -2.0, 100.0, 24.0], shapes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_uses_the_whole_height() {
        let [Shape::Path { points, .. }] = &sparkline(&[1.0, 3.0, 2.0]).shapes[..] else { panic!("no line") };
        assert_eq!(points, &[[0.0, 20.0], [50.0, 0.0], [100.0, 10.0]]);
        assert!(sparkline(&[4.0]).shapes.is_empty() && sparkline(&[]).shapes.is_empty());
        let [Shape::Path { points, .. }] = &sparkline(&[4.0, 4.0]).shapes[..] else { panic!("no line") };
        assert_eq!(points, &[[0.0, 0.0], [100.0, 0.0]], "what stays the same is a straight line");
    }
}
