//! What the crate `domain` may depend on. It holds the words of the field and the arithmetic on them: no wire,
//! no database, no browser, no clock, nothing that reads or writes anywhere.

use super::packages;

/// What it may depend on, and why.
const ALLOWED: [(&str, &str); 4] = [
    ("oxilangtag", "whether a language tag is one, and its canonical form; it takes text and gives text"),
    ("serde", "types say once how they look as data; what travels is the crate `api`"),
    ("thiserror", "errors are types with a sentence"),
    ("uuid", "ids, without the features that make random ones"),
];

/// What only tests it is its own affair.
#[test]
fn the_domain_depends_on_nothing_that_reads_or_writes() {
    let packages = packages();
    let domain = packages.iter().find(|package| package["name"] == "domain").expect("the crate `domain`");
    for dependency in domain["dependencies"].as_array().unwrap().iter().filter(|it| it["kind"].is_null()) {
        let is_allowed = ALLOWED.iter().any(|(name, _)| dependency["name"] == *name);
        assert!(is_allowed, "{} is not among {ALLOWED:#?}", dependency["name"]);
    }
    assert_eq!(domain["features"], serde_json::json!({}), "it has no features: it is the same for everybody");
}
