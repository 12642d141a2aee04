//! Which language a visitor reads.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::lang::Lang;

/// The language switch of a page without script is a link.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// `fi`, `sv` or `en`; anything else is as if absent
    pub lang: Option<String>,
}

/// A visitor's address is never wrong because of what stands behind it: of several languages the
/// last one counts, and whatever else was added by whoever passed the link on says nothing.
impl<S: Sync> FromRequestParts<S> for Wanted {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { lang: last(parts.uri.query().unwrap_or_default(), "lang") })
    }
}

/// The last value of a name in a query.
pub(super) fn last(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name).last().map(|(_, value)| value.into())
}

impl Wanted {
    /// What the link asks for, else what the browser prefers, else nothing.
    #[must_use]
    pub fn lang(&self, headers: &HeaderMap) -> Option<Lang> {
        self.lang.as_deref().and_then(|tag| tag.parse().ok()).or_else(|| preferred(headers))
    }
}

/// The first of our languages that the browser names; browsers write them by preference.
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    list.split(',').find_map(|entry| {
        let tag = entry.split(';').next()?.trim();
        tag.split('-').next()?.to_ascii_lowercase().parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_link_wins_over_the_browser_and_the_browser_over_nothing() {
        let mut headers = HeaderMap::new();
        assert_eq!(Wanted::default().lang(&headers), None);
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de-DE, sv-FI;q=0.9, en;q=0.8"));
        assert_eq!(Wanted::default().lang(&headers), Some(Lang::Sv));
        assert_eq!(Wanted { lang: Some("en".into()) }.lang(&headers), Some(Lang::En));
        assert_eq!(Wanted { lang: Some("xx".into()) }.lang(&headers), Some(Lang::Sv));
    }
}
