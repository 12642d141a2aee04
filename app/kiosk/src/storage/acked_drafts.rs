//! Responses that reached the server although the disk could not store them. Where their draft could not be deleted
//! either, it must not be sent at the next start: it holds fewer answers, and the server would report a conflict.
//!
//! The ids stand in the browser's other memory, which may work where the database does not.

use std::cell::RefCell;

use api::outbox::object_stores::{ObjectStore, Write};

use super::{Failed, Note, Storage};

const NAME: &str = "delivered";

/// The ids, each with a space behind it, as they are noted; here for browsers without that other memory.
#[derive(Debug, Default)]
pub struct AckedDrafts(RefCell<String>);

impl AckedDrafts {
    /// The server has this one.
    pub fn note(&self, storage: &impl Storage, id: &str) {
        self.keep(storage, [&self.noted(storage), id, " "].concat());
    }

    /// Takes away the drafts of what the server has; tried again until it works.
    ///
    /// # Errors
    ///
    /// The disk did not do it.
    pub async fn forget(&self, storage: &impl Storage) -> Result<(), Failed> {
        let noted = self.noted(storage);
        let takes: Vec<Write> =
            noted.split_terminator(' ').map(|id| Write::Delete(ObjectStore::Drafts, id.to_owned())).collect();
        if !takes.is_empty() {
            storage.write(&takes).await?;
            // Others may have come in the meantime, behind these.
            let now = self.noted(storage);
            self.keep(storage, now.strip_prefix(&noted).unwrap_or(&now).to_owned());
        }
        Ok(())
    }

    fn noted(&self, storage: &impl Storage) -> String {
        let noted = self.0.borrow().clone();
        if noted.is_empty() { storage.note(Note::Device, NAME).unwrap_or_default() } else { noted }
    }

    fn keep(&self, storage: &impl Storage, ids: String) {
        storage.set_note(Note::Device, NAME, Some(&ids));
        self.0.replace(ids);
    }
}
