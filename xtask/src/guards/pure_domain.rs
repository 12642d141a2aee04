//! What the crate `domain` may depend on, itself or through others. It holds the words of the field and the arithmetic on
//! them: no wire, no database, no browser, no clock, no chance, nothing that reads or writes anywhere.

use std::{collections::BTreeSet, process::Command};

use super::{packages, sources};
use crate::paths;

/// What is compiled into it, and why. A feature that lets one of these read or write brings another crate with it.
const ALLOWED: [(&str, &str); 5] = [
    ("oxilangtag", "whether a language tag is one, and its canonical form; it takes text and gives text"),
    ("serde", "types say once how they look as data; what travels is the crate `api`"),
    ("serde_core", "what `serde` consists of"),
    ("thiserror", "errors are types with a sentence"),
    ("uuid", "ids, without the features that make random ones"),
];

/// What only tests it, or runs in the compiler, is its own affair.
#[test]
fn the_domain_depends_on_nothing_that_reads_or_writes() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(paths::root()).args(["tree", "--package", "domain", "--edges", "normal,no-proc-macro"]);
    cargo.args(["--target", "all", "--prefix", "none", "--format", "{p}"]);
    let tree = String::from_utf8(cargo.output().unwrap().stdout).unwrap();
    let found: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_once(' ')).map(|(name, _)| name).collect();
    let allowed: BTreeSet<&str> = ALLOWED.iter().map(|(name, _)| *name).chain(["domain"]).collect();
    assert_eq!(found, allowed, "what is there, and what may be: {ALLOWED:#?}");
    let packages = packages();
    let domain = packages.iter().find(|package| package["name"] == "domain").expect("the crate `domain`");
    assert_eq!(domain["features"], serde_json::json!({}), "it has no features: it is the same for everybody");
}

/// Names that older programs use are of the wire: the crate `api` reads them.
#[test]
fn the_domain_knows_each_name_once() {
    for (path, text) in sources("app/domain/src") {
        assert!(!text.contains("alias = \""), "{path}: what older programs say is read in `api`");
    }
}
