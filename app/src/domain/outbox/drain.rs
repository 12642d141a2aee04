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
use crate::domain::{
    response::{Status, item::BatchResult},
    time::{Millis, SECOND},
};

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
    /// where in the outbox to begin: behind what a stranger refused although it stood alone
    passed: String,
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
    Writing,
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
                self.hear(epoch);
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
            (Event::Written, Doing::Writing) => {
                self.backoff.reset();
                self.start()
            }
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
        self.begin(Shelf::Outbox)
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

    fn hear(&mut self, epoch: String) {
        if self.epoch.as_ref() != Some(&epoch) {
            self.epoch = Some(epoch);
            self.looked.clear();
            self.missed = false;
        }
    }

    fn is_whole(&self) -> bool {
        self.epoch.is_none() || self.whole == self.epoch
    }

    /// What waits in the outbox.
    fn take(&mut self, from: Shelf, mut found: Vec<Waiting>, chance: f64) -> Command {
        if !found.is_empty() {
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
        self.write(vec![Write::Put(Shelf::Settings, WHOLE.to_owned(), whole)], Vec::new())
    }

    fn send(&mut self, from: Shelf, batch: Vec<Waiting>) -> Command {
        self.doing = Doing::Sending(from);
        Command::Send(batch)
    }

    fn write(&mut self, writes: Vec<Write>, named: Vec<String>) -> Command {
        self.doing = Doing::Writing;
        Command::Write(writes, named)
    }

    /// The server said of each item what became of it.
    fn read(&mut self, from: Shelf, sent: Vec<Waiting>, result: &BatchResult, now: Millis, chance: f64) -> Command {
        self.portion.grow();
        let (mut writes, mut named) = (Vec::new(), Vec::new());
        for (place, waiting) in sent.into_iter().enumerate() {
            if from == Shelf::Sent {
                self.looked.clone_from(&waiting.key);
            }
            let id = waiting.id().to_owned();
            match fate(place, &id, &result.results) {
                Some((Fate::Leaves, _)) if from == Shelf::Sent => writes.push(confirm_again(waiting, &result.epoch)),
                Some((Fate::Leaves, _)) => writes.extend(confirm(waiting, &result.epoch, now)),
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
        if self.is_whole() {
            writes.push(forget(now));
        }
        self.write(writes, named)
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
                let writes = sent.drain(..).flat_map(|waiting| set_aside(from, waiting, &reason)).collect();
                self.write(writes, named)
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
            Reaction::TryLater => {
                let rest = self.rest(chance);
                let (Some(asked), Command::Rest(wait)) = (refusal.retry_after, &rest) else { return rest };
                self.doing = Doing::Held;
                Command::Rest(Millis::from(asked).saturating_mul(SECOND).min(Backoff::LONGEST).max(*wait))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::item::ItemResult;

    fn waiting(id: u128) -> Waiting {
        let id = uuid::Uuid::from_u128(id).to_string();
        Waiting { item: format!("{{\"id\":\"{id}\"}}"), key: id }
    }

    fn refused(sent: &[Waiting], status: u16) -> Event {
        Event::Answered(sent.to_vec(), Answer::Refused(Refusal { status, ..Refusal::default() }))
    }

    fn condemned(sent: &[Waiting], status: u16) -> Event {
        Event::Answered(sent.to_vec(), Answer::Refused(Refusal { status, ours: true, retry_after: None }))
    }

    fn stored(sent: &[Waiting], epoch: &str) -> Event {
        let result = |(index, waiting): (usize, &Waiting)| ItemResult {
            index,
            id: waiting.id().parse::<uuid::Uuid>().ok().map(Into::into),
            status: Status::Stored,
            reason: None,
        };
        let results = sent.iter().enumerate().map(result).collect();
        Event::Answered(sent.to_vec(), Answer::Read(BatchResult { server_now: 0, epoch: epoch.to_owned(), results }))
    }

    /// A drain that has just sent these.
    fn sending(batch: &[Waiting]) -> Drain {
        let mut drain = Drain::default();
        assert!(matches!(drain.on(Event::Wake, 0, 0.0), Command::Read(Shelf::Outbox, ..)));
        assert_eq!(drain.on(Event::Found(batch.to_vec()), 0, 0.0), Command::Send(batch.to_vec()));
        drain
    }

    #[test]
    fn a_refusal_keeps_everything_and_waits_longer_each_time() {
        let mut drain = sending(&[waiting(1)]);
        let refusals = [(0, 500), (200, 1_000), (401, 2_000), (403, 4_000), (409, 8_000), (500, 16_000)];
        for (status, wait) in refusals {
            assert_eq!(drain.on(refused(&[waiting(1)], status), 0, 0.0), Command::Rest(wait), "{status}");
            assert!(matches!(drain.on(Event::Rang, 0, 0.0), Command::Read(Shelf::Outbox, ..)));
            drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
        }
    }

    #[test]
    fn a_server_that_asks_to_be_left_alone_is_left_alone() {
        let busy = |retry_after| {
            Event::Answered(vec![waiting(1)], Answer::Refused(Refusal { status: 429, ours: true, retry_after }))
        };
        for (asked, rest) in [(30, 30 * SECOND), (0, 500), (86_400, Backoff::LONGEST), (u32::MAX, Backoff::LONGEST)] {
            let mut drain = sending(&[waiting(1)]);
            assert_eq!(drain.on(busy(Some(asked)), 0, 0.0), Command::Rest(rest));
            for event in [Event::Wake, Event::Hurry, Event::Beat("e".into())] {
                assert_eq!(drain.on(event, 0, 0.0), Command::GoOn);
            }
            assert!(matches!(drain.on(Event::Rang, 0, 0.0), Command::Read(..)));
        }
        let mut drain = sending(&[waiting(1)]);
        assert_eq!(drain.on(busy(None), 0, 0.0), Command::Rest(500));
        assert!(matches!(drain.on(Event::Hurry, 0, 0.0), Command::Read(..)), "a tap cuts a rest short");
    }

    #[test]
    fn a_tap_forgets_the_failures_before_it() {
        let mut drain = sending(&[waiting(1)]);
        drain.backoff = (0..20).fold(Backoff::default(), |mut worn, _| {
            worn.fail(0.0);
            worn
        });
        assert_eq!(drain.on(refused(&[waiting(1)], 0), 0, 0.0), Command::Rest(Backoff::LONGEST / 2));
        drain.on(Event::Hurry, 0, 0.0);
        drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
        assert_eq!(drain.on(refused(&[waiting(1)], 0), 0, 0.0), Command::Rest(500));
    }

    #[test]
    fn a_stranger_condemns_nobody_and_blocks_nobody() {
        let mut drain = sending(&[waiting(1)]);
        assert!(matches!(drain.on(refused(&[waiting(1)], 413), 0, 0.0), Command::Rest(_)));
        assert_eq!(drain.on(Event::Rang, 0, 0.0), Command::Read(Shelf::Outbox, waiting(1).key, 1));
        drain.on(Event::Found(vec![waiting(2)]), 0, 0.0);
        assert!(matches!(drain.on(stored(&[waiting(2)], "e"), 0, 0.0), Command::Write(..)));
        assert!(
            matches!(drain.on(Event::Written, 0, 0.0), Command::Read(Shelf::Outbox, after, _) if after == waiting(1).key)
        );
        assert!(matches!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Rest(_)), "it still waits");
        assert!(matches!(drain.on(Event::Rang, 0, 0.0), Command::Read(Shelf::Outbox, after, _) if after.is_empty()));
    }

    #[test]
    fn aplodi_condemns_what_stands_alone() {
        let mut drain = sending(&[waiting(1), waiting(2)]);
        assert_eq!(
            drain.on(condemned(&[waiting(1), waiting(2)], 400), 0, 0.0),
            Command::Read(Shelf::Outbox, String::new(), 1)
        );
        drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
        let Command::Write(writes, named) = drain.on(condemned(&[waiting(1)], 400), 0, 0.0) else {
            panic!("it is set aside")
        };
        assert_eq!((writes, named), (set_aside(Shelf::Outbox, waiting(1), "http 400").to_vec(), vec![waiting(1).key]));
    }

    #[test]
    fn fresh_answers_go_before_what_is_sent_again() {
        let mut drain = Drain::default();
        drain.remember(Some("old".into()));
        assert_eq!(drain.on(Event::Beat("old".into()), 0, 0.0), Command::GoOn);
        assert!(matches!(drain.on(Event::Beat("new".into()), 0, 0.0), Command::Read(Shelf::Outbox, ..)));
        assert_eq!(drain.on(Event::Wake, 0, 0.0), Command::GoOn);
        assert_eq!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Read(Shelf::Sent, String::new(), 100));
        let known = Waiting { key: "1 a".into(), item: r#"{"epoch":"new","item":{}}"#.into() };
        let next = drain.on(Event::Found(vec![known]), 0, 0.0);
        assert!(matches!(next, Command::Read(Shelf::Outbox, ..)), "somebody answered in the meantime: {next:?}");
        drain.on(Event::Found(Vec::new()), 0, 0.0);
        let Command::Write(writes, _) = drain.on(Event::Found(Vec::new()), 0, 0.0) else { panic!("it is whole") };
        assert_eq!(writes, [Write::Put(Shelf::Settings, WHOLE.into(), "new".into())]);
        assert!(matches!(drain.on(Event::Written, 0, 0.0), Command::Read(Shelf::Outbox, ..)));
        assert_eq!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Stop);
        assert_eq!(drain.on(Event::Beat("new".into()), 0, 0.0), Command::GoOn, "and is not asked again");
    }
}
