//! `{{kiosk.js}}` in a page or script stands for the address of that asset.

use anyhow::{Context, Result};

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// Cuts a text at its placeholders. What only looks like one, such as two braces of a script, is text: a name holds
/// letters, digits, `.`, `-`, `_` and `/`, and has an extension.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut plain = 0;
    while let Some(open) = rest[plain..].find("{{").map(|at| plain + at) {
        let inside = &rest[open + 2..];
        let name = inside.split("}}").next().filter(|name| name.len() < inside.len() && is_name(name));
        let Some(name) = name else {
            plain = open + 1;
            continue;
        };
        parts.push(Part::Text(&rest[..open]));
        parts.push(Part::Name(name));
        rest = &inside[name.len() + 2..];
        plain = 0;
    }
    parts.push(Part::Text(rest));
    parts
}

fn is_name(name: &str) -> bool {
    name.contains('.') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
}

/// The names that a text asks for.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    parts(text).into_iter().filter_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
}

/// Puts the addresses in.
///
/// # Errors
/// If `address` knows one of the names not; the message has it and `file`.
pub(crate) fn fill<'a>(file: &str, text: &str, address: impl Fn(&str) -> Option<&'a str>) -> Result<String> {
    parts(text)
        .into_iter()
        .map(|part| match part {
            Part::Text(text) => Ok(text),
            Part::Name(name) => address(name).with_context(|| format!("{file}: nothing is called {{{{{name}}}}}")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(name: &str) -> Option<&'static str> {
        (name == "fonts/a-b.woff2").then_some("/assets/a-b.0123456789.woff2")
    }

    #[test]
    fn a_name_becomes_its_address() {
        let text = r#"<link href="{{fonts/a-b.woff2}}"><link href="{{fonts/a-b.woff2}}">"#;
        let filled = fill("kiosk.html", text, address).unwrap();
        assert_eq!(filled, r#"<link href="/assets/a-b.0123456789.woff2"><link href="/assets/a-b.0123456789.woff2">"#);
    }

    #[test]
    fn braces_of_a_script_stay() {
        for text in ["if (a) {{ b.c() }}", "`${{}}`", "{{", "{{a.b", "{{{{}}}}", "{{noextension}}", "ä{{ö.x}}", ""] {
            assert_eq!(fill("a.js", text, address).unwrap(), text);
        }
        assert_eq!(fill("a.js", "{{{fonts/a-b.woff2}}}", address).unwrap(), "{/assets/a-b.0123456789.woff2}");
    }

    #[test]
    fn an_unknown_name_is_an_error_with_file_and_name() {
        let error = fill("kiosk.html", "{{clinet.js}}", address).unwrap_err().to_string();
        assert!(error.contains("kiosk.html") && error.contains("{{clinet.js}}"), "{error}");
    }

    #[test]
    fn names_are_found_in_order() {
        assert_eq!(names("{{b.js}} {{a.js}} {{ c.js }}").collect::<Vec<_>>(), ["b.js", "a.js"]);
    }
}
