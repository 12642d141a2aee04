//! Which language a visitor reads.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::lang::{Lang, LanguageTag};

/// The language switch of a page without script is a link.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// a language tag; anything else is as if absent
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
    /// Of the languages of the screens, what the link asks for, else what the browser prefers, else nothing.
    #[must_use]
    pub fn lang(&self, headers: &HeaderMap) -> Option<Lang> {
        self.lang.as_deref().and_then(|tag| tag.parse().ok()).or_else(|| preferred(headers).find_map(|tag| tag.lang()))
    }

    /// Of the languages that are offered, what the link asks for, else what the browser prefers, else the first.
    #[must_use]
    pub fn among(&self, offered: &[LanguageTag], headers: &HeaderMap) -> LanguageTag {
        let asked = self.lang.as_deref().and_then(|tag| tag.parse().ok());
        let wanted = asked.into_iter().chain(preferred(headers));
        wanted
            .into_iter()
            .find_map(|tag| nearest(tag, offered))
            .or_else(|| offered.first().copied())
            .unwrap_or_default()
    }
}

/// The language itself, less precisely, or at least as another region writes it.
fn nearest(wanted: LanguageTag, offered: &[LanguageTag]) -> Option<LanguageTag> {
    std::iter::successors(Some(wanted), LanguageTag::broader)
        .find(|tag| offered.contains(tag))
        .or_else(|| offered.iter().copied().find(|tag| tag.primary() == wanted.primary()))
}

/// The languages that the browser names; browsers write them by preference.
fn preferred(headers: &HeaderMap) -> impl Iterator<Item = LanguageTag> {
    let list = headers.get(header::ACCEPT_LANGUAGE).and_then(|list| list.to_str().ok()).unwrap_or_default();
    list.split(',').filter_map(|entry| entry.split(';').next()?.trim().parse().ok())
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

    #[test]
    fn whoever_wants_what_is_offered_gets_it() {
        let tag = |tag: &str| tag.parse::<LanguageTag>().unwrap();
        let offered = ["fi", "sv-FI", "ar", "zh-Hant"].map(tag);
        for (asked, browser, got) in [
            (None, "", "fi"),
            (None, "de, ar-EG;q=0.9, fi;q=0.8", "ar"),
            (None, "sv-SE, fi", "sv-FI"),
            (Some("zh-Hant-TW"), "fi", "zh-Hant"),
            (Some("se"), "sv", "sv-FI"),
            (Some("not a tag"), "*, en", "fi"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(browser).unwrap());
            let wanted = Wanted { lang: asked.map(str::to_owned) };
            assert_eq!(wanted.among(&offered, &headers), tag(got), "{asked:?} {browser}");
        }
        assert_eq!(Wanted::default().among(&[], &HeaderMap::new()), Lang::Fi);
    }
}
