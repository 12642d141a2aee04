//! What lies in `public/`, sorted by what happens to it.

use std::path::Path;

use anyhow::{Context, Result};

use super::{files::Files, folder, worker::WORKER};

/// The files of `public/`, by their path below it.
#[derive(Default)]
pub(crate) struct Sources {
    /// `fonts/*.woff2`: assets. Their licence and description beside them are not served.
    pub fonts: Files,
    /// `*.js`: assets, after their placeholders are filled in.
    pub scripts: Files,
    /// `sw.js`: the service worker, at its own address, after its placeholders are filled in.
    pub worker: Files,
    /// `*.html`: pages with placeholders, under their own names.
    pub pages: Files,
    /// Everything else, as it is.
    pub others: Files,
}

/// Reads the folder `public/`.
pub(crate) fn read(public: &Path) -> Result<Sources> {
    let mut sources = Sources::default();
    for (path, content) in folder::read(public).context("the folder `public` cannot be read")? {
        sources.sort(path, content);
    }
    Ok(sources)
}

impl Sources {
    fn sort(&mut self, path: String, content: Vec<u8>) {
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        let nested = path.contains('/');
        let extension = path.rsplit('.').next().unwrap_or_default();
        let kind = match extension {
            _ if hidden => return,
            "woff2" if path.starts_with("fonts/") => &mut self.fonts,
            _ if path.starts_with("fonts/") => return,
            "js" if path == WORKER => &mut self.worker,
            "js" if !nested => &mut self.scripts,
            "html" if !nested => &mut self.pages,
            _ => &mut self.others,
        };
        kind.insert(path, content);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_kind() {
        let mut sources = Sources::default();
        for path in [
            "fonts/a.woff2",
            "fonts/OFL.txt",
            "fonts/README.md",
            "kiosk.js",
            "sw.js",
            "kiosk.html",
            "icons/a.svg",
            "icons/.gitkeep",
            "vendor/b.js",
            ".DS_Store",
        ] {
            sources.sort(path.to_owned(), Vec::new());
        }
        assert_eq!(sources.fonts.keys().collect::<Vec<_>>(), ["fonts/a.woff2"]);
        assert_eq!(sources.scripts.keys().collect::<Vec<_>>(), ["kiosk.js"]);
        assert_eq!(sources.worker.keys().collect::<Vec<_>>(), ["sw.js"]);
        assert_eq!(sources.pages.keys().collect::<Vec<_>>(), ["kiosk.html"]);
        assert_eq!(sources.others.keys().collect::<Vec<_>>(), ["icons/a.svg", "vendor/b.js"]);
    }
}
