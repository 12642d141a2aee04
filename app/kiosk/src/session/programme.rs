//! What is shown between visits: what is on, whether the tablet is paired, whether it sleeps.

use std::sync::Arc;

use api::config::{KioskConfig, sleep::is_asleep};
use domain::{
    lang::{LanguageTag, Reader},
    server_clock::Clocks,
    visit::Visit,
};

use super::{Access, ActiveSurvey, Scene, Session, Timer, answering::TRANSITION, idle::LIFTED};

impl Session {
    /// A configuration is what the next visitor sees; a tablet that nobody touches follows at once.
    pub(super) fn configure(&mut self, config: Arc<KioskConfig>, now: Clocks) {
        self.config = Some(config);
        if self.is_busy() {
            return;
        }
        if matches!(self.screen.scene, Scene::Loading | Scene::Waiting) {
            self.begin_anew(now);
        } else {
            self.follow_programme(now);
        }
    }

    /// Takes over what an earlier page, or another tab, has written down and this page does not know better.
    pub(super) fn restore(&mut self, config: Option<Arc<KioskConfig>>) {
        if self.config.is_none() {
            self.config = config;
        }
    }

    /// A tablet that has just been paired begins with nothing left over.
    pub(super) fn set_access(&mut self, access: Access, now: Clocks) {
        self.access = access;
        if access == Access::Paired && self.started && !self.is_busy() {
            self.begin_anew(now);
        } else {
            self.follow_programme(now);
        }
    }

    /// Ready for the next visitor: the venue's language, the newest programme, nothing left over.
    pub(super) fn begin_anew(&mut self, now: Clocks) {
        let screen = &mut self.screen;
        screen.visit = Visit::default();
        screen.number += 1;
        screen.countdown = None;
        screen.contrast = false;
        screen.lit = false;
        self.moving = false;
        if let Some(config) = &self.config {
            let default = config.venue.languages.first().copied();
            self.speak(default.unwrap_or_default());
        }
        self.follow_programme(now);
    }

    /// Shows what is on now, unless somebody is answering.
    pub(super) fn follow_programme(&mut self, now: Clocks) {
        if self.is_busy() || self.screen.scene == Scene::Insecure || !self.started {
            return;
        }
        let active = self.config.as_ref().and_then(|config| ActiveSurvey::at(config, self.corrected(now)));
        let scene = match (self.access, &active) {
            (Access::Revoked, _) => Scene::Revoked,
            (Access::Unpaired, _) => Scene::Unpaired,
            (Access::Paired, Some(_)) if self.is_asleep(now) => Scene::Asleep,
            (Access::Paired, Some(_)) => Scene::Asking,
            (Access::Paired, None) if self.config.is_some() => Scene::Empty,
            (Access::Paired, None) => Scene::Waiting,
        };
        if self.screen.active != active {
            if self.screen.scene == Scene::Asking && self.may_hold(now) {
                // What a finger came down on must still be there when it is lifted.
                self.later(Timer::Follow, LIFTED);
                return;
            }
            self.screen.active = active;
        }
        self.screen.scene = scene;
        // Nothing is offered that this survey is not written in.
        let offered = self.screen.active.as_ref().map(ActiveSurvey::languages).unwrap_or_default();
        if let Some(first) = offered.first().filter(|_| !offered.contains(&self.screen.reader.language)) {
            self.speak(*first);
        }
    }

    /// Turns to a language; the screen itself is in the nearest of its own.
    pub(super) fn speak(&mut self, language: LanguageTag) {
        let default = self.config.as_ref().and_then(|config| config.venue.languages.first().copied());
        self.screen.reader = Reader::new(language, default);
        self.screen.lang = self.screen.reader.lang();
    }

    /// Whether nobody is expected, and nobody has been here for a while.
    pub(super) fn is_asleep(&self, now: Clocks) -> bool {
        let at = self.corrected(now);
        self.config.as_ref().is_some_and(|config| is_asleep(config, at, self.silent(now)))
    }

    /// Wakes a tablet that sleeps, into the question. The touch that woke it answers nothing yet.
    pub(super) fn rouse(&mut self, now: Clocks) {
        self.touched = now.monotonic;
        self.follow_programme(now);
        self.moving = true;
        self.later(Timer::TransitionOver(self.screen.number), TRANSITION);
    }
}
