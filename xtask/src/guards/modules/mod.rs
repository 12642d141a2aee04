//! Finds circles of imports between the modules of one crate.
//!
//! It reads `use` and paths as text: `crate::a::b::Item`, `super::Item` and `self::Item` lead to the longest
//! module that the path names. What stands in tests does not count, and neither do `pub use` lines: a module
//! that only hands names on depends on nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, sources};

/// The module of each file, as a path: `http::staff`.
type Modules = BTreeMap<String, BTreeSet<String>>;

/// The crates whose modules may not import each other in a circle: all of them. The tests are one crate for each folder.
const CRATES: [&str; 17] = [
    "app/api/src",
    "app/domain/src",
    "app/kiosk/src",
    "app/locale_build/src",
    "app/src",
    "app/staff/src",
    "server/src",
    "server/store/src",
    "tests/api",
    "tests/browser",
    "tests/cli",
    "tests/crash",
    "tests/disk/src",
    "tests/harness",
    "tests/load",
    "tests/store",
    "xtask/src",
];

/// Every circle, once, as the modules along it; the first is repeated at the end.
fn circles(sources: &[Source]) -> Vec<Vec<String>> {
    let names: BTreeSet<String> = sources.iter().map(|(path, _)| module(path)).collect();
    let imports: Modules = sources.iter().map(|(path, text)| (module(path), imports(path, text, &names))).collect();
    let mut found = Vec::new();
    let mut done = BTreeSet::new();
    for start in imports.keys() {
        visit(start, &imports, &mut vec![], &mut done, &mut found);
    }
    found
}

fn visit(
    module: &String,
    imports: &Modules,
    way: &mut Vec<String>,
    done: &mut BTreeSet<String>,
    found: &mut Vec<Vec<String>>,
) {
    if let Some(begin) = way.iter().position(|on_way| on_way == module) {
        found.push(way[begin..].iter().chain([module]).cloned().collect());
        return;
    }
    if done.contains(module) {
        return;
    }
    way.push(module.clone());
    for next in imports.get(module).into_iter().flatten() {
        visit(next, imports, way, done, found);
    }
    way.pop();
    done.insert(module.clone());
}

/// `http/staff/mod.rs` and `http/staff.rs` are `http::staff`; the root of the crate is empty.
fn module(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if ["lib", "main", "mod"].contains(&path) { String::new() } else { path.replace('/', "::") }
}

/// The modules that a file imports.
fn imports(path: &str, text: &str, names: &BTreeSet<String>) -> BTreeSet<String> {
    let own = module(path);
    let text = without_comments(text.split("#[cfg(test)]").next().unwrap_or(text));
    let mut found = BTreeSet::new();
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(root) {
            let before = text[..at].trim_end();
            let is_word =
                text[..at].chars().next_back().is_some_and(|last| last.is_alphanumeric() || "_:$".contains(last));
            let is_handed_on = before.ends_with("use") && before[..before.len() - 3].trim_end().ends_with(['b', ')']);
            if !is_word && !is_handed_on {
                found.extend(tree(&text[at..]).iter().filter_map(|path| target(path, &own, names)));
            }
        }
    }
    found.remove(&own);
    // The root only declares the modules.
    found.remove("");
    found
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The paths of a tree of imports, such as `crate::{a::b, c::{d, e}}`, as far as names and braces go.
fn tree(text: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut heads: Vec<Vec<String>> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        match letter {
            _ if letter.is_alphanumeric() || letter == '_' => word.push(letter),
            ':' if !word.is_empty() => path.push(std::mem::take(&mut word)),
            ':' => {}
            '{' if word.is_empty() => heads.push(path.clone()),
            ',' | '}' if !heads.is_empty() => {
                if !word.is_empty() {
                    path.push(std::mem::take(&mut word));
                    paths.push(path.clone());
                }
                path = heads.last().cloned().unwrap_or_default();
                if letter == '}' {
                    heads.pop();
                    path = heads.last().cloned().unwrap_or_default();
                    if heads.is_empty() {
                        return paths;
                    }
                }
            }
            _ if letter.is_whitespace() && !heads.is_empty() => {}
            _ => break,
        }
    }
    if heads.is_empty() {
        path.push(word);
        paths.push(path);
    }
    paths
}

/// The module that a path leads to: the longest of its beginnings that is one.
fn target(path: &[String], own: &str, names: &BTreeSet<String>) -> Option<String> {
    let mut place: Vec<&str> =
        if path[0] == "crate" { vec![] } else { own.split("::").filter(|it| !it.is_empty()).collect() };
    for part in path {
        match part.as_str() {
            "crate" | "self" => {}
            "super" => {
                place.pop();
            }
            name => {
                place.push(name);
                if !names.contains(&place.join("::")) {
                    place.pop();
                    break;
                }
            }
        }
    }
    Some(place.join("::")).filter(|place| names.contains(place) && path.len() > 1)
}

fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    circles(&files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect::<Vec<_>>())
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    for folder in CRATES {
        let found = circles(&sources(folder));
        assert!(found.is_empty(), "{folder}: {found:#?}");
    }
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    for (one, other) in [
        ("use crate::b::Item;", "use crate::{c, a::Thing};"),
        ("use crate::{\n    b::{Item, Other},\n    c,\n};", "fn f() { crate::a::g(); }"),
        ("use super::b::Item;", "pub(crate) fn f(_: crate::a::Thing) {}"),
    ] {
        let found = circles_of(&[("lib.rs", "mod a; mod b; mod c;"), ("a.rs", one), ("b.rs", other), ("c.rs", "")]);
        assert_eq!(found, [["a", "b", "a"]], "{one} {other}");
    }
}

#[test]
fn a_long_way_round_is_a_circle_too() {
    let found = circles_of(&[
        ("a/mod.rs", "use crate::b::x::Item;"),
        ("b/mod.rs", "mod x;\nmod y;"),
        ("b/x.rs", "use super::y::Item;"),
        ("b/y.rs", "use crate::a::Item;"),
    ]);
    assert_eq!(found, [["a", "b::x", "b::y", "a"]]);
}

#[test]
fn what_is_no_circle_is_none() {
    let found = circles_of(&[
        ("a/mod.rs", "mod x;\npub use x::Item;\npub use self::x::Other;"),
        ("a/x.rs", "use super::Thing; // crate::b"),
        ("b.rs", "use crate::a::Item;\n#[cfg(test)]\nmod tests { use crate::c::Item; }"),
        ("c.rs", "use crate::b;"),
    ]);
    assert_eq!(found, Vec::<Vec<String>>::new());
}
