//! Venues, events, surveys and visitors to fill a store with.

use std::hash::{DefaultHasher, Hash, Hasher};

use aplodi::intake::content::{FORM, canonical};
use domain::{
    doubt::source::SourceClass,
    event::{Event, EventSource, Venue, Window},
    flag::Flag,
    id::{EventId, KioskId, PairingId, ProductionId, QuestionId, ResponseId, SurveyId, SurveyVersionId, VenueId},
    lang::{Lang, Text},
    response::{Answer, Channel, End, Given, Response, Timing},
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, ScaleQuestion, Series,
        SurveyVersion, TextQuestion,
    },
    time::{HOUR, LocalDay, MINUTE, Millis},
};
use store::{
    SystemStore,
    kiosks::{Pairing, TokenHash},
    programme::Production,
    responses::{ContentHash, NewResponse, Placement, Repeat},
};
use uuid::Uuid;

/// The evening on which everything happens: 2026-11-21 19:00 UTC.
pub const TONIGHT: Millis = 1_795_287_600_000;
/// Its day at the venue.
pub const TODAY: LocalDay = LocalDay::from_date(2026, 11, 21);

/// One venue with one event tonight, one kiosk, and the usual questions.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// over all versions
    pub survey: SurveyId,
    /// face, NPS, choice, comment, agreement
    pub version: SurveyVersion,
    /// the place
    pub venue: Venue,
    /// the show
    pub production: Production,
    /// the evening
    pub event: Event,
    /// the tablet
    pub pairing: Pairing,
    /// its token
    pub token: TokenHash,
}

impl Fixture {
    /// Nothing in it is in another one.
    #[must_use]
    pub fn new() -> Self {
        let id = Uuid::now_v7;
        let venue = VenueId(id());
        let production = ProductionId(id());
        let version = version();
        Self {
            survey: SurveyId(id()),
            venue: Venue {
                id: venue,
                code: code(venue.0),
                name: "Sirkusteltta".into(),
                time_zone: "Europe/Helsinki".into(),
                languages: Lang::ALL.map(Into::into).to_vec(),
                survey_version: version.version,
            },
            production: Production::new(production, Text::new("Yötaivas", "Natthimlen", "Night sky")),
            event: event(venue, production, version.version),
            pairing: Pairing { id: PairingId(id()), kiosk: KioskId(id()), kiosk_name: "aula".into(), venue },
            token: Sixteen::of(&venue.0).twice(),
            version,
        }
    }

    /// With a show that ends at an instant: for a server that goes by the clock of the machine, whenever that runs.
    #[must_use]
    pub fn ending_at(mut self, ends_at: Millis) -> Self {
        self.event.doors_at = Some(ends_at - 3 * HOUR);
        self.event.starts_at = ends_at - 2 * HOUR;
        self.event.ends_at = ends_at;
        self.event.window = Window::around(ends_at, Window::BEFORE, Window::AFTER, None);
        self
    }

    /// The same questions and another fixture.
    #[must_use]
    pub fn neighbour(&self) -> Self {
        let mut other = Self::new();
        other.survey = self.survey;
        other.version = self.version.clone();
        other.venue.survey_version = self.version.version;
        other.event.survey_version = self.version.version;
        other
    }

    /// Saves the fixture.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn open(&self, store: &dyn SystemStore) {
        store.publish(self.survey, &Text::same("Tonight"), &self.version, TONIGHT).await.unwrap();
        self.open_with_known_questions(store).await;
    }

    /// Saves one whose survey is published already.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn open_with_known_questions(&self, store: &dyn SystemStore) {
        store.save_venue(&self.venue).await.unwrap();
        store.save_production(&self.production).await.unwrap();
        store.save_event(&self.event).await.unwrap();
        store.add_kiosk(&self.pairing, self.token, TONIGHT).await.unwrap();
    }

    /// The question at a place: 0 face, 1 NPS, 2 choice, 3 comment, 4 agreement.
    #[must_use]
    pub fn question(&self, place: usize) -> QuestionId {
        self.version.questions[place].id
    }

    /// A visitor who taps the best face at the kiosk.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        let response = Response {
            id: ResponseId(Uuid::now_v7()),
            survey_version: self.version.version,
            event: Some(self.event.id),
            channel: Channel::Kiosk,
            lang: Lang::Fi.into(),
            segment: None,
            assisted: false,
            end: End::Done,
            demo: false,
            timing: Timing { answered_at: TONIGHT, offset_ms: Some(-120), age_ms: None, duration_ms: Some(5_400) },
            pairing: Some(self.pairing.id),
            seq: None,
            may_quote: false,
            answers: vec![Answer { question: self.question(0), given: Given::Face(5) }],
        };
        let place = Placement {
            venue: self.venue.id,
            kiosk: Some(self.pairing.kiosk),
            event: Some(self.event.id),
            source: Some(EventSource::Kiosk),
            production: Some(self.production.id),
            corrected_at: TONIGHT,
            clock_known: true,
            received_at: TONIGHT,
            address_class: SourceClass::Unknown,
            local_day: TODAY,
        };
        let questions = self.version.questions.iter().map(|question| question.id).collect();
        Visitor { questions, response, place, flags: Vec::new(), repeat: Repeat::Conflict }
    }

    /// So many visitors, each with other answers.
    #[must_use]
    pub fn audience(&self, size: u64) -> Vec<NewResponse> {
        (1..=size).map(|nth| self.nth(nth)).collect()
    }

    fn nth(&self, nth: u64) -> NewResponse {
        let small = u8::try_from(nth % 55).unwrap_or_default();
        let visitor = self
            .visitor()
            .face(1 + small % 5)
            .nps(small % 11)
            .chose(&[["sound", "seat", "price"][usize::from(small % 3)]]);
        let visitor = if nth.is_multiple_of(3) { visitor.agreed(1 + small % 5) } else { visitor };
        let visitor =
            if nth.is_multiple_of(5) { visitor.wrote(&format!("Ilta numero {nth} oli hieno")) } else { visitor };
        visitor.numbered(nth).received(TONIGHT + i64::try_from(nth).unwrap_or_default()).done()
    }
}

impl Default for Fixture {
    fn default() -> Self {
        Self::new()
    }
}

/// A response in the making.
#[derive(Clone, Debug)]
pub struct Visitor {
    questions: Vec<QuestionId>,
    /// what was said
    pub response: Response,
    /// where and when
    pub place: Placement,
    /// the doubts
    pub flags: Vec<Flag>,
    /// what happens to a second one
    pub repeat: Repeat,
}

impl Visitor {
    /// Taps a face.
    #[must_use]
    pub fn face(self, value: u8) -> Self {
        self.gives(0, Given::Face(value))
    }

    /// Recommends.
    #[must_use]
    pub fn nps(self, value: u8) -> Self {
        self.gives(1, Given::Nps(value))
    }

    /// Picks options.
    #[must_use]
    pub fn chose(self, keys: &[&str]) -> Self {
        self.gives(2, Given::Choice(keys.iter().map(|key| (*key).to_owned()).collect()))
    }

    /// Writes a comment.
    #[must_use]
    pub fn wrote(self, text: &str) -> Self {
        self.gives(3, Given::Text(text.to_owned()))
    }

    /// Lets it be quoted.
    #[must_use]
    pub const fn quotable(mut self) -> Self {
        self.response.may_quote = true;
        self
    }

    /// Agrees, from 1 to 5.
    #[must_use]
    pub fn agreed(self, value: u8) -> Self {
        self.gives(4, Given::Scale(value))
    }

    fn gives(mut self, place: usize, given: Given) -> Self {
        let question = self.questions[place];
        self.response.answers.retain(|answer| answer.question != question);
        self.response.answers.push(Answer { question, given });
        self
    }

    /// Came as the nth from its pairing.
    #[must_use]
    pub fn numbered(mut self, seq: u64) -> Self {
        self.response.seq = Some(seq);
        self
    }

    /// Arrived at an instant.
    #[must_use]
    pub fn received(mut self, at: Millis) -> Self {
        self.place.received_at = at;
        self
    }

    /// Was given so long after the others.
    #[must_use]
    pub fn after(mut self, after: Millis) -> Self {
        self.place.corrected_at += after;
        self
    }

    /// Took so long from the first tap to the last.
    #[must_use]
    pub fn took(mut self, duration_ms: Millis) -> Self {
        self.response.timing.duration_ms = Some(duration_ms);
        self
    }

    /// Is doubted.
    #[must_use]
    pub fn doubted(mut self, flag: Flag) -> Self {
        self.flags.push(flag);
        self
    }

    /// Answers on the phone, and may change the answer that arrived at `not_before` or later.
    #[must_use]
    pub fn by_phone(mut self, not_before: Millis) -> Self {
        self.response.channel = Channel::Qr;
        self.response.pairing = None;
        self.place.kiosk = None;
        self.place.source = Some(EventSource::Code);
        self.repeat = Repeat::Replace { not_before };
        self
    }

    /// Came on a day without an event.
    #[must_use]
    pub fn without_event(mut self) -> Self {
        self.response.event = None;
        self.place.event = None;
        self.place.source = None;
        self.place.production = None;
        self
    }

    /// What the store is given.
    #[must_use]
    pub fn done(self) -> NewResponse {
        let content = ContentHash { form: FORM, hash: Sixteen::of(&canonical(&self.response)).0 };
        let Self { response, place, flags, repeat, .. } = self;
        NewResponse { response, place, flags, content, repeat }
    }
}

/// A hash that is good enough to tell the contents of a test apart.
struct Sixteen([u8; 16]);

impl Sixteen {
    fn of(content: &impl Hash) -> Self {
        let half = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, content).hash(&mut hasher);
            hasher.finish()
        };
        Self((u128::from(half(0)) << 64 | u128::from(half(1))).to_be_bytes())
    }

    fn twice(&self) -> [u8; 32] {
        std::array::from_fn(|place| self.0[place % 16])
    }
}

fn code(id: Uuid) -> String {
    id.simple().to_string()[20..].to_uppercase()
}

fn event(venue: VenueId, production: ProductionId, survey_version: SurveyVersionId) -> Event {
    let id = EventId(Uuid::now_v7());
    let ends_at = TONIGHT - 15 * MINUTE;
    Event {
        id,
        code: code(id.0),
        venue,
        production: Some(production),
        title: Text::same("Yötaivas"),
        doors_at: Some(ends_at - 3 * HOUR),
        starts_at: ends_at - 2 * HOUR,
        ends_at,
        window: Window::around(ends_at, Window::BEFORE, Window::AFTER, None),
        attendance: Some(540),
        survey_version,
        links: Vec::new(),
    }
}

fn version() -> SurveyVersion {
    let question = |text: &str, kind| Question {
        id: QuestionId(Uuid::now_v7()),
        series: Series::Show,
        text: Text::same(text),
        kind,
        show_if: None,
    };
    let option = |key: &str| ChoiceOption { key: key.to_owned(), text: Text::same(key) };
    SurveyVersion {
        version: SurveyVersionId(Uuid::now_v7()),
        questions: vec![
            question(
                "How was it?",
                Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("word"); 5] }),
            ),
            question("Would you recommend us?", Kind::Nps(NpsQuestion { labels: vec![Text::same("word"); 2] })),
            question(
                "Why?",
                Kind::Choice(ChoiceQuestion {
                    options: vec![option("sound"), option("seat"), option("price")],
                    many: true,
                }),
            ),
            question("Anything else?", Kind::Text(TextQuestion {})),
            question("I felt welcome.", Kind::Scale(ScaleQuestion { labels: vec![Text::same("step"); 5] })),
        ],
    }
}
