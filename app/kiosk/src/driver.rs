//! Brings events to the session and its effects to whoever carries them out, and tells the view what has changed.

use std::cell::{OnceCell, Ref, RefCell};

use domain::time::Millis;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::{
    browser::device,
    session::{Effect, Event, Moment, Screen, Session},
};

/// What the parts of the view follow.
#[derive(Default)]
pub(crate) struct Changes {
    /// another scene, question, language or visitor
    pub(crate) scene: ArcTrigger,
    /// what the toolbar shows
    pub(crate) toolbar: ArcTrigger,
    /// what was said so far, and which answer is lit
    pub(crate) visit: ArcTrigger,
    /// the countdown comes or goes
    pub(crate) overlay: ArcTrigger,
    /// a second of the countdown, or of the thanks
    pub(crate) seconds: ArcTrigger,
    /// demo mode begins or ends
    pub(crate) demo: ArcTrigger,
}

struct Inner {
    session: RefCell<Session>,
    changes: Changes,
    carry_out: OnceCell<Box<dyn Fn(Effect)>>,
}

/// A handle to the one session of this page, which lives as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Driver(&'static SendWrapper<Inner>);

impl Driver {
    pub(crate) fn new() -> Self {
        let inner = Inner {
            session: RefCell::new(Session::new(device::clocks())),
            changes: Changes::default(),
            carry_out: OnceCell::new(),
        };
        Self(Box::leak(Box::new(SendWrapper::new(inner))))
    }

    /// Who carries out effects.
    pub(crate) fn on_effect(self, carry_out: Box<dyn Fn(Effect)>) {
        let _ = self.0.carry_out.set(carry_out);
    }

    /// Tells the session what happened.
    pub(crate) fn send(self, event: Event) {
        let now = Moment { clocks: device::clocks(), random: device::random_bytes };
        let (before, effects) = {
            let mut session = self.0.session.borrow_mut();
            let before = session.screen().clone();
            (before, session.handle(event, now))
        };
        self.publish(&before);
        if let Some(carry_out) = self.0.carry_out.get() {
            effects.into_iter().for_each(carry_out);
        }
    }

    /// Looks at the session. Nothing may be sent meanwhile.
    pub(crate) fn session(self) -> Ref<'static, Session> {
        self.0.session.borrow()
    }

    /// Looks at what can be seen. Nothing may be sent meanwhile.
    pub(crate) fn screen(self) -> Ref<'static, Screen> {
        Ref::map(self.session(), Session::screen)
    }

    /// The server's clock, as well as it is known.
    pub(crate) fn corrected_now(self) -> Millis {
        self.session().corrected(device::clocks())
    }

    /// What can be seen, for whoever follows this part of it.
    pub(crate) fn follow(self, part: fn(&Changes) -> &ArcTrigger) -> Ref<'static, Screen> {
        part(&self.0.changes).track();
        self.screen()
    }

    fn publish(self, before: &Screen) {
        let changed = {
            let now = self.screen();
            let is_another = now.is_another(before);
            // While the chosen answer is lit the toolbar stands still, and follows with the next question.
            let toolbar = !now.lit
                && (is_another
                    || before.lit
                    || now.contrast != before.contrast
                    || now.has_said() != before.has_said()
                    || now.progress() != before.progress());
            [
                is_another,
                toolbar,
                now.visit != before.visit || now.lit != before.lit,
                now.countdown.is_some() != before.countdown.is_some(),
                now.countdown != before.countdown || now.thanks_left != before.thanks_left,
                now.demo != before.demo,
            ]
        };
        let Changes { scene, toolbar, visit, overlay, seconds, demo } = &self.0.changes;
        for (part, changed) in [scene, toolbar, visit, overlay, seconds, demo].into_iter().zip(changed) {
            if changed {
                part.notify();
            }
        }
    }
}
