//! How a response came, in the words of tablets of every age. The first ones mixed it up with why a response was asked
//! for ([`Collection`](domain::survey::Collection)): `season` was an answer on a tablet, `interview` one that was told.

use domain::response::Channel;
use serde::{Deserialize, Deserializer, de::Error};

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Channel, D::Error> {
    let word = String::deserialize(from)?;
    match word.as_str() {
        "season" => Ok(Channel::Kiosk),
        "interview" => Ok(Channel::Spoken),
        word => Channel::from_name(word).ok_or_else(|| D::Error::custom(format_args!("there is no channel `{word}`"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_channel_is_read_in_the_words_of_today_and_of_older_tablets() {
        for channel in Channel::ALL {
            assert_eq!(deserialize(json!(channel)).unwrap(), channel);
        }
        assert_eq!(deserialize(json!("season")).unwrap(), Channel::Kiosk);
        assert_eq!(deserialize(json!("interview")).unwrap(), Channel::Spoken);
        for wrong in [json!("Kiosk"), json!("periodic"), json!(""), json!(1), json!(null)] {
            assert!(deserialize(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
