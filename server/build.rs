//! Compiles the program again when what it holds inside has changed, and lists what is linked into it for the page
//! `/staff/about`: name, version and licence of every crate, from cargo's own metadata.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env,
    error::Error,
    fmt::Write,
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;

/// Name, version and licence.
type Crate = (String, String, String);

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
    for (name, version, licence) in crates {
        by_licence.entry(licence).or_default().push(format!("{name} {version}"));
    }
    let mut list = String::from("&[");
    for (licence, crates) in by_licence {
        write!(list, "({licence:?}, {:?}),", crates.join(", "))?;
    }
    list.push(']');
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("crates.rs"), list)?)
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
            crates.insert((text(&package["name"]), text(&package["version"]), text(&package["license"])));
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
