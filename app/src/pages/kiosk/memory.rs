//! What survives a reload and a flat battery: one `IndexedDB` database, written with strict
//! durability. "Thank you" belongs to a transaction's `complete`, not to a request's `success`.
//!
//! | store | key | value |
//! | --- | --- | --- |
//! | `settings` | a name | a text: the token, the configuration and its `ETag`, the last number of a pairing ... |
//! | `drafts` | id | a response that has begun |
//! | `outbox` | id | a response that is finished and not confirmed, as it will travel |
//! | `rejected` | id | a response that the server will never take, and why |
//! | `sent` | time of confirmation, id | a confirmed response and the server's epoch, for 14 days |

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use js_sys::{Array, Function, JSON, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::{
    device::{property, window, within},
    json::with_field,
};
use crate::domain::{
    id::PairingId,
    json::{Object, quoted},
    time::{DAY, Millis, SECOND},
};

const NAME: &str = "aplodi";
const VERSION: u32 = 1;
const SETTINGS: &str = "settings";
const DRAFTS: &str = "drafts";
const OUTBOX: &str = "outbox";
const REJECTED: &str = "rejected";
const SENT: &str = "sent";

/// How long confirmed responses stay, in case the server is restored from a backup.
const KEPT: Millis = 14 * DAY;
/// A healthy database answers within milliseconds; a severed one never.
const PATIENCE: Millis = 4 * SECOND;

/// The browser's database did not do it: full, forbidden, severed or hanging.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failed;

impl From<JsValue> for Failed {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// A response in the outbox: its id, and itself as it will travel.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) id: String,
    pub(super) item: String,
}

/// What becomes of a response in the outbox.
pub(super) enum Verdict {
    /// the server has it; with the epoch that said so
    Confirmed(String),
    /// the server will never take it; with the reason
    Refused(String),
}

/// How much is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) outbox: u32,
    pub(super) rejected: u32,
    /// the id of the oldest that waits
    pub(super) oldest: Option<String>,
}

/// The database. `WebKit` sometimes severs the connection, and retries on the dead handle fail: after
/// any failure the next attempt opens it anew.
#[derive(Clone, Default)]
pub(super) struct Memory(Rc<Inner>);

#[derive(Default)]
struct Inner {
    open: RefCell<Option<IdbDatabase>>,
    /// The last response that was finished here: a draft of it that comes late must not rise again.
    finished: RefCell<String>,
}

/// Tries twice, each time within [`PATIENCE`], the second time on a new connection.
macro_rules! twice {
    ($memory:expr, $attempt:expr) => {{
        let mut outcome = Err(Failed);
        for _ in 0..2 {
            outcome = within(PATIENCE, $attempt).await.unwrap_or(Err(Failed));
            if outcome.is_ok() {
                break;
            }
            $memory.0.open.take();
        }
        outcome
    }};
}

impl Memory {
    /// A remembered text.
    pub(super) async fn get(&self, name: &str) -> Result<Option<String>, Failed> {
        twice!(self, async {
            let transaction = self.read(&[SETTINGS]).await?;
            text(&transaction.object_store(SETTINGS)?, name).await
        })
    }

    /// Remembers texts, all or none; `None` forgets.
    pub(super) async fn set(&self, values: &[(&str, Option<&str>)]) -> Result<(), Failed> {
        twice!(self, async {
            let transaction = self.write(&[SETTINGS]).await?;
            let store = transaction.object_store(SETTINGS)?;
            for (name, value) in values {
                match value {
                    Some(value) => put(&store, name, value)?,
                    None => delete(&store, name)?,
                }
            }
            committed(transaction).await
        })
    }

    /// What is remembered under a name; where nothing is, `fresh` from now on. Two tabs that ask at the
    /// same moment are told the same.
    pub(super) async fn claim(&self, name: &str, fresh: &str) -> Result<String, Failed> {
        twice!(self, async {
            let transaction = self.write(&[SETTINGS]).await?;
            let store = transaction.object_store(SETTINGS)?;
            let known = text(&store, name).await?;
            if known.is_none() {
                put(&store, name, fresh)?;
            }
            committed(transaction).await?;
            Ok(known.unwrap_or_else(|| fresh.to_owned()))
        })
    }

    /// Keeps a response that has begun; `None` forgets it.
    pub(super) async fn draft(&self, id: &str, item: Option<&str>) -> Result<(), Failed> {
        twice!(self, async {
            let transaction = self.write(&[DRAFTS]).await?;
            if *self.0.finished.borrow() == id {
                return Ok(());
            }
            let store = transaction.object_store(DRAFTS)?;
            match item {
                Some(item) => put(&store, id, item)?,
                None => delete(&store, id)?,
            }
            committed(transaction).await
        })
    }

    /// Moves a finished response into the outbox, without its draft, and gives it the next number of its pairing. When
    /// this returns, it is on the disk.
    pub(super) async fn keep(&self, id: &str, item: &str, seq_seen: u64) -> Result<(), Failed> {
        id.clone_into(&mut self.0.finished.borrow_mut());
        twice!(self, async {
            let transaction = self.write(&[SETTINGS, DRAFTS, OUTBOX]).await?;
            finish(&transaction, id, item, seq_seen).await?;
            committed(transaction).await
        })
    }

    /// Finishes what a page that died left behind: the visitor has gone, the answers stay.
    pub(super) async fn recover(&self, alive: Option<String>) -> Result<(), Failed> {
        twice!(self, async {
            let transaction = self.write(&[SETTINGS, DRAFTS, OUTBOX]).await?;
            let drafts = all(&transaction.object_store(DRAFTS)?, None).await?;
            for draft in drafts.into_iter().filter(|draft| Some(&draft.id) != alive.as_ref()) {
                finish(&transaction, &draft.id, &draft.item, 0).await?;
            }
            committed(transaction).await
        })
    }

    /// The oldest responses that wait.
    pub(super) async fn oldest(&self, most: usize) -> Result<Vec<Waiting>, Failed> {
        twice!(self, async {
            let transaction = self.read(&[OUTBOX]).await?;
            all(&transaction.object_store(OUTBOX)?, u32::try_from(most).ok()).await
        })
    }

    /// What the server will never take, as it is kept: `{"reason", "item"}`.
    pub(super) async fn rejected(&self) -> Result<Vec<String>, Failed> {
        twice!(self, async {
            let transaction = self.read(&[REJECTED]).await?;
            let kept = all(&transaction.object_store(REJECTED)?, None).await?;
            Ok(kept.into_iter().map(|kept| kept.item).collect())
        })
    }

    /// Moves responses out of the outbox, because the server named them.
    pub(super) async fn settle(&self, now: Millis, verdicts: &[(Waiting, Verdict)]) -> Result<(), Failed> {
        twice!(self, async {
            let transaction = self.write(&[OUTBOX, SENT, REJECTED]).await?;
            for (Waiting { id, item }, verdict) in verdicts {
                match verdict {
                    Verdict::Confirmed(epoch) => {
                        let record = Object::of("epoch", &quoted(epoch)).and("item", item).done();
                        put(&transaction.object_store(SENT)?, &sent_key(now, id), &record)?;
                    }
                    Verdict::Refused(reason) => {
                        let record = Object::of("reason", &quoted(reason)).and("item", item).done();
                        put(&transaction.object_store(REJECTED)?, id, &record)?;
                    }
                }
                delete(&transaction.object_store(OUTBOX)?, id)?;
            }
            let too_old = IdbKeyRange::upper_bound(&sent_key(now - KEPT, "").into())?;
            transaction.object_store(SENT)?.delete(&too_old)?;
            committed(transaction).await
        })
    }

    /// How much is kept.
    pub(super) async fn counts(&self) -> Result<Counts, Failed> {
        twice!(self, async {
            let transaction = self.read(&[OUTBOX, REJECTED]).await?;
            let waiting = transaction.object_store(OUTBOX)?;
            let outbox = count(&waiting).await?;
            let oldest = keys(&waiting, Some(1)).await?.get(0).as_string();
            let rejected = count(&transaction.object_store(REJECTED)?).await?;
            Ok(Counts { outbox, rejected, oldest })
        })
    }

    /// The last number that a pairing gave to a response.
    pub(super) async fn last_seq(&self, pairing: PairingId) -> Result<u64, Failed> {
        Ok(self.get(&seq_key(&pairing.to_string())).await?.and_then(|seq| seq.parse().ok()).unwrap_or(0))
    }

    async fn read(&self, stores: &[&str]) -> Result<IdbTransaction, Failed> {
        self.transaction(stores, "readonly").await
    }

    async fn write(&self, stores: &[&str]) -> Result<IdbTransaction, Failed> {
        self.transaction(stores, "readwrite").await
    }

    /// `web-sys` does not know durability yet, so the browser's function is called by name.
    async fn transaction(&self, stores: &[&str], mode: &str) -> Result<IdbTransaction, Failed> {
        let database = self.database().await?;
        let begin: Function = property(&database, "transaction").ok_or(Failed)?.unchecked_into();
        let options = js_sys::Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let names: Array = stores.iter().map(|name| JsValue::from(*name)).collect();
        let transaction = begin.call3(&database, &names, &mode.into(), &options)?;
        Ok(transaction.unchecked_into())
    }

    async fn database(&self) -> Result<IdbDatabase, Failed> {
        if let Some(open) = self.0.open.borrow().clone() {
            return Ok(open);
        }
        let factory: IdbFactory = property(&window(), "indexedDB").ok_or(Failed)?.unchecked_into();
        let request = factory.open_with_u32(NAME, VERSION)?;
        let furnish = Closure::once_into_js(furnish);
        request.set_onupgradeneeded(Some(furnish.unchecked_ref()));
        let database: IdbDatabase = result(&request).await?.unchecked_into();
        self.0.open.replace(Some(database.clone()));
        Ok(database)
    }
}

/// Makes the stores of a new database. Where this fails the opening fails, and the caller is told.
fn furnish(event: web_sys::Event) {
    let Some(request) = event.target().map(JsCast::unchecked_into::<IdbOpenDbRequest>) else { return };
    let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    for name in [SETTINGS, DRAFTS, OUTBOX, REJECTED, SENT] {
        let _ = database.create_object_store(name);
    }
}

/// What a request brings.
async fn result(request: &IdbRequest) -> Result<JsValue, Failed> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(ended).await?;
    Ok(request.result()?)
}

/// Puts a finished response into the outbox under the next number of its pairing.
async fn finish(transaction: &IdbTransaction, id: &str, item: &str, seq_seen: u64) -> Result<(), Failed> {
    // Not as an `Item`: what another version of this program wrote must stay as it is.
    let parsed = JSON::parse(item)?;
    let mut item = Cow::from(item);
    if let Some(pairing) = property(&parsed, "pairing").and_then(|pairing| pairing.as_string()) {
        let settings = transaction.object_store(SETTINGS)?;
        let key = seq_key(&pairing);
        let last = text(&settings, &key).await?.and_then(|last| last.parse().ok()).unwrap_or(0);
        let seq = seq_seen.max(last) + 1;
        put(&settings, &key, &seq.to_string())?;
        item = with_field(&parsed, "seq", seq as f64).ok_or(Failed)?.into();
    }
    put(&transaction.object_store(OUTBOX)?, id, &item)?;
    delete(&transaction.object_store(DRAFTS)?, id)
}

/// Waits for `complete`: only then it is on the disk.
async fn committed(transaction: IdbTransaction) -> Result<(), Failed> {
    let ended = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(ended).await?;
    Ok(())
}

async fn text(store: &IdbObjectStore, key: &str) -> Result<Option<String>, Failed> {
    Ok(result(&store.get(&key.into())?).await?.as_string())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count is whole, and small")]
async fn count(store: &IdbObjectStore) -> Result<u32, Failed> {
    Ok(result(&store.count()?).await?.as_f64().unwrap_or(0.0) as u32)
}

async fn keys(store: &IdbObjectStore, most: Option<u32>) -> Result<Array, Failed> {
    // No limit is the highest one.
    let request = store.get_all_keys_with_key_and_limit(&JsValue::UNDEFINED, most.unwrap_or(u32::MAX))?;
    Ok(result(&request).await?.unchecked_into())
}

async fn all(store: &IdbObjectStore, most: Option<u32>) -> Result<Vec<Waiting>, Failed> {
    let keys = keys(store, most).await?;
    let request = store.get_all_with_key_and_limit(&JsValue::UNDEFINED, most.unwrap_or(u32::MAX))?;
    let values: Array = result(&request).await?.unchecked_into();
    let both = keys.iter().zip(values.iter());
    Ok(both.filter_map(|(key, value)| Some(Waiting { id: key.as_string()?, item: value.as_string()? })).collect())
}

fn put(store: &IdbObjectStore, key: &str, value: &str) -> Result<(), Failed> {
    store.put_with_key(&value.into(), &key.into())?;
    Ok(())
}

fn delete(store: &IdbObjectStore, key: &str) -> Result<(), Failed> {
    store.delete(&key.into())?;
    Ok(())
}

fn seq_key(pairing: &str) -> String {
    ["seq:", pairing].concat()
}

/// Sorts by time: thirteen digits last until the year 2286.
fn sent_key(at: Millis, id: &str) -> String {
    let at = at.to_string();
    ["0".repeat(13_usize.saturating_sub(at.len())).as_str(), &at, " ", id].concat()
}
