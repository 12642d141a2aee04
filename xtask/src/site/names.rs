//! wasm-bindgen gives each import and many an export a long name that ends in a hash. No compression makes noise
//! smaller, and it travels twice: in the wasm and in its JavaScript. One or two letters are as unique.

use std::{collections::BTreeMap, mem};

use walrus::Module;

/// How the JavaScript calls the finished wasm.
const EXPORTS: &str = "wasm.";
/// The module that imports come from, once they have short names.
const IMPORTS: &str = "js";

/// Gives every import and export of `wasm` a short name, and says how `js`, which provides and calls them, reads then.
pub(crate) fn shorten(wasm: &mut Module, js: &str) -> String {
    let mut imports = BTreeMap::new();
    let mut modules = Vec::new();
    for (place, import) in wasm.imports.iter_mut().enumerate() {
        imports.insert(mem::replace(&mut import.name, short(place)), short(place));
        modules.push(mem::replace(&mut import.module, IMPORTS.to_owned()));
    }
    let mut exports = BTreeMap::new();
    for (place, export) in wasm.exports.iter_mut().enumerate() {
        exports.insert(mem::replace(&mut export.name, short(place)), short(place));
    }
    modules.dedup();
    let js = modules.iter().fold(js.to_owned(), |js, old| js.replace(&quoted(old), &quoted(IMPORTS)));
    renamed(&js, &imports, &exports)
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// `a` ... `z`, `aa` ...
fn short(place: usize) -> String {
    let before = place.checked_sub(26).map(|rest| short(rest / 26)).unwrap_or_default();
    let letter = b"abcdefghijklmnopqrstuvwxyz"[place % 26];
    before + &String::from(char::from(letter))
}

/// A word is the name of an export where it is called on the wasm, and of an import everywhere else.
fn renamed(js: &str, imports: &BTreeMap<String, String>, exports: &BTreeMap<String, String>) -> String {
    let is_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '$';
    let mut new = String::with_capacity(js.len());
    let mut rest = js;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|sign| !is_word(sign)).unwrap_or(from.len()));
        new.push_str(before);
        let names = if new.ends_with(EXPORTS) { exports } else { imports };
        new.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    new + rest
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, ValType};

    use super::*;

    #[test]
    fn short_names_are_different() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 26 * 27].map(short).into();
        assert_eq!(names, ["a", "z", "aa", "az", "ba", "aaa"]);
    }

    #[test]
    fn both_files_call_a_thing_by_the_same_name() {
        let mut wasm = Module::default();
        let kind = wasm.types.add(&[ValType::I32], &[]);
        wasm.add_import_func("./client_bg.js", "__wbg_log_0123456789abcdef", kind);
        let body = FunctionBuilder::new(&mut wasm.types, &[], &[]).finish(Vec::new(), &mut wasm.funcs);
        wasm.exports.add("start", body);
        wasm.exports.add("log", body);
        let js = r#"
            export function start() { wasm.start(); }
            export function log(wasm_log) { wasm.log.call(); start(); }
            return { "./client_bg.js": { __wbg_log_0123456789abcdef: function(start) {} } };"#;
        let js = shorten(&mut wasm, js);
        assert_eq!(
            js,
            r#"
            export function start() { wasm.a(); }
            export function log(wasm_log) { wasm.b.call(); start(); }
            return { "js": { a: function(start) {} } };"#
        );
        let import = wasm.imports.iter().next().unwrap();
        assert_eq!((import.module.as_str(), import.name.as_str()), ("js", "a"));
        assert_eq!(wasm.exports.iter().map(|export| export.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}
