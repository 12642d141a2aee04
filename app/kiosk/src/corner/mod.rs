//! The staff corner, as far as it belongs to the program that every visitor downloads: seeing the
//! gesture, and what the sheet behind it may ask. The sheet itself, `public/corner.js`, is loaded at
//! the first gesture and weighs on no visitor; it is plain JavaScript, because a tenth of the size of
//! the same in here.
//!
//! `commands` is what the sheet asks and does.
//!
//! How one gets in: five taps into the top left corner of the screen, or five times Escape, within four
//! seconds (`domain::corner_gesture`). What lies under the taps gets them as well: nothing is stolen from a
//! visitor, and nothing there can be reached by a keyboard that is not a visitor's own.

mod commands;

use std::cell::RefCell;

use js_sys::Function;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, KeyboardEvent, MouseEvent};

use crate::browser::device;
use domain::corner_gesture::CornerGesture;

/// How far the corner reaches, in CSS pixels: a thumb, and no answer button.
const REACH: i32 = 96;

/// Opens the corner with `open` whenever somebody makes the gesture.
pub(crate) fn listen(open: Function) {
    on_gesture("pointerdown", open.clone(), |event| {
        event.dyn_ref::<MouseEvent>().is_some_and(|tap| tap.client_x() < REACH && tap.client_y() < REACH)
    });
    on_gesture("keydown", open, |event| {
        event.dyn_ref::<KeyboardEvent>().is_some_and(|pressed| pressed.key() == "Escape" && !pressed.repeat())
    });
}

fn on_gesture(event: &'static str, open: Function, in_the_corner: impl Fn(&Event) -> bool + 'static) {
    let gesture = RefCell::new(CornerGesture::default());
    // Never removed: it lives as long as the page.
    std::mem::forget(window_event_listener_untyped(event, move |event| {
        if gesture.borrow_mut().hear(in_the_corner(&event), device::monotonic()) {
            // Where the sheet cannot be loaded, `public/kiosk.js` says so in the console.
            let _ = open.call0(&JsValue::NULL);
        }
    }));
}
