//! What a program weighs, by section and by the crate that its functions come from: who wants it smaller looks here
//! first. Bytes before compression, of the finished wasm, which has its names until then.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

/// Magic number and version.
const HEAD: usize = 8;
/// Crates that weigh less are summed up, in bytes.
const SMALL: usize = 1_000;
const SECTIONS: [&str; 13] = [
    "custom",
    "types",
    "imports",
    "functions",
    "tables",
    "memory",
    "globals",
    "exports",
    "start",
    "elements",
    "code",
    "data",
    "data count",
];

/// A wasm file without its names, and the lines that say what it weighs.
pub(crate) fn weigh(wasm: &[u8]) -> Result<(Vec<u8>, String)> {
    let (mut sections, mut crates) = (BTreeMap::new(), BTreeMap::new());
    let (mut names, mut bodies, mut imports) = (BTreeMap::new(), Vec::new(), 0);
    let mut bare = wasm.get(..HEAD).context("this is no wasm")?.to_vec();
    let mut rest = Reader(&wasm[HEAD..]);
    while !rest.0.is_empty() {
        let whole = rest.0;
        let id = rest.byte()?;
        let length = rest.number()?;
        let mut body = Reader(rest.take(length)?);
        match id {
            0 if is_named(body.0)? => {
                names = body.function_names()?;
                continue;
            }
            2 => imports = body.imported_functions()?,
            10 => {
                for _ in 0..body.number()? {
                    let length = body.number()?;
                    body.take(length)?;
                    bodies.push(length);
                }
            }
            _ => {}
        }
        bare.extend_from_slice(&whole[..whole.len() - rest.0.len()]);
        *sections.entry(SECTIONS.get(usize::from(id)).copied().unwrap_or("other")).or_insert(0) += length;
    }
    for (place, length) in bodies.into_iter().enumerate() {
        let name = names.get(&(imports + place)).map_or("", String::as_str);
        *crates.entry(crate_of(name)).or_insert(0) += length;
    }
    let small: usize = crates.values().filter(|bytes| **bytes < SMALL).sum();
    crates.retain(|_, bytes| *bytes >= SMALL);
    crates.insert("others".to_owned(), small);
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let sections = sections.into_iter().map(|(name, bytes)| format!("section {name}: {bytes}"));
    let crates = crates.into_iter().map(|(name, bytes)| format!("code of {name}: {bytes}"));
    Ok((bare, sections.chain(crates).collect::<Vec<_>>().join("\n")))
}

/// The crate of a mangled name: the first word of its path, or of the type whose method it is.
fn crate_of(mangled: &str) -> String {
    let word = |text: &str| text.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '_').collect::<String>();
    let Some(path) = mangled.strip_prefix("_ZN") else {
        return if mangled.starts_with("_R") { "core and std".to_owned() } else { "without a name".to_owned() };
    };
    let digits = path.len() - path.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let (length, path) = path.split_at(digits);
    let first = length.parse().ok().and_then(|length: usize| path.get(..length)).unwrap_or(path);
    let first = first.trim_start_matches("_$LT$").trim_start_matches("$RF$").trim_start_matches("impl$u20$");
    match word(first).as_str() {
        "core" | "alloc" | "std" | "dlmalloc" | "" => "core and std".to_owned(),
        name => name.to_owned(),
    }
}

fn is_named(custom: &[u8]) -> Result<bool> {
    let mut body = Reader(custom);
    let length = body.number()?;
    Ok(body.take(length)? == b"name")
}

/// Bytes that have not been read yet.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        ensure!(length <= self.0.len(), "the wasm ends too soon");
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(taken)
    }

    /// LEB128, of at most 32 bits.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number in the wasm does not end")
    }

    fn text(&mut self) -> Result<String> {
        let length = self.number()?;
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }

    /// How many functions are imported: they are numbered before the others.
    fn imported_functions(&mut self) -> Result<usize> {
        let mut functions = 0;
        for _ in 0..self.number()? {
            self.text()?;
            self.text()?;
            let kind = self.byte()?;
            match kind {
                0 => {
                    functions += 1;
                    self.number()?;
                }
                // A table has a type before its limits.
                1 | 2 => {
                    self.take(usize::from(kind == 1))?;
                    let has_end = self.byte()? & 1 == 1;
                    self.number()?;
                    if has_end {
                        self.number()?;
                    }
                }
                _ => drop(self.take(2)?),
            }
        }
        Ok(functions)
    }

    /// The second part of the name section.
    fn function_names(&mut self) -> Result<BTreeMap<usize, String>> {
        self.text()?;
        let mut names = BTreeMap::new();
        while !self.0.is_empty() {
            let part = self.byte()?;
            let length = self.number()?;
            let mut body = Reader(self.take(length)?);
            if part == 1 {
                for _ in 0..body.number()? {
                    names.insert(body.number()?, body.text()?);
                }
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, Module, ModuleConfig, ValType};

    use super::*;

    #[test]
    fn code_is_weighed_by_crate_and_names_are_taken_out() {
        let mut wasm = Module::with_config(ModuleConfig::new());
        for (name, instructions) in [("_ZN5kiosk3one17h0E", 700), ("_ZN4core3ptr17h0E", 600), ("_ZN1a1bE", 10)] {
            let mut body = FunctionBuilder::new(&mut wasm.types, &[], &[ValType::I32]);
            body.name(name.to_owned());
            for _ in 0..instructions {
                body.func_body().i32_const(1).drop();
            }
            body.func_body().i32_const(1);
            let function = body.finish(Vec::new(), &mut wasm.funcs);
            wasm.exports.add(name, function);
        }
        let whole = wasm.emit_wasm();
        let (bare, weights) = weigh(&whole).unwrap();
        assert!(weights.contains("code of kiosk: 21") && weights.contains("code of core and std: 18"), "{weights}");
        assert!(weights.contains("code of others: 3") && weights.contains("section exports: "), "{weights}");
        assert!(bare.len() < whole.len() && Module::from_buffer(&bare).is_ok());
        assert_eq!(weigh(&bare).unwrap().0, bare);
    }

    #[test]
    fn a_method_belongs_to_its_type() {
        assert_eq!(crate_of("_ZN72_$LT$kiosk..a..B$u20$as$u20$core..Deref$GT$5deref17h0E"), "kiosk");
        assert_eq!(crate_of("_RNvCsfLfy6EI15iL_7___rustc14___rust_realloc"), "core and std");
    }
}
