//! Where a request that changes something comes from. Cookies say who somebody is, never whether
//! they meant it: a page of another site can make their browser send anything.

use axum::http::{HeaderMap, HeaderValue, Method, header};
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
        Some(origin) => is_ours(origin, headers.get(header::HOST), trusting, public_url),
        None => trusting,
    }
}

/// Whether a page at an origin is one of this server's. By https it is as good as by http, where only http was said to
/// be public. A visitor's answer is taken by any scheme and at any name under which they have found its page.
fn is_ours(origin: &HeaderValue, host: Option<&HeaderValue>, trusting: bool, public_url: &Url) -> bool {
    let Some(origin) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else { return false };
    if origin.origin() == public_url.origin() {
        return true;
    }
    let same_place = origin.host() == public_url.host() && origin.port() == public_url.port();
    let at_host =
        || host.is_some_and(|host| Some(host.as_bytes()) == origin.as_str().split('/').nth(2).map(str::as_bytes));
    (same_place && (trusting || origin.scheme() == "https")) || (trusting && at_host())
}

#[cfg(test)]
mod tests {
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
    fn a_page_by_https_is_as_good_as_one_by_http() {
        let by = |public: &str, origin: &'static str, access| {
            let headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(origin))]);
            may_write(access, &Method::POST, &headers, &Url::parse(public).unwrap())
        };
        for access in [STAFF, Access::Public] {
            assert!(by("http://feedback.example", "https://feedback.example", access));
            assert!(!by("https://feedback.example", "http://feedback.example", access));
            assert!(!by("http://feedback.example", "https://feedback.example:8443", access));
            assert!(!by("http://feedback.example", "https://evil.example", access));
        }
    }

    #[test]
    fn a_visitor_answers_wherever_they_found_the_page() {
        let from = |origin: &'static str, host: &'static str| {
            [("origin", origin), ("host", host)].map(|(name, value)| (name, value))
        };
        for (origin, host) in [
            ("http://feedback.example", "feedback.example"),
            ("http://feedback.example", "127.0.0.1:3000"),
            ("http://10.0.0.5:3000", "10.0.0.5:3000"),
            ("https://old.example", "old.example"),
        ] {
            assert!(allowed(Access::PublicForm, &Method::POST, &from(origin, host)), "{origin} {host}");
        }
        for origin in ["http://10.0.0.5:3001", "http://evil.example", "http://10.0.0.5:3000.evil.example", "nonsense"] {
            assert!(!allowed(Access::PublicForm, &Method::POST, &from(origin, "10.0.0.5:3000")), "{origin}");
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
