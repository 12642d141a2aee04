//! A score over time, with its interval as a band.

use domain::interval::Interval;

use super::{Drawing, Shape, Tone};

/// A point of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// where in time, from 0 to 1
    pub place: f64,
    /// what was measured
    pub score: f64,
    /// how sure it is
    pub interval: Interval,
}

/// The line through what was measured, oldest first, on a scale from `least` to `most`; zero is marked where the
/// scale has it. A single point is a dot.
#[must_use]
pub fn line_band(points: &[Point], least: f64, most: f64) -> Drawing {
    let y = |score: f64| (most - score.clamp(least, most)) / (most - least) * 100.0;
    let at = |point: &Point, score: f64| [point.place * 1_000.0, y(score)];
    let upper = points.iter().map(|point| at(point, point.interval.high));
    let lower = points.iter().rev().map(|point| at(point, point.interval.low));
    let mut shapes = vec![Shape::Area { tone: Tone::Span, points: upper.chain(lower).collect() }];
    if least < 0.0 && most > 0.0 {
        shapes.push(Shape::Line { tone: Tone::Zero, from: [0.0, y(0.0)], to: [1_000.0, y(0.0)] });
    }
    match points {
        [] => shapes.clear(),
        [point] => {
            let [high, low] = [point.interval.high, point.interval.low].map(|score| at(point, score));
            let dot = at(point, point.score);
            shapes[0] = Shape::Line { tone: Tone::Span, from: high, to: low };
            shapes.push(Shape::Line { tone: Tone::Point, from: dot, to: dot });
        }
        _ => {
            let points = points.iter().map(|point| at(point, point.score)).collect();
            shapes.push(Shape::Path { tone: Tone::Point, points });
        }
    }
    Drawing { class: "chart-line", view: [0.0, 0.0, 1_000.0, 100.0], shapes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(place: f64, score: f64) -> Point {
        Point { place, score, interval: Interval { low: score - 10.0, high: score + 10.0 } }
    }

    #[test]
    fn a_band_goes_there_and_back() {
        let drawing = line_band(&[point(0.0, 0.0), point(1.0, 50.0)], -100.0, 100.0);
        let [Shape::Area { points: band, .. }, Shape::Line { .. }, Shape::Path { points: line, .. }] =
            &drawing.shapes[..]
        else {
            panic!("{drawing:?}");
        };
        let whole: Vec<_> = band.iter().map(|point| point.map(f64::round)).collect();
        assert_eq!(whole, [[0.0, 45.0], [1_000.0, 20.0], [1_000.0, 30.0], [0.0, 55.0]]);
        assert_eq!(line, &[[0.0, 50.0], [1_000.0, 25.0]]);
    }

    #[test]
    fn one_point_is_a_dot_and_none_is_nothing() {
        let drawing = line_band(&[point(0.5, 50.0)], 0.0, 100.0);
        assert!(drawing.shapes.iter().all(|shape| matches!(shape, Shape::Line { .. })), "{drawing:?}");
        assert!(line_band(&[], 0.0, 100.0).shapes.is_empty());
    }
}
