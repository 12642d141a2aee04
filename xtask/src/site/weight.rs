//! What a visitor's tablet downloads before the first question: the shell, and every file that it or one of these files
//! names, as it travels. Above the budget the tests fail.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::{files::Files, folder, worker};
use crate::paths;

/// The most that it may be, in bytes. It only ever gets less; the aim is 100,000.
const BUDGET: usize = 120_000;

/// Where files lie that pages name.
const PLACES: [&str; 3] = ["/assets/", "/icons/", "/manifest.webmanifest"];
/// What is loaded only when somebody needs it: by a browser that installs the page, by staff, by letters and
/// signs that no text for visitors has.
const LATER: [&str; 9] = [
    "/icons/icon",
    "/icons/maskable",
    "/icons/touch",
    "/assets/corner",
    "/assets/pairing",
    "/assets/kiosk_pairing",
    "/assets/remote",
    "/assets/hyperlegible-caron",
    "/assets/hyperlegible-signs",
];

/// Weighs the finished site.
pub(crate) fn check() -> Result<String> {
    let sizes = sizes(&folder::read(&paths::site())?);
    let total: usize = sizes.values().sum();
    ensure!(total <= BUDGET, "the tablet downloads {total} bytes, {BUDGET} are allowed: {sizes:#?}");
    Ok(format!("{:.1} of {:.0} kB", total as f64 / 1e3, BUDGET as f64 / 1e3))
}

/// Each file with its size, compressed where it is served so.
fn sizes(site: &Files) -> BTreeMap<String, usize> {
    let mut sizes = BTreeMap::new();
    let mut wanted = BTreeSet::from([worker::SHELL.0.to_owned()]);
    while let Some(path) = wanted.pop_first() {
        let Some(content) = site.get(&path) else { continue };
        let travels = site.get(&format!("{path}.br")).unwrap_or(content);
        sizes.insert(path.clone(), travels.len());
        if !["wasm", "woff2", "png"].iter().any(|binary| path.ends_with(binary)) {
            let text = String::from_utf8_lossy(content);
            wanted.extend(names(&text).filter(|name| !sizes.contains_key(name)));
        }
    }
    sizes
}

/// The files that a text names, as they are called in the site.
fn names(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| matches!(sign, '"' | '\'' | '(' | ')' | '`') || sign.is_whitespace());
    let begins = |word: &str, list: &[&str]| list.iter().any(|start| word.starts_with(start));
    let files = words.filter(move |word| begins(word, &PLACES) && !begins(word, &LATER));
    files.map(|word| word.trim_start_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_weighed_as_it_travels_and_once() {
        let files = [
            ("kiosk.html", "<script src=\"/assets/kiosk.1.js\"><link href='/icons/touch-180.png'>"),
            ("assets/kiosk.1.js", "import(\"/assets/a.2.js\");import(\"/assets/corner.3.js\")"),
            ("assets/kiosk.1.js.br", "12"),
            ("assets/a.2.js", "import(\"/assets/kiosk.1.js\")"),
            ("assets/corner.3.js", "1234567"),
            ("icons/touch-180.png", "1"),
        ];
        let site = files.map(|(path, content)| (path.to_owned(), content.as_bytes().to_vec())).into();
        let sizes: Vec<_> = sizes(&site).into_iter().collect();
        let expected = [("assets/a.2.js", 28), ("assets/kiosk.1.js", 2), ("kiosk.html", 67)];
        assert_eq!(sizes, expected.map(|(path, size)| (path.to_owned(), size)));
    }
}
