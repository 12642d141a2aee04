//! What drawing would take, before it is drawn: pixels that are painted, and layers that stand in memory at once.

use resvg::{
    tiny_skia::Transform,
    usvg::{ClipPath, Group, Node, Path, Tree},
};

use crate::{DrawingRefusal, LogoRefusal};

/// How many pixels may be painted, one above the other: two hundred times the largest canvas.
const MOST_PAINT: f64 = 120_000_000.0;
/// How many pixels of layers may stand in memory at once; each is four bytes.
const MOST_LAYERS: f64 = 30_000_000.0;
/// How many points all lines have together.
const MOST_POINTS: usize = 400_000;
/// A layer is never larger than so many canvases.
const LARGEST_LAYER: f64 = 25.0;

/// Refuses what would take too long, or too much.
///
/// # Errors
/// [`DrawingRefusal::Intricate`], and what is not drawn at all.
pub(super) fn bearable(tree: &Tree, scale: f32, (width, height): (u32, u32)) -> Result<(), LogoRefusal> {
    let canvas = f64::from(width) * f64::from(height);
    let mut cost = Cost { paint: 0.0, points: 0, canvas };
    cost.group(tree.root(), Transform::from_scale(scale, scale), 0.0)?;
    Ok(())
}

struct Cost {
    paint: f64,
    points: usize,
    canvas: f64,
}

impl Cost {
    fn group(&mut self, group: &Group, transform: Transform, layers: f64) -> Result<(), DrawingRefusal> {
        if group.mask().is_some() || !group.filters().is_empty() {
            return Err(DrawingRefusal::Element("filter".to_owned()));
        }
        let transform = transform.pre_concat(group.transform());
        let mut layers = layers;
        if group.should_isolate() {
            let bounds = group.layer_bounding_box().transform(transform);
            let layer = bounds.map_or(self.canvas, |bounds| f64::from(bounds.width()) * f64::from(bounds.height()));
            let layer = layer.min(self.canvas * LARGEST_LAYER);
            // The layer itself, and what is cut out of it.
            layers += 2.0 * layer;
            self.paint(2.0 * layer)?;
            if layers > MOST_LAYERS {
                return Err(DrawingRefusal::Intricate);
            }
            if let Some(clip) = group.clip_path() {
                self.clip(clip, transform, layers, layer)?;
            }
        }
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, transform, layers)?,
                Node::Path(path) => self.path(path, transform)?,
                Node::Image(_) => return Err(DrawingRefusal::Element("image".to_owned())),
                Node::Text(_) => return Err(DrawingRefusal::Letters),
            }
        }
        Ok(())
    }

    fn clip(&mut self, clip: &ClipPath, transform: Transform, layers: f64, layer: f64) -> Result<(), DrawingRefusal> {
        self.paint(2.0 * layer)?;
        let layers = layers + 2.0 * layer;
        if layers > MOST_LAYERS {
            return Err(DrawingRefusal::Intricate);
        }
        self.group(clip.root(), transform.pre_concat(clip.transform()), layers)?;
        match clip.clip_path() {
            Some(clip) => self.clip(clip, transform, layers, layer),
            None => Ok(()),
        }
    }

    fn path(&mut self, path: &Path, transform: Transform) -> Result<(), DrawingRefusal> {
        // A dash of a thousandth of a pixel is a million lines.
        if path.stroke().is_some_and(|stroke| stroke.dasharray().is_some()) {
            return Err(DrawingRefusal::Element("stroke-dasharray".to_owned()));
        }
        self.points += path.data().len();
        if self.points > MOST_POINTS {
            return Err(DrawingRefusal::Intricate);
        }
        let bounds = path.stroke_bounding_box().transform(transform);
        let area = bounds.map_or(0.0, |bounds| f64::from(bounds.width()) * f64::from(bounds.height()));
        let times = f64::from(u8::from(path.fill().is_some()) + u8::from(path.stroke().is_some()));
        self.paint(times * area.min(self.canvas))
    }

    fn paint(&mut self, pixels: f64) -> Result<(), DrawingRefusal> {
        self.paint += pixels;
        if self.paint > MOST_PAINT { Err(DrawingRefusal::Intricate) } else { Ok(()) }
    }
}
