//! Surveys, configurations and responses for the tests of what travels.

use domain::{
    id::{QuestionId, SurveyVersionId},
    lang::Text,
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, ScaleQuestion, Series,
        SurveyVersion, TextQuestion,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Any id.
pub(crate) const ID: &str = "00000000-0000-0000-0000-000000000001";

/// A question by its place: 0 face, 1 NPS, 2 choice, 3 comment, 4 agreement.
pub(crate) fn question(place: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(100 + place))
}

/// Face, NPS, choice of many, comment, agreement.
pub(crate) fn survey() -> SurveyVersion {
    let options = ["sound", "seat", "queue"].map(|key| ChoiceOption { key: key.into(), text: Text::same(key) });
    let kinds = [
        Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("word"); 5] }),
        Kind::Nps(NpsQuestion { labels: vec![Text::same("end"); 2] }),
        Kind::Choice(ChoiceQuestion { options: options.into(), many: true }),
        Kind::Text(TextQuestion {}),
        Kind::Scale(ScaleQuestion { labels: vec![Text::same("step"); 5] }),
    ];
    let questions = (0..).zip(kinds).map(|(place, kind)| Question {
        id: question(place),
        series: Series::Show,
        text: Text::same("?"),
        kind,
        show_if: None,
    });
    SurveyVersion { version: SurveyVersionId(Uuid::from_u128(1)), questions: questions.collect() }
}

/// A text with all that it can hold.
pub(crate) fn text() -> Value {
    json!({ "fi": "a", "sv": "b", "en": "c" })
}

/// Everything that a configuration can hold.
pub(crate) fn config() -> Value {
    let (id, text) = (ID, text());
    json!({
        "kiosk": { "id": id, "pairing": id, "name": "foyer", "seq_seen": 7 },
        "venue": { "id": id, "code": "teltta", "name": "Sirkusteltta", "time_zone": "Europe/Helsinki",
            "languages": ["fi", "sv", "en"], "survey_version": id },
        "server_now": 1_763_740_800_000_i64,
        "public_url": "https://aplodi.example",
        "look": "curtain",
        "events": [{ "id": id, "code": "x", "title": text, "starts_at": -1, "ends_at": 2, "window": [3, 4],
            "survey_version": id }],
        "surveys": [{ "version": id, "questions": [
            { "id": id, "series": "show", "text": text, "kind": "face", "faces": 5, "face_set": "child",
                "labels": [text] },
            { "id": id, "series": "organisation", "text": text, "kind": "nps", "labels": [text, text] },
            { "id": id, "series": "child", "text": text, "kind": "choice", "many": true,
                "options": [{ "key": "queue", "text": text }], "show_if": { "question": id, "in": [1, 2] } },
            { "id": id, "series": "show", "text": text, "kind": "text", "unknown": null },
            { "id": id, "series": "show", "text": text, "kind": "scale", "labels": [text, text, text, text, text] },
        ] }],
        "settings": { "idle_ms": 5 },
        "open": { "windows": [[3, 4], [6, 7]], "known_until": 9 },
        "pin": { "salt": "00ff", "rounds": 20_000, "hash": "0123" },
    })
}

/// What a tablet shows while it waits for a kiosk.
pub(crate) fn invitation() -> Value {
    json!({ "id": ID, "words": ["kuu", "talo", "vene"], "expires_at": 2, "server_now": 1,
        "address": "https://aplodi.example/staff/kiosks/pair", "qr": { "side": 33, "path": "M2 2h7v1h-7z" } })
}

/// A response that says as little as possible, and one that says everything.
pub(crate) fn items() -> [Value; 2] {
    let (id, other) = ("019abc00-0000-7000-8000-000000000001", "00000000-0000-0000-0000-000000000002");
    let least = json!({ "id": id, "survey_version": other, "lang": "fi", "answered_at": -5, "answers": [] });
    let most = json!({ "id": id, "seq": 3, "survey_version": other, "event": other, "lang": "sv",
        "segment": "companion", "assisted": true, "answered_at": 1_763_740_800_000_i64, "offset_ms": -7,
        "not_before": 6, "age_ms": 8, "may_have_slept": true, "duration_ms": 9, "end": "timeout", "demo": true, "channel": "spoken", "pairing": other,
        "may_quote": true,
        "answers": [
            { "question": other, "value": 10 },
            { "question": other, "value": ["queue", "view"] },
            { "question": other, "value": "\"Hyvä\" \\ ilta\n\t\u{1}\u{1f}\u{7f}\u{2028}\u{1f3aa}" },
            { "question": other, "skipped": true },
        ] });
    [least, most]
}
