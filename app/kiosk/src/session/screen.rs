//! What can be seen of a session.

use std::sync::Arc;

use api::config::{KioskConfig, KioskEvent};
use domain::{
    id::QuestionId,
    lang::{Lang, LanguageTag, Reader},
    response::Given,
    survey::{Question, SurveyVersion},
    time::Millis,
    visit::Visit,
};

/// What fills the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// nothing is known yet: the shell's own loading scene, in the same look
    #[default]
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
#[derive(Clone, Debug)]
pub struct ActiveSurvey {
    /// the configuration that this is from
    pub config: Arc<KioskConfig>,
    /// the place of the event in it
    event: Option<usize>,
    /// the place of the survey
    survey: usize,
}

/// Each configuration that comes is another one, so that nobody needs to compare what is in them.
impl PartialEq for ActiveSurvey {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config) && (self.event, self.survey) == (other.event, other.survey)
    }
}

impl ActiveSurvey {
    /// What is on at an instant; `None` where nothing is asked then.
    #[must_use]
    pub fn at(config: &Arc<KioskConfig>, now: Millis) -> Option<Self> {
        let event = config.event_at(now);
        let asked = config.survey_of(event).filter(|survey| !survey.questions.is_empty())?.version;
        let event = event.and_then(|on| config.events.iter().position(|event| event.id == on.id));
        let survey = config.surveys.iter().position(|survey| survey.version == asked)?;
        Some(Self { config: Arc::clone(config), event, survey })
    }

    /// What is on.
    #[must_use]
    pub fn event(&self) -> Option<&KioskEvent> {
        self.config.events.get(self.event?)
    }

    /// What is asked.
    #[must_use]
    pub fn survey(&self) -> &SurveyVersion {
        &self.config.surveys[self.survey]
    }

    /// In which languages: those of the switch.
    #[must_use]
    pub fn languages(&self) -> Vec<LanguageTag> {
        self.survey().languages_among(&self.config.venue.languages)
    }
}

/// All that the view needs.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// what fills it
    pub scene: Scene,
    /// the language that the screen itself is in
    pub lang: Lang,
    /// who reads what it asks
    pub reader: Reader,
    /// whether it is in high contrast
    pub contrast: bool,
    /// what is asked of whom
    pub active: Option<ActiveSurvey>,
    /// the visitor's way so far
    pub visit: Visit,
    /// which visit of this page it is: each begins with nothing left over
    pub number: u32,
    /// the chosen answer is lit, before the next question comes
    pub lit: bool,
    /// seconds left until an abandoned visit ends
    pub countdown: Option<i64>,
    /// seconds left of the thanks
    pub thanks_left: i64,
    /// staff show the tablet, and nothing counts
    pub demo: bool,
}

impl Screen {
    /// The question on the screen.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        self.visit.question(self.active.as_ref()?.survey())
    }

    /// The id of the question on the screen.
    #[must_use]
    pub fn question_id(&self) -> Option<QuestionId> {
        self.question().map(|question| question.id)
    }

    /// Whether the screen still waits for somebody.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.visit.is_untouched()
    }

    /// Whether nothing comes after the question on the screen.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.active.as_ref().is_none_or(|active| self.visit.is_last(active.survey()))
    }

    /// Which question of how many, from 1.
    #[must_use]
    pub fn progress(&self) -> Option<(usize, usize)> {
        let active = self.active.as_ref().filter(|_| self.scene == Scene::Asking)?;
        Some(self.visit.progress(active.survey()))
    }

    /// Whether anything is said to the question on the screen.
    #[must_use]
    pub fn has_said(&self) -> bool {
        match self.question_id().and_then(|question| self.visit.given(question)) {
            Some(Given::Text(typed)) => !typed.trim().is_empty(),
            Some(Given::Skipped) | None => false,
            Some(Given::Face(_) | Given::Nps(_) | Given::Scale(_) | Given::Choice(_)) => true,
        }
    }

    /// Whether another scene, question, language or visitor fills it than `before`.
    #[must_use]
    pub fn is_another(&self, before: &Self) -> bool {
        let key = |it: &Self| (it.scene, it.reader, it.number);
        key(self) != key(before) || self.question_id() != before.question_id() || self.active != before.active
    }
}
