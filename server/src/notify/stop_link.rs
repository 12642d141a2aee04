//! The link by which somebody who reads by e-mail stops it: signed, so that nobody stops another, and for ever, so that an
//! old e-mail still stops the new ones.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::id::MailReaderId;
use uuid::Uuid;

use crate::secrets::{is_sealed, seal};

/// What stands in the address.
#[must_use]
pub fn stop_token(key: &[u8; 32], reader: MailReaderId) -> String {
    let id = reader.0.as_bytes();
    URL_SAFE_NO_PAD.encode([&id[..], &seal(key, &message(reader))].concat())
}

/// Whose link it is; `None` where this server has not signed it.
#[must_use]
pub fn reader_of(key: &[u8; 32], token: &str) -> Option<MailReaderId> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, given) = bytes.split_at_checked(16)?;
    let reader = MailReaderId(Uuid::from_slice(id).ok()?);
    is_sealed(key, &message(reader), given).then_some(reader)
}

fn message(reader: MailReaderId) -> Vec<u8> {
    [b"no more e-mails to ", reader.0.as_bytes().as_slice()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stops_one_reader_of_one_server() {
        let reader = MailReaderId(Uuid::from_u128(7));
        let token = stop_token(&[1; 32], reader);
        assert_eq!(reader_of(&[1; 32], &token), Some(reader));
        assert_eq!(reader_of(&[2; 32], &token), None);
        let other = stop_token(&[1; 32], MailReaderId(Uuid::from_u128(8)));
        // 22 letters hold the id and a little of the seal.
        let mixed = format!("{}{}", &other[..22], &token[22..]);
        for wrong in ["", "AAAA", "not base64!", &token[..40], &mixed] {
            assert_eq!(reader_of(&[1; 32], wrong), None, "{wrong}");
        }
    }
}
