//! `window.fetch`, as much of it as the kiosk and the islands need.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

/// What is asked, and what goes along.
#[derive(Clone, Copy, Default)]
pub struct FetchRequest<'a> {
    /// the address, from the root
    pub path: &'a str,
    /// names and values
    pub headers: &'a [(&'a str, &'a str)],
    /// where there is one, it is posted
    pub body: Option<&'a str>,
    /// after this many milliseconds it has failed
    pub timeout_ms: Option<u32>,
}

/// What came back, with any status.
pub struct FetchResponse(Response);

/// Asks the server; `None` where nothing came back.
pub async fn fetch(request: FetchRequest<'_>) -> Option<FetchResponse> {
    let options = RequestInit::new();
    if let Some(body) = request.body {
        options.set_method("POST");
        options.set_body(&body.into());
    }
    let headers = Object::new();
    for (name, value) in request.headers {
        Reflect::set(&headers, &JsValue::from(*name), &JsValue::from(*value)).ok()?;
    }
    options.set_headers(&headers);
    let signal = request.timeout_ms.map(AbortSignal::timeout_with_u32);
    options.set_signal(signal.as_ref());
    let response = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(request.path, &options)).await;
    response.ok()?.dyn_into().ok().map(FetchResponse)
}

impl FetchResponse {
    /// The status; 200 is the only one with an expected body.
    pub fn status(&self) -> u16 {
        self.0.status()
    }

    /// Whether another address answered than the one that was asked.
    #[cfg(feature = "islands")]
    pub fn was_redirected(&self) -> bool {
        self.0.redirected()
    }

    /// A header, where it came.
    #[cfg(feature = "kiosk")]
    pub fn header(&self, name: &str) -> Option<String> {
        self.0.headers().get(name).ok()?
    }

    /// The whole body.
    pub async fn text(&self) -> Option<String> {
        JsFuture::from(self.0.text().ok()?).await.ok()?.as_string()
    }
}
