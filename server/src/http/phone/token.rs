//! The signed token in a phone's form: it decides which response this is and what it is about, so
//! that a double tap is a duplicate, and a page left open overnight still belongs to its evening.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    id::{EventId, ResponseId, SurveyVersionId, VenueId},
    response::Channel,
    time::{DAY, Millis},
};
use uuid::Uuid;

use crate::secrets::{is_sealed, seal};

/// A page may lie open for so long; afterwards its answer would belong to nothing any more.
pub const VALID: Millis = 7 * DAY;

/// The first byte says by which kind of code the form was opened; the place of each stays what it is.
const CHANNELS: [Channel; 3] = [Channel::Qr, Channel::Mail, Channel::Web];
const BODY: usize = 1 + 4 * 16 + 8;
const SEAL: usize = 16;

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormToken {
    /// minted with the page
    pub id: ResponseId,
    /// that of the code that opened the page: whoever sends the form does not choose it
    pub channel: Channel,
    /// where the code belongs
    pub venue: VenueId,
    /// the event that the code meant when the page was made
    pub event: Option<EventId>,
    /// what the page asks
    pub survey_version: SurveyVersionId,
    /// when the page was made
    pub made_at: Millis,
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It was not made by this server for this data.
    #[error("the form was not made here")]
    Forged,
    /// The page lay open for too long.
    #[error("the form is too old")]
    Expired,
}

impl FormToken {
    /// As it stands in the form.
    #[must_use]
    pub fn sealed(&self, key: &[u8; 32]) -> String {
        let mut bytes = Vec::with_capacity(BODY + SEAL);
        // What no code is issued for is not in any form.
        let place = CHANNELS.iter().position(|channel| *channel == self.channel).unwrap_or_default();
        bytes.push(u8::try_from(place + 1).unwrap_or(u8::MAX));
        for id in [self.id.0, self.venue.0, self.event.map_or(Uuid::nil(), |event| event.0), self.survey_version.0] {
            bytes.extend_from_slice(id.as_bytes());
        }
        bytes.extend_from_slice(&self.made_at.to_be_bytes());
        bytes.extend_from_slice(&seal(key, &bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// From the form.
    ///
    /// # Errors
    /// Where it was not made here, or too long ago.
    pub fn open(sealed: &str, key: &[u8; 32], now: Millis) -> Result<Self, TokenError> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| TokenError::Forged)?;
        let (body, seal) = bytes.split_at_checked(BODY).ok_or(TokenError::Forged)?;
        if !is_sealed(key, body, seal) {
            return Err(TokenError::Forged);
        }
        let channel = usize::from(body[0]).checked_sub(1).and_then(|place| CHANNELS.get(place));
        let id =
            |place: usize| Uuid::from_slice(&body[1 + 16 * place..17 + 16 * place]).map_err(|_| TokenError::Forged);
        let made_at = <[u8; 8]>::try_from(&body[BODY - 8..]).map_err(|_| TokenError::Forged)?;
        let token = Self {
            id: ResponseId(id(0)?),
            channel: *channel.ok_or(TokenError::Forged)?,
            venue: VenueId(id(1)?),
            event: Some(id(2)?).filter(|event| !event.is_nil()).map(EventId),
            survey_version: SurveyVersionId(id(3)?),
            made_at: Millis::from_be_bytes(made_at),
        };
        if now.saturating_sub(token.made_at) > VALID { Err(TokenError::Expired) } else { Ok(token) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(event: Option<EventId>) -> FormToken {
        FormToken {
            id: ResponseId(Uuid::from_u128(1)),
            channel: Channel::Qr,
            venue: VenueId(Uuid::from_u128(2)),
            event,
            survey_version: SurveyVersionId(Uuid::from_u128(3)),
            made_at: 1_000,
        }
    }

    #[test]
    fn says_again_what_it_was_made_for() {
        let events = [None, Some(EventId(Uuid::from_u128(4)))];
        for (event, channel) in events.into_iter().flat_map(|event| CHANNELS.map(|channel| (event, channel))) {
            let token = FormToken { channel, ..token(event) };
            assert_eq!(FormToken::open(&token.sealed(&[7; 32]), &[7; 32], 1_000 + VALID), Ok(token));
        }
    }

    #[test]
    fn an_old_page_is_told_so() {
        let sealed = token(None).sealed(&[7; 32]);
        assert_eq!(FormToken::open(&sealed, &[7; 32], 1_001 + VALID), Err(TokenError::Expired));
    }

    proptest::proptest! {
        #[test]
        fn nothing_else_is_believed(text in ".{0,200}") {
            proptest::prop_assert_eq!(FormToken::open(&text, &[7; 32], 0), Err(TokenError::Forged));
        }

        #[test]
        fn no_bit_can_be_turned(bit in 0..(BODY + SEAL) * 8) {
            let mut bytes = URL_SAFE_NO_PAD.decode(token(None).sealed(&[7; 32])).unwrap();
            bytes[bit / 8] ^= 1 << (bit % 8);
            proptest::prop_assert_eq!(FormToken::open(&URL_SAFE_NO_PAD.encode(bytes), &[7; 32], 0), Err(TokenError::Forged));
        }
    }
}
