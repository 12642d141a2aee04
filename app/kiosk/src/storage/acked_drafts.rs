//! What went to the server past a disk that did not take it. Where the disk did not let go of its draft either, that must
//! not rise again at the next start, with less in it: the server would call it a conflict.
//!
//! The ids stand in the browser's other memory, which may work where the database does not.

use std::cell::RefCell;

use crate::{
    browser::device::window,
    storage::indexed_db::{Failed, Memory},
};
use api::outbox::shelves::{Shelf, Write};

const NAME: &str = "delivered";

thread_local! {
    /// The ids, each with a space behind it, as they are noted; for browsers without that other memory.
    static NOTED: RefCell<String> = RefCell::default();
}

/// The server has this one.
pub(crate) fn note(id: &str) {
    keep([&noted(), id, " "].concat());
}

/// Takes away the drafts of what the server has; tried again until it works.
pub(crate) async fn forget_drafts(memory: &Memory) -> Result<(), Failed> {
    let noted = noted();
    let takes: Vec<Write> = noted.split_whitespace().map(|id| Write::Take(Shelf::Drafts, id.to_owned())).collect();
    if !takes.is_empty() {
        memory.write(&takes).await?;
        // Others may have come in the meantime, behind these.
        keep(self::noted().replacen(&noted, "", 1));
    }
    Ok(())
}

fn noted() -> String {
    let noted = NOTED.with_borrow(String::clone);
    if noted.is_empty() {
        storage().and_then(|storage| storage.get_item(NAME).ok()?).unwrap_or_default()
    } else {
        noted
    }
}

fn keep(ids: String) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(NAME, &ids);
    }
    NOTED.replace(ids);
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}
