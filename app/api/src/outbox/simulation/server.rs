//! A server and the way to it, both as bad as a test wants them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use uuid::Uuid;

use crate::{
    outbox::reply::{BatchReply, Refusal},
    responses::{BatchResult, ItemResult, Status},
};

/// What happens to requests on their way there and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    /// nothing
    Good,
    /// they do not arrive
    Down,
    /// they arrive, the reply does not
    LosesReplies,
    /// they arrive long after the device has given up
    Late,
    /// they arrive, and a moment later once more
    Twice,
    /// the reply arrives in disorder, a part of it missing and a part of it about others
    Garbles,
    /// what holds more items than this does not arrive in time
    Narrow(usize),
    /// somebody else answers
    Stranger(u16),
    /// the server answers, but takes nothing
    Closed(u16),
}

/// What the server does with some responses, whatever the network does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Poison {
    /// it names them as rejected
    Rejected,
    /// it refuses every batch that holds one
    WholeBatch,
}

/// What is on its disk.
#[derive(Clone, Debug, Default)]
struct Stored {
    /// what was said, by id
    contents: BTreeMap<Uuid, Value>,
    /// how often each id was counted
    counted: BTreeMap<Uuid, u32>,
    /// the numbers, and whose they are
    numbers: BTreeMap<u64, BTreeSet<Uuid>>,
}

/// The server.
#[derive(Debug)]
pub(super) struct Server {
    disk: Stored,
    backup: Option<Stored>,
    epoch: u32,
    /// more items than this are 413
    pub(super) most: usize,
    pub(super) network: Network,
    pub(super) poison: BTreeMap<Uuid, Poison>,
    /// how many items it was sent, each as often as it came
    pub(super) received: usize,
    late: Vec<String>,
}

impl Server {
    pub(super) fn new() -> Self {
        Self {
            disk: Stored::default(),
            backup: None,
            epoch: 1,
            most: usize::MAX,
            network: Network::Good,
            poison: BTreeMap::new(),
            received: 0,
            late: Vec::new(),
        }
    }

    pub(super) fn epoch(&self) -> String {
        format!("epoch{}", self.epoch)
    }

    pub(super) fn back_up(&mut self) {
        self.backup = Some(self.disk.clone());
    }

    pub(super) fn restore(&mut self) {
        if let Some(backup) = &self.backup {
            self.disk = backup.clone();
            self.epoch += 1;
        }
    }

    pub(super) fn has(&self, id: Uuid) -> bool {
        self.disk.contents.contains_key(&id)
    }

    /// Whether it has both answers.
    pub(super) fn has_all(&self, id: Uuid) -> bool {
        self.disk.contents[&id]["answers"].as_array().is_some_and(|answers| answers.len() == 2)
    }

    pub(super) fn ids(&self) -> BTreeSet<Uuid> {
        self.disk.contents.keys().copied().collect()
    }

    pub(super) fn counted_twice(&self) -> Option<Uuid> {
        self.disk.counted.iter().find(|(_, times)| **times != 1).map(|(id, _)| *id)
    }

    pub(super) fn numbers(&self) -> BTreeMap<u64, BTreeSet<Uuid>> {
        self.disk.numbers.clone()
    }

    /// What was on its way arrives at last.
    pub(super) fn receive_late(&mut self) {
        for body in std::mem::take(&mut self.late) {
            self.take(&body);
        }
    }

    /// Whether signs of life are answered.
    pub(super) fn answers(&self) -> bool {
        matches!(self.network, Network::Good | Network::Twice | Network::Garbles | Network::Narrow(_))
    }

    /// A batch goes out; what the device sees of it.
    pub(super) fn post(&mut self, body: &str) -> BatchReply {
        match self.network {
            Network::Narrow(most) if body.matches("\"pairing\"").count() > most => refusal(0, false),
            Network::Good | Network::Narrow(_) => self.take(body),
            Network::Down => refusal(0, false),
            Network::LosesReplies => {
                self.take(body);
                refusal(0, false)
            }
            Network::Late => {
                self.late.push(body.to_owned());
                refusal(0, false)
            }
            Network::Twice => {
                self.take(body);
                self.take(body)
            }
            Network::Garbles => garbled(self.take(body)),
            Network::Stranger(status) => refusal(status, false),
            Network::Closed(status) => refusal(status, true),
        }
    }

    fn take(&mut self, body: &str) -> BatchReply {
        let body: Value = serde_json::from_str(body).expect("a body is JSON");
        let items = body["responses"].as_array().expect("responses");
        assert!(!items.is_empty(), "an empty batch is a waste");
        let ids: Vec<Uuid> = items.iter().map(|item| item["id"].as_str().unwrap().parse().unwrap()).collect();
        self.received += ids.len();
        if ids.len() > self.most {
            return refusal(413, true);
        }
        if ids.iter().any(|id| self.poison.get(id) == Some(&Poison::WholeBatch)) {
            return refusal(400, true);
        }
        let results = items.iter().zip(ids).enumerate().map(|(index, (item, id))| {
            let status = if self.poison.contains_key(&id) { Status::Rejected } else { self.store(id, item.clone()) };
            ItemResult { index, id: Some(id.into()), status, reason: None }
        });
        let results = results.collect();
        BatchReply::Read(BatchResult { server_now: 0, epoch: self.epoch(), results })
    }

    fn store(&mut self, id: Uuid, mut item: Value) -> Status {
        let fields = item.as_object_mut().unwrap();
        fields.remove("age_ms");
        if let Some(seq) = fields.remove("seq") {
            self.disk.numbers.entry(seq.as_u64().unwrap()).or_default().insert(id);
        }
        match self.disk.contents.get(&id) {
            Some(known) if *known == item => Status::Duplicate,
            Some(_) => Status::Conflict,
            None => {
                self.disk.contents.insert(id, item);
                *self.disk.counted.entry(id).or_default() += 1;
                Status::Stored
            }
        }
    }
}

fn refusal(status: u16, ours: bool) -> BatchReply {
    BatchReply::Refused(Refusal { status, ours, retry_after: (status == 429).then_some(7) })
}

/// The results in another order, every third missing, every third about somebody else.
fn garbled(answer: BatchReply) -> BatchReply {
    let BatchReply::Read(mut result) = answer else { return answer };
    let ids: Vec<_> = result.results.iter().map(|result| result.id).collect();
    for (place, result) in result.results.iter_mut().enumerate() {
        if place % 3 == 1 {
            result.id = ids[(place + 1) % ids.len()];
        }
    }
    result.results.retain(|result| result.index % 3 != 2);
    result.results.reverse();
    BatchReply::Read(result)
}
