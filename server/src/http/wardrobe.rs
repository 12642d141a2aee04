//! What the organisation's colours make of the site: a style sheet of its own, and the tablet's shell and worker with it.
//!
//! To a tablet another look is another build: its id, and with it every rule about whole builds, is that of the files
//! and of the style sheet (`docs/decisions/look-is-a-build.md`).

use std::{collections::HashMap, fmt::Write as _, sync::Arc, time::Duration};

use app::pages::shell::Worn;
use domain::look::{Look, Palette};
use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::site::{File, SHELL, Site};
use store::{StoreError, SystemStore};

/// Another server may change something without our hearing of it for this long at the most.
const FRESH: Duration = Duration::from_secs(5);
/// Where the worker is.
const WORKER: &str = "/sw.js";

/// What is made of the look that is worn now.
#[derive(Clone, Debug)]
pub struct Wardrobe(Cache<(), Arc<Dressed>>);

/// The files of one look.
#[derive(Debug, Default)]
pub struct Dressed {
    /// what pages are told of it
    pub worn: Worn,
    files: HashMap<String, File>,
}

impl Default for Wardrobe {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(1).time_to_live(FRESH).build())
    }
}

impl Wardrobe {
    /// Forgets it, because it may have changed.
    pub fn forget(&self) {
        self.0.invalidate_all();
    }

    /// What is worn now.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn dressed(&self, site: &Site, store: &dyn SystemStore) -> Result<Arc<Dressed>, StoreError> {
        if let Some(dressed) = self.0.get(&()).await {
            return Ok(dressed);
        }
        let dressed = Arc::new(Dressed::new(site, &store.look().await?));
        self.0.insert((), Arc::clone(&dressed)).await;
        Ok(dressed)
    }
}

impl Dressed {
    /// The file at an address, where this look has one of its own there.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    fn new(site: &Site, look: &Look) -> Self {
        if look.is_usual() {
            return Self::default();
        }
        let palette = look.palette();
        let sheet = sheet(&palette);
        let sha256 = sha256(&sheet);
        let short = &sha256[..10];
        let address = format!("/assets/look.{short}.css");
        let mut files = HashMap::new();
        files.extend(tablet(site, &palette, &address, &sha256));
        files.insert(address.clone(), File::text(sheet, "text/css; charset=utf-8"));
        Self { worn: Worn { sheet: Some(address), ground: Some(palette.curtain.to_string()) }, files }
    }
}

/// Shell and worker of the tablet, as one more build; nothing where the site has none.
fn tablet(site: &Site, palette: &Palette, address: &str, sha256_of_sheet: &str) -> Vec<(String, File)> {
    let files = (site.text(SHELL), site.text(WORKER), site.build());
    let (Some(shell), Some(worker), Some(build)) = files else { return Vec::new() };
    // The version that a tablet tells goes on naming the program before the full stop.
    let dressed = format!("{build}.{}", &sha256_of_sheet[..10]);
    let own = format!("data-build=\"{dressed}\"");
    let link = format!("<link rel=\"stylesheet\" href=\"{address}\">\n</head>");
    let ground = format!("name=\"theme-color\" content=\"{}\"", palette.deep);
    let new_shell = shell.replacen(&format!("data-build=\"{build}\""), &own, 1).replacen("</head>", &link, 1).replacen(
        "name=\"theme-color\" content=\"#1f0817\"",
        &ground,
        1,
    );
    let list = format!("\"{address}\":[\"text/css\",\"{sha256_of_sheet}\"],\"/kiosk\":[");
    let worker = worker
        .replacen(&format!("\"{build}\""), &format!("\"{dressed}\""), 1)
        .replacen("\"/kiosk\":[", &list, 1)
        .replacen(&sha256(shell), &sha256(&new_shell), 1);
    vec![
        (SHELL.to_owned(), File::text(new_shell, "text/html; charset=utf-8")),
        (WORKER.to_owned(), File::text(worker, "text/javascript; charset=utf-8")),
    ]
}

/// The style sheet that comes after those of the site.
fn sheet(palette: &Palette) -> String {
    let Palette { primary, accent, on_accent, curtain, fold, deep, line, quiet } = palette;
    let mut css = String::from(":root{");
    for (name, colour) in [
        ("brand", primary),
        ("focus", primary),
        ("light", accent),
        ("on-light", on_accent),
        ("curtain", curtain),
        ("curtain-fold", fold),
        ("curtain-deep", deep),
        ("curtain-line", line),
        ("on-curtain-quiet", quiet),
    ] {
        // Writing to a string cannot fail.
        _ = write!(css, "--{name}:{colour};");
    }
    // The cloth's two rhythms, as in the tablet's own sheet.
    _ = write!(
        css,
        "--glow:{fold}99;--folds:repeating-linear-gradient(90deg,#0000 0,{deep}73 23px,#0000 41px,{fold}33 52px,#0000 \
         67px),repeating-linear-gradient(90deg,{fold}40 0,#0000 29px,{deep}73 53px,{fold}40 89px)}}\
         .kiosk{{background:radial-gradient(80% 46% at 50% 0,{fold}66,transparent),linear-gradient(transparent 55%,\
         {deep}),var(--folds),{curtain}}}"
    );
    css
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
