//! What survives a reload and a flat battery: one `IndexedDB` database, written with strict
//! durability. "Thank you" belongs to a transaction's `complete`, not to a request's `success`.
//!
//! What lies where, and what is written together, is decided in `api::outbox::object_stores`.

use std::{cell::RefCell, pin::Pin, rc::Rc};

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::{Counts, Failed, Note, Storage};
use crate::browser::{
    device::{property, window, within},
    locks,
};
use api::outbox::object_stores::{
    NUMBERED, Numbers, ObjectStore, Waiting, Write, finish, last_key, pairing_of, recover,
};
use domain::time::{Millis, SECOND};

const NAME: &str = "aplodi";
const VERSION: u32 = 1;

/// A healthy database answers within milliseconds; a severed one never.
const PATIENCE: Millis = 4 * SECOND;

impl From<JsValue> for Failed {
    fn from(thrown: JsValue) -> Self {
        // A request's error is inside the event that tells of it.
        let error = property(&thrown, "target").and_then(|target| property(&target, "error")).unwrap_or(thrown);
        Self(property(&error, "name").and_then(|name| name.as_string()))
    }
}

/// The database. `WebKit` sometimes severs the connection, and retries on the dead handle fail: after
/// any failure the next attempt opens it anew.
#[derive(Clone, Default)]
pub struct IndexedDb(Rc<Inner>);

#[derive(Default)]
struct Inner {
    open: RefCell<Option<IdbDatabase>>,
    /// The last response that was finished here: a draft of it that comes late must not rise again.
    finished: RefCell<String>,
    health: RefCell<Health>,
}

/// How the database does.
#[derive(Default)]
struct Health {
    /// it has written something in this page: where a new page could not do that either, no further one will
    worked: bool,
    /// it worked, and did not do the last thing that was asked, although there was room for it
    severed: bool,
    /// what it said when it failed last, until something is written again
    failure: Option<String>,
}

/// The browser's word for a full disk, or for the little that it allows a private window.
const FULL: &str = "QuotaExceededError";

/// One attempt at something. Boxed, because a tablet should not download the patience around it once
/// for everything that is attempted.
type Attempt<'a> = Pin<Box<dyn Future<Output = Result<(), Failed>> + 'a>>;

impl IndexedDb {
    /// Tries twice, each time within [`PATIENCE`], the second time on a new connection. `writing` is
    /// whether something is laid down: what is only taken away finds room on a full disk as well.
    async fn twice<'a>(&self, writing: bool, attempt: &'a (dyn Fn() -> Attempt<'a> + 'a)) -> Result<(), Failed> {
        for _ in 0..2 {
            let outcome = within(PATIENCE, attempt()).await;
            let mut health = self.0.health.borrow_mut();
            if matches!(outcome, Some(Ok(()))) {
                health.severed = false;
                if writing {
                    health.worked = true;
                    health.failure = None;
                }
                return Ok(());
            }
            let word = match outcome {
                Some(Err(Failed(Some(word)))) => word,
                _ => "timeout".to_owned(),
            };
            health.severed = health.worked && word != FULL;
            health.failure = Some(word);
            if let Some(dead) = self.0.open.take() {
                dead.close();
            }
        }
        Err(Failed::default())
    }

    /// `web-sys` does not know durability yet, so the browser's function is called by name.
    async fn begin(&self, object_stores: &[ObjectStore], writing: bool) -> Result<IdbTransaction, Failed> {
        let database = self.database().await?;
        let begin: Function = property(&database, "transaction").ok_or_else(Failed::default)?.unchecked_into();
        let options = js_sys::Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let names: Array = object_stores.iter().map(|on| JsValue::from(on.name())).collect();
        let mode = if writing { "readwrite" } else { "readonly" };
        let transaction = begin.call3(&database, &names, &mode.into(), &options)?;
        Ok(transaction.unchecked_into())
    }

    async fn database(&self) -> Result<IdbDatabase, Failed> {
        if let Some(open) = self.0.open.borrow().clone() {
            return Ok(open);
        }
        let factory: IdbFactory = property(&window(), "indexedDB").ok_or_else(Failed::default)?.unchecked_into();
        let request = factory.open_with_u32(NAME, VERSION)?;
        let furnish = Closure::once_into_js(furnish);
        request.set_onupgradeneeded(Some(furnish.unchecked_ref()));
        let database: IdbDatabase = result(&request).await?.unchecked_into();
        self.0.open.replace(Some(database.clone()));
        Ok(database)
    }
}

impl Storage for IndexedDb {
    fn failure(&self) -> Option<String> {
        self.0.health.borrow().failure.clone()
    }

    fn is_severed(&self) -> bool {
        self.0.health.borrow().severed
    }

    async fn texts(&self, names: &[&str]) -> Result<Vec<Option<String>>, Failed> {
        let found = RefCell::default();
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(&[ObjectStore::Settings], false).await?;
                let mut texts = Vec::with_capacity(names.len());
                for name in names {
                    texts.push(text(&transaction, ObjectStore::Settings, name).await?);
                }
                found.replace(texts);
                Ok(())
            })
        };
        self.twice(false, &attempt).await?;
        Ok(found.take())
    }

    async fn claim(&self, name: &str, fresh: &str) -> Result<String, Failed> {
        let claimed = RefCell::default();
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(&[ObjectStore::Settings], true).await?;
                let known = text(&transaction, ObjectStore::Settings, name).await?;
                if known.is_none() {
                    make(&transaction, &[Write::Put(ObjectStore::Settings, name.to_owned(), fresh.to_owned())])?;
                }
                committed(transaction).await?;
                claimed.replace(known.unwrap_or_else(|| fresh.to_owned()));
                Ok(())
            })
        };
        self.twice(true, &attempt).await?;
        Ok(claimed.take())
    }

    async fn draft(&self, id: &str, item: Option<&str>) -> Result<(), Failed> {
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(&[ObjectStore::Drafts], true).await?;
                let write = match item {
                    Some(_) if *self.0.finished.borrow() == id => return Ok(()),
                    Some(item) => Write::Put(ObjectStore::Drafts, id.to_owned(), item.to_owned()),
                    None => Write::Delete(ObjectStore::Drafts, id.to_owned()),
                };
                make(&transaction, &[write])?;
                committed(transaction).await
            })
        };
        self.twice(item.is_some(), &attempt).await
    }

    async fn keep(&self, id: &str, item: &str, seq_seen: u64) -> Result<(), Failed> {
        id.clone_into(&mut self.0.finished.borrow_mut());
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(FINISHING, true).await?;
                let numbers = numbers(&transaction, id, item, seq_seen).await?;
                make(&transaction, &finish(id, item, &numbers))?;
                committed(transaction).await
            })
        };
        self.twice(true, &attempt).await
    }

    // Who still answers holds a lock of that name since before there was a draft.
    async fn recover(&self, mine: Option<String>) -> Result<(), Failed> {
        let mut drafts = self.after(ObjectStore::Drafts, "", usize::MAX).await?;
        let mut alive = locks::held().await;
        alive.extend(mine);
        drafts.retain(|draft| !alive.contains(&draft.key));
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(FINISHING, true).await?;
                for Waiting { key, .. } in &drafts {
                    let Some(item) = text(&transaction, ObjectStore::Drafts, key).await? else { continue };
                    let numbers = numbers(&transaction, key, &item, 0).await?;
                    make(&transaction, &recover(key, &item, &numbers))?;
                }
                committed(transaction).await
            })
        };
        self.twice(true, &attempt).await
    }

    async fn after(&self, on: ObjectStore, key: &str, most: usize) -> Result<Vec<Waiting>, Failed> {
        let found = RefCell::default();
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(&[on], false).await?;
                found.replace(all(&transaction, on, key, u32::try_from(most).unwrap_or(u32::MAX)).await?);
                Ok(())
            })
        };
        self.twice(false, &attempt).await?;
        Ok(found.take())
    }

    async fn write(&self, writes: &[Write]) -> Result<(), Failed> {
        let concerns = |on: &ObjectStore| writes.iter().any(|write| write.object_store() == *on);
        let object_stores: Vec<ObjectStore> = ObjectStore::ALL.into_iter().filter(concerns).collect();
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(&object_stores, true).await?;
                make(&transaction, writes)?;
                committed(transaction).await
            })
        };
        let lays = writes.iter().any(|write| matches!(write, Write::Put(..)));
        self.twice(lays, &attempt).await
    }

    async fn counts(&self) -> Result<Counts, Failed> {
        let counts = RefCell::default();
        let attempt = || -> Attempt<'_> {
            Box::pin(async {
                let transaction = self.begin(&[ObjectStore::Outbox, ObjectStore::Rejected], false).await?;
                let waiting = transaction.object_store(ObjectStore::Outbox.name())?;
                let outbox = count(&waiting).await?;
                let oldest = keys(&waiting, "", 1).await?.get(0).as_string();
                let rejected = count(&transaction.object_store(ObjectStore::Rejected.name())?).await?;
                counts.replace(Counts { outbox, rejected, oldest });
                Ok(())
            })
        };
        self.twice(false, &attempt).await?;
        Ok(counts.take())
    }

    fn note(&self, place: Note, name: &str) -> Option<String> {
        texts_of(place)?.get_item(name).ok()?
    }

    fn set_note(&self, place: Note, name: &str, text: Option<&str>) {
        let Some(texts) = texts_of(place) else { return };
        let _ = match text {
            Some(text) => texts.set_item(name, text),
            None => texts.remove_item(name),
        };
    }
}

fn texts_of(place: Note) -> Option<web_sys::Storage> {
    match place {
        Note::Device => window().local_storage().ok()?,
        Note::Tab => window().session_storage().ok()?,
    }
}

/// What finishing a response touches.
const FINISHING: &[ObjectStore] =
    &[ObjectStore::Settings, ObjectStore::Drafts, ObjectStore::Outbox, ObjectStore::Rejected];

/// Makes the stores of a new database. Where this fails the opening fails, and the caller is told.
fn furnish(event: web_sys::Event) {
    let Some(request) = event.target().map(JsCast::unchecked_into::<IdbOpenDbRequest>) else { return };
    let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    for on in ObjectStore::ALL {
        let _ = database.create_object_store(on.name());
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

/// What is known of the numbers when a response is finished.
async fn numbers(transaction: &IdbTransaction, id: &str, item: &str, seen: u64) -> Result<Numbers, Failed> {
    let last = match pairing_of(item) {
        Some(pairing) => text(transaction, ObjectStore::Settings, &last_key(pairing)).await?,
        None => None,
    };
    Ok(Numbers {
        last: last.and_then(|last| last.parse().ok()).unwrap_or(0),
        seen,
        numbered: text(transaction, ObjectStore::Settings, NUMBERED).await?,
        waiting: text(transaction, ObjectStore::Outbox, id).await?,
        rejected: text(transaction, ObjectStore::Rejected, id).await?.is_some(),
    })
}

/// Asks for changes; [`committed`] says whether they were made.
fn make(transaction: &IdbTransaction, writes: &[Write]) -> Result<(), Failed> {
    for write in writes {
        match write {
            Write::Put(on, key, value) => {
                let store = transaction.object_store(on.name())?;
                store.put_with_key(&value.into(), &key.into())?;
            }
            Write::Delete(on, key) => {
                transaction.object_store(on.name())?.delete(&key.into())?;
            }
            Write::DeleteUntil(on, key) => {
                let range = IdbKeyRange::upper_bound(&key.into())?;
                transaction.object_store(on.name())?.delete(&range)?;
            }
        }
    }
    Ok(())
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

async fn text(transaction: &IdbTransaction, on: ObjectStore, key: &str) -> Result<Option<String>, Failed> {
    let store = transaction.object_store(on.name())?;
    Ok(result(&store.get(&key.into())?).await?.as_string())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count is whole, and small")]
async fn count(store: &IdbObjectStore) -> Result<u32, Failed> {
    Ok(result(&store.count()?).await?.as_f64().unwrap_or(0.0) as u32)
}

/// All keys are texts, and every text but the empty one lies behind the empty one.
fn behind(key: &str) -> Result<JsValue, Failed> {
    Ok(IdbKeyRange::lower_bound_with_open(&key.into(), true)?.into())
}

async fn keys(store: &IdbObjectStore, after: &str, most: u32) -> Result<Array, Failed> {
    let request = store.get_all_keys_with_key_and_limit(&behind(after)?, most)?;
    Ok(result(&request).await?.unchecked_into())
}

async fn all(transaction: &IdbTransaction, on: ObjectStore, after: &str, most: u32) -> Result<Vec<Waiting>, Failed> {
    let store = transaction.object_store(on.name())?;
    let keys = keys(&store, after, most).await?;
    let request = store.get_all_with_key_and_limit(&behind(after)?, most)?;
    let values: Array = result(&request).await?.unchecked_into();
    let both = keys.iter().zip(values.iter());
    Ok(both.filter_map(|(key, value)| Some(Waiting { key: key.as_string()?, item: value.as_string()? })).collect())
}
