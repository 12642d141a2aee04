//! The programs that browsers load: cargo's wasm, with its JavaScript beside it, made small.
//!
//! There are two, because a tablet must not carry what staff pages need, and staff not the tablet's.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use super::{
    breakdown, names, one_thread, prune, strip_panics,
    wasm_opt::{self, WasmOpt},
};
use crate::{cargo, paths, requirements, step::Status};

/// The packages, each a program of its own, and what browsers know it as: the tablet's (`kiosk.js` is what loads it),
/// and that of staff pages with islands.
const PACKAGES: [(&str, &str); 2] = [("kiosk", "client"), ("staff", "staff")];

/// What a browser loads: `client.js`, whose `init` is told where `client.wasm` is.
pub(crate) struct Client {
    /// How its files are called.
    pub name: &'static str,
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// What a program weighs, beside it.
const WEIGHTS: &str = "weights.txt";

/// What the tablet's program weighs, by section and by crate, a line each.
pub(crate) fn weights() -> Result<String> {
    Ok(fs::read_to_string(paths::target("xtask").join(PACKAGES[0].1).join(WEIGHTS))?)
}

/// Builds the clients, or takes the last ones where nothing changed.
pub(crate) fn build(status: &Status) -> Result<Vec<Client>> {
    requirements::wasm_target(status)?;
    let optimiser = WasmOpt::find(status);
    PACKAGES.into_iter().map(|(package, name)| build_one(package, name, optimiser.as_ref(), status)).collect()
}

/// One after the other: cargo would give both packages the features of either.
fn build_one(package: &str, name: &'static str, optimiser: Option<&WasmOpt>, status: &Status) -> Result<Client> {
    let compiled = cargo::build(["--package", package, "--target", cargo::WASM, "--profile", "client"], status)?
        .file(package, "wasm")?;
    let folder = paths::target("xtask").join(name);
    let recipe = recipe(&compiled, optimiser)?;
    let made_from = folder.join("made-from.txt");
    if fs::read_to_string(&made_from).ok().as_ref() != Some(&recipe) {
        status.progress("wasm-bindgen");
        // The note of what it was made from comes last, so that half a client is never taken for a whole one.
        let _ = fs::remove_dir_all(&folder);
        bind(name, &compiled, &folder)?;
        let wasm = folder.join(format!("{name}_bg.wasm"));
        if let Some(optimiser) = optimiser {
            status.progress("wasm-opt");
            optimiser.optimise(&wasm, status)?;
        }
        // It had its names until now, so that it can be said whose its bytes are.
        let (bare, weights) = breakdown::weigh(&fs::read(&wasm)?)?;
        fs::write(&wasm, bare)?;
        fs::write(folder.join(WEIGHTS), weights)?;
        fs::write(made_from, recipe)?;
    }
    let read = |file: String| fs::read(folder.join(file));
    Ok(Client { name, js: read(format!("{name}.js"))?, wasm: read(format!("{name}_bg.wasm"))? })
}

/// What this and its helpers do to the client: another version makes another one.
const OURS: &str = concat!(
    include_str!("client.rs"),
    include_str!("breakdown.rs"),
    include_str!("one_thread.rs"),
    include_str!("prune.rs"),
    include_str!("strip_panics.rs"),
    include_str!("names.rs")
);

/// Everything that decides what the finished client is.
fn recipe(compiled: &Path, optimiser: Option<&WasmOpt>) -> Result<String> {
    let compiled = fs::read(compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let optimiser = optimiser.map_or("none", |it| &it.version);
    let digest = Sha256::new().chain_update(compiled).chain_update(OURS).finalize();
    Ok(format!("wasm {}\nwasm-opt {optimiser}\n{}\n", hex::encode(digest), wasm_opt::FLAGS.join(" ")))
}

fn bind(name: &str, compiled: &Path, folder: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .web(true)?
        // `scripts` holds what calls it to these types.
        .typescript(true)
        .out_name(name)
        // The address has a hash that only the page knows.
        .omit_default_module_path(true)
        // `strip_panics` knows functions by the names that the compiler gave them.
        .demangle(false)
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate_output()
        .context(
            "wasm-bindgen cannot read the client: `cargo update --package wasm-bindgen` brings both to one version",
        )?;
    let (panics, places) = (strip_panics::silence(output.wasm_mut()), strip_panics::forget_places(output.wasm_mut()));
    strip_panics::forget_messages(output.wasm_mut());
    ensure!(panics > 0 && places > 0, "the compiler calls what panics something else now: see `strip_panics`");
    ensure!(
        one_thread::assume(output.wasm_mut()),
        "the standard library knows its thread some other way: see `one_thread`"
    );
    let js = output.js().to_owned();
    let js = prune::prune(output.wasm_mut(), &js);
    let js = names::shorten(output.wasm_mut(), &js);
    output.emit(folder)?;
    fs::write(folder.join(format!("{name}.js")), js)?;
    ensure!(
        !folder.join("snippets").exists(),
        "a crate of the client brings JavaScript files of its own ({}), which the site has no place for",
        folder.join("snippets").display()
    );
    Ok(())
}
