//! Empties the outbox: oldest first, one batch at a time, by one tab at a time. The rules are in
//! `domain::outbox`.

use std::{cell::RefCell, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen_futures::spawn_local;

use super::{
    device, locks,
    memory::{Failed, Verdict, Waiting},
    server::{self, Reply},
    state::{Kiosk, TapClock},
};
use crate::domain::{
    outbox::{Backoff, Fate, Portion, Reaction, age, batch_len, body, fates},
    response::{Status, item::BatchResult},
};

/// What became of a response that went past the outbox.
pub(super) enum Delivered {
    /// the server has it
    Confirmed,
    /// not known to be anywhere
    Not,
}

#[derive(Default)]
struct Pace {
    running: bool,
    /// somebody woke it while it was running
    again: bool,
    backoff: Backoff,
    portion: Portion,
    next: Option<TimeoutHandle>,
}

thread_local! {
    static PACE: RefCell<Pace> = RefCell::default();
}

fn pace<T>(with: impl FnOnce(&mut Pace) -> T) -> T {
    PACE.with_borrow_mut(with)
}

/// A good moment to try, and to forget earlier failures: a tap, `online`, becoming visible, a
/// heartbeat that was answered.
pub(super) fn hurry(kiosk: Kiosk) {
    pace(|pace| pace.backoff.reset());
    wake(kiosk);
}

/// Something waits. Returns at once.
pub(super) fn wake(kiosk: Kiosk) {
    let start = pace(|pace| {
        pace.again = pace.running;
        if let Some(next) = pace.next.take() {
            next.clear();
        }
        !std::mem::replace(&mut pace.running, true)
    });
    if start {
        spawn_local(async move {
            locks::alone("aplodi-drain", drain(kiosk)).await;
            if pace(|pace| std::mem::take(&mut pace.again) && pace.next.is_none()) {
                pace(|pace| pace.running = false);
                wake(kiosk);
            } else {
                pace(|pace| pace.running = false);
            }
        });
    }
}

/// One response straight to the server, because the disk did not take it.
pub(super) async fn deliver_alone(kiosk: Kiosk, id: String, item: String) -> Delivered {
    let Some(token) = kiosk.token.get_value() else { return Delivered::Not };
    let waiting = Waiting { id, item };
    let result = send(kiosk, &token, std::slice::from_ref(&waiting)).await;
    match result {
        Reply::Body(result) if fates(&[waiting.id], &result.results) == [Some(Fate::Leaves)] => Delivered::Confirmed,
        Reply::Body(_) | Reply::Status(_) => Delivered::Not,
    }
}

async fn drain(kiosk: Kiosk) {
    let Some(token) = kiosk.token.get_value() else { return };
    loop {
        match batch(kiosk, &token).await {
            Ok(Progress::Empty) => return,
            Ok(Progress::Made) => pace(|pace| pace.backoff.reset()),
            Ok(Progress::None) | Err(Failed) => {
                let wait = pace(|pace| pace.backoff.fail(device::chance()));
                let wait = Duration::from_millis(wait.unsigned_abs());
                let next = set_timeout_with_handle(move || wake(kiosk), wait).ok();
                pace(|pace| pace.next = next);
                return;
            }
        }
    }
}

enum Progress {
    /// nothing waits
    Empty,
    /// something left, or is about to stand alone
    Made,
    /// everything stays: later
    None,
}

async fn batch(kiosk: Kiosk, token: &str) -> Result<Progress, Failed> {
    let memory = kiosk.memory();
    let mut waiting = memory.oldest(pace(|pace| pace.portion.most())).await?;
    let sizes: Vec<usize> = waiting.iter().map(|waiting| waiting.item.len()).collect();
    waiting.truncate(batch_len(&sizes));
    if waiting.is_empty() {
        return Ok(Progress::Empty);
    }
    let sent = waiting.len();
    let verdicts = match send(kiosk, token, &waiting).await {
        Reply::Body(result) => {
            pace(|pace| pace.portion.grow());
            read(waiting, &result)
        }
        Reply::Status(status) => match Reaction::to(status, false) {
            Reaction::Halve if pace(|pace| pace.portion.shrink(sent)) => {
                pace(|pace| pace.portion.grow());
                let reason = ["http ", &status.to_string()].concat();
                waiting.into_iter().map(|waiting| (waiting, Verdict::Refused(reason.clone()))).collect()
            }
            Reaction::Halve => return Ok(Progress::Made),
            Reaction::Apply | Reaction::TryLater => return Ok(Progress::None),
        },
    };
    if verdicts.is_empty() {
        return Ok(Progress::None);
    }
    memory.settle(device::now(), &verdicts).await?;
    kiosk.taps.update_value(|taps| {
        taps.retain(|(id, _)| verdicts.iter().all(|(waiting, _)| waiting.id != *id));
    });
    Ok(Progress::Made)
}

fn read(waiting: Vec<Waiting>, result: &BatchResult) -> Vec<(Waiting, Verdict)> {
    let ids: Vec<String> = waiting.iter().map(|waiting| waiting.id.clone()).collect();
    let fates = fates(&ids, &result.results);
    let verdict = |place: usize, fate| match fate {
        Fate::Leaves => Verdict::Confirmed(result.epoch.clone()),
        Fate::IsSetAside => {
            let said = result.results.iter().find(|said| said.index == place);
            let conflict = said.is_some_and(|said| said.status == Status::Conflict);
            let reason = said.and_then(|said| said.reason.clone());
            Verdict::Refused(reason.unwrap_or_else(|| if conflict { "conflict" } else { "rejected" }.to_owned()))
        }
    };
    let named = waiting.into_iter().zip(fates).enumerate();
    named.filter_map(|(place, (waiting, fate))| Some((waiting, verdict(place, fate?)))).collect()
}

async fn send(kiosk: Kiosk, token: &str, waiting: &[Waiting]) -> Reply<BatchResult> {
    let asked = device::now();
    let age_of = |id: &String| {
        let clock = kiosk.taps.with_value(|taps| taps.iter().find(|(of, _)| of == id).map(|(_, clock)| *clock));
        let TapClock { monotonic, wall, offset_known } = clock?;
        age(device::monotonic() - monotonic, asked - wall, offset_known)
    };
    let items: Vec<_> = waiting.iter().map(|waiting| (waiting.item.as_str(), age_of(&waiting.id))).collect();
    let reply = server::deliver(token, body(asked, &items)).await;
    if let Reply::Body(result) = &reply {
        kiosk.learn_offset(result.server_now, asked);
    }
    reply
}
