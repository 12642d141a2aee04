//! Writes the Rust: a text without values is a function of the language; one with values is a struct of them.

use crate::{
    catalogue::Catalogue,
    template::{Piece, pieces, values},
};

/// One module for each family.
pub(crate) fn module(catalogue: &Catalogue, variants: &[&str]) -> String {
    let families = catalogue.0.iter().map(|(family, texts)| {
        let items: Vec<String> = texts.iter().map(|(key, texts)| item(key, texts, variants)).collect();
        format!("pub mod {family} {{ use super::Lang;\n{}}}\n", items.concat())
    });
    families.collect::<Vec<_>>().concat()
}

fn item(key: &str, texts: &[String], variants: &[&str]) -> String {
    let names = texts.first().map(|text| values(text)).unwrap_or_default();
    let arms = |write: fn(&str) -> String| -> String {
        let arm = |(variant, text): (&&str, &String)| format!("Lang::{variant} => {}", write(text));
        variants.iter().zip(texts).map(arm).collect::<Vec<_>>().join(", ")
    };
    if names.is_empty() {
        let arms = arms(|text| format!("{text:?}"));
        return format!("#[inline] pub fn {key}(lang: Lang) -> &'static str {{ match lang {{ {arms} }} }}\n");
    }
    let names: Vec<&str> = names.into_iter().collect();
    let fields =
        names.iter().map(|name| format!("pub {name}: &'a dyn ::std::fmt::Display")).collect::<Vec<_>>().join(", ");
    let own = names.join(", ");
    let arms = arms(formatted);
    format!(
        "pub struct {key}<'a> {{ {fields} }}\n\
         impl {key}<'_> {{ pub fn text(&self, lang: Lang) -> String {{ \
         let Self {{ {own} }} = self; match lang {{ {arms} }} }} }}\n"
    )
}

/// `format!("...")` with the values by their names.
fn formatted(text: &str) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Words(words) => words.replace('{', "{{").replace('}', "}}"),
        Piece::Value(name) => format!("{{{name}}}"),
    };
    format!("::std::format!({:?})", pieces(text).into_iter().map(piece).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_text_is_a_function_and_with_values_a_struct() {
        let both = |fi: &str, sv: &str| vec![fi.to_owned(), sv.to_owned()];
        let texts = BTreeMap::from([
            ("plain".to_owned(), both("\"Hei\" {n}", "Hej\n{n}")),
            ("valued".to_owned(), both("{{ n }}/{{ of }} {x}", "{{ n }} av {{ of }} {x}")),
        ]);
        let rust = module(&Catalogue(BTreeMap::from([("staff".to_owned(), texts)])), &["Fi", "Sv"]);
        assert_eq!(
            rust,
            "pub mod staff { use super::Lang;\n\
             #[inline] pub fn plain(lang: Lang) -> &'static str { match lang { \
             Lang::Fi => \"\\\"Hei\\\" {n}\", Lang::Sv => \"Hej\\n{n}\" } }\n\
             pub struct valued<'a> { pub n: &'a dyn ::std::fmt::Display, pub of: &'a dyn ::std::fmt::Display }\n\
             impl valued<'_> { pub fn text(&self, lang: Lang) -> String { let Self { n, of } = self; \
             match lang { Lang::Fi => ::std::format!(\"{n}/{of} {{x}}\"), \
             Lang::Sv => ::std::format!(\"{n} av {of} {{x}}\") } } }\n}\n"
        );
    }
}
