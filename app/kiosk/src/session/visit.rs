//! What a tap does, from the first answer to thanks.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::device,
    browser::locks,
    browser::speech,
    session::state::{Kiosk, Scene, Tap},
    storage::acked_drafts,
    sync::drain::{self, Delivered},
};
use api::{
    json::ToJson,
    responses::{Item, ItemAnswer},
};
use domain::{
    id::{QuestionId, ResponseId},
    response::{Channel, End, Given},
    time::{Millis, SECOND},
    visit::Visit,
};

/// How long the chosen answer stays lit before the next question.
const CHOSEN: Duration = Duration::from_millis(250);
/// How long a new scene ignores taps: the second half of a double tap was meant for the last one.
const SETTLING: Duration = Duration::from_millis(300);
/// A comment is kept as a draft this long after the last letter.
const TYPING: Duration = Duration::from_millis(800);

impl Kiosk {
    /// One of several faces, seats or single options was tapped: it counts at once, and the next
    /// question follows by itself.
    pub(crate) fn choose(self, question: QuestionId, given: Given) {
        if self.moving.get_untracked() {
            return;
        }
        self.moving.set(true);
        self.lit.set(true);
        self.note(|visit, now| visit.answer(question, given, now, new_id));
        self.draft();
        set_timeout(move || self.advance(), CHOSEN);
    }

    /// One of many options was picked or taken back; nothing moves.
    pub(crate) fn toggle(self, question: QuestionId, key: &str) {
        if self.moving.get_untracked() {
            return;
        }
        self.note(|visit, now| visit.toggle(question, key, now, new_id));
        self.draft();
    }

    /// Something was typed.
    pub(crate) fn write(self, question: QuestionId, typed: String) {
        self.note(|visit, now| visit.answer(question, Given::Text(typed), now, new_id));
        let letter = self.visit.with_untracked(Visit::begun);
        // Not for every letter: only once the fingers rest.
        let rest = move || {
            if self.visit.try_with_untracked(Visit::begun) == Some(letter) {
                self.draft();
            }
        };
        set_timeout(rest, TYPING);
    }

    /// Continue, send or skip.
    pub(crate) fn go_on(self) {
        if self.moving.get_untracked() {
            return;
        }
        let Some(question) = self.question.get_untracked() else { return };
        self.moving.set(true);
        if self.visit.with_untracked(|visit| visit.given(question).is_none()) {
            self.note(|visit, now| visit.answer(question, Given::Skipped, now, new_id));
        }
        self.advance();
    }

    /// Back by one question.
    pub(crate) fn go_back(self) {
        if self.moving.get_untracked() {
            return;
        }
        self.moving.set(true);
        self.show.with_untracked(|show| {
            if let Some(show) = show {
                self.visit.update(|visit| {
                    visit.go_back(&show.survey);
                });
            }
        });
        self.settle();
    }

    /// The visitor has said enough: what was given is kept, and thanked for.
    pub(crate) fn exit(self) {
        if self.moving.get_untracked() {
            return;
        }
        self.moving.set(true);
        speech::stop();
        self.finish(End::Exit);
    }

    /// Nobody touches the screen any more: what was given is kept, the next visitor is greeted.
    pub(crate) fn time_out(self) {
        if self.scene.get_untracked() == Scene::Asking {
            if let Some(item) = self.item(End::Timeout) {
                // Until it is saved it counts as unsaved: nobody may unpair or reload in between.
                self.unsaved.update_value(|unsaved| unsaved.push(item));
                spawn_local(self.rescue());
            }
            self.greet();
        } else if self.scene.get_untracked() == Scene::Unsaved {
            self.greet();
        }
    }

    /// Tries again to save what could not be saved.
    pub(crate) fn retry(self) {
        if self.moving.get_untracked() {
            return;
        }
        self.moving.set(true);
        spawn_local(async move {
            self.rescue().await;
            let saved = self.unsaved.with_value(Vec::is_empty);
            if saved && self.scene.get_untracked() == Scene::Unsaved {
                self.thank();
            }
            self.moving.set(false);
        });
    }

    /// Once more for what neither the disk nor the server took; it stays in this page until one does.
    pub(crate) async fn rescue(self) {
        // Where this fails, the next heartbeat tries it again.
        let _ = acked_drafts::forget_drafts(&self.memory()).await;
        for item in self.unsaved.get_value() {
            if self.save(&item).await.is_ok() {
                self.unsaved.update_value(|unsaved| unsaved.retain(|other| other.id != item.id));
            }
        }
    }

    /// Wakes a tablet that sleeps, into the question. The touch that woke it answers nothing yet.
    pub(crate) fn rouse(self) {
        self.touched.set_value(device::monotonic());
        self.follow_programme();
        self.moving.set(true);
        set_timeout(move || self.moving.set(false), SETTLING);
    }

    /// The next visitor.
    pub(crate) fn greet(self) {
        speech::stop();
        self.scene.set(Scene::Loading);
        self.begin_anew();
    }

    fn note(self, change: impl FnOnce(&mut Visit, Millis)) {
        let is_new = self.visit.with_untracked(|visit| visit.begun().is_none());
        self.visit.update(|visit| change(visit, device::now()));
        let Some(begun) = self.visit.with_untracked(Visit::begun) else { return };
        if is_new {
            spawn_local(self.live(begun.id));
        }
        let (clock, at) = (self.clock.get_value(), device::monotonic());
        let tap = Tap {
            id: begun.id.to_string(),
            at,
            offset_ms: clock.measured(),
            not_before: clock.not_before(at),
            may_have_slept: false,
        };
        self.taps.update_value(|taps| {
            taps.retain(|other| other.id != tap.id);
            taps.push(tap);
        });
    }

    /// Holds the lock of a response while it lives in this page: no other page may take its draft for a dead one's.
    async fn live(self, id: ResponseId) {
        let is_here = move || {
            let is_begun = self.visit.with_untracked(Visit::begun).is_some_and(|begun| begun.id == id);
            is_begun || self.unsaved.with_value(|unsaved| unsaved.iter().any(|item| item.id == id))
        };
        let lives = async move {
            while is_here() {
                device::sleep(SECOND).await;
            }
        };
        locks::alone(&id.to_string(), lives).await;
    }

    fn advance(self) {
        speech::stop();
        let more = self.show.with_untracked(|show| {
            let Some(show) = show else { return false };
            self.visit.try_update(|visit| visit.go_on(&show.survey)).unwrap_or(false)
        });
        if more {
            self.settle();
        } else {
            self.finish(End::Done);
        }
    }

    fn settle(self) {
        self.lit.set(false);
        self.draft();
        set_timeout(move || self.moving.set(false), SETTLING);
    }

    /// The end of the way: thanks come only after the disk or the server has it.
    fn finish(self, end: End) {
        let Some(item) = self.item(end) else {
            self.greet();
            return;
        };
        spawn_local(async move {
            if self.save(&item).await.is_ok() {
                self.thank();
            } else {
                self.unsaved.update_value(|unsaved| unsaved.push(item));
                self.scene.set(Scene::Unsaved);
            }
            self.lit.set(false);
            self.moving.set(false);
        });
    }

    /// Into the outbox; if the disk refuses, to the server at once.
    async fn save(self, item: &Item) -> Result<(), ()> {
        let seq_seen = self.config.with_value(|config| config.as_ref().map_or(0, |config| config.kiosk.seq_seen));
        let id = item.id.to_string();
        let text = item.to_json();
        if self.memory().keep(&id, &text, seq_seen).await.is_ok() {
            drain::wake(self);
            return Ok(());
        }
        match drain::deliver_alone(self, id.clone(), text).await {
            Delivered::Confirmed => {
                acked_drafts::note(&id);
                // Nobody waits for that.
                spawn_local(async move {
                    let _ = acked_drafts::forget_drafts(&self.memory()).await;
                });
                Ok(())
            }
            Delivered::Not => Err(()),
        }
    }

    fn thank(self) {
        let seconds = (self.settings().thanks_ms / SECOND).max(1);
        self.thanks_left.set(seconds);
        self.scene.set(Scene::Thanks);
        spawn_local(async move {
            for left in (0..seconds).rev() {
                device::sleep(SECOND).await;
                self.thanks_left.set(left);
            }
            self.greet();
        });
    }

    /// Writes down what was said so far, so that a page that dies loses nothing. Nobody waits for it.
    fn draft(self) {
        let Some(begun) = self.visit.with_untracked(Visit::begun) else { return };
        let item = self.item(End::Timeout).map(|item| item.to_json());
        let memory = self.memory();
        spawn_local(async move {
            // Where this fails, the end of the visit will say so.
            let _ = memory.draft(&begun.id.to_string(), item.as_deref()).await;
        });
    }

    fn item(self, end: End) -> Option<Item> {
        let begun = self.visit.with_untracked(Visit::begun)?;
        let tap = self.tap(&begun.id.to_string());
        self.show.with_untracked(|show| {
            let show = show.as_ref()?;
            let answers = self.visit.with_untracked(|visit| visit.answers(&show.survey));
            (!answers.is_empty()).then(|| Item {
                id: begun.id,
                seq: None,
                survey_version: show.survey.version,
                event: show.event.as_ref().map(|event| event.id),
                lang: self.lang.get_untracked(),
                segment: None,
                assisted: false,
                answered_at: begun.last_tap,
                offset_ms: tap.as_ref().and_then(|tap| tap.offset_ms),
                not_before: tap.and_then(|tap| tap.not_before),
                age_ms: None,
                may_have_slept: false,
                duration_ms: Some(begun.last_tap - begun.first_tap).filter(|duration| *duration >= 0),
                end,
                demo: self.demo.with_untracked(Option::is_some),
                channel: Channel::Kiosk,
                pairing: Some(show.config.kiosk.pairing),
                answers: answers.into_iter().map(ItemAnswer::from).collect(),
            })
        })
    }
}

fn new_id() -> ResponseId {
    ResponseId::mint(device::now(), &device::random_bytes())
}
