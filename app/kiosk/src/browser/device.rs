//! The browser's clocks, its random numbers, and the little that must be asked of the window.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, Window};

use domain::{server_clock::Clocks, time::Millis};

/// The window. There is none only where this program makes no sense.
pub(crate) fn window() -> Window {
    leptos::prelude::window()
}

/// The page.
pub(crate) fn document() -> Document {
    leptos::prelude::document()
}

/// The device's clock, milliseconds UTC; it may be wrong.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole numbers below 2^53")]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub(crate) fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// Milliseconds since the page began, by a clock that nobody sets; it may stop while a tablet sleeps.
#[expect(clippy::cast_possible_truncation, reason = "a page does not live for 2^53 milliseconds")]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub(crate) fn monotonic() -> Millis {
    window().performance().map_or(0, |performance| performance.now() as Millis)
}

/// Both clocks.
pub(crate) fn clocks() -> Clocks {
    Clocks { wall: now(), monotonic: monotonic() }
}

/// A number from 0 to 1, to spread retries.
#[expect(clippy::disallowed_methods, reason = "this is where random numbers come from")]
pub(crate) fn random_unit() -> f64 {
    js_sys::Math::random()
}

/// Ten random bytes for an id.
pub(crate) fn random_bytes() -> [u8; 10] {
    let mut bytes = [0; 10];
    if let Ok(crypto) = window().crypto() {
        // Every browser that runs this has it; without it the time alone would have to tell ids apart.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// 256 bits that nobody can guess, as hexadecimal digits; `None` where the browser has no random numbers to offer.
pub(crate) fn secret() -> Option<String> {
    let mut bytes = [0; 32];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(hexadecimal(&bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Resolves after a while.
pub(crate) async fn sleep(millis: Millis) {
    let millis = i32::try_from(millis).unwrap_or(i32::MAX);
    let timer = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = JsFuture::from(timer).await;
}

/// Does something after a while. Without the framework's own timer, whose `Duration` brings division of 128 bits.
pub(crate) fn after(millis: Millis, then: Box<dyn FnOnce()>) {
    let millis = i32::try_from(millis).unwrap_or(i32::MAX);
    let then = Closure::once_into_js(then);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), millis);
}

/// Does something again and again, for as long as the page lives.
pub(crate) fn every(millis: i32, then: Box<dyn Fn()>) {
    let then = Closure::wrap(then);
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(then.as_ref().unchecked_ref(), millis);
    then.forget();
}

/// What a future makes, or `None` where it takes longer: a browser's database can hang for ever.
pub(crate) async fn within<T>(millis: Millis, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut timer = pin!(sleep(millis));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// A property of a thing that this browser may not have; `None` where it is missing.
pub(crate) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Moves the focus to an element, so that keyboard and screen reader follow the scene.
pub(crate) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
