//! The state machine that empties the outbox: oldest first, one batch at a time; then, where the
//! server was restored from a backup, what was sent before, once more.
//!
//! It lives as long as the page and remembers nothing that the next page would miss. Whoever drives
//! it carries out each command and tells what came of it; only one page at a time may do so.

use super::{
    backoff::Backoff,
    batch::{BatchSize, batch_len},
    object_stores::{ObjectStore, RESYNC_EPOCH, Waiting, Write, confirm, confirm_again, forget, reject, unconfirmed},
    reply::{BatchReply, Disposition, Reaction, Refusal, disposition},
};
use crate::responses::{BatchResult, Status};
use domain::time::{Millis, SECOND};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// something waits
    Wake,
    /// a good moment to try, and to forget earlier failures: a tap, `online`, becoming visible
    Hurry,
    /// the rest is over
    TimerFired,
    /// the server answered a sign of life, under this epoch
    Beat(String),
    /// what [`Command::Read`] found
    Found(Vec<Waiting>),
    /// what [`Command::Send`] sent, and what came back
    Answered(Vec<Waiting>, BatchReply),
    /// [`Command::Write`] is on the disk
    Written,
    /// the device's memory did not do it
    Failed,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// nothing more than what is being done already
    GoOn,
    /// nothing: nothing waits
    Stop,
    /// nothing for so long; then [`Event::TimerFired`]
    Rest(Millis),
    /// read what lies in this object store after this key, at most so many
    Read(ObjectStore, String, usize),
    /// deliver these
    Send(Vec<Waiting>),
    /// write this, all or nothing; the server has named these ids
    Write(Vec<Write>, Vec<String>),
}

/// The state of the drain in one page.
#[derive(Debug, Default)]
pub struct Drain {
    state: State,
    /// somebody woke it while it was at work
    woken: bool,
    backoff: Backoff,
    batch_size: BatchSize,
    /// where in the outbox to begin: behind what a stranger refused although it stood alone, and behind what a
    /// full disk did not let go
    passed: String,
    /// the keys of what lies in the outbox although the server has it, under this epoch; in order
    confirmed: Vec<String>,
    /// the server's epoch, as last heard
    epoch: Option<String>,
    /// the epoch under which everything in the object store [`ObjectStore::Sent`] is confirmed
    whole: Option<String>,
    /// how far that object store has been looked through
    looked: String,
    /// something there was not confirmed on the way
    missed: bool,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Nothing,
    Resting,
    /// the server asked to be left alone: nobody may cut this rest short
    Held,
    Reading(ObjectStore),
    Sending(ObjectStore),
    /// what became of a batch, whose last key this is
    Writing(ObjectStore, String),
    /// only taking away what is confirmed, where no more than that was possible
    Clearing,
}

impl Drain {
    /// What an earlier page remembered as [`RESYNC_EPOCH`].
    pub fn remember(&mut self, whole: Option<String>) {
        self.whole = whole;
    }

    /// Takes an event and says what to do. `now` is the time of the server as well as it is known,
    /// `jitter` is between 0 and 1.
    pub fn on(&mut self, event: Event, now: Millis, jitter: f64) -> Command {
        match (event, std::mem::take(&mut self.state)) {
            (Event::TimerFired, State::Resting | State::Held) => self.start(),
            (Event::TimerFired, state) => self.go_on(state),
            (Event::Hurry, state) => {
                self.backoff.reset();
                self.wake(state)
            }
            (Event::Wake, state) => self.wake(state),
            (Event::Beat(epoch), state) => {
                if self.hear(epoch) {
                    // What is under way there began somewhere in the middle, so it is no whole round.
                    self.missed =
                        matches!(state, State::Reading(ObjectStore::Sent) | State::Sending(ObjectStore::Sent));
                }
                if self.is_whole() { self.go_on(state) } else { self.wake(state) }
            }
            (Event::Found(found), State::Reading(ObjectStore::Sent)) => self.look(found, jitter),
            (Event::Found(found), State::Reading(from)) => self.take(from, found, jitter),
            (Event::Answered(sent, BatchReply::Read(result)), State::Sending(from)) => {
                self.read(from, sent, &result, now, jitter)
            }
            (Event::Answered(sent, BatchReply::Refused(refusal)), State::Sending(from)) => {
                self.refused(from, sent, refusal, jitter)
            }
            (Event::Written, State::Writing(..) | State::Clearing) => {
                self.confirmed.clear();
                self.backoff.reset();
                self.start()
            }
            (Event::Failed, State::Writing(ObjectStore::Outbox, last)) => {
                self.passed = last;
                self.clear()
            }
            (Event::Failed, State::Writing(ObjectStore::Sent, _)) => {
                // What was to be confirmed once more has been passed already.
                self.missed = true;
                self.rest(jitter)
            }
            (Event::Failed, State::Clearing) => self.begin(ObjectStore::Outbox),
            (Event::Failed, _) => self.rest(jitter),
            // Only a driver that mixes up its answers comes here: beginning anew is always right.
            (Event::Found(_) | Event::Answered(..) | Event::Written, _) => self.start(),
        }
    }

    fn go_on(&mut self, state: State) -> Command {
        self.state = state;
        Command::GoOn
    }

    fn wake(&mut self, state: State) -> Command {
        match state {
            State::Nothing | State::Resting => self.start(),
            state => {
                self.woken = true;
                self.go_on(state)
            }
        }
    }

    fn start(&mut self) -> Command {
        self.woken = false;
        self.clear()
    }

    /// Takes away what the server has, without the copy that would stay for 14 days: confirmed is confirmed, and on a
    /// full disk only what is deleted makes room.
    fn clear(&mut self) -> Command {
        if self.confirmed.is_empty() {
            return self.begin(ObjectStore::Outbox);
        }
        self.state = State::Clearing;
        Command::Write(self.taking_confirmed().collect(), self.confirmed.clone())
    }

    fn taking_confirmed(&self) -> impl Iterator<Item = Write> {
        self.confirmed.iter().map(|key| Write::Delete(ObjectStore::Outbox, key.clone()))
    }

    fn begin(&mut self, from: ObjectStore) -> Command {
        self.state = State::Reading(from);
        let after = if from == ObjectStore::Sent { &self.looked } else { &self.passed };
        Command::Read(from, after.clone(), self.batch_size.most())
    }

    fn rest(&mut self, jitter: f64) -> Command {
        self.state = State::Resting;
        Command::Rest(self.backoff.fail(jitter))
    }

    /// True where the epoch is a new one.
    fn hear(&mut self, epoch: String) -> bool {
        let is_new = self.epoch.as_ref() != Some(&epoch);
        if is_new {
            self.epoch = Some(epoch);
            self.looked.clear();
            self.missed = false;
            self.confirmed.clear();
        }
        is_new
    }

    fn is_whole(&self) -> bool {
        self.epoch.is_none() || self.whole == self.epoch
    }

    /// What waits in the outbox.
    fn take(&mut self, from: ObjectStore, mut found: Vec<Waiting>, jitter: f64) -> Command {
        if let Some(last) = found.last().map(|waiting| waiting.key.clone()) {
            found.retain(|waiting| self.confirmed.binary_search(&waiting.key).is_err());
            if found.is_empty() {
                self.passed = last;
                return self.begin(from);
            }
            found.truncate(batch_len(found.iter().map(|waiting| waiting.item.len())));
            return self.send(from, found);
        }
        if !std::mem::take(&mut self.passed).is_empty() {
            // Those that were passed over still wait; the next round begins with them.
            return self.rest(jitter);
        }
        if self.is_whole() {
            return if self.woken { self.start() } else { Command::Stop };
        }
        self.begin(ObjectStore::Sent)
    }

    /// What was sent before, of which only that goes again which another epoch confirmed.
    fn look(&mut self, mut found: Vec<Waiting>, jitter: f64) -> Command {
        let (Some(epoch), Some(last)) = (&self.epoch, found.last()) else { return self.looked_through(jitter) };
        let last = last.key.clone();
        found.retain_mut(|record| match unconfirmed(&record.item, epoch).map(str::to_owned) {
            Some(item) => {
                record.item = item;
                true
            }
            None => false,
        });
        found.truncate(batch_len(found.iter().map(|waiting| waiting.item.len())));
        if found.is_empty() {
            self.looked = last;
            return if self.woken { self.start() } else { self.begin(ObjectStore::Sent) };
        }
        self.send(ObjectStore::Sent, found)
    }

    fn looked_through(&mut self, jitter: f64) -> Command {
        self.looked.clear();
        if std::mem::take(&mut self.missed) {
            return self.rest(jitter);
        }
        self.whole.clone_from(&self.epoch);
        let whole = self.whole.clone().unwrap_or_default();
        let writes = vec![Write::Put(ObjectStore::Settings, RESYNC_EPOCH.to_owned(), whole)];
        self.write(ObjectStore::Sent, String::new(), writes, Vec::new())
    }

    fn send(&mut self, from: ObjectStore, batch: Vec<Waiting>) -> Command {
        self.state = State::Sending(from);
        Command::Send(batch)
    }

    fn write(&mut self, from: ObjectStore, last: String, writes: Vec<Write>, named: Vec<String>) -> Command {
        self.state = State::Writing(from, last);
        Command::Write(writes, named)
    }

    /// The server said of each item what became of it.
    fn read(
        &mut self,
        from: ObjectStore,
        sent: Vec<Waiting>,
        result: &BatchResult,
        now: Millis,
        jitter: f64,
    ) -> Command {
        self.batch_size.grow();
        let last = sent.last().map(|waiting| waiting.key.clone()).unwrap_or_default();
        let (mut writes, mut named, mut leaving) = (Vec::new(), Vec::new(), Vec::new());
        for (place, waiting) in sent.into_iter().enumerate() {
            if from == ObjectStore::Sent {
                self.looked.clone_from(&waiting.key);
            }
            let id = waiting.id().to_owned();
            match disposition(place, &id, &result.results) {
                Some((Disposition::Acked, _)) if from == ObjectStore::Sent => {
                    writes.push(confirm_again(waiting, &result.epoch));
                }
                Some((Disposition::Acked, _)) => {
                    leaving.push(waiting.key.clone());
                    writes.extend(confirm(waiting, &result.epoch, now));
                }
                Some((Disposition::Rejected, said)) => {
                    let usual = if said.status == Status::Conflict { "conflict" } else { "rejected" };
                    writes.extend(reject(from, waiting, said.reason.as_deref().unwrap_or(usual)));
                }
                None => {
                    self.missed |= from == ObjectStore::Sent;
                    continue;
                }
            }
            named.push(id);
        }
        // Only now: where the epoch is new, the looking through begins anew.
        self.hear(result.epoch.clone());
        if named.is_empty() {
            return self.rest(jitter);
        }
        writes.extend(self.taking_confirmed());
        named.extend(self.confirmed.iter().cloned());
        for key in leaving {
            if let Err(place) = self.confirmed.binary_search(&key) {
                self.confirmed.insert(place, key);
            }
        }
        if self.is_whole() {
            writes.push(forget(now));
        }
        self.write(from, last, writes, named)
    }

    /// The batch came back unread.
    fn refused(&mut self, from: ObjectStore, mut sent: Vec<Waiting>, refusal: Refusal, jitter: f64) -> Command {
        match Reaction::from(refusal) {
            Reaction::Halve if !self.batch_size.shrink(sent.len()) => self.begin(from),
            // It stands alone, so it is the culprit. Aplodi's own word sets it aside; a stranger's may be about
            // everything, so that the item only lets the others go first.
            Reaction::Halve if refusal.ours => {
                self.batch_size.grow();
                let reason = ["http ", &refusal.status.to_string()].concat();
                let named = sent.iter().map(|waiting| waiting.id().to_owned()).collect();
                let last = sent.last().map(|waiting| waiting.key.clone()).unwrap_or_default();
                let writes = sent.drain(..).flat_map(|waiting| reject(from, waiting, &reason)).collect();
                self.write(from, last, writes, named)
            }
            Reaction::Halve => {
                let key = sent.pop().map(|waiting| waiting.key).unwrap_or_default();
                if from == ObjectStore::Sent {
                    self.looked = key;
                    self.missed = true;
                } else {
                    self.passed = key;
                }
                self.rest(jitter)
            }
            reaction => {
                if reaction == Reaction::SendLess {
                    self.batch_size.lose(sent.len());
                }
                let rest = self.rest(jitter);
                let (Some(asked), Command::Rest(wait)) = (refusal.retry_after, &rest) else { return rest };
                self.state = State::Held;
                Command::Rest(Millis::from(asked).saturating_mul(SECOND).min(Backoff::LONGEST).max(*wait))
            }
        }
    }
}

#[cfg(test)]
mod tests;
