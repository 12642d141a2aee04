//! Nobody touches the screen: a visible countdown, and then the next visitor is greeted.

use domain::{
    server_clock::Clocks,
    time::{Millis, SECOND},
};

use super::{Effect, Scene, Session, Timer};

/// How long after a touch the countdown is removed, also after one that is no click (a long press, a swipe).
/// Removed at once, it would let the click through to the button underneath.
pub(super) const LIFTED: Millis = 600;

impl Session {
    /// Somebody is there.
    pub(super) fn touch(&mut self, now: Clocks) {
        self.touched = now.monotonic;
        if self.screen.countdown.is_some() {
            self.later(Timer::Stay, LIFTED);
        }
    }

    /// The countdown goes away.
    pub(super) fn stay(&mut self) {
        if self.screen.countdown.take().is_some() {
            self.effects.push(Effect::Focus);
        }
    }

    pub(super) fn tick(&mut self, now: Clocks) {
        if !self.is_busy() {
            self.expire_demo(now);
        }
        match self.screen.scene {
            Scene::Asking if self.is_asleep(now) => self.follow_programme(now),
            // Not while the finger that woke it is still down: its click was not meant for a question.
            Scene::Asleep if !self.is_asleep(now) && !self.may_hold(now) => self.rouse(now),
            _ => {}
        }
        let settings = self.settings();
        let silent = self.silent(now);
        let abandoned = match self.screen.scene {
            Scene::Asking if self.screen.visit.is_untouched() => {
                // Only the language or the contrast was changed: nothing to lose, nothing to ask.
                if silent >= settings.idle_ms {
                    self.put_back(now);
                }
                false
            }
            Scene::Asking => !self.moving,
            Scene::Unsaved => true,
            _ => false,
        };
        let left = settings.idle_ms + settings.countdown_ms - silent;
        let shown = (abandoned && silent >= settings.idle_ms).then(|| (left + SECOND - 1) / SECOND);
        if shown.is_some() && left <= 0 {
            self.screen.countdown = None;
            self.touched = now.monotonic;
            self.time_out(now);
        } else if shown.is_some() {
            self.screen.countdown = shown;
        }
    }

    /// Whether the finger that touched the screen last may still be down.
    pub(super) fn may_hold(&self, now: Clocks) -> bool {
        self.silent(now) < LIFTED
    }

    /// How long nobody has touched the screen.
    pub(super) fn silent(&self, now: Clocks) -> Millis {
        now.monotonic - self.touched
    }

    fn put_back(&mut self, now: Clocks) {
        let greeted = self.screen.active.as_ref().and_then(|active| active.languages().first().copied());
        if self.screen.contrast || greeted.is_some_and(|greeted| greeted != self.screen.reader.language) {
            self.begin_anew(now);
        }
    }
}
