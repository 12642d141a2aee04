//! Empties the outbox, by one tab at a time. What is done when is decided in `api::outbox::drain`;
//! here its commands are carried out.

use std::{cell::RefCell, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen_futures::spawn_local;

use crate::{browser::device, browser::locks, server, session::state::Kiosk, sync::heartbeat};
use api::outbox::{
    batch::{Age, body},
    drain::{Command, Drain, Event},
    shelves::Waiting,
    verdict::{Answer, Fate, Refusal, fate},
};

/// What became of a response that went past the outbox.
pub(crate) enum Delivered {
    /// the server has it
    Confirmed,
    /// not known to be anywhere
    Not,
}

#[derive(Default)]
struct Pace {
    drain: Drain,
    rest: Option<TimeoutHandle>,
}

thread_local! {
    static PACE: RefCell<Pace> = RefCell::default();
}

/// Begins, with what earlier pages remembered. Tells how the outbox is from then on.
pub(crate) fn begin(kiosk: Kiosk, whole: Option<String>) {
    PACE.with_borrow_mut(|pace| pace.drain.remember(whole));
    wake(kiosk);
}

/// Something waits. Returns at once.
pub(crate) fn wake(kiosk: Kiosk) {
    tell(kiosk, Event::Wake);
}

/// A good moment to try, and to forget earlier failures: a tap, `online`, becoming visible, a
/// heartbeat that was answered. Returns at once.
pub(crate) fn hurry(kiosk: Kiosk) {
    tell(kiosk, Event::Hurry);
}

/// Tells what happened. Returns at once.
pub(crate) fn tell(kiosk: Kiosk, event: Event) {
    match step(kiosk, event) {
        Command::GoOn | Command::Stop => {}
        command => spawn_local(locks::alone("aplodi-drain", carry_out(kiosk, command))),
    }
}

fn step(kiosk: Kiosk, event: Event) -> Command {
    PACE.with_borrow_mut(|pace| {
        let command = pace.drain.on(event, kiosk.corrected_now(), device::chance());
        if !matches!(command, Command::GoOn)
            && let Some(rest) = pace.rest.take()
        {
            rest.clear();
        }
        command
    })
}

async fn carry_out(kiosk: Kiosk, mut command: Command) {
    loop {
        let event = match command {
            Command::GoOn | Command::Stop => return,
            Command::Rest(millis) => {
                let ring = move || tell(kiosk, Event::Rang);
                let rest = set_timeout_with_handle(ring, Duration::from_millis(millis.unsigned_abs())).ok();
                PACE.with_borrow_mut(|pace| pace.rest = rest);
                return;
            }
            Command::Read(from, after, most) => match kiosk.memory().after(from, &after, most).await {
                Ok(found) => Event::Found(found),
                Err(_) => Event::Failed,
            },
            Command::Send(batch) => {
                let answer = send(kiosk, &batch).await;
                Event::Answered(batch, answer)
            }
            Command::Write(writes, named) => match kiosk.memory().write(&writes).await {
                Ok(()) => {
                    kiosk.taps.update_value(|taps| taps.retain(|tap| !named.contains(&tap.id)));
                    Event::Written
                }
                Err(_) => Event::Failed,
            },
        };
        command = step(kiosk, event);
    }
}

/// One response straight to the server, because the disk did not take it.
pub(crate) async fn deliver_alone(kiosk: Kiosk, id: String, item: String) -> Delivered {
    let waiting = Waiting { key: id, item };
    match send(kiosk, std::slice::from_ref(&waiting)).await {
        Answer::Read(result) if matches!(fate(0, waiting.id(), &result.results), Some((Fate::Leaves, _))) => {
            Delivered::Confirmed
        }
        Answer::Read(_) | Answer::Refused(_) => Delivered::Not,
    }
}

async fn send(kiosk: Kiosk, batch: &[Waiting]) -> Answer {
    // A tablet without a token keeps what it has until it is paired again.
    let Some(token) = kiosk.token.get_value() else { return Answer::Refused(Refusal::default()) };
    let asked = device::now();
    let now = device::monotonic();
    let age_of = |id: &str| {
        let tap = kiosk.tap(id)?;
        Some(Age { millis: now - tap.at, may_have_slept: tap.may_have_slept })
    };
    let items: Vec<_> = batch.iter().map(|waiting| (waiting.item.as_str(), age_of(waiting.id()))).collect();
    let answer = server::deliver(&token, body(asked, &items)).await;
    match &answer {
        Answer::Read(result) => kiosk.learn_offset(result.server_now, asked),
        Answer::Refused(Refusal { status: 401, ours: true, .. }) => heartbeat::doubt(kiosk),
        Answer::Refused(_) => {}
    }
    answer
}
