//! The session with a clock in hand: every scene, every way out.

mod answering;
mod between_visits;
mod idle;

use std::{collections::BTreeSet, sync::Arc};

use api::{config::KioskConfig, responses::item::Item};
use domain::{response::Given, server_clock::Clocks, time::Millis};

use super::{Access, Effect, Event, Finished, Moment, Scene, Session, Timer};
use crate::fixtures::{EVENING, config, question};

/// A tablet whose disk says yes or no, and a visitor in front of it.
struct Tablet {
    session: Session,
    now: Clocks,
    timers: Vec<(Millis, Timer)>,
    /// what was asked for, timers apart
    effects: Vec<Effect>,
    /// what has arrived on the disk
    saved: Vec<Item>,
    disk_works: bool,
}

impl Tablet {
    /// Just opened; nothing is known.
    fn opened() -> Self {
        let now = Clocks { wall: EVENING, monotonic: 0 };
        let (timers, effects, saved) = Default::default();
        Self { session: Session::new(now), now, timers, effects, saved, disk_works: true }
    }

    /// Paired, with this configuration, and started.
    fn with(config: KioskConfig) -> Self {
        let mut tablet = Self::opened();
        tablet.send(Event::Restored(Some(Arc::new(config))));
        tablet.send(Event::Access(Access::Paired));
        tablet.send(Event::Started);
        tablet
    }

    /// In front of the first question.
    fn asking() -> Self {
        let tablet = Self::with(config());
        assert_eq!(tablet.scene(), Scene::Asking);
        tablet
    }

    fn send(&mut self, event: Event) {
        let moment = Moment { clocks: self.now, random: || [7; 10] };
        for effect in self.session.handle(event, moment) {
            match effect {
                Effect::Timer(timer, after) => self.timers.push((self.now.monotonic + after, timer)),
                Effect::Save(item) => self.save(item),
                Effect::Rescue => {
                    for item in self.session.unsaved().to_vec() {
                        self.save(item);
                    }
                    self.send(Event::Rescued);
                }
                other => self.effects.push(other),
            }
        }
    }

    fn save(&mut self, item: Finished) {
        let id = item.id;
        if self.disk_works {
            self.saved.push(serde_json::from_str(&item.text).unwrap());
        }
        self.send(Event::Saved(id, self.disk_works));
    }

    /// A finger: first the touch, then what it hit.
    fn tap(&mut self, event: Event) {
        self.send(Event::Touched);
        self.send(event);
    }

    /// Time passes.
    fn pass(&mut self, millis: Millis) {
        let until = self.now.monotonic + millis;
        while self.now.monotonic < until {
            let step = (until - self.now.monotonic).min(50);
            self.now.monotonic += step;
            self.now.wall += step;
            let (due, later) =
                std::mem::take(&mut self.timers).into_iter().partition(|(at, _)| *at <= self.now.monotonic);
            self.timers = later;
            let due: Vec<_> = due;
            for (_, timer) in due {
                self.send(Event::TimerFired(timer));
            }
            if self.now.monotonic % 250 == 0 {
                self.send(Event::Tick);
            }
        }
    }

    fn scene(&self) -> Scene {
        self.session.screen().scene
    }

    /// The place of the question on the screen.
    fn place(&self) -> u128 {
        self.session.screen().question_id().map_or(u128::MAX, |id| id.0.as_u128() - 100)
    }

    /// Answers with a face, and waits until the next question can be answered.
    fn face(&mut self, value: u8) {
        self.tap(Event::Chosen(question(0), Given::Face(value)));
        self.pass(600);
    }

    /// Answers or skips everything.
    fn answer_all(&mut self) {
        self.face(5);
        for _ in 0..2 {
            self.tap(Event::GoOn);
            self.pass(300);
        }
        self.tap(Event::Chosen(question(3), Given::Nps(9)));
        self.pass(250);
    }

    /// What was asked of the program around it, by name.
    fn asked_for(&self, what: fn(&Effect) -> bool) -> bool {
        self.effects.iter().any(what)
    }

    fn ids(&self) -> BTreeSet<String> {
        self.saved.iter().map(|item| item.id.to_string()).collect()
    }
}
