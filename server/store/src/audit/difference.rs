//! What differs between two values, without what opens something.

use serde_json::{Map, Value};

/// Names of what opens something, or may: only that it changed is told.
const SECRET: [&str; 6] = ["pin", "webhook", "password", "token", "secret", "link"];
/// Stands for what is not told.
const MASK: &str = "\u{2026}";

/// Of two objects the fields that differ, else both values; in either nothing that opens something.
pub(super) fn between(before: Value, after: Value) -> (Value, Value) {
    let (before, after) = match (before, after) {
        (Value::Object(mut before), Value::Object(mut after)) => {
            let same: Vec<String> = before
                .iter()
                .filter(|(name, value)| after.get(*name) == Some(value))
                .map(|(name, _)| name.clone())
                .collect();
            for name in same {
                before.remove(&name);
                after.remove(&name);
            }
            (Value::Object(before), Value::Object(after))
        }
        both => both,
    };
    (masked(before), masked(after))
}

fn masked(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mask = |(name, value): (String, Value)| {
                let is_secret = SECRET.contains(&name.as_str()) && !value.is_null();
                let value = if is_secret { Value::String(MASK.to_owned()) } else { masked(value) };
                (name, value)
            };
            Value::Object(fields.into_iter().map(mask).collect::<Map<_, _>>())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(masked).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_told_and_no_secret() {
        let before = json!({"name": "Teltta", "pin": "123456", "alerts": {"emails": ["a@b.fi"], "webhook": null}});
        let after = json!({"name": "Teltta", "pin": "654321", "alerts": {"emails": [], "webhook": "https://x/s3cret"}});
        let (before, after) = between(before, after);
        assert_eq!(before, json!({"pin": "…", "alerts": {"emails": ["a@b.fi"], "webhook": null}}));
        assert_eq!(after, json!({"pin": "…", "alerts": {"emails": [], "webhook": "…"}}));
        assert_eq!(
            between(json!(null), json!({"secret": "x", "role": "admin"})).1,
            json!({"secret": "…", "role": "admin"})
        );
        assert_eq!(between(json!([1]), json!([2])), (json!([1]), json!([2])));
    }
}
