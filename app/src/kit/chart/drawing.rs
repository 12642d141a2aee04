//! What a drawing is made of.

use super::tone::Tone;

/// What a drawing is made of, in its own units.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// a filled rectangle
    Rect {
        /// what it stands for
        tone: Tone,
        /// left edge
        x: f64,
        /// upper edge
        y: f64,
        /// to the right
        width: f64,
        /// downwards
        height: f64,
    },
    /// a straight line; of no length: a dot as large as the line is wide
    Line {
        /// what it stands for
        tone: Tone,
        /// where it begins
        from: [f64; 2],
        /// where it ends
        to: [f64; 2],
    },
    /// a line through points
    Path {
        /// what it stands for
        tone: Tone,
        /// from left to right
        points: Vec<[f64; 2]>,
    },
    /// a filled outline
    Area {
        /// what it stands for
        tone: Tone,
        /// around it
        points: Vec<[f64; 2]>,
    },
}

/// A finished drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// the class that gives it its height: `chart-faces` and so on
    pub class: &'static str,
    /// left edge, upper edge, width and height
    pub view: [f64; 4],
    /// the lowest first
    pub shapes: Vec<Shape>,
}
