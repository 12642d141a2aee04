//! What a browser loads when it opens a page: the page, and every file that it or one of these files names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::run::Setup;
use crate::{
    figures::{Figures, kb},
    wire::{Wire, field, get},
};

/// Where files lie that pages name.
const FILES: [&str; 3] = ["/assets/", "/icons/", "/manifest.webmanifest"];
/// Icons for the home screen and the task list: loaded when the page is installed, not when it is opened.
const INSTALLED: [&str; 3] = ["/icons/icon", "/icons/maskable", "/icons/touch"];
/// What a page fetches only when somebody needs it: the staff corner when it is first opened, the pairing of a
/// tablet, letters and signs that no text for visitors has. It is weighed and named, and does not count as the first load.
const LATER: [&str; 5] = [
    "/assets/corner",
    "/assets/pairing",
    "/assets/kiosk_pairing",
    "/assets/hyperlegible-caron",
    "/assets/hyperlegible-signs",
];

pub(super) async fn measure(setup: &Setup, figures: &mut Figures) -> Result<()> {
    let session = format!("Cookie: aplodi={}\r\n", setup.dataset.session);
    let phone = format!("/f/{}", setup.dataset.code);
    for (what, path, fields, budget) in [
        ("kiosk", "/kiosk", "", Some(120_000)),
        ("phone page", phone.as_str(), "", Some(25_000)),
        ("staff page", "/staff", session.as_str(), None),
    ] {
        let sizes = load(setup, path, fields).await?;
        let is_later = |path: &str| LATER.iter().any(|later| path.starts_with(later));
        let total: usize = sizes.iter().filter(|(path, _)| !is_later(path)).map(|(_, size)| size).sum();
        let what = format!("{what}, everything, over the wire");
        match budget {
            Some(budget) => figures.judge(what, kb(total), format!("<= {} kB", budget / 1_000), total <= budget),
            None => figures.note(what, kb(total)),
        }
        for (path, size) in sizes {
            let size = if size == 0 { "missing".to_owned() } else { kb(size) };
            let when = if is_later(&path) { ", later" } else { "" };
            figures.note(format!("  {}{when}", short(&path)), size);
        }
    }
    Ok(())
}

/// Everything that a page loads, with its size as it travels, without heads; 0 for a file that is not there.
async fn load(setup: &Setup, page: &str, fields: &str) -> Result<BTreeMap<String, usize>> {
    let mut wire = Wire::connect(setup.program.address).await?;
    let mut sizes = BTreeMap::new();
    let mut wanted: BTreeSet<String> = [page.to_owned()].into();
    while let Some(path) = wanted.pop_first() {
        // Read as text for its names, then weighed as it travels.
        let reply = wire.exchange(&get(&path, fields)).await?;
        ensure!(path != page || reply.status == 200, "{path} was answered with {}", reply.status);
        if reply.status != 200 {
            sizes.insert(path, 0);
            continue;
        }
        let kind = field(reply.head, "content-type").unwrap_or_default();
        if ["text/", "javascript", "json", "svg"].iter().any(|text| kind.contains(text)) {
            let names = names(&String::from_utf8_lossy(reply.body));
            wanted.extend(names.into_iter().filter(|name| !sizes.contains_key(name) && *name != path));
        }
        let encodings = format!("{fields}Accept-Encoding: br, gzip\r\n");
        let size = wire.exchange(&get(&path, &encodings)).await?.body.len();
        sizes.insert(path, size);
    }
    Ok(sizes)
}

/// The addresses of files in a text.
fn names(text: &str) -> Vec<String> {
    let words = text.split(|sign: char| matches!(sign, '"' | '\'' | '(' | ')' | '`') || sign.is_whitespace());
    let files = words.filter(|word| FILES.iter().any(|file| word.starts_with(file)));
    files.filter(|word| !INSTALLED.iter().any(|icon| word.starts_with(icon))).map(str::to_owned).collect()
}

/// A name without the hash that changes with every build.
fn short(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('.').collect();
    if path.starts_with("/assets/") && parts.len() > 2 {
        parts.remove(parts.len() - 2);
    }
    parts.join(".")
}
