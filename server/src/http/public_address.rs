//! A page by http where the public address is https. Whatever is typed there would be refused, since neither the browser
//! nor a cookie believes such a page; so its reader is led to the right address before anything is typed.
//!
//! Nothing here refuses anything. What a browser says of its address can be wrong behind two proxies, so a reader is led
//! once and no oftener: the address they are led to says so.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::state::AppState;

/// In the address of whoever has been led there already.
const LED: &str = "led=here";

/// Leads who reads by http what is to be read by https; says in the log that there are such people.
pub async fn lead(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let by = Scheme::of(request.headers());
    let is_https = state.is_https();
    if is_https && by == Scheme::Http {
        state.other_scheme.tell(&state.public_url, state.clock.now());
    }
    let (method, uri) = (request.method(), request.uri());
    let query = uri.query().unwrap_or_default();
    let is_astray = is_https && by != Scheme::Https && is_typed_into(uri.path());
    if !is_astray || ![Method::GET, Method::HEAD].contains(method) || query.split('&').any(|pair| pair == LED) {
        return next.run(request).await;
    }
    let query = if query.is_empty() { LED.to_owned() } else { [query, "&", LED].concat() };
    let right = state.address(&[uri.path(), "?", &query].concat());
    let mut response = Redirect::temporary(&right).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whether somebody types something at an address. A page of thanks is not one: it comes after an answer that was taken.
fn is_typed_into(path: &str) -> bool {
    let of_visitors = matches!(path, "/" | "/f") || (path.starts_with("/f/") && !path.ends_with("/thanks"));
    of_visitors || path == "/staff/login" || path.starts_with("/staff/set-up/")
}

/// How a browser reached this server, as far as anybody says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
    /// An old browser and a page by http are alike in saying nothing.
    Unsaid,
}

impl Scheme {
    fn of(headers: &HeaderMap) -> Self {
        // Browsers say it where they trust the connection: by https, and on the machine itself.
        if headers.contains_key("sec-fetch-site") {
            return Self::Https;
        }
        // Whoever makes this up only leads themselves to the right address.
        let told = headers.get("x-forwarded-proto").and_then(|scheme| scheme.to_str().ok());
        let told = told.map(|schemes| schemes.split(',').next().unwrap_or_default().trim().to_ascii_lowercase());
        let origin =
            || headers.get(header::ORIGIN)?.to_str().ok()?.split_once("://").map(|(scheme, _)| scheme.to_owned());
        match told.or_else(origin).as_deref() {
            Some("https") => Self::Https,
            Some("http") => Self::Http,
            _ => Self::Unsaid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_what_about_the_scheme() {
        for (said, scheme) in [
            (&[][..], Scheme::Unsaid),
            (&[("sec-fetch-site", "none"), ("x-forwarded-proto", "http")], Scheme::Https),
            (&[("x-forwarded-proto", "http")], Scheme::Http),
            (&[("x-forwarded-proto", "HTTPS, http")], Scheme::Https),
            (&[("x-forwarded-proto", "gopher")], Scheme::Unsaid),
            (&[("origin", "http://own.example")], Scheme::Http),
            (&[("origin", "null")], Scheme::Unsaid),
        ] {
            let headers = said.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
            assert_eq!(Scheme::of(&headers.collect()), scheme, "{said:?}");
        }
    }

    #[test]
    fn pages_with_fields_are_named() {
        for typed in ["/", "/f", "/f/KX7P", "/f/KX7P/answer", "/staff/login", "/staff/set-up/token"] {
            assert!(is_typed_into(typed), "{typed}");
        }
        for other in ["/f/KX7P/thanks", "/healthz", "/staff", "/api/v1/kiosk/config", "/assets/a.css", "/kiosk"] {
            assert!(!is_typed_into(other), "{other}");
        }
    }
}
