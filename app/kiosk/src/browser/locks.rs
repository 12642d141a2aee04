//! Web Locks: what only one tab at a time may do, and what a tab that lives still needs.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::device::{property, window};
use crate::sync::host::Work;

/// Does the work while no other tab holds the lock of this name. Where the browser has no locks it
/// is done at once: the server counts a response once, however often it comes.
pub(crate) async fn alone(name: &str, work: Work) {
    let Some(locks) = property(&window().navigator(), "locks") else { return work.await };
    let Some(request) = property(&locks, "request").and_then(|request| request.dyn_into::<Function>().ok()) else {
        return work.await;
    };
    let holder = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        future_to_promise(async move {
            work.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(promise) = request.call2(&locks, &name.into(), &holder) {
        let _ = JsFuture::from(Promise::resolve(&promise)).await;
    }
}

/// The names of the locks that any tab holds; none where the browser has no locks.
pub(crate) async fn held() -> Vec<String> {
    let names = async {
        let locks = property(&window().navigator(), "locks")?;
        let query: Function = property(&locks, "query")?.dyn_into().ok()?;
        let promise: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
        let held: Array = property(&JsFuture::from(promise).await.ok()?, "held")?.dyn_into().ok()?;
        Some(held.iter().filter_map(|lock| property(&lock, "name")?.as_string()).collect())
    };
    names.await.unwrap_or_default()
}
