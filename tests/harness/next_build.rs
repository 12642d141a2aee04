//! The build after the one that a server has: the same program, but another shell, another script and another wasm.

use std::collections::BTreeMap;

use axum::body::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::file_proxy::{FileProxy, Instead};

/// Two builds, the second of which can be deployed through a [`FileProxy`].
pub struct NextBuild {
    /// what the server's own build is called
    pub old: String,
    /// what the next one is called
    pub new: String,
    /// where the next one has its wasm
    pub wasm: String,
    files: Vec<(String, Instead)>,
}

/// A custom section, which means nothing: an id, a length, and a name with its length.
const SECTION: &[u8] = b"\x00\x05\x04next";
/// A section of a kind that no browser knows yet.
const UNKNOWN_SECTION: &[u8] = b"\x7f\x01\x00";

impl NextBuild {
    /// Makes one from what the server has.
    ///
    /// # Panics
    /// Where the server has no site, or one whose worker cannot be read.
    pub async fn after(server: &str) -> Self {
        Self::with(server, "next", SECTION).await
    }

    /// One whose program this browser is too old for.
    ///
    /// # Panics
    /// As [`NextBuild::after`].
    pub async fn too_new_after(server: &str) -> Self {
        Self::with(server, "too-new", UNKNOWN_SECTION).await
    }

    /// Two of them share no name, as two builds of the same server never do.
    async fn with(server: &str, name: &str, section: &[u8]) -> Self {
        let (new_script, new_wasm) = (format!("/assets/kiosk.{name}.js"), format!("/assets/client.{name}.wasm"));
        let (shell, worker) = (text(server, "/kiosk").await, text(server, "/sw.js").await);
        let old = between(&shell, "data-build=\"", "\"").to_owned();
        let new = sha256(format!("{name} after {old}").as_bytes())[..old.len()].to_owned();
        let mut list = list(&worker);
        let old_wasm = named(&list, "client", "wasm");
        let old_script = named(&list, "kiosk", "js");

        let wasm = [&fetch(server, &old_wasm).await[..], section].concat();
        let script = text(server, &old_script).await.replace(&old_wasm, &new_wasm);
        let shell = shell.replace(&old_script, &new_script).replace(&old_wasm, &new_wasm).replace(&old, &new);
        list.remove(&old_wasm);
        list.remove(&old_script);
        let mut files = Vec::new();
        for (address, kind, content) in [
            (new_wasm.as_str(), "application/wasm", wasm),
            (new_script.as_str(), "text/javascript", script.into_bytes()),
            ("/kiosk", "text/html", shell.into_bytes()),
        ] {
            list.insert(address.to_owned(), [kind.to_owned(), sha256(&content)]);
            files.push((address.to_owned(), Instead::File { kind, content: content.into() }));
        }
        let (before, rest) = worker.split_once("{\"/").expect("a list");
        let (_, after) = rest.split_once("]}").expect("the end of the list");
        let json = serde_json::to_string(&list).expect("JSON");
        let worker = [before, &json, after].concat().replace(&old, &new).into_bytes();
        files.push(("/sw.js".to_owned(), Instead::File { kind: "text/javascript", content: worker.into() }));
        // A server has one build only.
        files.extend([old_wasm, old_script].map(|gone| (gone, Instead::Status(404))));
        Self { old, new, wasm: new_wasm, files }
    }

    /// From now on the proxy answers as a server with this build.
    pub fn deploy(&self, file_proxy: &FileProxy) {
        for (path, instead) in &self.files {
            file_proxy.play(path, instead.clone());
        }
    }

    /// One of its files.
    ///
    /// # Panics
    /// Where it is not one that this build has anew.
    #[must_use]
    pub fn file(&self, path: &str) -> (&'static str, Bytes) {
        let file = self.files.iter().find_map(|(address, instead)| match instead {
            Instead::File { kind, content } if address == path => Some((*kind, content.clone())),
            _ => None,
        });
        file.expect("a new file")
    }
}

/// The worker's list: address -> content type and SHA-256.
fn list(worker: &str) -> BTreeMap<String, [String; 2]> {
    let from = worker.find("{\"/").expect("a list");
    let mut lists = serde_json::Deserializer::from_str(&worker[from..]).into_iter::<Value>();
    let list = lists.next().expect("a list").expect("JSON");
    serde_json::from_value(list).expect("addresses with types and hashes")
}

fn named(list: &BTreeMap<String, [String; 2]>, stem: &str, extension: &str) -> String {
    let found = list.keys().find(|address| {
        address.starts_with(&format!("/assets/{stem}.")) && address.ends_with(&format!(".{extension}"))
    });
    found.unwrap_or_else(|| panic!("the worker keeps no {stem}.{extension}: {list:?}")).clone()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).expect("both").0
}

fn sha256(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

async fn text(server: &str, path: &str) -> String {
    String::from_utf8(fetch(server, path).await.to_vec()).expect("UTF-8")
}

async fn fetch(server: &str, path: &str) -> Bytes {
    let answer = reqwest::get(format!("{server}{path}")).await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.bytes().await.expect("a body")
}
