//! Works the difference between two versions of a part of a page into the one that is shown. What
//! did not change stays the same node, so that focus, scroll position, selected text and opened
//! details stay too.

use wasm_bindgen::JsCast;
use web_sys::{Document, DocumentFragment, Element, HtmlTemplateElement, Node};

/// What became of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Morphed {
    /// it is what was read
    Same,
    /// what was read is about something else, and is listened to elsewhere
    Another,
}

/// Makes the element `live` of this page what `html` says. `None` where `html` is no such element.
pub(super) fn morph_live(html: &str) -> Option<Morphed> {
    let document = web_sys::window()?.document()?;
    let new = parsed(&document, html)?.first_element_child().filter(|element| element.id() == "live")?;
    morph(&document.get_element_by_id("live")?, &new);
    Some(Morphed::Same)
}

/// Makes the main part of this page what `html`, the whole page anew, says. `None` where that has no such part.
pub(super) fn morph_page(html: &str) -> Option<Morphed> {
    let document = web_sys::window()?.document()?;
    let read = parsed(&document, html)?;
    let new = read.query_selector(MAIN).ok()??;
    let listens = |part: Option<Element>| part.and_then(|part| part.get_attribute("data-changes"));
    if listens(document.query_selector(STATE).ok()?) != listens(read.query_selector(STATE).ok()?) {
        return Some(Morphed::Another);
    }
    if let Some(title) = read.query_selector("title").ok()?.and_then(|title| title.text_content()) {
        document.set_title(&title);
    }
    morph(&document.query_selector(MAIN).ok()??, &new);
    Some(Morphed::Same)
}

/// Takes everything from the main part of this page but its heading.
pub(super) fn empty_page() {
    let main = web_sys::window().and_then(|window| window.document()?.query_selector(MAIN).ok()?);
    let mut part = main.and_then(|main| main.first_element_child());
    while let Some(here) = part {
        part = here.next_element_sibling();
        if here.query_selector(STATE).is_ok_and(|state| state.is_none()) {
            here.set_inner_html("");
        }
    }
}

const MAIN: &str = "#main";
const STATE: &str = "#live-state";

fn parsed(document: &Document, html: &str) -> Option<DocumentFragment> {
    let template: HtmlTemplateElement = document.create_element("template").ok()?.dyn_into().ok()?;
    template.set_inner_html(html);
    Some(template.content())
}

/// Both have the same name. Most of a page stays as it is, and the browser finds that out far sooner than we do.
fn morph(old: &Element, new: &Element) {
    // What lives in the browser keeps itself up to date.
    if old.is_equal_node(Some(new)) || old.tag_name() == "LEPTOS-ISLAND" {
        return;
    }
    attributes(old, new);
    let (mut shown, mut wanted) = (old.first_child(), new.first_child());
    while let Some(next) = wanted {
        wanted = next.next_sibling();
        let Some(here) = shown else {
            _ = old.append_child(&next);
            continue;
        };
        shown = here.next_sibling();
        match (here.dyn_ref::<Element>(), next.dyn_ref::<Element>()) {
            (Some(here), Some(next)) if here.tag_name() == next.tag_name() => morph(here, next),
            (None, None) if here.node_type() == next.node_type() => text(&here, &next),
            _ => _ = old.replace_child(&next, &here),
        }
    }
    while let Some(extra) = shown {
        shown = extra.next_sibling();
        _ = old.remove_child(&extra);
    }
}

fn text(old: &Node, new: &Node) {
    let (shown, wanted) = (old.node_value(), new.node_value());
    if shown != wanted {
        old.set_node_value(wanted.as_deref());
    }
}

fn attributes(old: &Element, new: &Element) {
    let names = |element: &Element| element.get_attribute_names().iter().filter_map(|name| name.as_string()).collect();
    let (shown, wanted): (Vec<String>, Vec<String>) = (names(old), names(new));
    for name in &wanted {
        if let Some(value) = new.get_attribute(name).filter(|value| old.get_attribute(name).as_ref() != Some(value)) {
            _ = old.set_attribute(name, &value);
        }
    }
    // Whether details are open is the reader's to say.
    for name in shown.iter().filter(|name| *name != "open" && !wanted.contains(name)) {
        _ = old.remove_attribute(name);
    }
}
