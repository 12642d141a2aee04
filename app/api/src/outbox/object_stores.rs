//! Where a response lies on the device, and what is written when it moves.
//!
//! | object store | key | value |
//! | --- | --- | --- |
//! | [`Settings`](ObjectStore::Settings) | a name | a text: the token, the configuration, the last number of a pairing ... |
//! | [`Drafts`](ObjectStore::Drafts) | id | a response that has begun |
//! | [`Outbox`](ObjectStore::Outbox) | id | a response that is finished and not confirmed, as it will travel |
//! | [`Rejected`](ObjectStore::Rejected) | id | a response that the server will never take, and why |
//! | [`Sent`](ObjectStore::Sent) | time of confirmation, id | a confirmed response and the server's epoch, for 14 days |
//!
//! Texts are taken apart as texts, not as JSON: what another version of this program wrote must stay
//! as it is, and the tablet is spared the reading.

use crate::json::{Object, quoted};
use domain::time::{DAY, Millis};

/// How long confirmed responses stay, in case the server is restored from a backup.
pub const KEPT: Millis = 14 * DAY;

/// The setting under which it stands which response was numbered last.
pub const NUMBERED: &str = "numbered";
/// The setting that says under which epoch of the server everything that was ever sent is confirmed.
pub const RESYNC_EPOCH: &str = "whole";

/// Where something lies on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectStore {
    /// what must be remembered
    Settings,
    /// what has begun
    Drafts,
    /// what waits
    Outbox,
    /// what the server will never take
    Rejected,
    /// what the server has confirmed
    Sent,
}

impl ObjectStore {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Settings, Self::Drafts, Self::Outbox, Self::Rejected, Self::Sent];

    /// What it is called in the browser's database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Drafts => "drafts",
            Self::Outbox => "outbox",
            Self::Rejected => "rejected",
            Self::Sent => "sent",
        }
    }
}

/// One change. Several are made in one transaction: all or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// lay a value under a key
    Put(ObjectStore, String, String),
    /// take it away, where it is there
    Delete(ObjectStore, String),
    /// take away everything up to this key
    DeleteUntil(ObjectStore, String),
}

impl Write {
    /// Where the change is made.
    #[must_use]
    pub const fn object_store(&self) -> ObjectStore {
        match self {
            Self::Put(on, ..) | Self::Delete(on, _) | Self::DeleteUntil(on, _) => *on,
        }
    }
}

/// Something that waits to be confirmed, in the outbox or, after a restored backup, once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// its key in its object store
    pub key: String,
    /// itself, as it will travel
    pub item: String,
}

impl Waiting {
    /// The id of the response: the key, or its second half.
    #[must_use]
    pub fn id(&self) -> &str {
        self.key.rsplit(' ').next().unwrap_or(&self.key)
    }
}

/// What is known of the numbers of a pairing when one of its responses is finished.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// the last one that this device gave
    pub last: u64,
    /// the highest one that the server had seen
    pub seen: u64,
    /// the response that this device numbered last, of whichever pairing
    pub numbered: Option<String>,
    /// the response itself, where it is in the outbox already
    pub waiting: Option<String>,
    /// whether it stands in the rejected list already
    pub rejected: bool,
}

/// Moves a finished response into the outbox, without its draft, under the next number of its
/// pairing.
///
/// It may come twice: a browser that says the write has failed, or says nothing, may have written
/// after all. The second time it gets no second number, which would look like a loss to the server.
#[must_use]
pub fn finish(id: &str, item: &str, numbers: &Numbers) -> Vec<Write> {
    let draft = Write::Delete(ObjectStore::Drafts, id.to_owned());
    let keep = |item: String| Write::Put(ObjectStore::Outbox, id.to_owned(), item);
    if let Some(waiting) = &numbers.waiting {
        let item = seq_of(waiting).map_or_else(|| item.to_owned(), |seq| with_seq(item, seq));
        return vec![keep(item), draft];
    }
    if numbers.rejected || numbers.numbered.as_deref() == Some(id) {
        return vec![draft];
    }
    let Some(pairing) = pairing_of(item) else { return vec![keep(item.to_owned()), draft] };
    let seq = numbers.last.max(numbers.seen) + 1;
    vec![
        Write::Put(ObjectStore::Settings, last_key(pairing), seq.to_string()),
        Write::Put(ObjectStore::Settings, NUMBERED.to_owned(), id.to_owned()),
        keep(with_seq(item, seq)),
        draft,
    ]
}

/// Finishes what another page began and did not end. That page may live after all, where a browser cannot tell, and
/// finish with more in it: that is not what was numbered here, and goes out as well.
#[must_use]
pub fn recover(id: &str, draft: &str, numbers: &Numbers) -> Vec<Write> {
    let mut writes = finish(id, draft, numbers);
    writes.retain(|write| !matches!(write, Write::Put(_, name, _) if name == NUMBERED));
    writes
}

/// The setting that holds the last number of a pairing.
#[must_use]
pub fn last_key(pairing: &str) -> String {
    ["seq:", pairing].concat()
}

/// The pairing that took a response.
#[must_use]
pub fn pairing_of(item: &str) -> Option<&str> {
    // Within a string every quotation mark is escaped, so this can only be the field's name.
    let (_, rest) = split_at_mark(item, "\"pairing\":\"", true)?;
    rest.split_once('"').map(|(pairing, _)| pairing)
}

/// The number of a response.
#[must_use]
pub fn seq_of(item: &str) -> Option<u64> {
    let (_, rest) = split_at_mark(item, "\"seq\":", false)?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

/// What stands before and behind the first mark in a text, or the last one. The standard library's search is made for
/// texts of any size and weighs a kilobyte on the tablet.
fn split_at_mark<'a>(text: &'a str, mark: &str, first: bool) -> Option<(&'a str, &'a str)> {
    let mut places = text.as_bytes().windows(mark.len());
    let is_mark = |place: &[u8]| place == mark.as_bytes();
    let at = if first { places.position(is_mark) } else { places.rposition(is_mark) }?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

fn with_seq(item: &str, seq: u64) -> String {
    match item.strip_suffix('}') {
        Some(open) if seq_of(item).is_none() => [open, ",\"seq\":", &seq.to_string(), "}"].concat(),
        _ => item.to_owned(),
    }
}

/// A response leaves the outbox because the server has it; `epoch` said so, at `now`.
#[must_use]
pub fn confirm(waiting: Waiting, epoch: &str, now: Millis) -> [Write; 2] {
    let key = sent_key(now, &waiting.key);
    [Write::Put(ObjectStore::Sent, key, sent(epoch, &waiting.item)), Write::Delete(ObjectStore::Outbox, waiting.key)]
}

/// A response that was sent before is confirmed by the server's new epoch as well.
#[must_use]
pub fn confirm_again(waiting: Waiting, epoch: &str) -> Write {
    Write::Put(ObjectStore::Sent, waiting.key, sent(epoch, &waiting.item))
}

/// A response moves to the rejected list.
#[must_use]
pub fn reject(from: ObjectStore, waiting: Waiting, reason: &str) -> [Write; 2] {
    let record = Object::of("reason", &quoted(reason)).and("item", &waiting.item).done();
    [Write::Put(ObjectStore::Rejected, waiting.id().to_owned(), record), Write::Delete(from, waiting.key)]
}

/// Forgets what was confirmed longer than [`KEPT`] ago.
#[must_use]
pub fn forget(now: Millis) -> Write {
    Write::DeleteUntil(ObjectStore::Sent, sent_key(now - KEPT, ""))
}

/// Sorts by time: thirteen digits last until the year 2286.
fn sent_key(at: Millis, id: &str) -> String {
    let at = at.max(0).to_string();
    ["0".repeat(13_usize.saturating_sub(at.len())).as_str(), &at, " ", id].concat()
}

fn sent(epoch: &str, item: &str) -> String {
    Object::of("epoch", &quoted(epoch)).and("item", item).done()
}

/// The item of a confirmed record, where another epoch than this one confirmed it.
#[must_use]
pub fn unconfirmed<'a>(record: &'a str, epoch: &str) -> Option<&'a str> {
    let rest = record.strip_prefix("{\"epoch\":")?;
    let (said, item) = split_at_mark(rest, ",\"item\":", true)?;
    (said != quoted(epoch)).then(|| item.strip_suffix('}')).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = r#"{"id":"a","pairing":"p","answers":[{"value":"\"pairing\":\"x\",\"seq\":9"}]}"#;

    fn put(on: ObjectStore, key: &str, value: &str) -> Write {
        Write::Put(on, key.to_owned(), value.to_owned())
    }

    #[test]
    fn a_finished_response_gets_the_next_number_once() {
        let numbers = Numbers { last: 3, seen: 1, ..Numbers::default() };
        let numbered = ITEM.replace("]}", "],\"seq\":4}");
        let first = finish("a", ITEM, &numbers);
        assert_eq!(
            first,
            [
                put(ObjectStore::Settings, "seq:p", "4"),
                put(ObjectStore::Settings, NUMBERED, "a"),
                put(ObjectStore::Outbox, "a", &numbered),
                Write::Delete(ObjectStore::Drafts, "a".into()),
            ]
        );
        let again = Numbers { last: 4, waiting: Some(numbered.clone()), ..Numbers::default() };
        assert_eq!(finish("a", ITEM, &again)[0], put(ObjectStore::Outbox, "a", &numbered));
        let gone = Numbers { last: 4, numbered: Some("a".into()), ..Numbers::default() };
        assert_eq!(finish("a", ITEM, &gone), [Write::Delete(ObjectStore::Drafts, "a".into())]);
        let refused = Numbers { last: 9, rejected: true, ..Numbers::default() };
        assert_eq!(finish("a", ITEM, &refused), [Write::Delete(ObjectStore::Drafts, "a".into())]);
        let others = recover("a", ITEM, &Numbers::default());
        assert!(others.contains(&put(ObjectStore::Outbox, "a", &ITEM.replace("]}", "],\"seq\":1}"))));
        assert!(!others.iter().any(|write| matches!(write, Write::Put(_, name, _) if name == NUMBERED)), "{others:?}");
        let cleared = Numbers { seen: 8, ..Numbers::default() };
        assert_eq!(finish("a", ITEM, &cleared)[0], put(ObjectStore::Settings, "seq:p", "9"));
    }

    #[test]
    fn what_a_visitor_wrote_is_no_field() {
        assert_eq!(pairing_of(ITEM), Some("p"));
        assert_eq!(pairing_of(r#"{"answers":[{"value":"\"pairing\":\"x\""}]}"#), None);
        assert_eq!(seq_of(ITEM), None);
        assert_eq!(seq_of(r#"{"seq":12,"id":"a"}"#), Some(12));
    }

    #[test]
    fn a_confirmed_record_knows_its_epoch() {
        let waiting = Waiting { key: "a".into(), item: ITEM.into() };
        let [Write::Put(ObjectStore::Sent, key, record), left] = confirm(waiting, "e1", 5) else { panic!("a record") };
        assert_eq!(left, Write::Delete(ObjectStore::Outbox, "a".into()));
        assert_eq!((unconfirmed(&record, "e1"), unconfirmed(&record, "e2")), (None, Some(ITEM)));
        let again = Waiting { key: key.clone(), item: ITEM.into() };
        assert_eq!(again.id(), "a");
        let Write::Put(ObjectStore::Sent, same, record) = confirm_again(again, "e2") else { panic!("a record") };
        assert_eq!((same, unconfirmed(&record, "e2")), (key, None));
        assert_eq!(unconfirmed("?", "e1"), None);
    }

    #[test]
    fn fourteen_days_are_fourteen_days() {
        let key = |at| sent_key(at, "a");
        let Write::DeleteUntil(ObjectStore::Sent, until) = forget(KEPT + 7) else { panic!("a limit") };
        assert!(key(6) < until && until < key(7) && key(999) < key(1_000));
    }
}
