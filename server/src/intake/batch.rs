//! A batch of responses as a tablet wrote them: decoded and judged one by one, written together.
//!
//! The API and `aplodi outbox import` come through here alike.

use api::responses::{Item, ItemResult, Status, check::Rejection};
use domain::id::ResponseId;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Delivery, Intake, NotTaken};
use store::{
    StoreError,
    responses::{NewResponse, Outcome},
    writer::{NotWritten, Writer},
};

/// An item has so many bytes at most: far more than a visitor can write, and too few for what decodes to many times
/// its length.
const LONGEST_ITEM: usize = 256 * 1024;

/// A batch that has been judged and not yet written.
#[derive(Debug)]
pub struct Judged {
    results: Vec<ItemResult>,
    /// what can be stored, each with its place in the batch
    taken: Vec<(usize, NewResponse)>,
}

impl Intake {
    /// Judges each item of a kiosk's batch. A bad one is refused alone; nothing is written yet.
    ///
    /// # Errors
    /// Where nothing can be looked up now: then nothing may be said of any of them.
    pub async fn judge(&self, items: &[&RawValue], delivery: Delivery<'_>) -> Result<Judged, StoreError> {
        let mut judged = Judged { results: Vec::with_capacity(items.len()), taken: Vec::with_capacity(items.len()) };
        for (index, raw) in items.iter().enumerate() {
            let (id, prepared) = match decode(raw) {
                Ok(item) => (Some(item.id), self.from_kiosk(item, delivery).await),
                Err(rejection) => (id_of(raw), Err(rejection.into())),
            };
            let (status, reason) = match prepared {
                Ok(response) => {
                    judged.taken.push((index, response));
                    (Status::Stored, None)
                }
                Err(NotTaken::Rejected(reason)) => (Status::Rejected, Some(reason.to_string())),
                Err(NotTaken::Store(error)) => return Err(error),
            };
            judged.results.push(ItemResult { index, id, status, reason });
        }
        Ok(judged)
    }
}

impl Judged {
    /// What would become of each item, in order: stored, or a replay of what is there, or rejected.
    #[must_use]
    pub fn forecast(self) -> Vec<ItemResult> {
        self.results
    }

    /// Writes what can be stored, and says of each item what became of it, once that is on disk.
    ///
    /// # Errors
    /// Where the store cannot do it now: then nothing may be acknowledged.
    pub async fn write(self, writer: &Writer) -> Result<Vec<ItemResult>, NotWritten> {
        let Self { mut results, taken } = self;
        let (places, responses): (Vec<usize>, Vec<NewResponse>) = taken.into_iter().unzip();
        let outcomes = writer.submit(responses).await?;
        for (place, outcome) in places.into_iter().zip(outcomes) {
            set_status(&mut results[place], outcome);
        }
        Ok(results)
    }
}

fn set_status(result: &mut ItemResult, outcome: Outcome) {
    result.status = match outcome {
        Outcome::Stored => Status::Stored,
        Outcome::Duplicate => Status::Duplicate,
        Outcome::Conflict => Status::Conflict,
        Outcome::Refused(_) => {
            result.reason = Some("unstorable: the database refused it".to_owned());
            Status::Rejected
        }
    };
}

fn decode(raw: &RawValue) -> Result<Item, Rejection> {
    let text = raw.get();
    if text.len() > LONGEST_ITEM {
        return Err(Rejection::Malformed(format!("{} bytes; at most {LONGEST_ITEM}", text.len())));
    }
    serde_json::from_str(text).map_err(|error| Rejection::Malformed(error.to_string()))
}

/// The id of an item that cannot be read as a whole, so that the kiosk knows which one it was.
fn id_of(raw: &RawValue) -> Option<ResponseId> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: ResponseId,
    }
    serde_json::from_str::<OnlyId>(raw.get()).ok().map(|item| item.id)
}
