//! When the next build may take this page's place. That it does is the business of `public/update.js`.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    browser::device,
    session::state::{Kiosk, Scene},
};
use domain::time::{Millis, SECOND};

/// Nobody has touched the screen for so long: a hand may be on its way for the second tap of two.
const CALM: Millis = 3 * SECOND;

thread_local! {
    static IS_UP: Cell<bool> = const { Cell::new(false) };
}

/// From now on there is something to look at.
pub(crate) fn is_up() {
    IS_UP.set(true);
}

/// Which program this page runs, such as `0.1.0+3f2a09c41b77`: the version, and the build that the shell names.
pub(crate) fn version() -> String {
    let shell = device::document().get_element_by_id("kiosk");
    let build = shell.and_then(|shell| shell.get_attribute("data-build")).unwrap_or_default();
    [env!("CARGO_PKG_VERSION"), "+", &build].concat().trim_end_matches('+').to_owned()
}

/// Whether the page may be loaded anew: it has come up, nobody is answering or being thanked, and nothing lives in
/// this page alone. Asked by `public/update.js`.
#[wasm_bindgen]
pub fn is_free() -> bool {
    let is_up = IS_UP.get() && Kiosk.scene.get_untracked() != Scene::Loading;
    let is_calm = || device::monotonic() - Kiosk.touched.get_value() >= CALM;
    is_up && is_calm() && !Kiosk.is_busy() && Kiosk.unsaved.with_value(Vec::is_empty)
}
