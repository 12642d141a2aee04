//! `target/site`: everything a browser can ask for, ready to be embedded into the server.
//!
//! - `assets/<stem>.<hash>.<ext>`: what may be cached for ever, because its address changes with its content;
//! - everything else under its own name, as it lies in `public/`;
//! - `sw.js`: the service worker, with the list of what it keeps;
//! - `.br` and `.gz` beside each file that gets smaller by it;
//! - `assets.json`: logical name -> address, for the pages that the server renders.
//!
//! `client` makes the wasm, `styles` the sheets, `sources` finds the rest; `assemble` puts names and contents together
//! in memory; `compress` and `folder` bring it to the disk, and only if something changed.

mod assemble;
mod breakdown;
pub(crate) mod client;
mod compress;
mod folder;
mod minify;
mod names;
pub(crate) mod npm;
mod placeholders;
mod prune;
mod sources;
mod strip_panics;
mod styles;
mod texts;
mod wasm_opt;
pub(crate) mod weight;
mod worker;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

use self::minify::Minifier;
use crate::{paths, step::Steps};

/// How many steps [`build`] takes.
pub(crate) const STEPS: usize = 2;

/// The file that tells the server which address a logical name has.
const ADDRESSES: &str = "assets.json";

/// Files by their path below `target/site`.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds the whole site, or leaves it alone where nothing changed.
pub(crate) fn build(steps: &mut Steps) -> Result<()> {
    let clients = steps.run("Build what browsers run", client::build)?;
    steps.run("Build the site", |status| {
        let minifier = Minifier::find(status);
        let minify = |script: &str| minifier.minify(script, status);
        let sources = sources::read(&paths::root().join("public"))?;
        let before = folder::read(&paths::site())?;
        let texts = texts::read(&paths::root().join("app/locales"))?;
        let site = assemble::assemble(clients, sources, texts, &paths::root().join("style"), &minify)?;
        let site = compress::with_siblings(site, &before)?;
        if site != before {
            folder::replace(&paths::site(), &site)?;
        }
        Ok(())
    })
}

/// The addresses of a finished site, by logical name.
pub(crate) fn addresses(site: &Path) -> Result<BTreeMap<String, String>> {
    let file = site.join(ADDRESSES);
    let text = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(serde_json::from_slice(&text)?)
}
