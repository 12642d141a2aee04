//! Reading: what is missing or of the wrong type makes the whole unreadable.

use uuid::Uuid;

use crate::{
    config::{KioskConfig, KioskEvent, KioskInfo, KioskSettings, Look, PinCheck},
    heartbeat::HeartbeatReply,
    pairing::{Invitation, QrDrawing, Welcome},
    responses::{BatchResult, ItemResult, Status},
};
use domain::{
    event::{Venue, Window},
    id::{EventId, KioskId, PairingId, QuestionId, ResponseId, SurveyVersionId, VenueId},
    lang::{LanguageTag, Text},
    open_times::OpenTimes,
    survey::{ChoiceOption, FaceSet, Question, QuestionFields, Series, ShowIf, SurveyVersion},
};

/// A JSON value, whoever parsed it.
pub trait Json: Sized {
    /// A field of an object; `None` where there is none, or null.
    fn get(&self, name: &str) -> Option<Self>;
    /// A string.
    fn text(&self) -> Option<String>;
    /// A number.
    fn number(&self) -> Option<f64>;
    /// True or false.
    fn flag(&self) -> Option<bool>;
    /// A list.
    fn list(&self) -> Option<Vec<Self>>;
    /// The names of an object's fields.
    fn names(&self) -> Option<Vec<String>>;
}

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// `None` where the value is something else.
    fn from_json(json: &impl Json) -> Option<Self>;
}

/// A field that must be there.
#[must_use]
pub fn field<T: FromJson>(json: &impl Json, name: &str) -> Option<T> {
    T::from_json(&json.get(name)?)
}

/// A field that may be missing or null.
#[must_use]
pub fn optional<T: FromJson>(json: &impl Json, name: &str) -> Option<Option<T>> {
    match json.get(name) {
        None => Some(None),
        Some(value) => T::from_json(&value).map(Some),
    }
}

impl FromJson for String {
    fn from_json(json: &impl Json) -> Option<Self> {
        json.text()
    }
}

impl FromJson for bool {
    fn from_json(json: &impl Json) -> Option<Self> {
        json.flag()
    }
}

impl FromJson for i64 {
    #[expect(clippy::cast_possible_truncation, reason = "checked: whole and exact")]
    fn from_json(json: &impl Json) -> Option<Self> {
        json.number()
            .filter(|number| number.abs() < 9e15 && number.fract().abs() < f64::MIN_POSITIVE)
            .map(|it| it as Self)
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl FromJson for $number {
            fn from_json(json: &impl Json) -> Option<Self> {
                i64::from_json(json)?.try_into().ok()
            }
        }
    )*};
}

whole_numbers!(u8, u64, usize);

impl FromJson for Uuid {
    fn from_json(json: &impl Json) -> Option<Self> {
        Self::try_parse(&json.text()?).ok()
    }
}

/// The server has checked it.
impl FromJson for LanguageTag {
    fn from_json(json: &impl Json) -> Option<Self> {
        Self::canonical(&json.text()?)
    }
}

impl FromJson for Text {
    fn from_json(json: &impl Json) -> Option<Self> {
        let words = |name: String| Some((LanguageTag::canonical(&name)?, field(json, &name)?));
        json.names()?.into_iter().map(words).collect()
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl FromJson for $name {
            fn from_json(json: &impl Json) -> Option<Self> {
                Uuid::from_json(json).map(Self)
            }
        }
    )*};
}

ids!(EventId, KioskId, PairingId, QuestionId, ResponseId, SurveyVersionId, VenueId);

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &impl Json) -> Option<Self> {
        json.list()?.iter().map(T::from_json).collect()
    }
}

macro_rules! words {
    ($($name:ty { $($word:literal => $value:ident),* })*) => {$(
        impl FromJson for $name {
            fn from_json(json: &impl Json) -> Option<Self> {
                match json.text()?.as_str() {
                    $($word => Some(Self::$value),)*
                    _ => None,
                }
            }
        }
    )*};
}

words! {
    Look { "curtain" => Curtain, "contrast" => Contrast }
    Series { "show" => Show, "organisation" => Organisation, "child" => Child }
    FaceSet { "adult" => Adult, "child" => Child }
    Status { "stored" => Stored, "duplicate" => Duplicate, "conflict" => Conflict, "rejected" => Rejected }
}

// After a semicolon, what may be missing.
macro_rules! objects {
    ($($name:ident { $($field:ident),* $(; $($maybe:ident),*)? })*) => {$(
        impl FromJson for $name {
            fn from_json(json: &impl Json) -> Option<Self> {
                Some(Self {
                    $($field: field(json, stringify!($field))?,)*
                    $($($maybe: optional(json, stringify!($maybe))?,)*)?
                })
            }
        }
    )*};
}

objects! {
    ChoiceOption { key, text }
    SurveyVersion { version, questions }
    Venue { id, code, name, time_zone, languages, survey_version }
    KioskInfo { id, pairing, name, seq_seen }
    KioskEvent { id, code, title, starts_at, ends_at, window, survey_version }
    OpenTimes { windows, known_until }
    KioskConfig { kiosk, venue, server_now, public_url, look, events, surveys, settings; open, language_names, pin }
    PinCheck { salt, rounds, hash }
    HeartbeatReply { server_now, epoch, ok }
    BatchResult { server_now, epoch, results }
    Invitation { id, words, expires_at, server_now, address, qr }
    QrDrawing { side, path }
    Welcome { kiosk }
}

impl FromJson for Question {
    fn from_json(json: &impl Json) -> Option<Self> {
        let fields = QuestionFields {
            id: field(json, "id")?,
            series: field(json, "series")?,
            text: field(json, "text")?,
            kind: field(json, "kind")?,
            faces: optional(json, "faces")?,
            face_set: optional(json, "face_set")?.unwrap_or_default(),
            labels: optional(json, "labels")?,
            options: optional(json, "options")?,
            many: optional(json, "many")?.unwrap_or_default(),
            show_if: optional(json, "show_if")?,
        };
        fields.try_into().ok()
    }
}

impl FromJson for ShowIf {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self { question: field(json, "question")?, values: field(json, "in")? })
    }
}

impl FromJson for Window {
    fn from_json(json: &impl Json) -> Option<Self> {
        let ends: [_; 2] = Vec::from_json(json)?.try_into().ok()?;
        Some(ends.into())
    }
}

impl FromJson for KioskSettings {
    fn from_json(json: &impl Json) -> Option<Self> {
        let usual = Self::default();
        Some(Self {
            idle_ms: optional(json, "idle_ms")?.unwrap_or(usual.idle_ms),
            countdown_ms: optional(json, "countdown_ms")?.unwrap_or(usual.countdown_ms),
            thanks_ms: optional(json, "thanks_ms")?.unwrap_or(usual.thanks_ms),
            heartbeat_ms: optional(json, "heartbeat_ms")?.unwrap_or(usual.heartbeat_ms),
        })
    }
}

impl FromJson for ItemResult {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            index: field(json, "index")?,
            id: optional(json, "id")?,
            status: field(json, "status")?,
            reason: optional(json, "reason")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::{Value, json};

    use super::*;
    use crate::fixtures::{config, invitation};

    impl Json for Value {
        fn get(&self, name: &str) -> Option<Self> {
            Self::get(self, name).filter(|value| !value.is_null()).cloned()
        }

        fn text(&self) -> Option<String> {
            self.as_str().map(str::to_owned)
        }

        fn number(&self) -> Option<f64> {
            self.as_f64()
        }

        fn flag(&self) -> Option<bool> {
            self.as_bool()
        }

        fn list(&self) -> Option<Vec<Self>> {
            self.as_array().cloned()
        }

        fn names(&self) -> Option<Vec<String>> {
            Some(self.as_object()?.keys().cloned().collect())
        }
    }

    /// What `T` reads, which is what serde reads.
    fn read<T: FromJson + DeserializeOwned + Serialize>(json: &Value) -> Option<Value> {
        let by_hand = T::from_json(json).map(|read| serde_json::to_value(read).unwrap());
        let by_serde = serde_json::from_value::<T>(json.clone()).ok().map(|read| serde_json::to_value(read).unwrap());
        assert_eq!(by_hand, by_serde, "{json}");
        by_hand
    }

    /// Every value in a tree that is not a container, by path.
    fn leaves(json: &Value, path: &str, found: &mut Vec<String>) {
        match json {
            Value::Object(fields) => fields.iter().for_each(|(name, it)| leaves(it, &format!("{path}/{name}"), found)),
            Value::Array(list) => list.iter().enumerate().for_each(|(n, it)| leaves(it, &format!("{path}/{n}"), found)),
            _ => found.push(path.to_owned()),
        }
    }

    #[test]
    fn a_configuration_is_read_as_serde_reads_it() {
        assert!(read::<KioskConfig>(&config()).is_some());
        let mut paths = Vec::new();
        leaves(&config(), "", &mut paths);
        assert!(paths.len() > 50);
        for path in paths {
            for wrong in [json!("?"), json!(300), json!(1.5), json!(true), json!({})] {
                let mut config = config();
                *config.pointer_mut(&path).unwrap() = wrong;
                read::<KioskConfig>(&config);
            }
        }
        for name in ["kiosk", "venue", "server_now", "public_url", "look", "events", "surveys", "settings"] {
            let mut config = config();
            config.as_object_mut().unwrap().remove(name);
            assert_eq!(read::<KioskConfig>(&config), None, "{name}");
        }
        let mut config = config();
        for always in [json!(3), json!(null)] {
            config["open"] = always;
            assert_eq!(read::<KioskConfig>(&config).is_some(), config["open"].is_null());
        }
        for name in ["open", "pin"] {
            config.as_object_mut().unwrap().remove(name);
            assert!(read::<KioskConfig>(&config).is_some(), "an older server says nothing of {name}");
        }
    }

    #[test]
    fn invitations_are_read_as_serde_reads_them() {
        assert!(read::<Invitation>(&invitation()).is_some());
        assert!(read::<Welcome>(&json!({ "kiosk": config()["kiosk"] })).is_some());
        for page in [json!("<html>"), json!({}), json!({ "kiosk": {} })] {
            assert_eq!(read::<Invitation>(&page), None);
            assert_eq!(read::<Welcome>(&page), None);
        }
    }

    #[test]
    fn replies_are_read_as_serde_reads_them() {
        let id = "00000000-0000-0000-0000-000000000001";
        assert!(read::<HeartbeatReply>(&json!({ "server_now": 1, "epoch": "e", "ok": "aplodi" })).is_some());
        for results in [
            json!([{ "index": 0, "id": id, "status": "stored" }, { "index": 1, "id": null, "status": "rejected", "reason": "x" }]),
            json!([{ "index": 0, "id": id, "status": "duplicate" }, { "index": 1, "id": id, "status": "conflict" }]),
        ] {
            assert!(read::<BatchResult>(&json!({ "server_now": 1, "epoch": "e", "results": results })).is_some());
        }
        for results in [json!([{ "index": -1, "id": id, "status": "stored" }]), json!([{ "index": 0, "status": "?" }])]
        {
            assert_eq!(read::<BatchResult>(&json!({ "server_now": 1, "epoch": "e", "results": results })), None);
        }
        for page in [json!("<html>"), json!(null), json!([]), json!(3)] {
            assert_eq!(read::<HeartbeatReply>(&page), None);
        }
    }
}
