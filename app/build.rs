//! Turns `locales/<language>/<screen family>.json` into the typed module `crate::i18n`,
//! so that a text missing in one language is a compile error and not a hole in a foyer.

use std::{env, error::Error, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    // English is the fallback of the crate, not of the product: a venue has its own default.
    let config = Config::new("en")?
        .add_locales(["fi", "sv"])?
        .add_namespaces(["common", "corner", "health", "help", "kiosk", "pairing", "phone", "settings", "staff"])?
        .parse_options(ParseOptions::default().interpolate_display(true));
    let translations = TranslationsInfos::parse(config)?;
    translations.emit_diagnostics();
    translations.rerun_if_locales_changed();
    let out = PathBuf::from(env::var("OUT_DIR")?);
    translations.generate_i18n_module(out.join("i18n"))?;
    Ok(())
}
