//! Compiles the program again when what it holds inside has changed, and lists what is linked into it for the page
//! `/staff/about`: name, version and licence of every crate, from cargo's own metadata, and the texts of the licences as
//! they lie in the crates.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// What is linked into the program.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    /// as SPDX writes it
    licence: String,
    /// where its files are
    folder: PathBuf,
}

/// What browsers run.
const WASM: &str = "wasm32-unknown-unknown";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    println!("cargo::rerun-if-changed=migrations");
    // A development build reads the site from the folder when it starts.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
    let mut crates = linked(&env::var("TARGET")?, &["aplodi"])?;
    crates.extend(linked(WASM, &["kiosk", "staff"])?);
    let mut by_licence = BTreeMap::<String, Vec<String>>::new();
    let mut by_text = BTreeMap::<String, Vec<String>>::new();
    let mut without_text = String::new();
    for Crate { name, version, licence, folder } in crates {
        let of = format!("{name} {version}");
        let texts = licence_texts(&folder)?;
        if texts.is_empty() {
            writeln!(without_text, "{of}: {licence}")?;
        }
        for text in texts {
            by_text.entry(text).or_default().push(of.clone());
        }
        by_licence.entry(licence).or_default().push(of);
    }
    let mut list = String::from("&[");
    for (licence, crates) in by_licence {
        write!(list, "({licence:?}, {:?}),", crates.join(", "))?;
    }
    list.push(']');
    let texts = by_text.into_iter().map(|(text, crates)| format!("{}\n\n{text}\n", crates.join(", ")));
    let without_text = format!("These came without the text of their licence:\n\n{without_text}");
    let texts = texts.chain([without_text]).collect::<Vec<_>>().join(&format!("\n{}\n\n", "-".repeat(72)));
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("licences.txt"), texts)?;
    Ok(fs::write(out.join("crates.rs"), list)?)
}

/// The licences and notices that lie in a crate. Where it offers the MIT licence for a choice, that one is taken.
fn licence_texts(folder: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().to_uppercase()))?;
        if path.is_file() && ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| name.starts_with(start)) {
            files.push((name, path));
        }
    }
    if files.iter().any(|(name, _)| name.contains("MIT")) {
        files.retain(|(name, _)| name.contains("MIT") || name.starts_with("NOTICE"));
    }
    let read = |path: PathBuf| Ok(String::from_utf8_lossy(&fs::read(path)?).replace('\r', "").trim().to_owned());
    files.into_iter().map(|(_, path)| read(path)).collect()
}

/// What is linked into these crates of ours, and not only used to build them.
fn linked(target: &str, ours: &[&str]) -> Result<BTreeSet<Crate>, Box<dyn Error>> {
    let metadata = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", target])
        .output()?;
    if !metadata.status.success() {
        return Err(String::from_utf8_lossy(&metadata.stderr).into());
    }
    let metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    let by_id = |list: &Value| -> HashMap<String, Value> {
        list.as_array().into_iter().flatten().map(|one| (text(&one["id"]), one.clone())).collect()
    };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let is_ours = |id: &String| packages.get(id).is_some_and(|package| package["source"].is_null());
    let mut waiting: Vec<String> = packages.keys().filter(|id| is_ours(id)).cloned().collect();
    waiting.retain(|id| ours.contains(&text(&packages[id]["name"]).as_str()));
    let (mut seen, mut crates) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = waiting.pop() {
        let package = &packages[&id];
        // What runs in the compiler is not in the program.
        let for_compiler = package["targets"][0]["kind"][0] == "proc-macro";
        if for_compiler || !seen.insert(id.clone()) {
            continue;
        }
        if !is_ours(&id) {
            let manifest = PathBuf::from(text(&package["manifest_path"]));
            crates.insert(Crate {
                name: text(&package["name"]),
                version: text(&package["version"]),
                licence: text(&package["license"]),
                folder: manifest.parent().map(Path::to_owned).unwrap_or_default(),
            });
        }
        let used = nodes[&id]["deps"].as_array().into_iter().flatten();
        let linked =
            used.filter(|used| used["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null()));
        waiting.extend(linked.map(|used| text(&used["pkg"])));
    }
    Ok(crates)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
