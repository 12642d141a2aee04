//! What the screen shows, and all that the other parts share.

use std::{ops::Deref, sync::Arc};

use leptos::prelude::*;

use super::{device, memory::Memory};
use crate::domain::{
    id::QuestionId,
    kiosk::{KioskConfig, KioskEvent, KioskSettings},
    lang::Lang,
    pairing::Invitation,
    response::item::Item,
    sleep::{ROUSED, is_asleep},
    survey::{Question, SurveyVersion},
    time::Millis,
    visit::Visit,
};

/// What fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scene {
    /// nothing is known yet: the shell's own loading scene, in the same look
    Loading,
    /// plain http: nothing can be promised here
    Insecure,
    /// no token, or one that the disk does not take
    Unpaired,
    /// the server does not know the token any more
    Revoked,
    /// paired, but the first configuration has not arrived
    Waiting,
    /// nobody published a survey for this place
    Empty,
    /// a question
    Asking,
    /// nobody is expected now
    Asleep,
    /// it is on the disk
    Thanks,
    /// neither the disk nor the server took it
    Unsaved,
}

/// What is asked of whom: fixed for the length of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Show {
    pub(super) config: Arc<KioskConfig>,
    pub(super) event: Option<KioskEvent>,
    pub(super) survey: SurveyVersion,
}

/// When the last tap of a response was, by both clocks, and whether the device's was known to be right.
#[derive(Clone, Copy, Debug)]
pub(super) struct TapClock {
    pub(super) monotonic: Millis,
    pub(super) wall: Millis,
    pub(super) offset_known: bool,
}

/// What a tablet without a kiosk shows to staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// nothing yet: the server has not answered
    Asking,
    /// nothing yet: too many tablets want words
    Crowded,
    /// words
    Shown(Arc<Invitation>, Lang),
    /// the disk does not keep the token, so there is none
    Unkept,
}

/// A handle to all of it; everything lives as long as the page.
#[derive(Clone, Copy)]
pub(super) struct Kiosk(&'static Parts);

impl Deref for Kiosk {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

/// All of it.
pub(super) struct Parts {
    pub(super) scene: RwSignal<Scene>,
    pub(super) lang: RwSignal<Lang>,
    pub(super) contrast: RwSignal<bool>,
    pub(super) show: RwSignal<Option<Show>>,
    pub(super) visit: RwSignal<Visit>,
    /// the question on the screen
    pub(super) question: Memo<Option<QuestionId>>,
    /// a tap was taken and the next scene is on its way: further taps are the same tap
    pub(super) moving: RwSignal<bool>,
    /// the chosen answer is lit, before the next question comes
    pub(super) lit: RwSignal<bool>,
    /// seconds left until an abandoned visit ends
    pub(super) countdown: RwSignal<Option<i64>>,
    /// seconds left of the thanks
    pub(super) thanks_left: RwSignal<i64>,
    /// while staff show the tablet and nothing counts: until when, by the device's clock
    pub(super) demo: RwSignal<Option<Millis>>,
    /// what staff need to pair this tablet
    pub(super) pass: RwSignal<Pass>,
    /// seconds left of the words
    pub(super) pass_left: RwSignal<i64>,
    /// how many responses wait, for the staff who read that the tablet is not paired any more
    pub(super) waiting: RwSignal<u32>,

    pub(super) memory: StoredValue<Memory, LocalStorage>,
    pub(super) token: StoredValue<Option<String>>,
    /// a token that opens something and that the disk has not taken yet
    pub(super) brought: StoredValue<Option<String>>,
    /// the newest configuration, shown from the next visitor on
    pub(super) config: StoredValue<Option<Arc<KioskConfig>>>,
    pub(super) revoked: StoredValue<bool>,
    /// server clock minus device clock, once known
    pub(super) offset: StoredValue<Option<Millis>>,
    /// the device's clock when the server answered last
    pub(super) contact: StoredValue<Option<Millis>>,
    /// the monotonic clock at the last touch
    pub(super) touched: StoredValue<Millis>,
    /// the taps that this page took itself and the server has not confirmed, by id: a few
    pub(super) taps: StoredValue<Vec<(String, TapClock)>>,
    /// what neither the disk nor the server took so far
    pub(super) unsaved: StoredValue<Vec<Item>>,
}

impl Kiosk {
    pub(super) fn new() -> Self {
        let show = RwSignal::new(None::<Show>);
        let visit = RwSignal::new(Visit::default());
        let question = Memo::new(move |_| {
            show.with(|show| {
                let survey = &show.as_ref()?.survey;
                visit.with(|visit| visit.question(survey).map(|question| question.id))
            })
        });
        Self(Box::leak(Box::new(Parts {
            scene: RwSignal::new(Scene::Loading),
            lang: RwSignal::new(Lang::default()),
            contrast: RwSignal::new(false),
            show,
            visit,
            question,
            moving: RwSignal::new(false),
            lit: RwSignal::new(false),
            countdown: RwSignal::new(None),
            thanks_left: RwSignal::new(0),
            demo: RwSignal::new(None),
            pass: RwSignal::new(Pass::Asking),
            pass_left: RwSignal::new(0),
            waiting: RwSignal::new(0),
            memory: StoredValue::new_local(Memory::default()),
            token: StoredValue::new(None),
            brought: StoredValue::new(None),
            config: StoredValue::new(None),
            revoked: StoredValue::new(false),
            offset: StoredValue::new(None),
            contact: StoredValue::new(None),
            // A tablet that starts while nobody is expected sleeps at once.
            touched: StoredValue::new(device::monotonic() - ROUSED),
            taps: StoredValue::new(Vec::new()),
            unsaved: StoredValue::new(Vec::new()),
        })))
    }

    /// The database.
    pub(super) fn memory(self) -> Memory {
        self.memory.get_value()
    }

    /// The server's clock, as well as it is known.
    pub(super) fn corrected_now(self) -> Millis {
        device::now() + self.offset.get_value().unwrap_or(0)
    }

    /// The clock of the server, read in the middle between question and answer.
    pub(super) fn learn_offset(self, server_now: Millis, asked: Millis) {
        let now = device::now();
        self.offset.set_value(Some(server_now - Millis::midpoint(asked, now)));
        self.contact.set_value(Some(now));
    }

    /// How it behaves.
    pub(super) fn settings(self) -> KioskSettings {
        self.config.with_value(|config| config.as_ref().map(|config| config.settings)).unwrap_or_default()
    }

    /// Whether somebody is in the middle of something that no news may disturb.
    pub(super) fn is_busy(self) -> bool {
        match self.scene.get_untracked() {
            Scene::Asking => self.moving.get_untracked() || !self.visit.with_untracked(Visit::is_untouched),
            Scene::Thanks | Scene::Unsaved => true,
            _ => false,
        }
    }

    /// Whether nobody is expected, and nobody has been here for a while.
    pub(super) fn is_asleep(self) -> bool {
        let silent = device::monotonic() - self.touched.get_value();
        let now = self.corrected_now();
        self.config.with_value(|config| config.as_ref().is_some_and(|config| is_asleep(config, now, silent)))
    }

    /// Whether this tablet is no kiosk now.
    pub(super) fn needs_pairing(self) -> bool {
        self.token.with_value(Option::is_none) || self.brought.with_value(Option::is_some) || self.revoked.get_value()
    }

    /// The question on the screen, in full.
    pub(super) fn question_now(self) -> Option<Question> {
        let id = self.question.get()?;
        self.show.with(|show| show.as_ref()?.survey.question(id).cloned())
    }

    /// Whether nothing comes after the question on the screen.
    pub(super) fn is_last(self) -> bool {
        self.show.with(|show| show.as_ref().is_none_or(|show| self.visit.with(|visit| visit.is_last(&show.survey))))
    }

    /// Ready for the next visitor: the venue's language, the newest programme, nothing left over.
    pub(super) fn begin_anew(self) {
        self.visit.set(Visit::default());
        self.countdown.set(None);
        self.contrast.set(false);
        self.moving.set(false);
        self.lit.set(false);
        if let Some(config) = self.config.get_value() {
            self.lang.set(config.venue.default_lang());
        }
        self.follow_programme();
    }

    /// Shows what is on now, unless somebody is answering.
    pub(super) fn follow_programme(self) {
        if self.is_busy() {
            return;
        }
        let show = self.config.get_value().and_then(|config| {
            let event = config.event_at(self.corrected_now()).cloned();
            let survey = config.survey_of(event.as_ref()).filter(|survey| !survey.questions.is_empty()).cloned()?;
            Some(Show { config, event, survey })
        });
        let scene = match (self.needs_pairing(), &show) {
            (true, _) if self.revoked.get_value() => Scene::Revoked,
            (true, _) => Scene::Unpaired,
            (false, Some(_)) if self.is_asleep() => Scene::Asleep,
            (false, Some(_)) => Scene::Asking,
            (false, None) if self.config.with_value(Option::is_some) => Scene::Empty,
            (false, None) => Scene::Waiting,
        };
        if self.show.with_untracked(|shown| *shown != show) {
            self.show.set(show);
        }
        if self.scene.get_untracked() != scene {
            self.scene.set(scene);
        }
    }
}
