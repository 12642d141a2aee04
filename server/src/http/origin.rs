//! Where a request that changes something comes from. Cookies say who somebody is, never whether
//! they meant it: a page of another site can make their browser send anything.

use axum::http::{HeaderMap, Method, header};
use url::Url;

use super::access::{Access, bearer};

/// Whether a request may change something, by where it says it comes from.
///
/// Reading is always allowed, since no GET changes anything. A bearer token without a cookie is
/// exempt: no other site can make a browser send one. The phone form refuses only what says it is
/// from another site, because old phones say nothing at all.
#[must_use]
pub fn may_write(access: Access, method: &Method, headers: &HeaderMap, public_url: &Url) -> bool {
    // Tablets are known by their token alone: a page of another site has none to send.
    if method.is_safe() || access == Access::Kiosk {
        return true;
    }
    if bearer(headers).is_some() && !headers.contains_key(header::COOKIE) {
        return true;
    }
    let trusting = access == Access::PublicForm;
    if let Some(site) = headers.get("sec-fetch-site") {
        let site = site.as_bytes();
        return site == b"same-origin" || (trusting && site != b"cross-site");
    }
    match headers.get(header::ORIGIN) {
        Some(origin) if trusting && origin.as_bytes() == b"null" => true,
        Some(origin) => origin.as_bytes() == public_url.origin().ascii_serialization().as_bytes(),
        None => trusting,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;
    use store::staff::Role;

    const STAFF: Access = Access::Staff(Role::Viewer);

    fn allowed(access: Access, method: &Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers =
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect();
        may_write(access, method, &headers, &Url::parse("https://feedback.example/").unwrap())
    }

    #[test]
    fn staff_forms_come_from_this_server() {
        assert!(allowed(STAFF, &Method::POST, &[("sec-fetch-site", "same-origin")]));
        assert!(allowed(STAFF, &Method::POST, &[("origin", "https://feedback.example")]));
        for foreign in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://feedback.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://feedback.example")],
            &[],
        ] {
            assert!(!allowed(STAFF, &Method::POST, foreign), "{foreign:?}");
            assert!(!allowed(STAFF, &Method::DELETE, foreign), "{foreign:?}");
        }
    }

    #[test]
    fn reading_is_free() {
        assert!(allowed(STAFF, &Method::GET, &[("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn tokens_are_exempt_unless_a_cookie_comes_along() {
        let api = Access::Api(Role::Viewer);
        assert!(allowed(api, &Method::POST, &[("authorization", "Bearer x")]));
        assert!(!allowed(api, &Method::POST, &[("authorization", "Bearer x"), ("cookie", "a=b")]));
        assert!(!allowed(STAFF, &Method::POST, &[("authorization", "Basic eDp5")]), "a browser sends that by itself");
        assert!(allowed(Access::Kiosk, &Method::POST, &[("cookie", "a=b")]), "its token is asked for next");
    }

    #[test]
    fn the_phone_form_refuses_only_what_says_it_is_foreign() {
        for fine in
            [&[][..], &[("origin", "null")], &[("sec-fetch-site", "none")], &[("sec-fetch-site", "same-origin")]]
        {
            assert!(allowed(Access::PublicForm, &Method::POST, fine), "{fine:?}");
        }
        for foreign in [&[("sec-fetch-site", "cross-site")][..], &[("origin", "https://evil.example")]] {
            assert!(!allowed(Access::PublicForm, &Method::POST, foreign), "{foreign:?}");
        }
    }
}
