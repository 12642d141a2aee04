//! The cookie of a browser in which somebody has logged in: it opens nothing. It only says that whoever types this
//! address here again is no stranger, so that strangers' guesses do not shut them out.

use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::time::{DAY, Millis};

use crate::{
    http::cookies::cookie,
    secrets::{is_sealed, seal},
};

/// So long a browser is known after its last login.
const LASTS: Millis = 180 * DAY;

const NUMBER: usize = 16;
const BODY: usize = NUMBER + 8;

const fn name(https: bool) -> &'static str {
    if https { "__Host-aplodi-browser" } else { "aplodi-browser" }
}

/// The number of the browser, where somebody has logged in with this address in it.
#[must_use]
pub(super) fn known(
    headers: &HeaderMap,
    https: bool,
    key: &[u8; 32],
    email: &str,
    now: Millis,
) -> Option<[u8; NUMBER]> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, name(https))?).ok()?;
    let (body, given) = bytes.split_at_checked(BODY)?;
    let (number, since) = body.split_at(NUMBER);
    let since = Millis::from_be_bytes(since.try_into().ok()?);
    let is_current = now.saturating_sub(since) <= LASTS;
    (is_current && is_sealed(key, &message(body, email), given)).then(|| number.try_into().ok())?
}

/// Makes a browser known by a number of its own.
#[must_use]
pub(super) fn remember(
    number: [u8; NUMBER],
    https: bool,
    key: &[u8; 32],
    email: &str,
    now: Millis,
) -> Option<HeaderValue> {
    let mut bytes = [&number[..], &now.to_be_bytes()].concat();
    bytes.extend_from_slice(&seal(key, &message(&bytes, email)));
    let secure = if https { "; Secure" } else { "" };
    let (name, value) = (name(https), URL_SAFE_NO_PAD.encode(bytes));
    let max_age = LASTS / 1_000;
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")).ok()
}

fn message(body: &[u8], email: &str) -> Vec<u8> {
    [b"browser of ", body, email.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    #[test]
    fn a_browser_is_known_for_one_address_and_not_for_ever() {
        let key = [7; 32];
        let set = remember([3; 16], true, &key, "eva@house.example", 1_000).unwrap();
        let pair = set.to_str().unwrap().split(';').next().unwrap().parse().unwrap();
        let headers = HeaderMap::from_iter([(header::COOKIE, pair)]);
        let known = |email, now| known(&headers, true, &key, email, now);
        assert_eq!(known("eva@house.example", 1_000 + LASTS), Some([3; 16]));
        assert_eq!(known("eva@house.example", 1_001 + LASTS), None);
        assert_eq!(known("ida@house.example", 1_000), None);
        assert_eq!(super::known(&headers, true, &[8; 32], "eva@house.example", 1_000), None, "another server's");
        assert_eq!(super::known(&headers, false, &key, "eva@house.example", 1_000), None);
    }
}
