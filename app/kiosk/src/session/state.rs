//! What the screen shows, and all that the other parts share.

use std::{ops::Deref, sync::Arc};

use leptos::prelude::*;

use crate::{browser::device, cell::Kept, session::idle, storage::indexed_db::Memory};
use api::{
    config::{
        KioskConfig, KioskEvent, KioskSettings,
        sleep::{ROUSED, is_asleep},
    },
    pairing::Invitation,
    responses::Item,
};
use domain::{
    id::QuestionId,
    lang::Lang,
    server_clock::ServerClock,
    survey::{Question, SurveyVersion},
    time::Millis,
    visit::Visit,
};

/// What fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
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
pub(crate) struct Show {
    pub(crate) config: Arc<KioskConfig>,
    pub(crate) event: Option<KioskEvent>,
    pub(crate) survey: SurveyVersion,
}

/// The last tap of a response that this page took, and what was known then of the server's clock.
#[derive(Clone, Debug)]
pub(crate) struct Tap {
    pub(crate) id: String,
    /// by the monotonic clock
    pub(crate) at: Millis,
    pub(crate) offset_ms: Option<Millis>,
    pub(crate) not_before: Option<Millis>,
    /// the page was hidden since
    pub(crate) may_have_slept: bool,
}

/// What a tablet without a kiosk shows to staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// nothing yet: the server has not answered
    Asking,
    /// nothing yet: too many tablets want words
    Crowded,
    /// words
    Shown(Arc<Invitation>, Lang),
    /// the disk does not keep the token, so there is none
    Unkept,
}

/// A handle to all of it: a page is one kiosk, for as long as it lives.
#[derive(Clone, Copy)]
pub(crate) struct Kiosk;

thread_local! {
    static PARTS: &'static Parts = Box::leak(Box::default());
}

impl Deref for Kiosk {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        PARTS.with(|parts| *parts)
    }
}

/// All of it.
pub(crate) struct Parts {
    pub(crate) scene: ArcRwSignal<Scene>,
    pub(crate) lang: ArcRwSignal<Lang>,
    pub(crate) contrast: ArcRwSignal<bool>,
    pub(crate) show: ArcRwSignal<Option<Show>>,
    pub(crate) visit: ArcRwSignal<Visit>,
    /// the question on the screen
    pub(crate) question: ArcMemo<Option<QuestionId>>,
    /// a tap was taken and the next scene is on its way: further taps are the same tap
    pub(crate) moving: ArcRwSignal<bool>,
    /// the chosen answer is lit, before the next question comes
    pub(crate) lit: ArcRwSignal<bool>,
    /// seconds left until an abandoned visit ends
    pub(crate) countdown: ArcRwSignal<Option<i64>>,
    /// seconds left of the thanks
    pub(crate) thanks_left: ArcRwSignal<i64>,
    /// while staff show the tablet and nothing counts: until when, by the device's clock
    pub(crate) demo: ArcRwSignal<Option<Millis>>,
    /// what staff need to pair this tablet
    pub(crate) pass: ArcRwSignal<Pass>,
    /// seconds left of the words
    pub(crate) pass_left: ArcRwSignal<i64>,
    /// how many responses wait, for the staff who read that the tablet is not paired any more
    pub(crate) waiting: ArcRwSignal<u32>,

    pub(crate) memory: Memory,
    pub(crate) token: Kept<Option<String>>,
    /// a token that opens something and that the disk has not taken yet
    pub(crate) brought: Kept<Option<String>>,
    /// the newest configuration, shown from the next visitor on
    pub(crate) config: Kept<Option<Arc<KioskConfig>>>,
    pub(crate) revoked: Kept<bool>,
    /// what is known of the server's clock
    pub(crate) clock: Kept<ServerClock>,
    /// the monotonic clock at the last touch
    pub(crate) touched: Kept<Millis>,
    /// the taps that this page took itself and the server has not confirmed, by id: a few
    pub(crate) taps: Kept<Vec<Tap>>,
    /// what neither the disk nor the server took so far
    pub(crate) unsaved: Kept<Vec<Item>>,
}

impl Default for Parts {
    fn default() -> Self {
        let show = ArcRwSignal::new(None::<Show>);
        let visit = ArcRwSignal::new(Visit::default());
        let (shown, given) = (show.clone(), visit.clone());
        let question = ArcMemo::new(move |_| {
            shown.with(|show| {
                let survey = &show.as_ref()?.survey;
                given.with(|visit| visit.question(survey).map(|question| question.id))
            })
        });
        Self {
            scene: ArcRwSignal::new(Scene::Loading),
            lang: ArcRwSignal::new(Lang::default()),
            contrast: ArcRwSignal::new(false),
            show,
            visit,
            question,
            moving: ArcRwSignal::new(false),
            lit: ArcRwSignal::new(false),
            countdown: ArcRwSignal::new(None),
            thanks_left: ArcRwSignal::new(0),
            demo: ArcRwSignal::new(None),
            pass: ArcRwSignal::new(Pass::Asking),
            pass_left: ArcRwSignal::new(0),
            waiting: ArcRwSignal::new(0),
            memory: Memory::default(),
            token: Kept::new(None),
            brought: Kept::new(None),
            config: Kept::new(None),
            revoked: Kept::new(false),
            clock: Kept::new(ServerClock::default()),
            // A tablet that starts while nobody is expected sleeps at once.
            touched: Kept::new(device::monotonic() - ROUSED),
            taps: Kept::new(Vec::new()),
            unsaved: Kept::new(Vec::new()),
        }
    }
}

impl Kiosk {
    /// The database.
    pub(crate) fn memory(self) -> Memory {
        self.memory.clone()
    }

    /// The server's clock, as well as it is known.
    pub(crate) fn corrected_now(self) -> Millis {
        device::now() + self.clock.get_value().offset().unwrap_or(0)
    }

    /// The clock of the server, read in the middle between question and answer.
    pub(crate) fn learn_offset(self, server_now: Millis, asked: Millis) {
        self.clock.update_value(|clock| clock.hear(server_now, asked, device::clocks()));
    }

    /// The last tap of a response, where this page took it.
    pub(crate) fn tap(self, id: &str) -> Option<Tap> {
        self.taps.with_value(|taps| taps.iter().find(|tap| tap.id == id).cloned())
    }

    /// How it behaves.
    pub(crate) fn settings(self) -> KioskSettings {
        self.config.with_value(|config| config.as_ref().map(|config| config.settings)).unwrap_or_default()
    }

    /// Whether somebody is in the middle of something that no news may disturb.
    pub(crate) fn is_busy(self) -> bool {
        match self.scene.get_untracked() {
            Scene::Asking => self.moving.get_untracked() || !self.visit.with_untracked(Visit::is_untouched),
            Scene::Thanks | Scene::Unsaved => true,
            _ => false,
        }
    }

    /// Whether nobody is expected, and nobody has been here for a while.
    pub(crate) fn is_asleep(self) -> bool {
        let silent = device::monotonic() - self.touched.get_value();
        let now = self.corrected_now();
        self.config.with_value(|config| config.as_ref().is_some_and(|config| is_asleep(config, now, silent)))
    }

    /// Whether this tablet is no kiosk now.
    pub(crate) fn needs_pairing(self) -> bool {
        self.token.with_value(Option::is_none) || self.brought.with_value(Option::is_some) || self.revoked.get_value()
    }

    /// The question on the screen, in full.
    pub(crate) fn question_now(self) -> Option<Question> {
        let id = self.question.get()?;
        self.show.with(|show| show.as_ref()?.survey.question(id).cloned())
    }

    /// Whether nothing comes after the question on the screen.
    pub(crate) fn is_last(self) -> bool {
        self.show.with(|show| show.as_ref().is_none_or(|show| self.visit.with(|visit| visit.is_last(&show.survey))))
    }

    /// Ready for the next visitor: the venue's language, the newest programme, nothing left over.
    pub(crate) fn begin_anew(self) {
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
    pub(crate) fn follow_programme(self) {
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
            if self.scene.get_untracked() == Scene::Asking && idle::may_hold(self) {
                // What a finger came down on must still be there when it is lifted.
                set_timeout(move || self.follow_programme(), idle::LIFTED);
                return;
            }
            self.show.set(show);
        }
        if self.scene.get_untracked() != scene {
            self.scene.set(scene);
        }
    }
}
