//! Compressed siblings, made once here so that no server has to make them for every visitor.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use super::files::{ADDRESSES, Files};

/// Formats that are compressed already.
const COMPRESSED: [&str; 7] = ["woff2", "png", "jpg", "jpeg", "webp", "avif", "ico"];

/// Adds `.br` and `.gz` beside each file that gets smaller by it. Those of a file that `before` has with the same
/// content are taken from there: brotli at its best takes longer than everything else.
pub(crate) fn with_siblings(site: Files, before: &Files) -> Result<Files> {
    let mut all = Files::new();
    for (path, content) in site {
        let extension = path.rsplit('.').next().unwrap_or_default();
        if path != ADDRESSES && !COMPRESSED.contains(&extension) {
            let unchanged = before.get(&path) == Some(&content);
            for (suffix, compress) in [("br", brotli as fn(&[u8]) -> Result<Vec<u8>>), ("gz", gzip)] {
                let sibling = format!("{path}.{suffix}");
                let known = before.get(&sibling).filter(|_| unchanged).cloned();
                let small = known.map_or_else(|| compress(&content), Ok)?;
                if small.len() < content.len() {
                    all.insert(sibling, small);
                }
            }
        }
        all.insert(path, content);
    }
    Ok(all)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut small, &parameters)?;
    Ok(small)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn only_what_gets_smaller_has_siblings() {
        let text = "applause ".repeat(200).into_bytes();
        let site = Files::from([
            ("a.css".to_owned(), text.clone()),
            ("b.css".to_owned(), b"x".to_vec()),
            ("c.woff2".to_owned(), text.clone()),
            (ADDRESSES.to_owned(), text.clone()),
        ]);
        let all = with_siblings(site, &Files::new()).unwrap();
        assert_eq!(all.keys().collect::<Vec<_>>(), ["a.css", "a.css.br", "a.css.gz", ADDRESSES, "b.css", "c.woff2"]);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&all["a.css.gz"][..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, text);
        plain.clear();
        brotli::BrotliDecompress(&mut &all["a.css.br"][..], &mut plain).unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn siblings_are_kept_only_for_the_same_content() {
        let file = |content: &[u8]| Files::from([("a.css".to_owned(), content.to_vec())]);
        let mut before = file(&[b'a'; 900]);
        before.insert("a.css.br".to_owned(), b"kept".to_vec());
        assert_eq!(with_siblings(file(&[b'a'; 900]), &before).unwrap()["a.css.br"], b"kept");
        assert_ne!(with_siblings(file(&[b'b'; 900]), &before).unwrap()["a.css.br"], b"kept");
    }
}
