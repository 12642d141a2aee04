//! What stands in a drawing, before anything is made of it.
//!
//! The list says what is understood, and not what is forbidden: what a later standard brings is refused until somebody
//! has thought about it.

use std::collections::HashMap;

use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::{DrawingRefusal, LogoRefusal};

/// More than in any logo; a map of a town has more.
const MOST_ELEMENTS: u32 = 5_000;
/// How large a drawing is at the most, in bytes.
const MOST_BYTES: usize = 1024 * 1024;
/// How large its style sheets are together, in bytes: each rule is held against each element.
const MOST_STYLE: usize = 32 * 1024;
/// How many attributes an element may have: they are compared with each other.
const MOST_ATTRIBUTES: usize = 200;
/// How deep elements may stand in each other.
const DEEPEST: usize = 48;
/// How many elements there may be after everything that is used again has been put in its place.
const MOST_COPIES: usize = 100_000;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Everything that is understood.
const UNDERSTOOD: [&str; 19] = [
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "metadata",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "use",
];
/// What letters are made of.
const LETTERS: [&str; 3] = ["text", "tspan", "textPath"];

/// The document, where it holds nothing else.
pub(super) fn document(file: &[u8]) -> Result<Document<'_>, LogoRefusal> {
    let text = std::str::from_utf8(file).map_err(|_| LogoRefusal::OtherKind)?;
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('<') {
        return Err(LogoRefusal::OtherKind);
    }
    if file.len() > MOST_BYTES || text.split('<').any(|tag| tag.matches('=').count() > MOST_ATTRIBUTES) {
        return Err(DrawingRefusal::Intricate.into());
    }
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(DrawingRefusal::DocumentType.into());
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_ELEMENTS * 4, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(resvg::usvg::roxmltree::Error::NodesLimitReached) => return Err(DrawingRefusal::Intricate.into()),
        Err(_) => return Err(LogoRefusal::Broken),
    };
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Err(LogoRefusal::OtherKind);
    }
    check(&document)?;
    Ok(document)
}

fn check(document: &Document<'_>) -> Result<(), DrawingRefusal> {
    let (mut elements, mut style) = (0_u32, 0);
    for node in document.descendants() {
        if node.pi().is_some_and(|pi| pi.target == "xml-stylesheet") {
            return Err(DrawingRefusal::Outside);
        }
        if node.is_text() && in_style(node) {
            style += node.text().map_or(0, str::len);
            quiet(node.text().unwrap_or_default())?;
        }
        if node.is_element() {
            elements += 1;
            element(node)?;
            attributes(node)?;
        }
    }
    if elements > MOST_ELEMENTS || style > MOST_STYLE || depth(document) > DEEPEST {
        return Err(DrawingRefusal::Intricate);
    }
    copies(document)
}

fn in_style(node: Node<'_, '_>) -> bool {
    node.parent().is_some_and(|parent| parent.tag_name().name() == "style")
}

fn element(node: Node<'_, '_>) -> Result<(), DrawingRefusal> {
    let name = node.tag_name().name();
    if name.eq_ignore_ascii_case("script") {
        return Err(DrawingRefusal::Script);
    }
    // What drawing programs write down for themselves; nothing is drawn of it.
    if node.tag_name().namespace() != Some(SVG) {
        return Ok(());
    }
    if LETTERS.contains(&name) {
        return Err(DrawingRefusal::Letters);
    }
    let is_inner = name == "svg" && node.parent_element().is_some();
    if is_inner || !UNDERSTOOD.contains(&name) {
        return Err(DrawingRefusal::Element(name.chars().take(40).collect()));
    }
    Ok(())
}

fn attributes(node: Node<'_, '_>) -> Result<(), DrawingRefusal> {
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value().trim());
        if name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            return Err(DrawingRefusal::Script);
        }
        if matches!(name, "href" | "src") && !value.starts_with('#') {
            let runs = value.to_ascii_lowercase().contains("script");
            return Err(if runs { DrawingRefusal::Script } else { DrawingRefusal::Outside });
        }
        quiet(value)?;
    }
    Ok(())
}

/// Words of a style that refer to nothing outside.
fn quiet(words: &str) -> Result<(), DrawingRefusal> {
    let lower = words.to_ascii_lowercase();
    if lower.contains("javascript:") {
        return Err(DrawingRefusal::Script);
    }
    let mut asked = lower.split("url(").skip(1);
    let outside = asked.any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'));
    if outside || lower.contains("@import") || lower.contains("@font-face") {
        return Err(DrawingRefusal::Outside);
    }
    Ok(())
}

fn depth(document: &Document<'_>) -> usize {
    // From above to below, so that each parent is known before its children.
    let mut depths = HashMap::new();
    for node in document.descendants().filter(Node::is_element) {
        let above = node.parent_element().and_then(|parent| depths.get(&parent.id()).copied()).unwrap_or(0);
        depths.insert(node.id(), above + 1_usize);
    }
    depths.into_values().max().unwrap_or(0)
}

/// What is used again is used once, and never by something that is used itself; and where shapes cut shapes, that many
/// times at the most.
fn copies(document: &Document<'_>) -> Result<(), DrawingRefusal> {
    let elements =
        || document.descendants().filter(|node| node.is_element() && node.tag_name().namespace() == Some(SVG));
    let by_id: HashMap<&str, Node<'_, '_>> =
        elements().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let (mut copies, mut cuts) = (elements().count(), 1_usize);
    for node in elements() {
        match node.tag_name().name() {
            "use" => {
                let href = node.attributes().find(|attribute| attribute.name() == "href");
                let used = href.and_then(|href| by_id.get(href.value().trim().trim_start_matches('#')));
                let Some(used) = used else { continue };
                if used.descendants().any(|inner| inner.tag_name().name() == "use") {
                    return Err(DrawingRefusal::Element("use".to_owned()));
                }
                copies = copies.saturating_add(used.descendants().count());
            }
            // Which of them cut which is known after the style sheets; that each cuts the next is the worst.
            "clipPath" => cuts = cuts.saturating_mul(1 + node.descendants().filter(Node::is_element).count()),
            _ => {}
        }
    }
    if copies.saturating_mul(cuts) > MOST_COPIES { Err(DrawingRefusal::Intricate) } else { Ok(()) }
}
