//! Whether a browser has what it asks for already: `If-None-Match` (RFC 9110, section 13.1.2).

use axum::http::{HeaderMap, HeaderValue, header};

/// Whether the request names this entity tag, in any of its lists, or any tag at all. Tags compare
/// weakly: a proxy that compresses an answer on its way makes a strong tag weak.
#[must_use]
pub fn is_known(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let Some(ours) = etag.to_str().ok().map(opaque) else { return false };
    let lists = request.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|list| list.to_str().ok());
    lists.into_iter().any(|list| list.trim() == "*" || tags(list).any(|tag| tag == ours))
}

/// A tag without its mark of weakness.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// The tags of a list, quotes included. A comma may stand inside of a tag, a quote may not.
fn tags(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let tag = opaque(rest.trim_start_matches([' ', '\t', ',']));
        let end = tag.strip_prefix('"')?.find('"')? + 2;
        let (tag, after) = tag.split_at(end);
        rest = after;
        Some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lists: &[&'static str], etag: &'static str) -> bool {
        let mut request = HeaderMap::new();
        for list in lists {
            request.append(header::IF_NONE_MATCH, HeaderValue::from_static(list));
        }
        is_known(&request, &HeaderValue::from_static(etag))
    }

    #[test]
    fn a_tag_is_found_wherever_it_stands() {
        for lists in [
            &["\"a\""][..],
            &["W/\"a\""],
            &["\"b\", \"a\""],
            &["\"b\",W/\"a\" , \"c\""],
            &["\"b,\", \"a\""],
            &["\"b\"", "\"a\""],
            &["*"],
            &[" * "],
        ] {
            assert!(known(lists, "\"a\""), "{lists:?}");
            assert!(known(lists, "W/\"a\""), "{lists:?}");
        }
    }

    #[test]
    fn another_tag_is_another_tag() {
        for lists in [&[][..], &[""], &["a"], &["\"a"], &["\"A\""], &["\"b\""], &["\"b,a\""], &["w/\"a\""], &["\"*\""]]
        {
            assert!(!known(lists, "\"a\""), "{lists:?}");
        }
    }
}
