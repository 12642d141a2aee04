//! The names that a file uses: those that it imports, and the paths in its code.

use std::collections::BTreeSet;

use super::tokens::{Token, is_word, tokens};

/// A path as it is written: `super`, `a`, `Item`.
pub(super) type Path = Vec<String>;

/// A name that a `use` brings.
#[derive(Debug)]
pub(super) struct Import {
    /// where it is from; the last part is `*` where all names are meant
    pub(super) path: Path,
    /// what it is called here
    pub(super) name: String,
    /// whether it is handed on: `pub use`
    pub(super) is_public: bool,
}

/// What a file names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// what is imported
    pub(super) imports: Vec<Import>,
    /// paths of several parts, outside imports
    pub(super) paths: Vec<Path>,
    /// every word, outside imports
    pub(super) words: BTreeSet<String>,
}

impl Names {
    /// Reads a file, but for the tests at its end.
    pub(super) fn read(text: &str) -> Self {
        let tokens = tokens(text);
        let tokens = &tokens[..tests(&tokens).unwrap_or(tokens.len())];
        let mut names = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            // `use<'a>` says what an opaque type holds.
            if tokens[at] == "use" && tokens.get(at + 1).is_some_and(|next| next != "<") {
                let is_public = at > 0 && ["pub", ")"].contains(&tokens[at - 1].as_str());
                at = tree(tokens, at + 1, &[], &mut |path, name| {
                    names.imports.push(Import { path, name, is_public });
                });
            } else if is_word(&tokens[at]) {
                let path = path(&tokens[at..]);
                at += 2 * path.len() - 1;
                names.words.extend(path.iter().cloned());
                if path.len() > 1 {
                    names.paths.push(path);
                }
            } else if tokens[at] == "::" {
                // What follows is another crate's, or belongs to a type: `::store::open`, `<T as Trait>::NAME`.
                at += 1 + 2 * path(&tokens[at + 1..]).len();
            } else {
                at += 1;
            }
        }
        names
    }
}

/// Where the tests begin: `#[cfg(test)] mod tests {`.
fn tests(tokens: &[Token]) -> Option<usize> {
    let begin = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    tokens.windows(begin.len() + 2).position(|window| window[..begin.len()] == begin && window[begin.len() + 1] == "{")
}

/// The path that begins here.
fn path(tokens: &[Token]) -> Path {
    let mut path = Vec::new();
    let mut at = 0;
    while tokens.get(at).is_some_and(|token| is_word(token)) {
        path.push(tokens[at].clone());
        if tokens.get(at + 1).is_none_or(|token| token != "::") {
            break;
        }
        at += 2;
    }
    path
}

/// Reads one branch of an import, such as `crate::{a::b, c::{self, d as e}}`: where it ends.
fn tree(tokens: &[Token], mut at: usize, stem: &[String], found: &mut impl FnMut(Path, String)) -> usize {
    let mut path = stem.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = tree(tokens, at, &path, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            // Another crate's: it is no module of ours, whatever it is called.
            "::" if path.is_empty() => path.push("::".to_owned()),
            "::" => {}
            "*" => path.push("*".to_owned()),
            // `a::{self}` is `a`.
            "self" if !stem.is_empty() && path.len() == stem.len() => {}
            "as" => {
                let name = tokens.get(at + 1).cloned().unwrap_or_default();
                found(path, name);
                return at + 2;
            }
            word if is_word(word) => path.push(word.to_owned()),
            _ => break,
        }
        at += 1;
    }
    if let Some(name) = path.last().cloned() {
        found(path, name);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(text: &str) -> Vec<String> {
        Names::read(text).imports.iter().map(|import| format!("{} {}", import.path.join("/"), import.name)).collect()
    }

    #[test]
    fn an_import_is_read_through_its_braces() {
        assert_eq!(
            imports("pub use crate::{a::b, c::{self, d as e, f::*}};\nuse super::g;"),
            ["crate/a/b b", "crate/c c", "crate/c/d e", "crate/c/f/* *", "super/g g"]
        );
        assert_eq!(imports("fn f() -> impl Sized + use<T> {}"), [""; 0]);
    }

    #[test]
    fn a_path_in_code_is_read_wherever_it_stands() {
        let names =
            Names::read("fn f(_: a::B) -> ::c::D { e::f::<g::H>(); <i::J>::k() }\n#[cfg(test)]\nmod l { m::n() }");
        let paths: Vec<String> = names.paths.iter().map(|path| path.join("/")).collect();
        assert_eq!(paths, ["a/B", "e/f", "g/H", "i/J"]);
    }
}
