//! The staff corner, as far as it belongs to the program that every visitor downloads: hearing the
//! knock, and what the sheet behind it may ask. The sheet itself, `public/corner.js`, is loaded at
//! the first knock and weighs on no visitor; it is plain JavaScript, because a tenth of the size of
//! the same in here.
//!
//! - `asked`: what the sheet asks and does;
//! - `demo`: the time in which answers do not count.
//!
//! How one gets in: five taps into the top left corner of the screen, or five times Escape, within four
//! seconds (`domain::knock`). What lies under the taps gets them as well: nothing is stolen from a
//! visitor, and nothing there can be reached by a keyboard that is not a visitor's own.

mod asked;
pub(crate) mod demo;

use std::cell::RefCell;

pub use asked::{corner, corner_door};
use js_sys::Function;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, KeyboardEvent, MouseEvent};

use crate::browser::device;
use domain::knock::Knock;

/// How far the corner reaches, in CSS pixels: a thumb, and no answer button.
const REACH: i32 = 96;

/// Opens the corner with `open` whenever somebody knocks.
pub(crate) fn listen(open: Function) {
    on_knock("pointerdown", open.clone(), |event| {
        event.dyn_ref::<MouseEvent>().is_some_and(|tap| tap.client_x() < REACH && tap.client_y() < REACH)
    });
    on_knock("keydown", open, |event| {
        event.dyn_ref::<KeyboardEvent>().is_some_and(|pressed| pressed.key() == "Escape" && !pressed.repeat())
    });
}

fn on_knock(event: &'static str, open: Function, at_the_door: impl Fn(&Event) -> bool + 'static) {
    let knock = RefCell::new(Knock::default());
    // Never removed: it lives as long as the page.
    std::mem::forget(window_event_listener_untyped(event, move |event| {
        if knock.borrow_mut().hear(at_the_door(&event), device::monotonic()) {
            // Where the sheet cannot be loaded, `public/kiosk.js` says so in the console.
            let _ = open.call0(&JsValue::NULL);
        }
    }));
}
