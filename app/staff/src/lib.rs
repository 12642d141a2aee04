//! What staff pages with islands load. Everything is in `app`; here is only what makes the linker keep it.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes the islands of a server-rendered page.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
