//! Compression of pages. The site's files and the phone form come compressed already; what programs and tablets
//! exchange is short, and an event stream must not wait for a full block.
//!
//! Why pages that hold secrets may be compressed: `docs/decisions/compressed-pages.md`.

use axum::{
    extract::Request,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::Next,
    response::Response,
};
use tower_http::compression::{CompressionLayer, Predicate, predicate::SizeAbove};

/// Whatever is shorter fits into one packet anyway, in bytes.
const SHORTEST: u16 = 1_024;

/// Compresses pages. [`mark_foreign`] has to be inside it.
#[must_use]
pub fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(SizeAbove::new(SHORTEST).and(is_own_page))
}

/// Another site made the browser ask for this.
#[derive(Clone, Copy, Debug)]
struct Foreign;

/// Marks answers to requests that another site caused: the length of a compressed page tells something about what is
/// in it, and whoever causes requests could find out by trying.
pub async fn mark_foreign(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    let is_foreign = site.is_some_and(|site| [&b"cross-site"[..], b"same-site"].contains(&site.as_bytes()));
    let mut response = next.run(request).await;
    if is_foreign {
        response.extensions_mut().insert(Foreign);
    }
    response
}

fn is_own_page(_: StatusCode, _: Version, headers: &HeaderMap, extensions: &Extensions) -> bool {
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    is_page && extensions.get::<Foreign>().is_none()
}
