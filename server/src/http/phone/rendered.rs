//! Phone pages made ready. A foyer of six hundred people opens the same page within a minute, and
//! only the token in the form differs: the page is rendered and compressed once, as two halves, and
//! each visitor's token is laid between them.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use domain::{
    id::{EventId, SurveyVersionId, VenueId},
    lang::LanguageTag,
    response::Channel,
};
use flate2::{Compress, Compression, FlushCompress, Status};
use moka::future::Cache;

/// A venue's code means whatever is on now, and a poster may be corrected.
const FRESH: Duration = Duration::from_secs(5);

/// What a code opens, in one language.
#[derive(Clone, Debug)]
pub enum Page {
    /// a form to answer
    Open(Arc<OpenPage>),
    /// too late, or too early
    Closed(Bytes),
}

/// A form without its token.
#[derive(Debug)]
pub struct OpenPage {
    /// for which way of answering the code was issued
    pub channel: Channel,
    /// where the code belongs
    pub venue: VenueId,
    /// what it means now
    pub event: Option<EventId>,
    /// what the page asks
    pub survey_version: SurveyVersionId,
    /// the page
    pub halves: Halves,
}

/// Which page: of a code (as typed, in upper case), in a language, with a face chosen or without one.
pub type PageKey = (String, LanguageTag, Option<u8>);

/// The pages made ready.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// in which languages a code can be answered, so that a made-up one costs no page of its own
    offered: Cache<String, Arc<[LanguageTag]>>,
    pages: Cache<PageKey, Page>,
}

impl Default for Rendered {
    fn default() -> Self {
        Self {
            offered: Cache::builder().max_capacity(1_000).time_to_live(FRESH).build(),
            pages: Cache::builder().max_capacity(1_000).time_to_live(FRESH).build(),
        }
    }
}

impl Rendered {
    /// The languages in which a code can be answered, where that is known.
    pub async fn offered(&self, code: &str) -> Option<Arc<[LanguageTag]>> {
        self.offered.get(code).await
    }

    /// Keeps the languages of a code for some seconds.
    pub async fn offer(&self, code: String, languages: Arc<[LanguageTag]>) {
        self.offered.insert(code, languages).await;
    }

    /// The page, where it is ready.
    pub async fn get(&self, key: &PageKey) -> Option<Page> {
        self.pages.get(key).await
    }

    /// Keeps a page for some seconds.
    pub async fn keep(&self, key: PageKey, page: Page) {
        self.pages.insert(key, page).await;
    }

    /// Forgets every page, because the programme changed.
    pub fn forget(&self) {
        self.offered.invalidate_all();
        self.pages.invalidate_all();
    }
}

/// A page cut where the token goes, plain and compressed.
#[derive(Debug)]
pub struct Halves {
    before: Half,
    after: Half,
}

#[derive(Debug)]
struct Half {
    plain: String,
    /// raw DEFLATE, ending at a byte boundary
    deflated: Vec<u8>,
    crc: crc32fast::Hasher,
}

impl Half {
    fn new(plain: &str, flush: FlushCompress) -> Self {
        let mut crc = crc32fast::Hasher::new();
        crc.update(plain.as_bytes());
        Self { plain: plain.to_owned(), deflated: deflate(plain.as_bytes(), flush), crc }
    }
}

impl Halves {
    /// What comes before the token, and what comes after it.
    #[must_use]
    pub fn new(before: &str, after: &str) -> Self {
        Self { before: Half::new(before, FlushCompress::Sync), after: Half::new(after, FlushCompress::Finish) }
    }

    /// The page with a token, as text.
    #[must_use]
    pub fn plain(&self, token: &str) -> String {
        [&self.before.plain, token, &self.after.plain].concat()
    }

    /// The page with a token, as gzip (RFC 1952): the two halves compressed beforehand, and the token
    /// between them as a stored block (RFC 1951, 3.2.4). `token` has at most 65,535 bytes.
    #[must_use]
    pub fn gzip(&self, token: &str) -> Vec<u8> {
        let length = u16::try_from(token.len()).unwrap_or(u16::MAX);
        let token = &token.as_bytes()[..usize::from(length)];
        let mut crc = self.before.crc.clone();
        crc.update(token);
        crc.combine(&self.after.crc);
        let size = self.before.plain.len() + token.len() + self.after.plain.len();

        let mut gzip = Vec::with_capacity(self.before.deflated.len() + token.len() + self.after.deflated.len() + 32);
        // magic number, DEFLATE, no flags, no time, no extra flags, unknown system
        gzip.extend_from_slice(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
        gzip.extend_from_slice(&self.before.deflated);
        // a stored block that is not the last one
        gzip.push(0);
        gzip.extend_from_slice(&length.to_le_bytes());
        gzip.extend_from_slice(&(!length).to_le_bytes());
        gzip.extend_from_slice(token);
        gzip.extend_from_slice(&self.after.deflated);
        gzip.extend_from_slice(&crc.finalize().to_le_bytes());
        // The format keeps the size modulo 2^32.
        gzip.extend_from_slice(&u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
        gzip
    }
}

fn deflate(plain: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(plain.len() / 2 + 64);
    loop {
        let taken = usize::try_from(compress.total_in()).unwrap_or(plain.len());
        let had = out.len();
        let status = compress.compress_vec(&plain[taken..], &mut out, flush);
        let done = match status {
            Ok(Status::StreamEnd) | Err(_) => true,
            // A flush is complete once everything is taken and room is left over.
            Ok(_) => {
                flush == FlushCompress::Sync && compress.total_in() == plain.len() as u64 && out.len() < out.capacity()
            }
        };
        if done {
            return out;
        }
        if out.len() == had || out.len() == out.capacity() {
            out.reserve(1_024);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpack(gzip: &[u8]) -> String {
        let mut text = String::new();
        // The reader checks length and checksum.
        flate2::read::GzDecoder::new(gzip).read_to_string(&mut text).unwrap();
        text
    }

    proptest::proptest! {
        #[test]
        fn compressed_and_plain_say_the_same(before in "\\PC{0,4000}", after in "\\PC{0,4000}", token in "[a-zA-Z0-9_-]{0,200}") {
            let halves = Halves::new(&before, &after);
            let page = format!("{before}{token}{after}");
            proptest::prop_assert_eq!(&halves.plain(&token), &page);
            proptest::prop_assert_eq!(&unpack(&halves.gzip(&token)), &page);
        }
    }
}
