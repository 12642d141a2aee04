//! An answer's value as JSON: a number, a list of option keys or a string. Whatever else arrives is no reason to refuse a
//! whole response as malformed: its question will say that it is of the wrong kind.

use domain::survey::kinds::UncheckedValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
pub(super) fn serialize<S: Serializer>(value: &Option<UncheckedValue>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(UncheckedValue::Number(Some(number))) => number.serialize(to),
        Some(UncheckedValue::Options(keys)) => keys.serialize(to),
        Some(UncheckedValue::Text(text)) => text.serialize(to),
        // Only what came from elsewhere can be one of these, and it stays what it was: no answer.
        None | Some(UncheckedValue::Number(None) | UncheckedValue::Other) => to.serialize_unit(),
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<UncheckedValue>, D::Error> {
    Ok(unchecked(Value::deserialize(from)?))
}

/// `null` is as good as nothing.
pub(super) fn unchecked(value: Value) -> Option<UncheckedValue> {
    Some(match value {
        Value::Null => return None,
        Value::Number(number) => UncheckedValue::Number(number.as_u64().and_then(|number| number.try_into().ok())),
        Value::String(text) => UncheckedValue::Text(text),
        Value::Array(keys) => {
            let key = |key| if let Value::String(key) = key { Some(key) } else { None };
            keys.into_iter().map(key).collect::<Option<_>>().map_or(UncheckedValue::Other, UncheckedValue::Options)
        }
        Value::Bool(_) | Value::Object(_) => UncheckedValue::Other,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_no_question_knows_is_kept_apart_from_what_one_may() {
        for (came, means) in [
            (json!(null), None),
            (json!(255), Some(UncheckedValue::Number(Some(255)))),
            (json!(256), Some(UncheckedValue::Number(None))),
            (json!(-1), Some(UncheckedValue::Number(None))),
            (json!(2.5), Some(UncheckedValue::Number(None))),
            (json!(4.0), Some(UncheckedValue::Number(None))),
            (json!("4"), Some(UncheckedValue::Text("4".into()))),
            (json!([]), Some(UncheckedValue::Options(Vec::new()))),
            (json!(["a", "b"]), Some(UncheckedValue::Options(vec!["a".into(), "b".into()]))),
            (json!(["a", 4]), Some(UncheckedValue::Other)),
            (json!(true), Some(UncheckedValue::Other)),
            (json!({"a": 1}), Some(UncheckedValue::Other)),
        ] {
            assert_eq!(unchecked(came.clone()), means, "{came}");
        }
    }
}
