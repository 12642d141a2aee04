//! Gives each file its address and puts addresses where names were.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, anyhow, bail, ensure};
use sha2::{Digest, Sha256};

use super::{
    client::Client,
    files::{ADDRESSES, Files},
    placeholders,
    sources::Sources,
    styles, worker,
};

/// Makes a script smaller.
type Minify<'a> = &'a dyn Fn(&str) -> Result<String>;

/// A site under construction.
struct Site<'a> {
    minify: Minify<'a>,
    files: Files,
    /// Logical name -> address.
    addresses: BTreeMap<String, String>,
}

/// Puts the site together, without compressed siblings.
pub(crate) fn assemble(
    clients: Vec<Client>,
    mut sources: Sources,
    texts: Files,
    style: &Path,
    minify: Minify<'_>,
) -> Result<Files> {
    let mut site = Site { minify, files: sources.others, addresses: BTreeMap::new() };
    for client in clients {
        let script = format!("{}.js", client.name);
        let js = minify(&text(&script, client.js)?)?;
        site.add_asset(&script, js.into_bytes())?;
        site.add_asset(&format!("{}.wasm", client.name), client.wasm)?;
    }
    for (name, content) in sources.fonts.into_iter().chain(texts) {
        site.add_asset(&name, content)?;
    }
    for entry in styles::ENTRIES {
        let name = format!("{entry}.css");
        let css = styles::bundle(&style.join(&name), |path| site.served_as(path))?;
        site.add_asset(&name, css.into_bytes())?;
    }
    site.add_scripts(sources.scripts)?;
    let mut pages = sources.pages;
    let (shell, script) = (taken(&mut pages, worker::SHELL.0)?, taken(&mut sources.worker, worker::WORKER)?);
    site.add_build(&shell, &script)?;
    for (name, content) in pages {
        let page = site.fill(&name, &text(&name, content)?, &[])?;
        site.files.insert(name, page.into_bytes());
    }
    let addresses = serde_json::to_string_pretty(&site.addresses)? + "\n";
    site.files.insert(ADDRESSES.to_owned(), addresses.into_bytes());
    Ok(site.files)
}

impl Site<'_> {
    /// Adds a file under an address that changes with its content.
    fn add_asset(&mut self, name: &str, content: Vec<u8>) -> Result<()> {
        let path = hashed(name, &content);
        let before = self.addresses.insert(name.to_owned(), format!("/{path}"));
        ensure!(before.is_none(), "two assets are called {name}: rename the one in public/");
        self.files.insert(path, content);
        Ok(())
    }

    /// Adds scripts, each after those whose addresses it holds: an address is the hash of the finished content. They are
    /// made small first, since only comments may name each other in a circle: a type is no import.
    fn add_scripts(&mut self, scripts: Files) -> Result<()> {
        let mut waiting = Vec::new();
        for (name, content) in scripts {
            let text = (self.minify)(&text(&name, content)?)?;
            waiting.push((name, text));
        }
        while !waiting.is_empty() {
            let others: Vec<String> = waiting.iter().map(|(name, _)| name.clone()).collect();
            let is_ready = |text: &str| !placeholders::names(text).any(|name| others.iter().any(|other| other == name));
            let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, text)| is_ready(text));
            if ready.is_empty() {
                bail!("the scripts {} name each other in a circle: no hash can be the first", others.join(", "));
            }
            for (name, text) in ready {
                let script = self.fill(&name, &text, &[])?;
                self.add_asset(&name, script.into_bytes())?;
            }
            waiting = rest;
        }
        Ok(())
    }

    /// Adds the shell of the kiosk and the worker that keeps it and all that it needs.
    fn add_build(&mut self, shell: &str, script: &str) -> Result<()> {
        let nameless = self.fill(worker::SHELL.0, shell, &[(worker::ID, "")])?;
        let empty = self.fill(worker::WORKER, script, &[(worker::ID, ""), (worker::FILES, "")])?;
        let id = worker::id(&nameless, &empty);
        let shell = self.fill(worker::SHELL.0, shell, &[(worker::ID, &id)])?;
        let list = worker::list(&shell, &empty, &self.files)?;
        let script = self.fill(worker::WORKER, script, &[(worker::ID, &id), (worker::FILES, &list)])?;
        let script = (self.minify)(&script)?;
        self.files.insert(worker::SHELL.0.to_owned(), shell.into_bytes());
        self.files.insert(worker::WORKER.to_owned(), script.into_bytes());
        Ok(())
    }

    /// Fills in addresses and, in the few files that have them, other `facts`.
    fn fill(&self, file: &str, text: &str, facts: &[(&str, &str)]) -> Result<String> {
        let fact = |name: &str| facts.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact);
        let address = |name: &str| fact(name).or_else(|| self.addresses.get(name).map(String::as_str));
        placeholders::fill(&format!("public/{file}"), text, address).map_err(|error| {
            let names: Vec<&str> = self.addresses.keys().map(String::as_str).collect();
            anyhow!("{error}; there are {}", names.join(", "))
        })
    }

    /// The address at which a file of `public/` is served.
    fn served_as(&self, path: &str) -> Option<String> {
        let unchanged = || self.files.contains_key(path).then(|| format!("/{path}"));
        self.addresses.get(path).cloned().or_else(unchanged)
    }
}

/// `fonts/x.woff2` -> `assets/x.3f2a09c41b.woff2`.
fn hashed(name: &str, content: &[u8]) -> String {
    let hash = hex::encode(Sha256::digest(content));
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    format!("assets/{stem}.{}.{extension}", &hash[..10])
}

fn taken(files: &mut Files, name: &str) -> Result<String> {
    let content = files.remove(name).with_context(|| format!("public/{name} is missing"))?;
    text(name, content)
}

fn text(name: &str, content: Vec<u8>) -> Result<String> {
    String::from_utf8(content).with_context(|| format!("public/{name} is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site<'static> {
        Site { minify: &|script| Ok(script.to_owned()), files: Files::new(), addresses: BTreeMap::new() }
    }

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn an_address_carries_the_start_of_the_hash() {
        // sha256 of the empty text, from FIPS 180-4's test vectors.
        assert_eq!(hashed("fonts/x.woff2", b""), "assets/x.e3b0c44298.woff2");
        assert_eq!(hashed("a.min.js", b"abc"), "assets/a.min.ba7816bf8f.js");
    }

    #[test]
    fn a_script_is_hashed_after_the_addresses_in_it() {
        let mut site = site();
        site.add_scripts(files(&[("a.js", "import '{{b.js}}'"), ("b.js", "1")])).unwrap();
        let b = hashed("b.js", b"1");
        let a = format!("import '/{b}'");
        assert_eq!(site.files.keys().collect::<Vec<_>>(), [&hashed("a.js", a.as_bytes()), &b]);
        assert_eq!(site.addresses["b.js"], format!("/{b}"));
    }

    #[test]
    fn another_file_is_another_build() {
        let built = |wasm: &str| {
            let mut site = site();
            site.add_asset("client.wasm", wasm.into()).unwrap();
            site.add_build("<main data-build='{{build.id}}'>{{client.wasm}}", "'{{build.id}}', {{build.files}}")
                .unwrap();
            let file = |name: &str| String::from_utf8(site.files[name].clone()).unwrap();
            (file("kiosk.html"), file("sw.js"))
        };
        let (shell, worker) = built("a");
        let (_, id) = shell.split_once("data-build='").unwrap();
        assert!(worker.starts_with(&format!("'{}', {{", &id[..12])), "{worker}");
        let hash = hex::encode(Sha256::digest(&shell));
        assert!(worker.contains(&format!(r#""/kiosk":["text/html","{hash}"]"#)), "{worker}");
        let (other, _) = built("b");
        assert!(!other.contains(&id[..12]), "{other}");
    }

    #[test]
    fn scripts_in_a_circle_are_an_error() {
        let error = site().add_scripts(files(&[("a.js", "{{b.js}}"), ("b.js", "{{a.js}}")])).unwrap_err();
        assert!(error.to_string().contains("a.js, b.js"), "{error}");
    }

    #[test]
    fn one_name_means_one_thing() {
        let mut site = site();
        site.add_asset("client.js", b"made".to_vec()).unwrap();
        assert!(site.add_scripts(files(&[("client.js", "written")])).is_err());
    }

    #[test]
    fn a_sheet_may_name_fonts_and_what_is_served_as_it_is() {
        let mut site = Site { files: files(&[("icons/a.svg", "<svg/>")]), ..site() };
        site.add_asset("fonts/x.woff2", Vec::new()).unwrap();
        assert_eq!(site.served_as("fonts/x.woff2").as_deref(), Some("/assets/x.e3b0c44298.woff2"));
        assert_eq!(site.served_as("icons/a.svg").as_deref(), Some("/icons/a.svg"));
        assert_eq!(site.served_as("icons/b.svg"), None);
    }
}
