//! The modules of one crate, and which of them uses which.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::Source,
    names::{Names, Path},
};

/// Modules by their path: `http::staff`; the root of the crate is empty.
#[derive(Debug)]
pub(super) struct CrateModules(BTreeMap<String, Names>);

impl CrateModules {
    /// Reads the files of a crate, by their path below its root.
    pub(super) fn read(sources: &[Source]) -> Self {
        let mut modules = BTreeMap::new();
        for (path, text) in sources {
            // `main.rs` beside `lib.rs` is another crate.
            modules.entry(module(path)).or_insert_with(|| Names::read(text));
        }
        Self(modules)
    }

    /// The modules that each of them uses.
    pub(super) fn uses(&self) -> BTreeMap<String, BTreeSet<String>> {
        self.0.iter().map(|(module, names)| (module.clone(), self.used_by(module, names))).collect()
    }

    fn used_by(&self, module: &str, names: &Names) -> BTreeSet<String> {
        // What is handed on and not mentioned again is used by others, not here.
        let imported = names.imports.iter().filter(|import| !import.is_public || names.words.contains(&import.name));
        let paths = imported.map(|import| &import.path).chain(&names.paths);
        let mut found: BTreeSet<String> =
            paths.filter_map(|path| self.home(module, path, &mut BTreeSet::new())).collect();
        found.remove(module);
        found
    }

    /// The module where that is written which a path names: a name that was only handed on is followed to where it
    /// is from. `None` where it leads to another crate, or is not the path of an item.
    fn home(&self, from: &str, path: &[String], followed: &mut BTreeSet<(String, String)>) -> Option<String> {
        let (first, rest) = path.split_first()?;
        let (mut place, mut rest) = match first.as_str() {
            "crate" => (String::new(), rest),
            "self" => (from.to_owned(), rest),
            "super" => (from.to_owned(), path),
            name if self.child(from, name).is_some() => (from.to_owned(), path),
            _ => return self.follow(from, path, followed),
        };
        while let Some((part, others)) = rest.split_first() {
            place = match self.child(&place, part) {
                _ if part == "super" => parent(&place).to_owned(),
                Some(child) => child,
                None => return self.follow(&place, rest, followed).or(Some(place)),
            };
            rest = others;
        }
        Some(place)
    }

    /// [`Self::home`] of a path whose beginning is imported into a module.
    fn follow(&self, module: &str, path: &[String], followed: &mut BTreeSet<(String, String)>) -> Option<String> {
        let (name, rest) = path.split_first()?;
        let import =
            self.0[module].imports.iter().find(|import| import.name == *name && import.path[..] != path[..1])?;
        if !followed.insert((module.to_owned(), name.clone())) {
            return None;
        }
        let whole: Path = import.path.iter().chain(rest).cloned().collect();
        self.home(module, &whole, followed)
    }

    fn child(&self, module: &str, name: &str) -> Option<String> {
        let child = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
        self.0.contains_key(&child).then_some(child)
    }
}

/// `http/staff/mod.rs` and `http/staff.rs` are `http::staff`.
fn module(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if ["lib", "main", "mod"].contains(&path) { String::new() } else { path.replace('/', "::") }
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}
