//! What axe-core, the measure of the trade, says about a page. It finds perhaps half of what can be
//! wrong; what it finds is wrong.

use std::path::PathBuf;

use serde_json::Value;
use tokio::{process::Command, sync::OnceCell};

use super::Browser;
use crate::program::target;

const PACKAGE: &str = "axe-core@4.14.1";

static AXE: OnceCell<String> = OnceCell::const_new();

impl Browser {
    /// What WCAG 2.2 A and AA forbid and this page does, one line for each kind of violation.
    ///
    /// # Panics
    /// Where axe-core cannot be installed or does not run.
    pub async fn violations(&self) -> Vec<String> {
        const RUN: &str = "
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
                ({ violations }) => done(violations.map(({ id, help, nodes }) =>
                    `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`)),
                (error) => done([String(error)]),
            );";
        self.execute(AXE.get_or_init(source).await, Vec::new()).await;
        let found = self.driver.execute_async(RUN, Vec::new()).await.expect("axe runs").json().clone();
        let Value::Array(found) = found else { panic!("axe says what it found, not {found}") };
        found.into_iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// The script, installed where it is missing.
async fn source() -> String {
    let file = folder().join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        install().await;
    }
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn folder() -> PathBuf {
    target().join("tools/axe")
}

async fn install() {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder under target");
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix"]).arg(&folder).arg(PACKAGE);
    let installed = npm.status().await.is_ok_and(|end| end.success());
    assert!(
        installed,
        "axe-core is missing. Type this, then start again:\n\n    npm install --no-save --prefix target/tools/axe {PACKAGE}\n"
    );
}
