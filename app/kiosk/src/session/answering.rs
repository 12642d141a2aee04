//! What a tap does, from the first answer to thanks.

use api::{
    json::ToJson,
    responses::item::{Item, ItemAnswer},
};
use domain::{
    id::{QuestionId, ResponseId},
    response::{Channel, End, Given},
    server_clock::Clocks,
    time::{Millis, SECOND},
    visit::Visit,
};

use super::{Effect, Finished, Moment, Scene, Session, Tap, Timer};

/// How long the chosen answer stays lit before the next question.
pub(super) const CHOSEN: Millis = 250;
/// How long a new scene ignores taps: the second half of a double tap was meant for the last one.
pub(super) const TRANSITION: Millis = 300;
/// A comment is kept as a draft this long after the last letter.
pub(super) const TYPING: Millis = 800;

impl Session {
    /// It counts at once, and the next question follows by itself.
    pub(super) fn choose(&mut self, question: QuestionId, given: Given, now: Moment) {
        if self.moving {
            return;
        }
        self.moving = true;
        self.screen.lit = true;
        self.note(now, |visit, at, id| visit.answer(question, given, at, id));
        self.draft();
        self.later(Timer::Advance(self.screen.number), CHOSEN);
    }

    /// Nothing moves.
    pub(super) fn toggle(&mut self, question: QuestionId, key: &str, now: Moment) {
        if self.moving {
            return;
        }
        self.note(now, |visit, at, id| visit.toggle(question, key, at, id));
        self.draft();
    }

    pub(super) fn write(&mut self, question: QuestionId, typed: String, now: Moment) {
        self.note(now, |visit, at, id| visit.answer(question, Given::Text(typed), at, id));
        // Not for every letter: only once the fingers rest.
        if let Some(begun) = self.screen.visit.begun() {
            self.later(Timer::Typed(self.screen.number, begun.last_tap), TYPING);
        }
    }

    pub(super) fn let_quote(&mut self, may_quote: bool, now: Moment) {
        self.note(now, |visit, _, _| visit.set_may_quote(may_quote));
        self.draft();
    }

    /// No letter came since `at`.
    pub(super) fn rest(&mut self, at: Millis) {
        if self.screen.visit.begun().is_some_and(|begun| begun.last_tap == at) {
            self.draft();
        }
    }

    pub(super) fn go_on(&mut self, now: Moment) {
        if self.moving {
            return;
        }
        let Some(question) = self.screen.question_id() else { return };
        self.moving = true;
        if self.screen.visit.given(question).is_none() {
            self.note(now, |visit, at, id| visit.answer(question, Given::Skipped, at, id));
        }
        self.advance(now.clocks);
    }

    pub(super) fn go_back(&mut self) {
        if self.moving {
            return;
        }
        self.moving = true;
        if let Some(active) = self.screen.active.clone() {
            self.screen.visit.go_back(active.survey());
        }
        self.enter_question();
    }

    /// What was given is kept, and thanked for.
    pub(super) fn exit(&mut self, now: Clocks) {
        if self.moving {
            return;
        }
        self.moving = true;
        self.effects.push(Effect::StopSpeaking);
        self.finish(End::Exit, now);
    }

    /// Nobody answers any more: what was given is kept, the next visitor is greeted.
    pub(super) fn time_out(&mut self, now: Clocks) {
        match self.screen.scene {
            Scene::Asking => {
                let finishing = self.finishing.take();
                let is_new = finishing.is_none();
                if let Some(item) = finishing.or_else(|| self.item(End::Timeout)) {
                    // Until it is saved it counts as unsaved: nobody may unpair or reload in between.
                    self.unsaved.push(item);
                    if is_new {
                        self.effects.push(Effect::Rescue);
                    }
                }
                self.greet(now);
            }
            Scene::Unsaved => self.greet(now),
            _ => {}
        }
    }

    pub(super) fn retry(&mut self) {
        if !self.moving {
            self.moving = true;
            self.effects.push(Effect::Rescue);
        }
    }

    /// Every unsaved response was tried once more; whoever waits in front of the notice is thanked.
    pub(super) fn rescued(&mut self) {
        if self.screen.scene == Scene::Unsaved {
            self.moving = false;
            if self.unsaved.is_empty() {
                self.thank();
            }
        }
    }

    /// Thanks come only after the disk or the server has it.
    pub(super) fn saved(&mut self, id: ResponseId, saved: bool) {
        if let Some(item) = self.finishing.take_if(|item| item.id == id) {
            self.screen.lit = false;
            self.moving = false;
            if saved {
                self.thank();
            } else {
                self.unsaved.push(item);
                self.screen.scene = Scene::Unsaved;
            }
        } else if saved {
            self.unsaved.retain(|item| item.id != id);
        }
    }

    /// The next visitor.
    pub(super) fn greet(&mut self, now: Clocks) {
        self.effects.push(Effect::StopSpeaking);
        self.screen.scene = Scene::Loading;
        self.begin_anew(now);
    }

    /// A second of the thanks is over.
    pub(super) fn count_thanks(&mut self, now: Clocks) {
        if self.screen.scene != Scene::Thanks {
            return;
        }
        self.screen.thanks_left -= 1;
        if self.screen.thanks_left > 0 {
            self.later(Timer::Thanks(self.screen.number), SECOND);
        } else {
            self.greet(now);
        }
    }

    pub(super) fn advance(&mut self, now: Clocks) {
        self.effects.push(Effect::StopSpeaking);
        let active = self.screen.active.clone();
        if active.is_some_and(|active| self.screen.visit.go_on(active.survey())) {
            self.enter_question();
        } else {
            self.finish(End::Done, now);
        }
    }

    fn enter_question(&mut self) {
        self.screen.lit = false;
        self.draft();
        self.later(Timer::TransitionOver(self.screen.number), TRANSITION);
    }

    fn finish(&mut self, end: End, now: Clocks) {
        match self.item(end) {
            Some(item) => {
                self.effects.push(Effect::Save(item.clone()));
                self.finishing = Some(item);
            }
            None => self.greet(now),
        }
    }

    fn thank(&mut self) {
        self.screen.thanks_left = (self.settings().thanks_ms / SECOND).max(1);
        self.screen.scene = Scene::Thanks;
        self.later(Timer::Thanks(self.screen.number), SECOND);
    }

    fn note(&mut self, now: Moment, change: impl FnOnce(&mut Visit, Millis, &dyn Fn() -> ResponseId)) {
        let Moment { clocks, random } = now;
        let is_new = self.screen.visit.begun().is_none();
        change(&mut self.screen.visit, clocks.wall, &|| ResponseId::mint(clocks.wall, &random()));
        let Some(begun) = self.screen.visit.begun() else { return };
        if is_new {
            self.effects.push(Effect::Hold(begun.id));
        }
        let tap = Tap {
            id: begun.id.to_string(),
            at: clocks.monotonic,
            offset_ms: self.clock.measured(),
            not_before: self.clock.not_before(clocks.monotonic),
            may_have_slept: false,
        };
        self.taps.retain(|other| other.id != tap.id);
        self.taps.push(tap);
    }

    /// Writes down what was said so far, so that a page that dies loses nothing.
    fn draft(&mut self) {
        if let Some(begun) = self.screen.visit.begun() {
            let text = self.item(End::Timeout).map(|item| item.text);
            self.effects.push(Effect::Draft(begun.id, text));
        }
    }

    fn item(&self, end: End) -> Option<Finished> {
        let begun = self.screen.visit.begun()?;
        let active = self.screen.active.as_ref()?;
        let tap = self.tap(&begun.id.to_string());
        let answers = self.screen.visit.answers(active.survey());
        if answers.is_empty() {
            return None;
        }
        let item = Item {
            id: begun.id,
            seq: None,
            survey_version: active.survey().version,
            event: active.event().map(|event| event.id),
            lang: self.screen.reader.language,
            segment: None,
            assisted: false,
            answered_at: begun.last_tap,
            offset_ms: tap.and_then(|tap| tap.offset_ms),
            not_before: tap.and_then(|tap| tap.not_before),
            age_ms: None,
            may_have_slept: false,
            duration_ms: Some(begun.last_tap - begun.first_tap).filter(|duration| *duration >= 0),
            end,
            demo: self.screen.demo,
            channel: Channel::Kiosk,
            pairing: Some(active.config.kiosk.pairing),
            may_quote: self.screen.visit.may_quote(),
            answers: answers.into_iter().map(ItemAnswer::from).collect(),
        };
        Some(Finished { id: item.id, text: item.to_json() })
    }
}
