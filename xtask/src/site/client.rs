//! The program that the browser loads: cargo's wasm, with its JavaScript beside it, made small.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use super::{
    import_names,
    wasm_opt::{self, WasmOpt},
};
use crate::{cargo, needs, place, step::Status};

/// What the browser loads: `client.js`, whose `init` is told where `client.wasm` is.
pub(crate) struct Client {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// Builds the client, or takes the last one where nothing changed.
pub(crate) fn build(status: &mut Status) -> Result<Client> {
    needs::wasm_target(status)?;
    let compiled = cargo::build(["--package", "client", "--target", cargo::WASM, "--profile", "client"], status)?
        .file("client", "wasm")?;
    let optimiser = WasmOpt::find(status);
    let folder = place::target("xtask/client");
    let recipe = recipe(&compiled, optimiser.as_ref())?;
    let made_from = folder.join("made-from.txt");
    if fs::read_to_string(&made_from).ok().as_ref() != Some(&recipe) {
        status.progress("wasm-bindgen");
        // The note of what it was made from comes last, so that half a client is never taken for a whole one.
        let _ = fs::remove_dir_all(&folder);
        bind(&compiled, &folder)?;
        if let Some(optimiser) = optimiser {
            status.progress("wasm-opt");
            optimiser.optimise(&folder.join("client_bg.wasm"), status)?;
        }
        fs::write(made_from, recipe)?;
    }
    let (mut js, mut wasm) = (fs::read(folder.join("client.js"))?, fs::read(folder.join("client_bg.wasm"))?);
    import_names::number(&mut js, &mut wasm);
    Ok(Client { js, wasm })
}

/// Everything that decides what the finished client is.
fn recipe(compiled: &Path, optimiser: Option<&WasmOpt>) -> Result<String> {
    let compiled = fs::read(compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let optimiser = optimiser.map_or("none", |it| &it.version);
    Ok(format!("wasm {}\nwasm-opt {optimiser}\n{}\n", hex::encode(Sha256::digest(compiled)), wasm_opt::FLAGS.join(" ")))
}

fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        // The address has a hash that only the page knows.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context(
            "wasm-bindgen cannot read the client: `cargo update --package wasm-bindgen` brings both to one version",
        )?;
    ensure!(
        !folder.join("snippets").exists(),
        "a crate of the client brings JavaScript files of its own ({}), which the site has no place for",
        folder.join("snippets").display()
    );
    Ok(())
}
