//! The scripts of `public/` are written by hand; TypeScript reads them as they are, with the types in their comments
//! and those of the programs that wasm-bindgen made, and says what cannot be right. It takes seconds.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::json;

use crate::{paths, run_captured, site, step::Status};

const PACKAGE: &str = "typescript@5.9.3";

/// The only script that runs outside a page.
const WORKER: &str = "sw.js";

/// Checks all of them. The clients must have been built: `clients` are the programs' names.
pub(crate) fn check(clients: &[&str], status: &Status) -> Result<()> {
    let tsc = site::npm::program("tsc");
    if !tsc.is_file() {
        site::npm::install(PACKAGE, status)?;
    }
    let folder = paths::target("xtask").join("scripts-checked");
    let _ = fs::remove_dir_all(&folder);
    let (page, worker) = (folder.join("page"), folder.join("worker"));
    for place in [&page, &worker] {
        fs::create_dir_all(place)?;
    }
    for entry in fs::read_dir(paths::root().join("public"))? {
        let script = entry?.path();
        let Some(name) = script.file_name().filter(|_| script.extension().is_some_and(|it| it == "js")) else {
            continue;
        };
        let text = fs::read_to_string(&script).with_context(|| format!("{} cannot be read", script.display()))?;
        let place = if name == WORKER { &worker } else { &page };
        fs::write(place.join(name), readable(&text))?;
    }
    for client in clients {
        let types = format!("{client}.d.ts");
        fs::copy(paths::target("xtask").join(client).join(&types), page.join(&types))
            .with_context(|| format!("{types} is missing"))?;
    }
    fs::write(page.join("ambient.d.ts"), include_str!("ambient.d.ts"))?;
    run(&tsc, &page, &["es2023", "dom", "dom.iterable"], status)?;
    run(&tsc, &worker, &["es2023", "webworker"], status)
}

/// A script whose placeholders are addresses that TypeScript finds, on the same lines as before.
fn readable(script: &str) -> String {
    let mut text = script.replace("{{build.files}}", "({})");
    while let Some((before, rest)) = text.split_once("\"{{")
        && let Some((name, after)) = rest.split_once("}}\"")
    {
        text = [before, "\"./", name, "\"", after].concat();
    }
    text
}

fn run(tsc: &Path, place: &Path, libraries: &[&str], status: &Status) -> Result<()> {
    let options = json!({ "compilerOptions": {
        "allowJs": true, "checkJs": true, "noEmit": true, "strict": true, "skipLibCheck": true,
        "target": "es2022", "module": "es2022", "moduleResolution": "bundler", "moduleDetection": "force", "types": [],
        "lib": libraries,
    } });
    fs::write(place.join("tsconfig.json"), options.to_string())?;
    run_captured::run(Command::new(tsc).arg("--project").arg(place), status)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_neighbours() {
        let script = "import { a } from \"{{a.js}}\";\nconst FILES = {{build.files}};\nfetch(\"{{b.json}}\");";
        assert_eq!(readable(script), "import { a } from \"./a.js\";\nconst FILES = ({});\nfetch(\"./b.json\");");
    }
}
