//! The faces: drawn by us, so that they are alike on every device, and told apart by shape and not
//! by colour alone. Colours come from the style sheet.

use leptos::prelude::*;

use domain::survey::FaceSet;

/// Which drawing, 1 to 5, stands for a value on a scale of four or five faces. The set of four
/// leaves out the indifferent one, so that the ends look the same on both scales.
#[must_use]
pub const fn drawing(value: u8, of: u8) -> u8 {
    if of == 4 && value > 2 { value + 1 } else { value }
}

/// A small drawing, as the text inside one `svg` element. It says nothing to a screen reader: the
/// word beside it does.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// what the style sheet knows it by
    pub class: &'static str,
    /// the canvas: left, top, width, height
    pub view_box: &'static str,
    /// the elements inside; our own text, never a visitor's
    pub lines: &'static str,
}

impl Drawing {
    /// The face that stands for a value, from 1 (worst, left), on a scale of four or five.
    #[must_use]
    pub fn of(value: u8, of: u8, set: FaceSet) -> Self {
        let place = usize::from(drawing(value, of).clamp(1, 5)) - 1;
        let (class, lines) = match set {
            FaceSet::Adult => (ADULT_CLASSES[place], ADULT[place]),
            FaceSet::Child => (CHILD_CLASSES[place], CHILD[place]),
        };
        Self { class, view_box: "0 0 120 120", lines }
    }

    /// The drawing itself.
    #[must_use]
    pub fn view(self) -> impl IntoView {
        view! { <svg class=self.class viewBox=self.view_box aria-hidden="true" inner_html=self.lines></svg> }
    }
}

/// One face.
#[component]
pub fn Face(
    /// the question's value, from 1 (worst, left)
    value: u8,
    /// how many faces the question has: 4 or 5
    #[prop(default = 5)]
    of: u8,
    /// how they are drawn
    #[prop(default = FaceSet::Adult)]
    set: FaceSet,
) -> impl IntoView {
    Drawing::of(value, of, set).view()
}

const ADULT_CLASSES: [&str; 5] = ["face face-1", "face face-2", "face face-3", "face face-4", "face face-5"];
const CHILD_CLASSES: [&str; 5] = ["face child-1", "face child-2", "face child-3", "face child-4", "face child-5"];

/// From disappointed to delighted.
const ADULT: [&str; 5] = [
    concat!(
        r#"<path d="M60 10c32 0 56 24 56 54 0 28-24 48-56 48S4 92 4 64c0-30 24-54 56-54z"/>"#,
        r#"<path class="l" d="M27 49q11-2 19-12m47 12q-11-2-19-12M41 94q19-17 38 0"/>"#,
        r#"<path class="m" d="M30 60h20a10 10 0 0 1-20 0zm40 0h20a10 10 0 0 1-20 0z"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="l" d="M29 44q9 0 16-4m46 4q-9 0-16-4M42 86q18-9 36 0"/>"#,
        r#"<path class="m" d="M33 60a6.5 8 0 1 0 13 0 6.5 8 0 1 0-13 0zm41 0a6.5 8 0 1 0 13 0 6.5 8 0 1 0-13 0z"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="l" d="M41 83h38"/>"#,
        r#"<path class="m" d="M34 52a6.5 8 0 1 0 13 0 6.5 8 0 1 0-13 0zm39 0a6.5 8 0 1 0 13 0 6.5 8 0 1 0-13 0z"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="l" d="M31 37q9-7 18-1m40 1q-9-7-18-1M35 73q25 26 50 0"/>"#,
        r#"<path class="m" d="M34 53a6.5 8 0 1 0 13 0 6.5 8 0 1 0-13 0zm39 0a6.5 8 0 1 0 13 0 6.5 8 0 1 0-13 0z"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="58"/>"#,
        r#"<path class="l" d="M28 52q11-15 22 0m20 0q11-15 22 0M31 29q8-6 17-4m41 4q-8-6-17-4"/>"#,
        r#"<path class="m" d="M28 66h64c0 25-13 38-32 38S28 91 28 66z"/>"#,
    ),
];

/// All on the happy side, with a round nose, so that nobody takes them for the other set.
const CHILD: [&str; 5] = [
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="m" d="M35 50a6 8 0 1 0 12 0 6 8 0 1 0-12 0zm38 0a6 8 0 1 0 12 0 6 8 0 1 0-12 0z"/>"#,
        r#"<circle class="nose" cx="60" cy="62" r="8"/>"#,
        r#"<path class="l" d="M46 80q14 9 28 0"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="m" d="M35 50a6 8 0 1 0 12 0 6 8 0 1 0-12 0zm38 0a6 8 0 1 0 12 0 6 8 0 1 0-12 0z"/>"#,
        r#"<circle class="nose" cx="60" cy="62" r="8"/>"#,
        r#"<path class="l" d="M40 79q20 18 40 0M33 35q8-6 15-1m39 1q-8-6-15-1"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="m" d="M35 50a6 8 0 1 0 12 0 6 8 0 1 0-12 0zm38 0a6 8 0 1 0 12 0 6 8 0 1 0-12 0z"/>"#,
        r#"<circle class="nose" cx="60" cy="62" r="8"/>"#,
        r#"<path class="l" d="M32 75q28 34 56 0M28 72l8 5m56-5-8 5M33 34q8-8 16-1m38 1q-8-8-16-1"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="m" d="M35 50a6 8 0 1 0 12 0 6 8 0 1 0-12 0zm38 0a6 8 0 1 0 12 0 6 8 0 1 0-12 0z"/>"#,
        r#"<circle class="nose" cx="60" cy="62" r="8"/>"#,
        r#"<path class="l" d="M33 32q8-9 16-2m38 2q-8-9-16-2"/>"#,
        r#"<path class="m" d="M32 77h56q-4 26-28 26T32 77z"/>"#,
    ),
    concat!(
        r#"<circle cx="60" cy="60" r="56"/>"#,
        r#"<path class="l" d="M28 52q11-16 22 0m20 0q11-16 22 0"/>"#,
        r#"<circle class="nose" cx="60" cy="62" r="8"/>"#,
        r#"<path class="m" d="M27 74h66q-3 34-33 34T27 74z"/>"#,
        r#"<path class="hat" d="M60 0 84 28q-24-8-48 0z"/>"#,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_faces_leave_out_the_indifferent_one() {
        assert_eq!([1, 2, 3, 4].map(|value| drawing(value, 4)), [1, 2, 4, 5]);
        assert_eq!([1, 2, 3, 4, 5].map(|value| drawing(value, 5)), [1, 2, 3, 4, 5]);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_server_draws_the_whole_face() {
        let html = view! { <Face value=3 of=4 set=FaceSet::Child /> }.to_html();
        assert!(html.contains("face child-4") && html.contains("class=\"nose\""), "{html}");
        assert!(html.contains("viewBox=\"0 0 120 120\"") && html.ends_with("</svg>"), "{html}");
    }
}
