//! Writing: a response as it travels, and a heartbeat.

use crate::{
    pairing::PairingRequest,
    responses::{Item, ItemAnswer},
};
use domain::{heartbeat::Heartbeat, survey::kinds::UncheckedValue};

/// What can be written as JSON.
pub trait ToJson {
    /// Itself as it travels.
    fn to_json(&self) -> String;
}

/// An object under construction. Values are JSON already, except where the method says otherwise.
#[derive(Debug)]
pub struct Object(String);

impl Object {
    /// With its first field.
    #[must_use]
    pub fn of(name: &str, value: &str) -> Self {
        Self(String::from("{")).and(name, value)
    }

    /// One more field.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        for part in ["\"", name, "\":", value] {
            self.0.push_str(part);
        }
        self
    }

    /// One more field, where there is a value.
    #[must_use]
    pub fn maybe(self, name: &str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.and(name, &value),
            None => self,
        }
    }

    /// The finished text.
    #[must_use]
    pub fn done(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A string in quotation marks.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\u{0}'..='\u{1f}' => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                quoted.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                quoted.push(char::from(DIGITS[c as usize % 16]));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A list of values that are JSON already.
#[must_use]
pub fn list(values: &[String]) -> String {
    ["[", &values.join(","), "]"].concat()
}

fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

impl ToJson for Item {
    fn to_json(&self) -> String {
        let answers: Vec<String> = self.answers.iter().map(ItemAnswer::to_json).collect();
        Object::of("id", &quoted(&self.id.to_string()))
            .maybe("seq", self.seq.map(|seq| seq.to_string()))
            .and("survey_version", &quoted(&self.survey_version.to_string()))
            .maybe("event", self.event.map(|event| quoted(&event.to_string())))
            .and("lang", &quoted(self.lang.as_str()))
            .maybe("segment", self.segment.map(|segment| quoted(segment.as_str())))
            .and("assisted", flag(self.assisted))
            .and("answered_at", &self.answered_at.to_string())
            .maybe("offset_ms", self.offset_ms.map(|offset| offset.to_string()))
            .maybe("not_before", self.not_before.map(|at| at.to_string()))
            .maybe("age_ms", self.age_ms.map(|age| age.to_string()))
            .maybe("may_have_slept", self.may_have_slept.then(|| flag(true).to_owned()))
            .maybe("duration_ms", self.duration_ms.map(|duration| duration.to_string()))
            .and("end", &quoted(self.end.as_str()))
            .and("demo", flag(self.demo))
            .and("channel", &quoted(self.channel.as_str()))
            .maybe("pairing", self.pairing.map(|pairing| quoted(&pairing.to_string())))
            .maybe("may_quote", self.may_quote.then(|| flag(true).to_owned()))
            .and("answers", &list(&answers))
            .done()
    }
}

impl ToJson for ItemAnswer {
    fn to_json(&self) -> String {
        Object::of("question", &quoted(&self.question.to_string()))
            .maybe("value", self.value.as_ref().and_then(said))
            .maybe("skipped", self.skipped.then(|| flag(true).to_owned()))
            .done()
    }
}

/// What a screen lets people say: a number, some keys, a text.
fn said(value: &UncheckedValue) -> Option<String> {
    match value {
        UncheckedValue::Options(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
            Some(list(&keys))
        }
        UncheckedValue::Text(text) => Some(quoted(text)),
        UncheckedValue::Number(number) => number.map(|number| number.to_string()),
        UncheckedValue::Other => None,
    }
}

impl ToJson for Heartbeat {
    fn to_json(&self) -> String {
        let storage = self
            .storage
            .map(|storage| Object::of("usage", &bytes(storage.usage)).and("quota", &bytes(storage.quota)).done());
        Object::of("device_now", &self.device_now.to_string())
            .maybe("pairing", self.pairing.map(|pairing| quoted(&pairing.to_string())))
            .and("seq", &self.seq.to_string())
            .and("outbox", &self.outbox.to_string())
            .and("rejected", &self.rejected.to_string())
            .maybe("oldest_ms", self.oldest_ms.map(|oldest| oldest.to_string()))
            .and("app_version", &quoted(&self.app_version))
            .maybe("persisted", self.persisted.map(|persisted| flag(persisted).to_owned()))
            .maybe("storage", storage)
            .maybe("battery", self.battery.map(hundredths))
            .maybe("charging", self.charging.map(|charging| flag(charging).to_owned()))
            .maybe("failure", self.failure.as_deref().map(quoted))
            .maybe("unkept", self.unkept.as_deref().map(quoted))
            .maybe("command_done", self.command_done.map(|number| number.to_string()))
            .done()
    }
}

/// A share, to the hundredth: writing any fraction would weigh more than all the rest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn hundredths(share: f64) -> String {
    [((share.clamp(0.0, 1.0) * 100.0 + 0.5) as u32).to_string().as_str(), "e-2"].concat()
}

impl ToJson for PairingRequest {
    fn to_json(&self) -> String {
        Object::of("token_sha256", &quoted(&self.token_sha256)).and("lang", &quoted(self.lang.tag())).done()
    }
}

/// Browsers count them in whole numbers.
#[expect(clippy::cast_possible_truncation, reason = "no disk holds 2^53 bytes")]
fn bytes(number: f64) -> String {
    (number as i64).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::heartbeat::StorageEstimate;

    #[test]
    fn a_response_is_written_as_serde_writes_it() {
        for json in crate::fixtures::items() {
            let item: Item = serde_json::from_value(json).unwrap();
            assert_eq!(item.to_json(), serde_json::to_string(&item).unwrap());
        }
    }

    #[test]
    fn a_sign_of_life_says_the_same_in_fewer_words() {
        let mut beat = Heartbeat {
            device_now: 1,
            seq: 2,
            outbox: 3,
            rejected: 4,
            oldest_ms: None,
            app_version: "0.1.0".into(),
            ..Heartbeat::default()
        };
        assert_eq!(serde_json::from_str::<Heartbeat>(&beat.to_json()).unwrap(), beat);
        beat.oldest_ms = Some(5);
        beat.persisted = Some(false);
        beat.storage = Some(StorageEstimate { usage: 6.0, quota: 7e12 });
        beat.charging = Some(true);
        beat.failure = Some("quota \"exceeded\"".into());
        beat.unkept = Some("altered".into());
        beat.command_done = Some(1_763_740_790_000);
        for level in [0.0, 0.57, 1.0] {
            beat.battery = Some(level);
            assert_eq!(serde_json::from_str::<Heartbeat>(&beat.to_json()).unwrap(), beat);
        }
        beat.battery = Some(f64::NAN);
        let read = serde_json::from_str::<Heartbeat>(&beat.to_json()).unwrap();
        assert_eq!(read.battery, Some(0.0), "no browser says so, and nothing breaks if one does");
        beat.battery = Some(0.5);
        assert_eq!(serde_json::from_str::<Heartbeat>(&beat.to_json()).unwrap(), beat);
    }

    #[test]
    fn a_tablet_asks_as_serde_would() {
        for lang in domain::lang::Lang::ALL {
            let request = PairingRequest { token_sha256: "0f".repeat(32), lang };
            assert_eq!(request.to_json(), serde_json::to_string(&request).unwrap());
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_quoted_as_serde_quotes_it(text in "[\\PC\u{0}-\u{1f}\"]{0,40}") {
            proptest::prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
        }
    }
}
