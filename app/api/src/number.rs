//! Numbers that stand beside an answer, or beside many of them. A broken client's fraction, sign or size must not cost
//! the answers: what makes no sense as a number says nothing.
//!
//! What is the answer itself does not belong here: its question decides about that.

use domain::time::Millis;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// A time or a span that may be absent.
pub(crate) fn millis<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Millis>, D::Error> {
    Ok(read(from)?.and_then(|number| match number {
        Number::Whole(number) => Some(number),
        Number::Beyond(_) => None,
    }))
}

/// The clock of a device, which has to be there. One that no calendar knows is as far away as it can be: there
/// nobody believes it.
///
/// # Errors
/// Where it is no number at all.
pub fn clock<'de, D: Deserializer<'de>>(from: D) -> Result<Millis, D::Error> {
    match read(from)? {
        Some(Number::Whole(number)) => Ok(number),
        Some(Number::Beyond(is_late)) => Ok(if is_late { Millis::MAX } else { Millis::MIN }),
        None => Err(D::Error::custom("a clock is a number of milliseconds")),
    }
}

/// A count that may be absent.
pub(crate) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    Ok(millis(from)?.and_then(|number| number.try_into().ok()))
}

/// A number, whole.
enum Number {
    Whole(i64),
    /// too large, where true, or too small
    Beyond(bool),
}

/// From its text, because JSON knows numbers that no type holds. `None` where it is none.
fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Number>, D::Error> {
    let raw = Box::<RawValue>::deserialize(from)?;
    if let Ok(number) = raw.get().parse() {
        return Ok(Some(Number::Whole(number)));
    }
    let Ok(number) = raw.get().parse::<f64>() else { return Ok(None) };
    #[expect(clippy::cast_precision_loss, reason = "the first number that is too large")]
    let bound = i64::MAX as f64;
    #[expect(clippy::cast_possible_truncation, reason = "checked")]
    let whole = (number.abs() < bound).then(|| Number::Whole(number.round() as i64));
    Ok(Some(whole.unwrap_or(Number::Beyond(number > 0.0))))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Read {
        #[serde(deserialize_with = "clock")]
        clock: Millis,
        #[serde(default, deserialize_with = "millis")]
        age: Option<Millis>,
        #[serde(default, deserialize_with = "count")]
        seq: Option<u64>,
    }

    fn read(number: &str) -> Option<(Millis, Option<Millis>, Option<u64>)> {
        let text = format!("{{\"clock\":{number},\"age\":{number},\"seq\":{number}}}");
        serde_json::from_str(&text).ok().map(|Read { clock, age, seq }| (clock, age, seq))
    }

    #[test]
    fn every_number_is_read_and_only_what_makes_sense_is_believed() {
        for (number, clock, age, seq) in [
            ("17", 17, Some(17), Some(17)),
            ("17.0", 17, Some(17), Some(17)),
            ("12.5", 13, Some(13), Some(13)),
            ("-0.4", 0, Some(0), Some(0)),
            ("-1", -1, Some(-1), None),
            ("1763740790000.25", 1_763_740_790_000, Some(1_763_740_790_000), Some(1_763_740_790_000)),
            ("1.5e3", 1_500, Some(1_500), Some(1_500)),
            ("9223372036854775807", i64::MAX, Some(i64::MAX), Some(i64::MAX as u64)),
            ("18446744073709551616", i64::MAX, None, None),
            ("-18446744073709551616", i64::MIN, None, None),
            ("1e999", i64::MAX, None, None),
            ("-1e999", i64::MIN, None, None),
        ] {
            assert_eq!(read(number), Some((clock, age, seq)), "{number}");
        }
    }

    #[test]
    fn what_is_no_number_says_nothing_and_is_no_clock() {
        for other in ["null", "\"17\"", "true", "[1]", "{\"a\":1}", "\"NaN\""] {
            assert_eq!(read(other), None, "{other}");
            let beside = format!("{{\"clock\":1,\"age\":{other},\"seq\":{other}}}");
            assert_eq!(serde_json::from_str::<Read>(&beside).unwrap(), Read { clock: 1, age: None, seq: None });
        }
        assert!(serde_json::from_str::<Read>("{}").is_err());
        assert_eq!(serde_json::from_str::<Read>("{\"clock\":1}").unwrap(), Read { clock: 1, age: None, seq: None });
    }
}
