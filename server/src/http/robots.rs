//! What search engines may show: the front page and the guide. Nothing behind a code, a link or a log-in is for them.

use axum::http::{HeaderName, HeaderValue, header};

/// Asks those who come anyway, by a link from elsewhere, not to show it.
pub const TAG: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));

/// What begins so is not for search engines.
const PRIVATE: [&str; 5] = ["/api/", "/f/", "/share/", "/staff", "/wall/"];

/// Whether an address is not for search engines.
#[must_use]
pub fn is_private(path: &str) -> bool {
    PRIVATE.iter().any(|start| path.starts_with(start))
}

/// `GET /robots.txt`
pub async fn show() -> ([(HeaderName, &'static str); 2], String) {
    let lines = PRIVATE.map(|start| format!("Disallow: {start}\n")).concat();
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, format!("User-agent: *\n{lines}"))
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn only_what_anybody_may_find_can_be_found() {
        for path in ["/staff", "/staff/login", "/f/KX7P", "/f/KX7P/thanks", "/share/x", "/wall/x", "/api/v1/events"] {
            assert!(is_private(path), "{path}");
        }
        for path in ["/", "/f", "/kiosk/help", "/robots.txt"] {
            assert!(!is_private(path), "{path}");
        }
    }
}
