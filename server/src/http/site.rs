//! Scripts, styles, fonts and icons: built by `cargo xtask`, held inside the program.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
    sync::Arc,
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::{etag, problem::Problem};

/// In a release build the files are part of the program; in a development build they are read from
/// the folder when the server starts.
#[derive(Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Folder;

/// The kiosk's shell, which names the build.
pub(super) const SHELL: &str = "/kiosk.html";

/// The site, in memory.
#[derive(Clone, Debug, Default)]
pub struct Site {
    files: Arc<HashMap<String, File>>,
    addresses: Arc<BTreeMap<String, String>>,
    build: Option<Arc<str>>,
}

/// A file as it travels.
#[derive(Debug)]
pub(super) struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: HeaderValue,
    etag: HeaderValue,
}

/// The site was not built, or only in part.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// There is no list of addresses.
    #[error("the site has not been built: run `cargo xtask serve` or `cargo xtask demo`")]
    NotBuilt,
    /// The list of addresses cannot be read.
    #[error("the site's list of addresses cannot be read")]
    Addresses(#[from] serde_json::Error),
}

impl Site {
    /// Reads the site once.
    ///
    /// # Errors
    /// Where it was not built.
    pub fn load() -> Result<Self, SiteError> {
        let list = Folder::get("assets.json").ok_or(SiteError::NotBuilt)?;
        let addresses = serde_json::from_slice(&list.data)?;
        let files: HashMap<String, File> = Folder::iter()
            .filter(|path| path != "assets.json" && !is_sibling(path))
            .filter_map(|path| File::load(&path).map(|file| (format!("/{path}"), file)))
            .collect();
        let build = files.get(SHELL).and_then(|shell| build_of(&shell.plain)).map(Arc::from);
        Ok(Self { files: Arc::new(files), addresses: Arc::new(addresses), build })
    }

    /// The address of a file by its logical name, such as `staff.css`; the name itself where the
    /// site has no such file, which a test would notice as a 404.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        self.addresses.get(name).cloned().unwrap_or_else(|| format!("/assets/{name}"))
    }

    /// Every logical name with its address.
    #[must_use]
    pub fn addresses(&self) -> &BTreeMap<String, String> {
        &self.addresses
    }

    /// The version of the program that tablets get from here, such as `0.1.0+3f2a09c41b77`; without a build where
    /// there is none.
    #[must_use]
    pub fn version(&self) -> String {
        let release = env!("CARGO_PKG_VERSION");
        self.build.as_deref().map_or_else(|| release.to_owned(), |build| format!("{release}+{build}"))
    }

    /// Which build of the tablet's program this is; `None` where there is none.
    pub(super) fn build(&self) -> Option<&str> {
        self.build.as_deref()
    }

    /// What stands in a file of text.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(&self.files.get(path)?.plain).ok()
    }

    /// The file at a path, as the browser can read it; nothing where it has it already.
    pub(super) fn respond(&self, path: &str, request: &HeaderMap) -> Response {
        match self.files.get(path) {
            Some(file) => file.respond(path, request),
            None => Problem::not_found().into_response(),
        }
    }
}

impl File {
    /// The file at a path, as the browser can read it; nothing where it has it already.
    pub(super) fn respond(&self, path: &str, request: &HeaderMap) -> Response {
        // A name with a hash in it never means anything else.
        let caching = if path.starts_with("/assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        let mut response = if etag::is_known(request, &self.etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let (body, encoding) = self.encoded(request);
            let mut response = Body::from(body).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, self.content_type.clone());
            if let Some(encoding) = encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        response
    }

    /// A file that is made while the server runs.
    pub(super) fn text(text: String, content_type: &'static str) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let packed = gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish());
        Self {
            etag: etag_of(text.as_bytes()),
            plain: Bytes::from(text),
            brotli: None,
            gzip: packed.ok().map(Bytes::from),
            content_type: HeaderValue::from_static(content_type),
        }
    }

    /// A picture, which is packed already.
    pub(super) fn picture(bytes: Vec<u8>, content_type: &'static str) -> Self {
        Self {
            etag: etag_of(&bytes),
            plain: Bytes::from(bytes),
            brotli: None,
            gzip: None,
            content_type: HeaderValue::from_static(content_type),
        }
    }

    fn load(path: &str) -> Option<Self> {
        let bytes = |path: &str| Folder::get(path).map(|file| Bytes::from(file.data.into_owned()));
        let plain = bytes(path)?;
        let kind = mime_guess::from_path(path).first_or_octet_stream();
        let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
        Some(Self {
            etag: etag_of(&plain),
            plain,
            brotli: bytes(&format!("{path}.br")),
            gzip: bytes(&format!("{path}.gz")),
            content_type: HeaderValue::from_str(&kind).ok()?,
        })
    }

    fn encoded(&self, request: &HeaderMap) -> (Bytes, Option<&'static str>) {
        let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(accepted, "br") => (brotli.clone(), Some("br")),
            (_, Some(gzip)) if accepts(accepted, "gzip") => (gzip.clone(), Some("gzip")),
            _ => (self.plain.clone(), None),
        }
    }
}

fn etag_of(plain: &[u8]) -> HeaderValue {
    let digest = hex::encode(&Sha256::digest(plain)[..8]);
    // Hexadecimal digits are always the value of a header.
    HeaderValue::from_str(&format!("\"{digest}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether an `Accept-Encoding` names an encoding and does not refuse it with `q=0`.
#[must_use]
pub fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some(encoding) && words.all(|word| !matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The build that a shell belongs to.
fn build_of(shell: &[u8]) -> Option<&str> {
    let (_, rest) = std::str::from_utf8(shell).ok()?.split_once("data-build=\"")?;
    rest.split_once('"').map(|(build, _)| build).filter(|build| !build.is_empty())
}

fn is_sibling(path: &str) -> bool {
    [".br", ".gz"].iter().any(|end| path.strip_suffix(end).is_some_and(|plain| Folder::get(plain).is_some()))
}

#[cfg(test)]
mod tests {
    use super::{accepts, build_of};

    #[test]
    fn the_shell_names_the_build() {
        assert_eq!(build_of(b"<main id=\"kiosk\" data-build=\"3f2a09\">"), Some("3f2a09"));
        assert_eq!(build_of(b"<main data-build=\"\">"), None);
        assert_eq!(build_of(b"<main>"), None);
    }

    #[test]
    fn encodings_are_read_as_they_are_meant() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "br"));
        assert!(!accepts("brotli", "br"));
    }
}
