//! The two paints of a shape.

use leptos::prelude::*;

use super::{drawing::Shape, tone::Tone};

/// How a chart is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// by classes: the style sheet knows light, dark and print
    #[default]
    Screen,
    /// by attributes, for documents and e-mails that bring no style sheet: dark on white
    Paper,
}

impl Paint {
    /// Width and height where no style sheet says them, in pixels.
    pub(super) fn size(self, class: &str) -> Option<[&'static str; 2]> {
        let height = match class {
            "chart-faces" => "42",
            "chart-nps" => "32",
            "chart-spark" => "24",
            _ => "112",
        };
        (self == Self::Paper).then_some(["640", height])
    }
}

pub(super) fn shape(shape: &Shape, paint: Paint) -> AnyView {
    let on_paper = paint == Paint::Paper;
    let class = |tone: Tone| (!on_paper).then(|| tone.class());
    let fill = |tone: Tone| on_paper.then(|| tone.colour());
    let effect = on_paper.then_some("non-scaling-stroke");
    match shape {
        Shape::Rect { tone, x, y, width, height } => {
            let [x, y, width, height] = [x, y, width, height].map(|place| written(*place));
            view! { <rect class=class(*tone) fill=fill(*tone) x=x y=y width=width height=height></rect> }.into_any()
        }
        Shape::Line { tone, from, to } => {
            let [x1, y1, x2, y2] = [from[0], from[1], to[0], to[1]].map(written);
            let dashes = (on_paper && *tone == Tone::Instant).then_some("3 4");
            let cap = (on_paper && matches!(tone, Tone::Track | Tone::Span | Tone::Point)).then_some("round");
            view! {
                <line
                    class=class(*tone)
                    stroke=fill(*tone)
                    stroke-width=on_paper.then(|| tone.line())
                    stroke-linecap=cap
                    stroke-dasharray=dashes
                    vector-effect=effect
                    x1=x1
                    x2=x2
                    y1=y1
                    y2=y2
                ></line>
            }
            .into_any()
        }
        Shape::Path { tone, points } => {
            let none = on_paper.then_some("none");
            let width = on_paper.then_some("3");
            let class = class(*tone).map(|class| format!("course {class}"));
            view! {
                <path class=class fill=none stroke=fill(*tone) stroke-width=width vector-effect=effect d=way(points)></path>
            }
            .into_any()
        }
        Shape::Area { tone, points } => {
            let class = class(*tone).map(|class| format!("area {class}"));
            let opacity = on_paper.then_some("0.35");
            view! { <path class=class fill=fill(*tone) fill-opacity=opacity d=format!("{}z", way(points))></path> }
                .into_any()
        }
    }
}

/// `M0 1L2 3`
fn way(points: &[[f64; 2]]) -> String {
    let steps = points.iter().enumerate().map(|(place, [x, y])| {
        let step = if place == 0 { 'M' } else { 'L' };
        format!("{step}{} {}", written(*x), written(*y))
    });
    steps.collect()
}

/// A place in a drawing as it is written: one decimal.
fn written(place: f64) -> String {
    format!("{place:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_goes_through_its_points() {
        assert_eq!(way(&[[0.0, 1.0], [2.25, 3.0]]), "M0.0 1.0L2.2 3.0");
        assert_eq!(way(&[]), "");
    }

    #[test]
    fn paper_needs_no_style_sheet_and_the_screen_no_colours() {
        let line = Shape::Line { tone: Tone::Instant, from: [1.0, 0.0], to: [1.0, 9.0] };
        let paper = shape(&line, Paint::Paper).to_html();
        assert!(
            paper.contains("stroke=\"#23141d\"") && paper.contains("stroke-dasharray") && !paper.contains("instant"),
            "{paper}"
        );
        let screen = shape(&line, Paint::Screen).to_html();
        assert!(screen.contains("class=\"instant\"") && !screen.contains("stroke"), "{screen}");
    }
}
