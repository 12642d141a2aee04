//! A score on its scale, with its interval.

use domain::interval::Interval;

use super::{Drawing, Shape, Tone};

/// A score from -100 to 100 with its interval, zero marked.
#[must_use]
pub fn interval_bar(score: f64, interval: Interval) -> Drawing {
    let line = |tone, from: f64, to: f64| Shape::Line { tone, from: [from, 10.0], to: [to, 10.0] };
    Drawing {
        class: "chart-nps",
        view: [-104.0, 0.0, 208.0, 20.0],
        shapes: vec![
            line(Tone::Track, -100.0, 100.0),
            Shape::Line { tone: Tone::Zero, from: [0.0, 0.0], to: [0.0, 20.0] },
            line(Tone::Span, interval.low, interval.high),
            line(Tone::Point, score, score),
        ],
    }
}
