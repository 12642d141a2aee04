//! The session cookie. `__Host-` makes the browser itself insist on https, this host and every path.

use axum::http::{HeaderMap, HeaderValue};

use crate::http::cookies::cookie;
use store::staff::Session;

const fn name(https: bool) -> &'static str {
    // Browsers refuse `__Host-` over plain http, where only a development machine or a demo is.
    if https { "__Host-aplodi" } else { "aplodi" }
}

/// The session token in the cookies of a request.
#[must_use]
pub fn token(headers: &HeaderMap, https: bool) -> Option<&str> {
    cookie(headers, name(https))
}

/// Gives the browser a session. It keeps it as long as any can last; when it ends, the server knows.
#[must_use]
pub fn begin(token: &str, https: bool) -> Option<HeaderValue> {
    set(token, Session::IN_ALL / 1_000, https)
}

/// Takes the session from the browser.
#[must_use]
pub fn end(https: bool) -> Option<HeaderValue> {
    set("", 0, https)
}

fn set(token: &str, max_age: i64, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let name = name(https);
    HeaderValue::from_str(&format!("{name}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    #[test]
    fn the_cookie_comes_back() {
        let set = begin("abc", true).unwrap();
        assert!(set.to_str().unwrap().starts_with("__Host-aplodi=abc; Path=/;"));
        assert!(set.to_str().unwrap().ends_with("HttpOnly; SameSite=Lax; Secure"));
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("x=1; __Host-aplodi=abc"));
        assert_eq!(token(&headers, true), Some("abc"));
        assert_eq!(token(&headers, false), None, "a cookie set over http opens nothing over https, nor the reverse");
    }
}
