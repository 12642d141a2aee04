//! Turns `locales/<language>/<screen family>.json` into the typed module `crate::i18n`,
//! so that a text missing in one language is a compile error and not a hole in a foyer.

use std::{env, error::Error, fs, path::PathBuf};

/// The folders below `locales/`, and the variant of `domain::lang::Lang`.
const LANGUAGES: [(&str, &str); 3] = [("fi", "Fi"), ("sv", "Sv"), ("en", "En")];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let locales = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales");
    match locale_build::generate(&locales, &LANGUAGES) {
        Ok(rust) => fs::write(PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"), rust)?,
        Err(error) => println!("cargo::error={error}"),
    }
    Ok(())
}
