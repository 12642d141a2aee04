//! What is described is what is written, field by field and word by word.

use std::collections::BTreeSet;

use domain::{
    event::Event,
    flag::Flag,
    heartbeat::Heartbeat,
    lang::Lang,
    response::{Channel, End, Segment},
    summary::Summary,
    survey::Collection,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use utoipa::OpenApi;

use crate::{
    config::KioskConfig,
    events::{EventList, EventSummary, ListedEvent},
    fixtures,
    heartbeat::HeartbeatReply,
    pairing::{Invitation, PairingRequest, Welcome},
    responses::{BatchResult, Item},
};

#[derive(OpenApi)]
#[openapi(components(schemas(
    KioskConfig,
    Item,
    BatchResult,
    HeartbeatReply,
    Invitation,
    PairingRequest,
    Welcome,
    EventList,
    EventSummary,
    super::Flag,
    super::Heartbeat
)))]
struct Document;

struct Schemas(Value);

impl Schemas {
    fn new() -> Self {
        Self(serde_json::to_value(Document::openapi()).unwrap()["components"]["schemas"].take())
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(name) => self.resolve(&self.0[name.rsplit('/').next().unwrap()]),
            None => schema,
        }
    }

    fn parts<'a>(&'a self, schema: &'a Value, of: &str) -> impl Iterator<Item = &'a Value> {
        schema[of].as_array().into_iter().flatten().map(|part| self.resolve(part))
    }

    /// Every field that a schema names, in any of its parts.
    fn fields(&self, schema: &Value) -> BTreeSet<String> {
        let own = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone());
        let parts = ["allOf", "oneOf"].into_iter().flat_map(|of| self.parts(schema, of));
        own.chain(parts.flat_map(|part| self.fields(part))).collect()
    }

    /// Whether a value is one that the schema allows; fields that it does not name are not looked at.
    fn allows(&self, schema: &Value, value: &Value) -> bool {
        let schema = self.resolve(schema);
        let is_a = |kind: &str| match kind {
            "null" => value.is_null(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("{other}"),
        };
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let kind = kinds.is_empty() || kinds.into_iter().any(is_a);
        let word = schema["enum"].as_array().is_none_or(|words| words.contains(value));
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let complete = !value.is_object() || required.into_iter().all(|name| value.get(name).is_some());
        let properties = schema["properties"].as_object().into_iter().flatten();
        let fields = properties.into_iter().all(|(name, it)| value.get(name).is_none_or(|value| self.fits(it, value)));
        let items = value.as_array().into_iter().flatten().all(|item| self.fits(&schema["items"], item));
        let all = self.parts(schema, "allOf").all(|part| self.allows(part, value));
        let one = schema["oneOf"].is_null() || self.parts(schema, "oneOf").any(|part| self.allows(part, value));
        kind && word && complete && fields && items && all && one
    }

    /// The same, and it has no field that the schema does not name.
    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let schema = self.resolve(schema);
        if let (Some(fields), map @ Value::Object(_)) = (value.as_object(), &schema["additionalProperties"]) {
            return fields.values().all(|value| self.fits(map, value));
        }
        let known = self.fields(schema);
        let names = value.as_object().into_iter().flatten().map(|(name, _)| name);
        // Nothing is known of a value that may be anything.
        let strange: Vec<&String> = names.filter(|name| !known.contains(*name)).collect();
        let is_one_of = |part: &Value| part["type"] != "null" && self.fits(part, value);
        let nullable = value.is_object() && known.is_empty() && self.parts(schema, "oneOf").any(is_one_of);
        (strange.is_empty() || nullable) && self.allows(schema, value)
    }
}

#[track_caller]
fn fits(name: &str, value: impl Serialize) {
    let schemas = Schemas::new();
    assert!(schemas.0[name].is_object(), "{name} is described");
    let value = serde_json::to_value(value).unwrap();
    assert!(schemas.fits(&schemas.0[name], &value), "{name}: {value:#} is not {:#}", schemas.0[name]);
}

/// Whatever a type writes of a value that has all its fields.
fn whole<T: DeserializeOwned + Serialize>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn event() -> Value {
    let (id, text) = (fixtures::ID, fixtures::text());
    json!({ "id": id, "code": "KX7P", "venue": id, "production": id, "title": text, "doors_at": 1, "starts_at": 2,
        "ends_at": 3, "window": [2, 4], "attendance": 540, "survey_version": id,
        "links": [{ "text": text, "url": "https://aplodi.example/programme" }] })
}

fn summary() -> Value {
    let question = |kind: &str, note: &str| {
        json!({ "id": fixtures::ID, "kind": kind, "n": 300, "counts": { "1": 4 }, "score": 45, "interval": [8.4, 69.8],
            "note": note })
    };
    let questions = json!([
        question("face", "small sample"),
        question("nps", "on request"),
        question("choice", "too few"),
        question("text", "hidden"),
    ]);
    json!({ "counted": 312, "aside": 9, "set_aside": { "burst": 7 }, "attendance": 540, "response_rate": 0.578,
        "questions": questions, "by_channel": [{ "channel": "qr", "n": 3, "questions": questions }],
        "by_segment": [{ "segment": "child", "n": 3, "questions": null }], "by_hour": [{ "from": 0, "n": 3 }] })
}

#[test]
fn what_a_tablet_reads_is_described() {
    fits("KioskConfig", whole::<KioskConfig>(fixtures::config()));
    fits("Welcome", whole::<Welcome>(json!({ "kiosk": fixtures::config()["kiosk"] })));
    fits("Invitation", whole::<Invitation>(fixtures::invitation()));
    fits("HeartbeatReply", HeartbeatReply { server_now: 1, epoch: "e".into(), ok: HeartbeatReply::OK.into() });
    let results = json!([{ "index": 0, "id": fixtures::ID, "status": "stored" },
        { "index": 1, "id": null, "status": "duplicate" }, { "index": 2, "id": null, "status": "conflict" },
        { "index": 3, "id": null, "status": "rejected", "reason": "no_answers" }]);
    fits("BatchResult", whole::<BatchResult>(json!({ "server_now": 1, "epoch": "e", "results": results })));
}

#[test]
fn what_a_tablet_writes_is_described() {
    for item in fixtures::items() {
        fits("Item", whole::<Item>(item));
    }
    fits("PairingRequest", PairingRequest { token_sha256: "0f".repeat(32), lang: Lang::Sv });
    fits(
        "Heartbeat",
        whole::<Heartbeat>(json!({ "device_now": 1, "pairing": fixtures::ID, "seq": 2, "outbox": 3, "rejected": 4,
            "oldest_ms": 5, "app_version": "0.1.0", "persisted": true, "storage": { "usage": 6.0, "quota": 7e12 },
            "battery": 0.5, "charging": true, "failure": "closed", "unkept": "altered", "command_done": 9 })),
    );
}

#[test]
fn what_others_read_is_described() {
    let event = || whole::<Event>(event());
    let collection = Collection::Periodic;
    fits(
        "EventSummary",
        EventSummary {
            event: event(),
            summary: whole::<Summary>(summary()),
            collection,
            live_delay: "off",
            course: None,
        },
    );
    fits("EventList", EventList { events: vec![ListedEvent { event: event(), counted: 7 }] });
}

#[test]
fn every_word_is_described() {
    fn all<T: Serialize>(name: &str, words: &[T]) {
        for word in words {
            fits(name, word);
        }
    }
    all("Channel", &Channel::ALL);
    all("Collection", &Collection::ALL);
    all("Segment", &Segment::ALL);
    all("End", &End::ALL);
    all("Flag", &Flag::ALL);
}

#[test]
fn a_difference_is_seen() {
    let schemas = Schemas::new();
    for (path, other) in [
        ("/venue/nobody", json!("knows")),
        ("/surveys/0/questions/0/kind", json!("smell")),
        ("/surveys/0/questions/0/faces", json!("five")),
        ("/events/0/title/sv", json!(3)),
        ("/kiosk", json!({})),
    ] {
        let mut config = fixtures::config();
        let (parent, name) = path.rsplit_once('/').unwrap();
        config.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(name.to_owned(), other);
        assert!(!schemas.fits(&schemas.0["KioskConfig"], &config), "{path}");
    }
}
