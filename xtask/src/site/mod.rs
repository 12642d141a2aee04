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
mod files;
mod folder;
mod minify;
mod names;
pub(crate) mod npm;
mod one_thread;
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

use self::{client::Client, files::ADDRESSES, minify::Minifier};
use crate::{
    paths,
    step::{Status, Steps, at_once},
};

/// How many steps [`build`] takes.
pub(crate) const STEPS: usize = 2;

/// Builds the whole site, or leaves it alone where nothing changed.
pub(crate) fn build(steps: &mut Steps) -> Result<()> {
    let clients = steps.run("Build what browsers run", client::build)?;
    put_together(clients, steps)
}

/// [`build`], and beside the long compilation something else that does not need its result: each of them leaves a core
/// idle now and then, the one while it optimises across crates, the other while a large crate holds the rest up. `before` goes ahead of the clients, for what they share with it.
pub(crate) fn build_beside<T: Send>(
    steps: &mut Steps,
    name: &str,
    before: impl FnOnce(&Status) -> Result<()>,
    other: impl FnOnce(&Status) -> Result<T> + Send,
) -> Result<T> {
    // A development build of the server reads the site when it starts, but wants its folder to be there.
    fs::create_dir_all(paths::site())?;
    let (clients, other) = steps.run(name, |status| {
        let (browser, server) = (status.lane("browser"), status.lane("server"));
        at_once(|| before(&browser).and_then(|()| client::build(&browser)), || other(&server))
    })?;
    put_together(clients, steps)?;
    Ok(other)
}

fn put_together(clients: Vec<Client>, steps: &mut Steps) -> Result<()> {
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
