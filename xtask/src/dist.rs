//! Packs one self-contained program: `target/dist/aplodi`, the site inside.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use memchr::memmem;
use sha2::{Digest, Sha256};

use crate::{cargo, paths, run_captured, site, step::Steps};

/// Builds the program, puts it in its place and proves that it runs anywhere.
pub(crate) fn dist() -> Result<()> {
    let mut steps = Steps::new(site::STEPS + 2);
    site::build(&mut steps)?;
    let built = steps.run("Build the server, optimised", |status| {
        cargo::build(["--release", "--package", "aplodi", "--bin", "aplodi"], status)?.program("aplodi")
    })?;
    let packed = paths::target("dist").join(format!("aplodi{}", env::consts::EXE_SUFFIX));
    let report = steps.run("Pack and try", |status| {
        fs::create_dir_all(paths::target("dist"))?;
        // A program that is running can be replaced, but not written to.
        let _ = fs::remove_file(&packed);
        fs::copy(&built, &packed).with_context(|| format!("{} cannot be written", packed.display()))?;
        let content = fs::read(&packed)?;
        holds_site(&content)?;
        let version = run_captured::run(Command::new(&packed).arg("--version").current_dir(env::temp_dir()), status)?;
        Ok(format!(
            "{}\n{}, {} MB\nsha256 {}",
            packed.display(),
            String::from_utf8_lossy(version.trim_ascii()),
            content.len() / 1_000_000,
            hex::encode(Sha256::digest(&content))
        ))
    })?;
    println!("\n{report}");
    Ok(())
}

/// That the program carries the site of this build, not that of an earlier one.
fn holds_site(program: &[u8]) -> Result<()> {
    for name in site::addresses(&paths::site())?.into_values() {
        let name = Path::new(&name).file_name().unwrap_or_default().as_encoded_bytes();
        ensure!(
            memmem::find(program, name).is_some(),
            "the program does not hold {}: its build must depend on target/site (server/build.rs)",
            String::from_utf8_lossy(name)
        );
    }
    Ok(())
}
