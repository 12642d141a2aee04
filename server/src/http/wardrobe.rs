//! What the organisation's colours and its logo make of the site: a style sheet of its own, pictures, and the tablet's
//! shell and worker with them.
//!
//! To a tablet another look is another build: its id, and with it every rule about whole builds, is that of the files
//! and of the style sheet (`docs/decisions/look-is-a-build.md`).

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::pages::shell::{Worn, WornLogo, WornPicture};
use domain::look::{Look, Palette};
use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::site::{File, SHELL, Site};
use store::{
    StoreError, SystemStore,
    logo::{Extent, LogoFacts, LogoPictures},
};

/// Another server may change something without our hearing of it for this long at the most.
const FRESH: Duration = Duration::from_secs(5);
/// Where the worker is.
const WORKER: &str = "/sw.js";

/// What is made of the look that is worn now.
#[derive(Clone, Debug)]
pub struct Wardrobe {
    fresh: Cache<(), Arc<Dressed>>,
    /// what was made last, which is mostly what has to be made again
    last: Arc<Mutex<Arc<Dressed>>>,
}

/// The files of one look.
#[derive(Debug, Default)]
pub struct Dressed {
    /// what pages are told of it
    pub worn: Worn,
    files: HashMap<String, File>,
    made_of: MadeOf,
}

/// What a look is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct MadeOf {
    look: Look,
    logo: Option<LogoFacts>,
}

impl Default for Wardrobe {
    fn default() -> Self {
        Self { fresh: Cache::builder().max_capacity(1).time_to_live(FRESH).build(), last: Arc::default() }
    }
}

impl Wardrobe {
    /// Forgets it, because it may have changed.
    pub fn forget(&self) {
        self.fresh.invalidate_all();
    }

    /// What is worn now.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn dressed(&self, site: &Site, store: &dyn SystemStore) -> Result<Arc<Dressed>, StoreError> {
        if let Some(dressed) = self.fresh.get(&()).await {
            return Ok(dressed);
        }
        let mut logo = store.logo().await?;
        if let Some(logo) = &mut logo
            && logo.alt.is_empty()
        {
            logo.alt = store.organisation_name().await?.unwrap_or_default();
        }
        let made_of = MadeOf { look: store.look().await?, logo };
        let last = Arc::clone(&self.last.lock().unwrap_or_else(PoisonError::into_inner));
        let dressed = if last.made_of == made_of {
            last
        } else {
            let pictures = match &made_of.logo {
                Some(logo) => store.logo_pictures(&logo.hash).await?,
                None => None,
            };
            Arc::new(Dressed::new(site, made_of, pictures))
        };
        self.fresh.insert((), Arc::clone(&dressed)).await;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&dressed);
        Ok(dressed)
    }
}

impl Dressed {
    /// The file at an address, where this look has one of its own there.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    fn new(site: &Site, mut made_of: MadeOf, pictures: Option<LogoPictures>) -> Self {
        if pictures.is_none() {
            // Another one has just taken its place, which is found the next time.
            made_of.logo = None;
        }
        if made_of == MadeOf::default() {
            return Self::default();
        }
        let mut files = HashMap::new();
        let logo = made_of.logo.as_ref().map(worn_logo);
        let mut listed = Vec::new();
        if let (Some(logo), Some(pictures)) = (&logo, pictures) {
            listed.push((logo.small.address.clone(), "image/png", sha256(&pictures.small)));
            files.insert(logo.small.address.clone(), File::picture(pictures.small, "image/png"));
            files.insert(logo.large.address.clone(), File::picture(pictures.large, "image/png"));
        }
        let palette = made_of.look.palette();
        let mut sheet = if made_of.look.is_usual() { String::new() } else { sheet(&palette) };
        if let Some(logo) = &logo {
            sheet.push_str(&logo_on_the_tablet(&logo.small));
        }
        let sha256 = sha256(sheet.as_bytes());
        let address = format!("/assets/look.{}.css", &sha256[..10]);
        listed.push((address.clone(), "text/css", sha256));
        files.extend(tablet(site, &palette, &address, &listed));
        files.insert(address.clone(), File::text(sheet, "text/css; charset=utf-8"));
        let ground = (!made_of.look.is_usual()).then(|| palette.curtain.to_string());
        Self { worn: Worn { sheet: Some(address), ground, logo }, files, made_of }
    }
}

fn worn_logo(logo: &LogoFacts) -> WornLogo {
    let picture = |kind: &str, extent: Extent| WornPicture {
        address: format!("/assets/logo.{}{kind}.png", logo.hash),
        width: extent.width,
        height: extent.height,
    };
    WornLogo { alt: logo.alt.clone(), small: picture("", logo.small), large: picture(".large", logo.large) }
}

/// Beside the title and above the lamp that sleeps, where there is something already: no program knows of it.
fn logo_on_the_tablet(logo: &WornPicture) -> String {
    let WornPicture { address, width, height } = logo;
    format!(
        ".playbill::before,.asleep::before{{content:\"\";display:inline-block;block-size:1.8em;max-inline-size:40%;\
         aspect-ratio:{width}/{height};margin-inline-end:.6em;vertical-align:middle;border-radius:4px;\
         background:url({address}) center/contain no-repeat}}\
         .asleep::before{{block-size:9vmin;margin:0}}"
    )
}

/// Shell and worker of the tablet, as one more build; nothing where the site has none.
fn tablet(
    site: &Site,
    palette: &Palette,
    address: &str,
    listed: &[(String, &'static str, String)],
) -> Vec<(String, File)> {
    let files = (site.text(SHELL), site.text(WORKER), site.build());
    let (Some(shell), Some(worker), Some(build)) = files else { return Vec::new() };
    // The version that a tablet tells goes on naming the program before the full stop.
    let Some((.., of_sheet)) = listed.last() else { return Vec::new() };
    let dressed = format!("{build}.{}", &of_sheet[..10]);
    let own = format!("data-build=\"{dressed}\"");
    let link = format!("<link rel=\"stylesheet\" href=\"{address}\">\n</head>");
    let ground = format!("name=\"theme-color\" content=\"{}\"", palette.deep);
    let new_shell = shell.replacen(&format!("data-build=\"{build}\""), &own, 1).replacen("</head>", &link, 1).replacen(
        "name=\"theme-color\" content=\"#1f0817\"",
        &ground,
        1,
    );
    let mut list = String::new();
    for (address, kind, sha256) in listed {
        // Writing to a string cannot fail.
        _ = write!(list, "\"{address}\":[\"{kind}\",\"{sha256}\"],");
    }
    list.push_str("\"/kiosk\":[");
    let worker = worker
        .replacen(&format!("\"{build}\""), &format!("\"{dressed}\""), 1)
        .replacen("\"/kiosk\":[", &list, 1)
        .replacen(&sha256(shell.as_bytes()), &sha256(new_shell.as_bytes()), 1);
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

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
