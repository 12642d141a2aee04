//! Several scores on one scale, each with its interval.

use domain::interval::Interval;

use super::{Drawing, Shape, Tone};

/// One row for each score, from the top, on a scale from `least` to `most`; zero is marked where the scale has it.
/// `None`: too few to say anything, and the row stays empty.
#[must_use]
pub fn dot_plot(rows: &[Option<(f64, Interval)>], least: f64, most: f64) -> Drawing {
    /// the height of a row
    const ROW: f64 = 20.0;
    let height = ROW * rows.len() as f64;
    let margin = (most - least) * 0.02;
    let mut shapes = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let y = (place as f64 + 0.5) * ROW;
        let line = |tone, from: f64, to: f64| Shape::Line { tone, from: [from, y], to: [to, y] };
        shapes.push(line(Tone::Track, least, most));
        if let Some((score, interval)) = row {
            shapes.push(line(Tone::Span, interval.low.max(least), interval.high.min(most)));
            shapes.push(line(Tone::Point, *score, *score));
        }
    }
    if least < 0.0 && most > 0.0 {
        shapes.insert(0, Shape::Line { tone: Tone::Zero, from: [0.0, 0.0], to: [0.0, height] });
    }
    Drawing { class: "chart-dots", view: [least - margin, 0.0, most - least + 2.0 * margin, height.max(1.0)], shapes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_score_keeps_its_place() {
        let some = Some((10.0, Interval { low: -120.0, high: 40.0 }));
        let drawing = dot_plot(&[some, None, some], -100.0, 100.0);
        let points: Vec<f64> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line { tone: Tone::Point, from, .. } => Some(from[1]),
                _ => None,
            })
            .collect();
        assert_eq!(points, [10.0, 50.0]);
        let spans = drawing
            .shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Line { tone: Tone::Span, from: [low, _], .. } if *low >= -100.0));
        assert_eq!(spans.count(), 2, "an interval does not leave the scale");
    }
}
