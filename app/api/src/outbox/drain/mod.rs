//! The state machine that empties the outbox: oldest first, one batch at a time; then, where the
//! server was restored from a backup, what was sent before, once more.
//!
//! It lives as long as the page and remembers nothing that the next page would miss. Whoever drives
//! it carries out each command and tells what came of it; only one page at a time may do so.

use super::{
    backoff::Backoff,
    batch::{Portion, batch_len},
    shelves::{Shelf, WHOLE, Waiting, Write, confirm, confirm_again, forget, set_aside, unconfirmed},
    verdict::{Answer, Fate, Reaction, Refusal, fate},
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
    Rang,
    /// the server answered a sign of life, under this epoch
    Beat(String),
    /// what [`Command::Read`] found
    Found(Vec<Waiting>),
    /// what [`Command::Send`] sent, and what came back
    Answered(Vec<Waiting>, Answer),
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
    /// nothing for so long; then [`Event::Rang`]
    Rest(Millis),
    /// read what lies on this shelf after this key, at most so many
    Read(Shelf, String, usize),
    /// deliver these
    Send(Vec<Waiting>),
    /// write this, all or nothing; the server has named these ids
    Write(Vec<Write>, Vec<String>),
}

/// The state of the drain in one page.
#[derive(Debug, Default)]
pub struct Drain {
    doing: Doing,
    /// somebody woke it while it was at work
    woken: bool,
    backoff: Backoff,
    portion: Portion,
    /// where in the outbox to begin: behind what a stranger refused although it stood alone, and behind what a
    /// full disk did not let go
    passed: String,
    /// the keys of what lies in the outbox although the server has it, under this epoch; in order
    confirmed: Vec<String>,
    /// the server's epoch, as last heard
    epoch: Option<String>,
    /// the epoch under which everything on the shelf [`Shelf::Sent`] is confirmed
    whole: Option<String>,
    /// how far that shelf has been looked through
    looked: String,
    /// something there was not confirmed on the way
    missed: bool,
}

#[derive(Debug, Default)]
enum Doing {
    #[default]
    Nothing,
    Resting,
    /// the server asked to be left alone: nobody may cut this rest short
    Held,
    Reading(Shelf),
    Sending(Shelf),
    /// what became of a batch, whose last key this is
    Writing(Shelf, String),
    /// only taking away what is confirmed, where no more than that was possible
    Clearing,
}

impl Drain {
    /// What an earlier page remembered as [`WHOLE`].
    pub fn remember(&mut self, whole: Option<String>) {
        self.whole = whole;
    }

    /// Takes an event and says what to do. `now` is the time of the server as well as it is known,
    /// `chance` is between 0 and 1.
    pub fn on(&mut self, event: Event, now: Millis, chance: f64) -> Command {
        match (event, std::mem::take(&mut self.doing)) {
            (Event::Rang, Doing::Resting | Doing::Held) => self.start(),
            (Event::Rang, doing) => self.go_on(doing),
            (Event::Hurry, doing) => {
                self.backoff.reset();
                self.wake(doing)
            }
            (Event::Wake, doing) => self.wake(doing),
            (Event::Beat(epoch), doing) => {
                if self.hear(epoch) {
                    // What is under way there began somewhere in the middle, so it is no whole round.
                    self.missed = matches!(doing, Doing::Reading(Shelf::Sent) | Doing::Sending(Shelf::Sent));
                }
                if self.is_whole() { self.go_on(doing) } else { self.wake(doing) }
            }
            (Event::Found(found), Doing::Reading(Shelf::Sent)) => self.look(found, chance),
            (Event::Found(found), Doing::Reading(from)) => self.take(from, found, chance),
            (Event::Answered(sent, Answer::Read(result)), Doing::Sending(from)) => {
                self.read(from, sent, &result, now, chance)
            }
            (Event::Answered(sent, Answer::Refused(refusal)), Doing::Sending(from)) => {
                self.refused(from, sent, refusal, chance)
            }
            (Event::Written, Doing::Writing(..) | Doing::Clearing) => {
                self.confirmed.clear();
                self.backoff.reset();
                self.start()
            }
            (Event::Failed, Doing::Writing(Shelf::Outbox, last)) => {
                self.passed = last;
                self.clear()
            }
            (Event::Failed, Doing::Writing(Shelf::Sent, _)) => {
                // What was to be confirmed once more has been passed already.
                self.missed = true;
                self.rest(chance)
            }
            (Event::Failed, Doing::Clearing) => self.begin(Shelf::Outbox),
            (Event::Failed, _) => self.rest(chance),
            // Only a driver that mixes up its answers comes here: beginning anew is always right.
            (Event::Found(_) | Event::Answered(..) | Event::Written, _) => self.start(),
        }
    }

    fn go_on(&mut self, doing: Doing) -> Command {
        self.doing = doing;
        Command::GoOn
    }

    fn wake(&mut self, doing: Doing) -> Command {
        match doing {
            Doing::Nothing | Doing::Resting => self.start(),
            doing => {
                self.woken = true;
                self.go_on(doing)
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
            return self.begin(Shelf::Outbox);
        }
        self.doing = Doing::Clearing;
        Command::Write(self.taking_confirmed().collect(), self.confirmed.clone())
    }

    fn taking_confirmed(&self) -> impl Iterator<Item = Write> {
        self.confirmed.iter().map(|key| Write::Take(Shelf::Outbox, key.clone()))
    }

    fn begin(&mut self, from: Shelf) -> Command {
        self.doing = Doing::Reading(from);
        let after = if from == Shelf::Sent { &self.looked } else { &self.passed };
        Command::Read(from, after.clone(), self.portion.most())
    }

    fn rest(&mut self, chance: f64) -> Command {
        self.doing = Doing::Resting;
        Command::Rest(self.backoff.fail(chance))
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
    fn take(&mut self, from: Shelf, mut found: Vec<Waiting>, chance: f64) -> Command {
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
            return self.rest(chance);
        }
        if self.is_whole() {
            return if self.woken { self.start() } else { Command::Stop };
        }
        self.begin(Shelf::Sent)
    }

    /// What was sent before, of which only that goes again which another epoch confirmed.
    fn look(&mut self, mut found: Vec<Waiting>, chance: f64) -> Command {
        let (Some(epoch), Some(last)) = (&self.epoch, found.last()) else { return self.looked_through(chance) };
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
            return if self.woken { self.start() } else { self.begin(Shelf::Sent) };
        }
        self.send(Shelf::Sent, found)
    }

    fn looked_through(&mut self, chance: f64) -> Command {
        self.looked.clear();
        if std::mem::take(&mut self.missed) {
            return self.rest(chance);
        }
        self.whole.clone_from(&self.epoch);
        let whole = self.whole.clone().unwrap_or_default();
        let writes = vec![Write::Put(Shelf::Settings, WHOLE.to_owned(), whole)];
        self.write(Shelf::Sent, String::new(), writes, Vec::new())
    }

    fn send(&mut self, from: Shelf, batch: Vec<Waiting>) -> Command {
        self.doing = Doing::Sending(from);
        Command::Send(batch)
    }

    fn write(&mut self, from: Shelf, last: String, writes: Vec<Write>, named: Vec<String>) -> Command {
        self.doing = Doing::Writing(from, last);
        Command::Write(writes, named)
    }

    /// The server said of each item what became of it.
    fn read(&mut self, from: Shelf, sent: Vec<Waiting>, result: &BatchResult, now: Millis, chance: f64) -> Command {
        self.portion.grow();
        let last = sent.last().map(|waiting| waiting.key.clone()).unwrap_or_default();
        let (mut writes, mut named, mut leaving) = (Vec::new(), Vec::new(), Vec::new());
        for (place, waiting) in sent.into_iter().enumerate() {
            if from == Shelf::Sent {
                self.looked.clone_from(&waiting.key);
            }
            let id = waiting.id().to_owned();
            match fate(place, &id, &result.results) {
                Some((Fate::Leaves, _)) if from == Shelf::Sent => writes.push(confirm_again(waiting, &result.epoch)),
                Some((Fate::Leaves, _)) => {
                    leaving.push(waiting.key.clone());
                    writes.extend(confirm(waiting, &result.epoch, now));
                }
                Some((Fate::IsSetAside, said)) => {
                    let usual = if said.status == Status::Conflict { "conflict" } else { "rejected" };
                    writes.extend(set_aside(from, waiting, said.reason.as_deref().unwrap_or(usual)));
                }
                None => {
                    self.missed |= from == Shelf::Sent;
                    continue;
                }
            }
            named.push(id);
        }
        // Only now: where the epoch is new, the looking through begins anew.
        self.hear(result.epoch.clone());
        if named.is_empty() {
            return self.rest(chance);
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
    fn refused(&mut self, from: Shelf, mut sent: Vec<Waiting>, refusal: Refusal, chance: f64) -> Command {
        match Reaction::from(refusal) {
            Reaction::Halve if !self.portion.shrink(sent.len()) => self.begin(from),
            // It stands alone, so it is the culprit. Aplodi's own word sets it aside; a stranger's may be about
            // everything, so that the item only lets the others go first.
            Reaction::Halve if refusal.ours => {
                self.portion.grow();
                let reason = ["http ", &refusal.status.to_string()].concat();
                let named = sent.iter().map(|waiting| waiting.id().to_owned()).collect();
                let last = sent.last().map(|waiting| waiting.key.clone()).unwrap_or_default();
                let writes = sent.drain(..).flat_map(|waiting| set_aside(from, waiting, &reason)).collect();
                self.write(from, last, writes, named)
            }
            Reaction::Halve => {
                let key = sent.pop().map(|waiting| waiting.key).unwrap_or_default();
                if from == Shelf::Sent {
                    self.looked = key;
                    self.missed = true;
                } else {
                    self.passed = key;
                }
                self.rest(chance)
            }
            reaction => {
                if reaction == Reaction::SendLess {
                    self.portion.lose(sent.len());
                }
                let rest = self.rest(chance);
                let (Some(asked), Command::Rest(wait)) = (refusal.retry_after, &rest) else { return rest };
                self.doing = Doing::Held;
                Command::Rest(Millis::from(asked).saturating_mul(SECOND).min(Backoff::LONGEST).max(*wait))
            }
        }
    }
}

#[cfg(test)]
mod tests;
