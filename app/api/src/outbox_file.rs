//! An outbox as a file: what staff carry away from a tablet that cannot reach the server, and what
//! `aplodi outbox import` reads.
//!
//! ```json
//! {"aplodi":"outbox","version":1,"kiosk":"Foyer","pairing":"<uuid>","exported_at":1763740790000,"offset_ms":-120,
//! "responses":[
//! {"id":"<uuidv7>", ... as it travels},
//! {"id":"<uuidv7>", ...}
//! ],"rejected":[
//! {"reason":"http 413","item":{"id":"<uuidv7>", ...}}
//! ]}
//! ```
//!
//! `exported_at` is the device's clock, `offset_ms` the server's clock minus that one, where the
//! tablet knew it. A response stands on a line of its own, so that a file that broke off still gives
//! back what came before the break. What leaves through a file stays in the outbox: only the server's
//! word takes it out.

use crate::json::{Object, quoted};
use domain::{id::PairingId, time::Millis};

/// The version of the format. Fields may join without a new one; a reader ignores what it does not know.
pub const VERSION: u32 = 1;

/// Where the file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// where the tablet stood: "foyer"
    pub kiosk: String,
    /// the tablet's last pairing; responses may carry others
    pub pairing: PairingId,
    /// the device's clock, milliseconds UTC
    pub exported_at: Millis,
    /// server clock minus device clock, where it was known
    pub offset_ms: Option<Millis>,
}

/// Writes the file. Responses are JSON already, as they travel; so are the rejected ones, as
/// `{"reason", "item"}`.
#[must_use]
pub fn write(origin: &Origin, responses: &[String], rejected: &[String]) -> String {
    Object::of("aplodi", "\"outbox\"")
        .and("version", &VERSION.to_string())
        .and("kiosk", &quoted(&origin.kiosk))
        .and("pairing", &quoted(&origin.pairing.to_string()))
        .and("exported_at", &origin.exported_at.to_string())
        .maybe("offset_ms", origin.offset_ms.map(|offset| offset.to_string()))
        .and("responses", &lines(responses))
        .and("rejected", &lines(rejected))
        .done()
}

/// A list with a line for each value.
fn lines(values: &[String]) -> String {
    ["[\n", &values.join(",\n"), "\n]"].concat()
}

pub use reading::{Contents, Unreadable, read};

mod reading {
    use serde::Deserialize;
    use serde_json::value::RawValue;

    use domain::{id::PairingId, time::Millis};

    use super::{Origin, VERSION};
    use crate::number;

    /// What a file holds.
    #[derive(Debug)]
    pub struct Contents<'a> {
        /// where it comes from
        pub origin: Origin,
        /// every response in it, as it was written: those that waited, then those that were refused before
        pub items: Vec<&'a RawValue>,
        /// how many lines make no sense, where the file broke off or was changed
        pub lost: usize,
    }

    /// Why a file gives back nothing at all.
    #[derive(Debug, thiserror::Error)]
    pub enum Unreadable {
        /// Something else, or broken off before the first response.
        #[error("this is no outbox that a tablet has exported")]
        NotAnOutbox(#[from] serde_json::Error),
        /// From a newer program.
        #[error("the file has version {0} and this program reads version {VERSION}: update the server first")]
        Newer(u32),
    }

    /// What stands before the responses, which nobody decodes here: one that makes no sense spoils nothing else.
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "aplodi")]
        _mark: Mark,
        version: u32,
        kiosk: String,
        pairing: PairingId,
        #[serde(deserialize_with = "number::clock")]
        exported_at: Millis,
        #[serde(default, deserialize_with = "number::millis")]
        offset_ms: Option<Millis>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Mark {
        Outbox,
    }

    #[derive(Deserialize)]
    struct Lists<'a> {
        #[serde(borrow)]
        responses: Vec<&'a RawValue>,
        #[serde(borrow, default)]
        rejected: Vec<Rejected<'a>>,
    }

    #[derive(Deserialize)]
    struct Rejected<'a> {
        #[serde(borrow)]
        item: &'a RawValue,
    }

    /// Reads a file; one that broke off gives back what can still be read.
    ///
    /// # Errors
    /// Where it is something else, or written by a newer program.
    pub fn read(text: &str) -> Result<Contents<'_>, Unreadable> {
        // Some editors put a byte order mark before what they touch.
        let text = text.trim_start_matches('\u{feff}');
        let Ok(Lists { responses: mut items, rejected }) = serde_json::from_str(text) else { return salvage(text) };
        let origin = origin(text)?;
        items.extend(rejected.into_iter().map(|rejected| rejected.item));
        Ok(Contents { origin, items, lost: 0 })
    }

    fn origin(head: &str) -> Result<Origin, Unreadable> {
        let head: Head = serde_json::from_str(head)?;
        let Head { version, kiosk, pairing, exported_at, offset_ms, .. } = head;
        if version > VERSION {
            Err(Unreadable::Newer(version))
        } else {
            Ok(Origin { kiosk, pairing, exported_at, offset_ms })
        }
    }

    /// Every line that is still a response.
    fn salvage(text: &str) -> Result<Contents<'_>, Unreadable> {
        let (head, list) = text.split_once("\"responses\":[").unwrap_or((text, ""));
        let mut contents =
            Contents { origin: origin(&[head, "\"responses\":[]}"].concat())?, items: Vec::new(), lost: 0 };
        for line in list.lines().map(|line| line.trim().trim_end_matches(',')) {
            if let Ok(Rejected { item }) = serde_json::from_str(line) {
                contents.items.push(item);
            } else if let Ok(item) = serde_json::from_str::<&RawValue>(line) {
                contents.items.push(item);
            } else if !["", "]", "]}", "],\"rejected\":["].contains(&line) {
                contents.lost += 1;
            }
        }
        Ok(contents)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;
    use uuid::Uuid;

    use super::*;

    const ITEMS: [&str; 3] = [r#"{"id":1,"answers":[{"value":"},{\n"}]}"#, r#"{"id":2}"#, r#"{"id":3}"#];

    fn origin() -> Origin {
        Origin {
            kiosk: "Foyer \"responses\":[ ]}".into(),
            pairing: PairingId(Uuid::from_u128(7)),
            exported_at: 1_763_740_790_000,
            offset_ms: Some(-120),
        }
    }

    fn file() -> String {
        let responses: Vec<String> = ITEMS[..2].iter().map(|item| (*item).to_owned()).collect();
        write(&origin(), &responses, &[format!(r#"{{"reason":"http 413","item":{}}}"#, ITEMS[2])])
    }

    fn items(contents: &Contents<'_>) -> Vec<String> {
        contents.items.iter().map(|item| RawValue::get(item).to_owned()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let (file, empty) = (file(), write(&origin(), &[], &[]));
        let read_back = read(&file).unwrap();
        assert_eq!((&read_back.origin, read_back.lost), (&origin(), 0));
        assert_eq!(items(&read_back), ITEMS);
        let pretty = serde_json::from_str::<serde_json::Value>(&file).unwrap();
        let pretty = serde_json::to_string_pretty(&pretty).unwrap();
        assert_eq!(read(&pretty).unwrap().items.len(), 3, "an editor may have laid it out anew");
        assert_eq!(read(&empty).unwrap().items.len(), 0);
        assert_eq!(read(&format!("\u{feff}{file}")).unwrap().items.len(), 3);
    }

    #[test]
    fn a_file_that_broke_off_gives_back_what_came_before() {
        let file = file();
        let second = file.find(r#"{"id":2}"#).unwrap();
        let first_only = read(&file[..second + 4]).unwrap();
        assert_eq!((items(&first_only), first_only.lost), (ITEMS[..1].iter().map(|it| (*it).to_owned()).collect(), 1));
        let but_the_bracket = read(&file[..file.len() - 1]).unwrap();
        assert_eq!((items(&but_the_bracket).len(), but_the_bracket.lost), (3, 0));
        let changed = file.replace(r#"{"id":2}"#, r#"{"id":2"#);
        let others = read(&changed).unwrap();
        assert_eq!((items(&others).len(), others.lost), (2, 1));
    }

    #[test]
    fn what_no_type_holds_spoils_its_own_response_only() {
        for odd in [r#""\ud83d""#, r#""\udc4f\ud83d""#, "1e999", "18446744073709551616", "\"\\u0000\""] {
            let file = file().replace(r#"{"id":2}"#, &format!(r#"{{"id":2,"answers":[{{"value":{odd}}}]}}"#));
            let contents = read(&file).unwrap();
            assert_eq!((contents.items.len(), contents.lost), (3, 0), "{odd}");
            let broken_off = read(&file[..file.len() - 3]).unwrap();
            assert_eq!(broken_off.items.len() + broken_off.lost, 3, "{odd}");
        }
        for (from, to) in [("1763740790000", "1763740790000.5"), ("-120", "-120.5"), ("-120", "1e999")] {
            assert_eq!(read(&file().replace(from, to)).unwrap().items.len(), 3, "{to}");
        }
    }

    #[test]
    fn other_files_are_told_apart() {
        for other in ["", "{}", "[]", "<html>", r#"{"aplodi":"backup","version":1,"responses":[]}"#] {
            assert!(matches!(read(other), Err(Unreadable::NotAnOutbox(_))), "{other}");
        }
        let newer = file().replace("\"version\":1", "\"version\":9");
        assert!(matches!(read(&newer), Err(Unreadable::Newer(9))));
    }

    proptest::proptest! {
        #[test]
        fn wherever_it_breaks_nothing_before_is_lost(at in 0_usize..1_000) {
            let file = file();
            let at = (0..=at.min(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap_or(0);
            if let Ok(contents) = read(&file[..at]) {
                let whole = ITEMS.iter().filter(|item| file[..at].contains(*item)).count();
                proptest::prop_assert!(contents.items.len() >= whole.min(2));
            }
        }
    }
}
