//! Finds dependencies that no source names. The compiler's own lint (`unused_crate_dependencies`) looks at one
//! target at a time, and a package with a library, a program and five tests would have to name in each of them
//! what the others need; a name that stands in no source at all is certainly not used.

use super::{Source, packages, sources};

#[test]
fn every_dependency_is_named_by_a_source() {
    let mut unused = Vec::new();
    for package in packages() {
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let name = text(&package["name"]).unwrap();
        let manifest = text(&package["manifest_path"]).unwrap();
        let sources = sources(manifest.strip_suffix("Cargo.toml").unwrap());
        for dependency in package["dependencies"].as_array().unwrap() {
            let written = text(&dependency["rename"]).or_else(|| text(&dependency["name"])).unwrap().replace('-', "_");
            if !is_named(&written, &sources) {
                unused.push(format!("{name} depends on {written}"));
            }
        }
    }
    assert!(unused.is_empty(), "and no source of theirs names it: {unused:#?}");
}

fn is_named(name: &str, sources: &[Source]) -> bool {
    sources.iter().any(|(_, text)| names(text, name))
}

/// Whether a source names a crate: at the beginning of a path, or in an import of its own.
fn names(text: &str, name: &str) -> bool {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + name.len()..]);
            let begins = !before.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == ':');
            begins && (after.starts_with("::") || before.ends_with("use ") && after.starts_with([';', ' ']))
        })
    })
}

#[test]
fn a_crate_is_named_by_a_path_or_an_import() {
    for text in
        ["use hex::encode;", "let x = hex::encode(y);", "use hex;", "use hex as _;", "#[hex::test]", "pub use hex::x;"]
    {
        assert!(names(text, "hex"), "{text}");
    }
    for text in ["// hex::encode", "let hex = 1;", "use vertex::x;", "use crate::hex::x;", "hexagon::x", "\"hex\""] {
        assert!(!names(text, "hex"), "{text}");
    }
}
