//! One sheet for each screen family, with what it imports, as small as it gets.

use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    dependencies::{Dependency, DependencyOptions},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Targets},
};

/// The entry sheets, `style/<name>.css`.
pub(crate) const ENTRIES: [&str; 9] =
    ["kiosk", "corner", "pairing", "remote", "phone", "staff", "print", "help", "stage"];

/// The oldest browsers that we promise to work in: Safari 16.4 and Chrome 110.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        safari: version(16, 4),
        ios_saf: version(16, 4),
        chrome: version(110, 0),
        android: version(110, 0),
        ..Browsers::default()
    })
}

/// Bundles one entry sheet. `address` gives the address of what a `url("/...")` names.
pub(crate) fn bundle(sheet: &Path, address: impl Fn(&str) -> Option<String>) -> Result<String> {
    ensure!(
        sheet.is_file(),
        "{} is missing: each screen family ({}) has its entry sheet",
        sheet.display(),
        ENTRIES.join(", ")
    );
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    // Its errors borrow from the files, and a line counted from 0 helps nobody.
    let joined = bundler.bundle(sheet).map_err(|mut error| {
        error.loc.iter_mut().for_each(|place| place.line += 1);
        anyhow!("{error}")
    });
    let mut parsed = joined.with_context(|| format!("{} does not work", sheet.display()))?;
    parsed
        .minify(MinifyOptions { targets: targets(), ..MinifyOptions::default() })
        .map_err(|error| anyhow!("{}: {error}", sheet.display()))?;
    let printed = parsed
        .to_css(PrinterOptions {
            minify: true,
            targets: targets(),
            analyze_dependencies: Some(DependencyOptions::default()),
            ..PrinterOptions::default()
        })
        .map_err(|error| anyhow!("{}: {error}", sheet.display()))?;
    let mut css = printed.code;
    for dependency in printed.dependencies.unwrap_or_default() {
        match dependency {
            Dependency::Url(url) => css = css.replace(&url.placeholder, &resolve(&url.url, sheet, &address)?),
            Dependency::Import(import) => {
                anyhow::bail!("{}: @import of {} from elsewhere", sheet.display(), import.url)
            }
        }
    }
    Ok(css)
}

/// The address behind a `url(...)`.
fn resolve(url: &str, sheet: &Path, address: impl Fn(&str) -> Option<String>) -> Result<String> {
    if url.starts_with('#') || url.starts_with("data:") {
        return Ok(url.to_owned());
    }
    url.strip_prefix('/').and_then(address).with_context(|| {
        format!(
            "{}: url(\"{url}\") names nothing in public/; write it from there, as in /fonts/x.woff2",
            sheet.display()
        )
    })
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::PathBuf, process};

    use super::*;

    /// A folder with these sheets, of which the first is the entry.
    fn sheets(test: &str, sheets: &[(&str, &str)]) -> PathBuf {
        let folder = env::temp_dir().join(format!("aplodi-styles-{test}-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in sheets {
            fs::write(folder.join(name), text).unwrap();
        }
        folder.join(sheets[0].0)
    }

    fn address(path: &str) -> Option<String> {
        (path == "fonts/x.woff2").then(|| "/assets/x.0123456789.woff2".to_owned())
    }

    #[test]
    fn imports_are_bundled_and_addresses_filled_in() {
        let entry = sheets(
            "bundle",
            &[
                ("kiosk.css", "@import './tokens.css';\n p { color: #ff0000; mask: url(#m); }"),
                ("tokens.css", "@font-face { font-family: X; src: url('/fonts/x.woff2') format('woff2') }"),
            ],
        );
        let css = bundle(&entry, address).unwrap();
        fs::remove_dir_all(entry.parent().unwrap()).unwrap();
        assert!(css.contains("/assets/x.0123456789.woff2") && !css.contains("/fonts/"), "{css}");
        assert!(css.contains("#m") && css.contains("color:red") && !css.contains("@import"), "{css}");
    }

    #[test]
    fn errors_name_the_sheet_and_the_cause() {
        for (test, text, cause) in [
            ("font", "p { background: url(/fonts/y.woff2) }", "/fonts/y.woff2"),
            ("relative", "p { background: url(fonts/x.woff2) }", "fonts/x.woff2"),
            ("syntax", "p { color: }\n } {", "kiosk.css:2:"),
            ("elsewhere", "@import url('https://example.org/a.css'); p { color: red }", "kiosk.css"),
        ] {
            let entry = sheets(test, &[("kiosk.css", text)]);
            let error = format!("{:#}", bundle(&entry, address).unwrap_err());
            fs::remove_dir_all(entry.parent().unwrap()).unwrap();
            assert!(error.contains("kiosk.css") && error.contains(cause), "{error}");
        }
        let error = bundle(Path::new("/nowhere/phone.css"), address).unwrap_err().to_string();
        assert!(error.contains("/nowhere/phone.css is missing"), "{error}");
    }
}
