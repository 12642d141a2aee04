//! Finds circles between the modules of one crate: modules of which none can be understood without the others.
//!
//! A module uses another one where its code names something that is written there: by an import, or by a path in an
//! expression, a type or an attribute. What counts is where a name is written: `super::Item`, which a `mod.rs` only
//! hands on from `x`, is of `x`. So a `mod.rs` that declares and hands on is a door, and uses nothing. One that holds
//! types or logic is a module like others: it may use its children, or be used by them, but not both. What it shares
//! with them stands in a file of its own, beside them.
//!
//! - `tokens`: the text of a file without comments and quotations;
//! - `names`: the imports and the paths in it;
//! - `crate_modules`: to which module each of them leads.
//!
//! Tests at the end of a file do not count: they may use what they like. Names that are handed on all at once, by
//! `pub use x::*`, belong to the module that hands them on. Calls of methods are not seen: they need no name.

mod crate_modules;
mod names;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use self::crate_modules::CrateModules;
use super::{Source, sources};

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
    let uses = CrateModules::read(sources).uses();
    let mut found = Vec::new();
    let mut done = BTreeSet::new();
    for start in uses.keys() {
        visit(start, &uses, &mut vec![], &mut done, &mut found);
    }
    found
}

fn visit(
    module: &String,
    uses: &BTreeMap<String, BTreeSet<String>>,
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
    for next in uses.get(module).into_iter().flatten() {
        visit(next, uses, way, done, found);
    }
    way.pop();
    done.insert(module.clone());
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

#[test]
fn a_module_and_its_child_are_a_circle_too() {
    for (parent, child) in [
        ("mod x;\nfn f() { x::g(); }", "use super::Thing;"),
        ("mod x;\nstruct Thing(x::Item);", "fn f(_: super::Thing) {}"),
        ("mod x;\npub use self::x::Item;\nfn f(_: Item) {}", "use crate::a::{Thing, Other};"),
        ("mod x;\nuse x::Item as Named;", "use super::super::a::Thing as Named;"),
        ("mod x;\n#[serde(try_from = \"x::Fields\")]\nstruct Thing;", "impl From<Fields> for super::Thing {}"),
    ] {
        let found = circles_of(&[("lib.rs", "mod a;"), ("a/mod.rs", parent), ("a/x.rs", child)]);
        assert_eq!(found, [["a", "a::x", "a"]], "{parent} {child}");
    }
    let found = circles_of(&[("main.rs", "mod x;\nfn main() { x::run(); }"), ("x.rs", "use crate::Options;")]);
    assert_eq!(found, [["", "x", ""]], "the root of a crate");
}

#[test]
fn a_name_that_is_handed_on_is_of_the_module_where_it_is_written() {
    let door = "mod x;\nmod y;\npub use self::x::{Item, Other};\nfn f() { y::g(); }";
    let found = |x: &str| circles_of(&[("a/mod.rs", door), ("a/x.rs", x), ("a/y.rs", "use super::Item;")]);
    assert_eq!(found("struct Item;"), Vec::<Vec<String>>::new());
    assert_eq!(found("use super::y::Thing;"), [["a::y", "a::x", "a::y"]]);
    assert_eq!(found("use crate::a::y;"), [["a::y", "a::x", "a::y"]]);
}
