//! What no page of ours can reach. `leptos` cannot be had without `server_fn`, nor that without `wasm-streams`, which
//! exports three classes for streams that nobody opens: an export keeps everything alive that it calls. And whatever
//! the wasm does not import any more, its JavaScript need not offer.

use std::collections::BTreeSet;

use walrus::{Module, passes};

/// How those classes are called; their functions likewise, in small letters.
const CLASSES: &str = "IntoUnderlying";

/// Takes them out of the wasm, with all that only they need, and says how its JavaScript reads then.
pub(crate) fn prune(wasm: &mut Module, js: &str) -> String {
    let name = CLASSES.to_lowercase();
    let unused: Vec<_> = wasm.exports.iter().filter(|it| it.name.contains(&name)).map(walrus::Export::id).collect();
    for export in unused {
        wasm.exports.delete(export);
    }
    passes::gc::run(wasm);
    let imports: BTreeSet<&str> = wasm.imports.iter().map(|import| import.name.as_str()).collect();
    without_imports(&without_classes(js), |name| imports.contains(name))
}

/// A class with what belongs to it: `Symbol.dispose`, and who frees it.
fn without_classes(js: &str) -> String {
    let begins = |line: &str, with: &str| line.strip_prefix(with).is_some_and(|rest| rest.starts_with(CLASSES));
    let count = |line: &str, brace: char| line.matches(brace).count();
    let (mut open, mut is_freed) = (0, false);
    let mut kept = String::with_capacity(js.len());
    for line in js.lines() {
        if open > 0 || begins(line, "export class ") {
            open = open + count(line, '{') - count(line, '}');
        } else if is_freed || begins(line, "const ") {
            is_freed = !line.starts_with(": new ");
        } else if !begins(line, "if (Symbol.dispose) ") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The object of imports without those that are not `wanted`: each begins with `name: function` in a line, and ends
/// where its last brace closes.
fn without_imports(js: &str, wanted: impl Fn(&str) -> bool) -> String {
    let name_of = |line: &str| line.trim_start().split_once(": function(").map(|(name, _)| name.to_owned());
    let mut open = 0;
    let mut kept = String::with_capacity(js.len());
    for line in js.lines() {
        if open > 0 || name_of(line).is_some_and(|name| !wanted(&name)) {
            open = open + line.matches('{').count() - line.matches('}').count();
        } else {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_go_with_what_frees_them() {
        let js = "export class IntoUnderlyingSink {\nfree() {\nreturn {};\n}\ncancel() {\n}\n}\n\
                  if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;\n\
                  export class Tablet {\n}\n\
                  const IntoUnderlyingSinkFinalization = (typeof X === 'undefined')\n? { a: () => {} }\n\
                  : new FinalizationRegistry(ptr => wasm.c(ptr, 1));\nconst rest = 1;\n";
        assert_eq!(without_classes(js), "export class Tablet {\n}\nconst rest = 1;\n");
    }

    #[test]
    fn only_what_is_imported_is_offered() {
        let js = "const imports = {\n        a: function(arg0) {\nif (arg0) {\n}\nconst c = () => {\nd();\n};\n},\n\
                  b: function() { return handleError(function (arg0) {\nx();\n}, arguments); },\n};\nreturn imports;\n";
        let kept = "const imports = {\nb: function() { return handleError(function (arg0) {\nx();\n}, arguments); },\n};\nreturn imports;\n";
        assert_eq!(without_imports(js, |name| name == "b"), kept);
        assert_eq!(without_imports(js, |_| true), js);
    }
}
