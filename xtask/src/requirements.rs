//! What the machine must have: installed where we may, named with the one command to type where we may not.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{cargo::WASM, paths, run_captured, step::Status};

/// A program that tests or measurements use.
pub(crate) struct Tool {
    name: &'static str,
    package: &'static str,
    present: fn() -> bool,
}

const POSTGRES: Tool =
    Tool { name: "PostgreSQL's server", package: "postgresql", present: || paths::postgres_programs().is_some() };
const CHROMIUM: Tool = Tool {
    name: "Chromium",
    package: "chromium",
    present: || ["chromium", "chromium-browser", "google-chrome"].iter().any(|name| paths::program(name).is_some()),
};
const CHROMEDRIVER: Tool =
    Tool { name: "chromedriver", package: "chromium-driver", present: || paths::program("chromedriver").is_some() };
const ZBAR: Tool = Tool { name: "zbarimg", package: "zbar-tools", present: || paths::program("zbarimg").is_some() };
/// The engine of tablets from Apple.
const WEBKIT: Tool = Tool {
    name: "WebKitWebDriver",
    package: "webkit2gtk-driver",
    present: || paths::program("WebKitWebDriver").is_some(),
};
const XVFB: Tool = Tool { name: "xvfb-run", package: "xvfb", present: || paths::program("xvfb-run").is_some() };
const XAUTH: Tool = Tool { name: "xauth", package: "xauth", present: || paths::program("xauth").is_some() };
/// Fetches axe-core, which looks for what stands in the way of people with disabilities.
const NPM: Tool = Tool { name: "npm", package: "npm", present: || paths::program("npm").is_some() };

/// Makes syncs fail. Only Linux has it; elsewhere those tests say that they were skipped.
const STRACE: Tool = Tool {
    name: "strace",
    package: "strace",
    present: || !cfg!(target_os = "linux") || paths::program("strace").is_some(),
};
/// Mounts the disk that is pulled out, for who is not root.
const FUSE: Tool = Tool {
    name: "fusermount3",
    package: "fuse3",
    present: || is_root() || !Path::new("/dev/fuse").exists() || paths::program("fusermount3").is_some(),
};

/// Everything the tests use.
pub(crate) const TESTS: [Tool; 7] = [CHROMIUM, CHROMEDRIVER, POSTGRES, ZBAR, NPM, STRACE, FUSE];
/// Everything that breaks the server for hours.
pub(crate) const TORTURE: [Tool; 3] = [POSTGRES, STRACE, FUSE];

/// What some tests do without, saying that they were skipped and why.
pub(crate) const OPTIONAL: [Tool; 3] = [WEBKIT, XVFB, XAUTH];

/// Everything the measurements use.
pub(crate) const MEASUREMENTS: [Tool; 3] = [CHROMIUM, CHROMEDRIVER, POSTGRES];

/// Makes sure that the tools are there.
///
/// # Errors
/// If one is missing and cannot be installed from here; the message has the command that installs it.
pub(crate) fn tools(tools: &[Tool], status: &Status) -> Result<()> {
    let missing = || tools.iter().filter(|tool| !(tool.present)()).collect::<Vec<_>>();
    let packages = |tools: &[&Tool]| tools.iter().map(|tool| tool.package).collect::<Vec<_>>().join(" ");
    let names = |tools: &[&Tool]| tools.iter().map(|tool| tool.name).collect::<Vec<_>>().join(", ");
    let needed = missing();
    if needed.is_empty() {
        return Ok(());
    }
    if paths::program("apt-get").is_none() {
        bail!("missing: {}. Install with your system's package manager, then start again", names(&needed));
    }
    if !is_root() {
        bail!(
            "missing: {}. Type this, then start again:\n\n    sudo apt-get update && sudo apt-get install -y {}\n",
            names(&needed),
            packages(&needed)
        );
    }
    let apt = |arguments: &[&str], status: &Status| {
        run_captured::run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"), status)
    };
    status.progress("apt-get update");
    apt(&["update"], status)?;
    status.progress(&format!("apt-get install {}", packages(&needed)));
    let install = ["install", "-y", "--no-install-recommends"];
    apt(&[&install[..], &needed.iter().map(|tool| tool.package).collect::<Vec<_>>()].concat(), status)?;
    status.note(format!("installed {}", packages(&needed)));
    let still = missing();
    if !still.is_empty() {
        bail!("{} still not found after apt-get installed {}", names(&still), packages(&still));
    }
    Ok(())
}

/// Installs tools where that is allowed, and goes on without them where it is not.
pub(crate) fn optional(wanted: &[Tool], status: &Status) {
    if let Err(error) = tools(wanted, status) {
        status.note(format!("some tests will be skipped: {error:#}"));
    }
}

/// Makes sure that Rust can build for the browser.
pub(crate) fn wasm_target(status: &Status) -> Result<()> {
    let ask = ["--print", "target-libdir", "--target", WASM];
    let answer = run_captured::run(Command::new("rustc").args(ask), status)?;
    let folder = String::from_utf8(answer).context("rustc answered something that is not text")?;
    if std::path::Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    if paths::program("rustup").is_none() {
        bail!("Rust cannot build for {WASM}: install Rust with rustup (https://rustup.rs), or that target's package");
    }
    status.progress(&format!("rustup target add {WASM}"));
    run_captured::run(Command::new("rustup").args(["target", "add", WASM]), status)?;
    status.note(format!("added the Rust target {WASM}"));
    Ok(())
}

/// Whether we may install packages, and may not start PostgreSQL.
pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}
