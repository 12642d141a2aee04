//! What the service worker is told about the build: its name and its files.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::files::Files;

/// The page that starts without a network, by its file and by its address.
pub(crate) const SHELL: (&str, &str) = ("kiosk.html", "/kiosk");
/// The worker itself. Its address never changes, since tablets ask there for the next build.
pub(crate) const WORKER: &str = "sw.js";

/// The placeholders that only the shell and the worker have.
pub(crate) const ID: &str = "build.id";
pub(crate) const FILES: &str = "build.files";

/// What a build is called: all that it holds decides the name, since names with hashes stand in the shell. So does the
/// worker's own text, because two workers must never share a cache.
pub(crate) fn id(shell: &str, worker: &str) -> String {
    let digest = Sha256::new().chain_update(shell).chain_update([0]).chain_update(worker).finalize();
    hex::encode(&digest[..6])
}

/// The list for the worker: each address with the content type that the server gives it and its SHA-256. The shell,
/// and every asset that it, the worker or one of those names. What else it names (icons, the manifest) is for putting the page on
/// a home screen, which needs a network anyway.
pub(crate) fn list(shell: &str, worker: &str, files: &Files) -> Result<String> {
    let mut list = BTreeMap::from([(SHELL.1.to_owned(), entry(SHELL.0, shell.as_bytes())?)]);
    for path in assets_of(&[shell.as_bytes(), worker.as_bytes()], files) {
        list.insert(format!("/{path}"), entry(&path, &files[&path])?);
    }
    Ok(serde_json::to_string(&list)?)
}

fn assets_of(texts: &[&[u8]], files: &Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut unread = texts.to_vec();
    while let Some(text) = unread.pop() {
        let names = |path: &str| memchr::memmem::find(text, format!("/{path}").as_bytes()).is_some();
        for (path, content) in files.iter().filter(|(path, _)| path.starts_with("assets/") && names(path)) {
            if found.insert(path.clone()) {
                unread.push(content);
            }
        }
    }
    found
}

fn entry(path: &str, content: &[u8]) -> Result<[String; 2]> {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let (_, kind) = TYPES.into_iter().find(|(known, _)| *known == extension).with_context(|| {
        format!("{path}: xtask/src/site/worker.rs does not know which content type the server gives to .{extension}")
    })?;
    Ok([kind.to_owned(), hex::encode(Sha256::digest(content))])
}

const TYPES: [(&str, &str); 7] = [
    ("css", "text/css"),
    ("html", "text/html"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
    ("woff2", "font/woff2"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_list_has_all_that_shell_and_worker_need_and_nothing_else() {
        let files = files(&[
            ("assets/kiosk.1.js", "import('/assets/client.2.js')"),
            ("assets/client.2.js", "'/assets/client.3.wasm'"),
            ("assets/client.3.wasm", ""),
            ("assets/kiosk.4.css", "url(/assets/x.5.woff2)"),
            ("assets/x.5.woff2", "x"),
            ("assets/staff.6.css", "url(/assets/x.5.woff2)"),
            ("assets/help.7.css", "url(/assets/x.5.woff2)"),
            ("icons/icon.png", "x"),
        ]);
        let shell = "<script src='/assets/kiosk.1.js'><link href='/assets/kiosk.4.css'><link href='/icons/icon.png'>";
        let list: BTreeMap<String, [String; 2]> =
            serde_json::from_str(&list(shell, "'/assets/help.7.css'", &files).unwrap()).unwrap();
        assert_eq!(
            list.keys().collect::<Vec<_>>(),
            [
                "/assets/client.2.js",
                "/assets/client.3.wasm",
                "/assets/help.7.css",
                "/assets/kiosk.1.js",
                "/assets/kiosk.4.css",
                "/assets/x.5.woff2",
                "/kiosk"
            ]
        );
        // sha256 of the empty text, from FIPS 180-4's test vectors.
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(list["/assets/client.3.wasm"], ["application/wasm", empty]);
    }

    #[test]
    fn a_file_whose_type_is_unknown_is_an_error() {
        let error = list("/assets/a.mp3", "", &files(&[("assets/a.mp3", "")])).unwrap_err().to_string();
        assert!(error.contains("assets/a.mp3") && error.contains(".mp3"), "{error}");
    }

    #[test]
    fn shell_and_worker_decide_the_name() {
        let name = id("shell", "worker");
        assert_eq!(name, id("shell", "worker"));
        assert_eq!(name.len(), 12);
        assert_ne!(name, id("shell2", "worker"));
        assert_ne!(name, id("shell", "worker2"));
        assert_ne!(id("a", "bc"), id("ab", "c"));
    }
}
