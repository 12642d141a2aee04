//! JSON by the browser's own engine.

use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

use super::device::property;
use crate::domain::json::{FromJson, Json};

/// Reads a text.
pub(super) fn read<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(&JSON::parse(text).ok()?)
}

impl Json for JsValue {
    fn get(&self, name: &str) -> Option<Self> {
        property(self, name)
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn list(&self) -> Option<Vec<Self>> {
        self.dyn_ref::<Array>().map(Array::to_vec)
    }
}
