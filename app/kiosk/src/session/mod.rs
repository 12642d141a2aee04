//! What happens on this tablet: which scene is shown, the visit, what silence means. A state machine: events go in with
//! the time, effects come out, and [`Session::screen`] is what can be seen.
//!
//! - `event`: what can happen, and what is asked for in return;
//! - `screen`: what can be seen;
//! - `answering`: what a tap does, from the first answer to thanks;
//! - `programme`: configuration, pairing, sleep: what is shown between visits;
//! - `idle`: what follows when nobody touches the screen;
//! - `demo`: the time in which answers do not count.
//!
//! What does not belong here: a browser, a clock, a network, a disk, a framework.

mod answering;
mod demo;
mod event;
mod idle;
mod programme;
mod screen;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use api::config::{KioskConfig, KioskSettings, sleep::ROUSED};
use domain::{
    id::ResponseId,
    server_clock::{Clocks, ServerClock},
    time::{Millis, SECOND},
};

pub use self::{
    event::{Access, Effect, Event, Finished, Moment, Timer},
    screen::{ActiveSurvey, Scene, Screen},
};

/// Nobody has touched the screen for so long: a hand may be on its way for the second tap of two.
const CALM: Millis = 3 * SECOND;

/// The last tap of a response that this page took, and what was known then of the server's clock.
#[derive(Clone, Debug)]
pub struct Tap {
    /// of which response
    pub id: String,
    /// by the monotonic clock
    pub at: Millis,
    /// server clock minus device clock, as measured
    pub offset_ms: Option<Millis>,
    /// a time of the server that had passed
    pub not_before: Option<Millis>,
    /// the page was hidden since
    pub may_have_slept: bool,
}

/// One page of one tablet.
#[derive(Debug)]
pub struct Session {
    screen: Screen,
    started: bool,
    /// a tap was taken and the next scene is on its way: further taps are the same tap
    moving: bool,
    access: Access,
    /// the newest configuration, shown from the next visitor on
    config: Option<Arc<KioskConfig>>,
    /// what is known of the server's clock
    clock: ServerClock,
    /// the monotonic clock at the last touch
    touched: Millis,
    /// the taps that this page took itself and the server has not confirmed: a few
    taps: Vec<Tap>,
    /// what the visitor who is about to be thanked said, on its way to the disk
    finishing: Option<Finished>,
    /// what neither the disk nor the server took so far
    unsaved: Vec<Finished>,
    /// until when answers do not count, by the device's clock
    demo_until: Option<Millis>,
    effects: Vec<Effect>,
}

impl Session {
    /// A page that has just been opened.
    #[must_use]
    pub fn new(now: Clocks) -> Self {
        Self {
            screen: Screen::default(),
            started: false,
            moving: false,
            access: Access::default(),
            config: None,
            clock: ServerClock::default(),
            // A tablet that starts while nobody is expected sleeps at once.
            touched: now.monotonic - ROUSED,
            taps: Vec::new(),
            finishing: None,
            unsaved: Vec::new(),
            demo_until: None,
            effects: Vec::new(),
        }
    }

    /// Takes an event and says what is to be done.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let clocks = now.clocks;
        // Before that the language is the device's, and nobody's choice.
        if self.started && event.is_by_hand() {
            self.touched = clocks.monotonic;
        }
        match event {
            Event::Insecure => self.screen.scene = Scene::Insecure,
            Event::Started => {
                self.started = true;
                self.begin_anew(clocks);
            }
            Event::Touched => self.touch(clocks),
            Event::Chosen(question, given) => self.choose(question, given, now),
            Event::Toggled(question, key) => self.toggle(question, &key, now),
            Event::Typed(question, typed) => self.write(question, typed, now),
            Event::MayQuote(may_quote) => self.let_quote(may_quote, now),
            Event::GoOn => self.go_on(now),
            Event::GoBack => self.go_back(),
            Event::Exit => self.exit(clocks),
            Event::Leave => self.greet(clocks),
            Event::Retry => self.retry(),
            Event::Stay => self.stay(),
            Event::Woken => self.rouse(clocks),
            Event::Language(language) => {
                self.effects.push(Effect::StopSpeaking);
                self.speak(language);
            }
            Event::Contrast => self.screen.contrast = !self.screen.contrast,
            Event::TimerFired(timer) => self.fire(timer, clocks),
            Event::Tick => self.tick(clocks),
            Event::Visibility { visible } => {
                self.taps.iter_mut().for_each(|tap| tap.may_have_slept = true);
                if visible {
                    self.follow_programme(clocks);
                }
            }
            Event::Configured(config) => self.configure(config, clocks),
            Event::Unconfigured => self.config = None,
            Event::Access(access) => self.set_access(access, clocks),
            Event::Restored(config) => self.restore(config),
            Event::ServerClock { server_now, asked } => self.clock.hear(server_now, asked, clocks),
            Event::ClockRestored(offset, contact) => self.clock.recall(offset, contact, clocks),
            Event::Saved(id, saved) => self.saved(id, saved),
            Event::Rescued => self.rescued(),
            Event::Acked(ids) => self.taps.retain(|tap| !ids.contains(&tap.id)),
            Event::Demo(on) => self.switch_demo(on, clocks),
            Event::DemoRestored(until) => self.resume_demo(until, clocks),
            Event::FollowProgramme => self.follow_programme(clocks),
            Event::EndVisit => self.time_out(clocks),
        }
        std::mem::take(&mut self.effects)
    }

    fn fire(&mut self, timer: Timer, now: Clocks) {
        let number = self.screen.number;
        match timer {
            Timer::Advance(of) if of == number => self.advance(now),
            Timer::TransitionOver(of) if of == number => self.moving = false,
            Timer::Typed(of, at) if of == number => self.rest(at),
            Timer::Thanks(of) if of == number => self.count_thanks(now),
            Timer::Stay => self.stay(),
            Timer::Follow => self.follow_programme(now),
            _ => {}
        }
    }

    fn later(&mut self, timer: Timer, after: Millis) {
        self.effects.push(Effect::Timer(timer, after));
    }

    /// What can be seen.
    #[must_use]
    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The newest configuration.
    #[must_use]
    pub const fn config(&self) -> Option<&Arc<KioskConfig>> {
        self.config.as_ref()
    }

    /// What is known of the server's clock.
    #[must_use]
    pub const fn clock(&self) -> ServerClock {
        self.clock
    }

    /// What the token opens.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// The server's clock, as well as it is known.
    #[must_use]
    pub fn corrected(&self, now: Clocks) -> Millis {
        now.wall + self.clock.offset().unwrap_or(0)
    }

    /// The last tap of a response, where this page took it.
    #[must_use]
    pub fn tap(&self, id: &str) -> Option<&Tap> {
        self.taps.iter().find(|tap| tap.id == id)
    }

    /// What neither the disk nor the server took so far.
    #[must_use]
    pub fn unsaved(&self) -> &[Finished] {
        &self.unsaved
    }

    /// How the tablet behaves.
    #[must_use]
    pub fn settings(&self) -> KioskSettings {
        self.config.as_ref().map(|config| config.settings).unwrap_or_default()
    }

    /// Whether somebody is in the middle of something that no news may disturb.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self.screen.scene {
            Scene::Asking => self.moving || !self.screen.visit.is_untouched(),
            Scene::Thanks | Scene::Unsaved => true,
            _ => false,
        }
    }

    /// Whether the page may be loaded anew: it has come up, nobody is answering or being thanked, and nothing lives in
    /// this page alone.
    #[must_use]
    pub fn is_free(&self, now: Clocks) -> bool {
        let is_up = self.screen.scene == Scene::Insecure || self.started && self.screen.scene != Scene::Loading;
        let is_calm = now.monotonic - self.touched >= CALM;
        is_up && is_calm && !self.is_busy() && self.unsaved.is_empty() && self.finishing.is_none()
    }

    /// Whether a response lives in this page, so that no other page may take its draft for a dead one's.
    #[must_use]
    pub fn holds(&self, id: ResponseId) -> bool {
        let is_begun = self.screen.visit.begun().is_some_and(|begun| begun.id == id);
        is_begun || self.finishing.iter().chain(&self.unsaved).any(|item| item.id == id)
    }
}
