//! Where things lie. Everything that xtask makes is below `target/` at the workspace's root, also when
//! `CARGO_TARGET_DIR` sends cargo's own output elsewhere: the server looks for its site there.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    // `cargo run` says where the package is now; the path at compile time serves a program started by hand.
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let package = PathBuf::from(package);
    package.parent().map_or(package.clone(), Path::to_path_buf)
}

/// A place below `target/`.
pub(crate) fn target(below: &str) -> PathBuf {
    root().join("target").join(below)
}

/// The finished site, which the server embeds.
pub(crate) fn site() -> PathBuf {
    target("site")
}

/// The file that a bare program name means on this machine.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

/// The folder with PostgreSQL's server programs: Debian keeps one for each version, others put them on the `PATH`.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let version = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = debian.filter(|path| path.join("bin/initdb").is_file()).max_by_key(|path| version(path));
    newest.map(|path| path.join("bin")).or_else(|| program("initdb")?.parent().map(Path::to_path_buf))
}
