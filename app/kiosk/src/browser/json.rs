//! JSON by the browser's own engine.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::device::property;
use api::json::{FromJson, Json};

/// Reads a text.
pub(crate) fn read<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(&Parsed(JSON::parse(text).ok()?))
}

/// A value that the engine has parsed.
struct Parsed(JsValue);

impl Json for Parsed {
    fn get(&self, name: &str) -> Option<Self> {
        property(&self.0, name).map(Self)
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn list(&self) -> Option<Vec<Self>> {
        self.0.dyn_ref::<Array>().map(|list| list.iter().map(Self).collect())
    }

    fn names(&self) -> Option<Vec<String>> {
        self.0
            .dyn_ref::<Object>()
            .map(|fields| Object::keys(fields).iter().filter_map(|name| name.as_string()).collect())
    }
}
