//! The words of the domain as `/api/openapi.json` describes them. The domain itself knows nothing of
//! a description: each type here stands for the one of the same name there, and the tests hold every
//! description to what is really written.

use std::collections::BTreeMap;

use domain::time::Millis;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(utoipa::ToSchema)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);
    )*};
}

ids! {
    /// A venue: a place with a foyer.
    VenueId,
    /// A production: a show that is played many times.
    ProductionId,
    /// An event: one performance, concert, workshop or school visit.
    EventId,
    /// One published, unchangeable version of a survey.
    SurveyVersionId,
    /// A question; it survives from version to version while scale and meaning stay.
    QuestionId,
    /// A response, made on the device once, as UUIDv7, when the response begins.
    ResponseId,
    /// A kiosk: the place of a tablet, over all tablets that have stood there.
    KioskId,
    /// One pairing of a tablet with a kiosk; each numbers its responses 1, 2, 3 ...
    PairingId,
}

/// A language of the screens.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Finnish
    Fi,
    /// Swedish
    Sv,
    /// English
    En,
}

/// A BCP 47 language tag in its canonical form, such as `fi`, `ar` or `zh-Hant-TW`.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, max_length = 35)]
pub struct LanguageTag(pub String);

/// One text in several languages: from language tag (BCP 47, canonical form) to words.
#[derive(utoipa::ToSchema)]
pub struct Text(pub BTreeMap<String, String>);

/// A published list of questions.
#[derive(utoipa::ToSchema)]
pub struct SurveyVersion {
    /// which version this is
    pub version: SurveyVersionId,
    /// in the order in which they are asked
    pub questions: Vec<Question>,
}

/// One question of a survey version.
#[derive(utoipa::ToSchema)]
pub struct Question {
    /// survives from version to version while scale and meaning stay
    pub id: QuestionId,
    /// what trends follow
    pub series: Series,
    /// the question itself
    pub text: Text,
    /// the scale or the options
    #[serde(flatten)]
    pub kind: Kind,
    /// asked of everybody where absent
    #[serde(default)]
    pub show_if: Option<ShowIf>,
}

/// The measure that a question feeds over the years. Series are never merged.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// about the show just seen
    Show,
    /// about the organisation as a whole
    Organisation,
    /// asked of children, with faces of their own
    Child,
}

/// What can be answered.
#[derive(utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// four or five faces
    Face(FaceQuestion),
    /// 0 to 10: how likely to recommend
    Nps(NpsQuestion),
    /// how far somebody agrees, in five steps
    Scale(ScaleQuestion),
    /// one or many of a few options
    Choice(ChoiceQuestion),
    /// free text: a comment
    Text(TextQuestion),
}

/// Faces, from 1 (worst, left) to `faces` (best, right).
#[derive(utoipa::ToSchema)]
pub struct FaceQuestion {
    /// how many: 4 or 5
    pub faces: u8,
    /// how they are drawn
    pub face_set: FaceSet,
    /// the word under each face, from the left; as many as faces
    pub labels: Vec<Text>,
}

/// How likely to recommend, from 0 to 10.
#[derive(utoipa::ToSchema)]
pub struct NpsQuestion {
    /// the words at the low and the high end
    pub labels: Vec<Text>,
}

/// How far somebody agrees with a statement, from 1 (strongly disagree) to 5 (strongly agree).
#[derive(utoipa::ToSchema)]
pub struct ScaleQuestion {
    /// the words of the five steps, from the one that disagrees most
    pub labels: Vec<Text>,
}

/// One or many of a few options.
#[derive(utoipa::ToSchema)]
pub struct ChoiceQuestion {
    /// at most `ChoiceQuestion::MAX_OPTIONS`
    pub options: Vec<ChoiceOption>,
    /// whether several may be picked
    pub many: bool,
}

/// Free text: a comment.
#[derive(utoipa::ToSchema)]
pub struct TextQuestion {}

/// How the faces are drawn.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FaceSet {
    /// from disappointed to delighted
    Adult,
    /// all on the happy side
    Child,
}

/// One option of a choice.
#[derive(utoipa::ToSchema)]
pub struct ChoiceOption {
    /// never reused for another meaning
    pub key: String,
    /// what the visitor reads
    pub text: Text,
}

/// A question is asked only after certain answers to an earlier one.
#[derive(utoipa::ToSchema)]
pub struct ShowIf {
    /// the earlier question, with a scale
    pub question: QuestionId,
    /// the answers after which this one is asked
    #[serde(rename = "in")]
    pub values: Vec<u8>,
}

/// A place with a foyer.
#[derive(utoipa::ToSchema)]
pub struct Venue {
    /// which venue
    pub id: VenueId,
    /// short and typeable; opens whatever is on now
    pub code: String,
    /// as on the poster
    pub name: String,
    /// an IANA name such as `Europe/Helsinki`
    pub time_zone: String,
    /// in the order of the language switch; the first is the default
    pub languages: Vec<LanguageTag>,
    /// what is asked on a day without an event
    pub survey_version: SurveyVersionId,
}

/// One performance, concert, workshop or school visit, at a venue.
#[derive(utoipa::ToSchema)]
pub struct Event {
    /// which event
    pub id: EventId,
    /// short and typeable, without look-alike characters
    pub code: String,
    /// where it is
    pub venue: VenueId,
    /// the show it is one evening of
    pub production: Option<ProductionId>,
    /// as on the poster
    pub title: Text,
    /// when the audience is let in
    pub doors_at: Option<Millis>,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// when answers belong to it
    pub window: [i64; 2],
    /// how many were there, known afterwards
    pub attendance: Option<u32>,
    /// what is asked
    pub survey_version: SurveyVersionId,
    /// what a visitor gets after answering: programme notes, materials
    #[serde(default)]
    pub links: Vec<Link>,
}

/// A page that visitors may want after the event.
#[derive(utoipa::ToSchema)]
pub struct Link {
    /// what it is
    pub text: Text,
    /// an https address
    pub url: String,
}

/// The stretches in which a kiosk is awake.
#[derive(utoipa::ToSchema)]
pub struct OpenTimes {
    /// in order, apart from each other, both ends included
    pub windows: Vec<[i64; 2]>,
    /// what comes after this instant is not known yet, and a kiosk that does not know stays awake
    pub known_until: Millis,
}

/// How a response came.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// a paired tablet
    Kiosk,
    /// the visitor's own phone
    Qr,
    /// the website
    Web,
    /// a link in the ticket seller's mail
    Mail,
    /// a card, entered afterwards
    Paper,
    /// hands or stickers that staff counted
    Counted,
    /// told to an interviewer or a helper, who wrote it down
    Spoken,
}

/// Why a survey is asked.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Collection {
    /// after every event, of whoever likes
    Continuous,
    /// once a season
    Periodic,
    /// in conversations that staff hold
    Interview,
}

/// Who answers, never a name. A closed list, because every segment is a row in every tally.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Segment {
    /// a grown-up visitor
    Adult,
    /// a child
    Child,
    /// a pupil on a school visit
    Pupil,
    /// a teacher on a school visit
    Teacher,
    /// somebody who took part in a workshop
    Participant,
    /// somebody who came along with a participant
    Companion,
}

/// How a response ended.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// the visitor reached the end
    Done,
    /// the visitor left on purpose
    Exit,
    /// nobody touched the screen any more
    Timeout,
}

/// A reason to doubt a response.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Too many answers at one place in too short a time.
    Burst,
    /// Answers that contradict each other, such as the worst face with a ten.
    Contradiction,
    /// Given outside the answer window of a day that has events.
    OutsideWindow,
    /// Given while staff were showing the kiosk to somebody.
    Demo,
    /// Taken out by staff.
    Void,
}

/// A sign of life. Its answer has an expected body, because "online" means that Aplodi answered and
/// not that some hotel's login page did.
#[derive(utoipa::ToSchema)]
pub struct Heartbeat {
    /// the device's clock, milliseconds UTC
    pub device_now: Millis,
    /// under which pairing the tablet numbers its responses: after a move it may not know of the new one yet
    #[serde(default)]
    pub pairing: Option<PairingId>,
    /// the highest number this pairing has given to a response
    pub seq: u64,
    /// how many responses wait
    pub outbox: u64,
    /// how many the server refused for good
    pub rejected: u64,
    /// the age of the oldest that waits
    #[serde(default)]
    pub oldest_ms: Option<Millis>,
    /// which client runs: the version and, behind a plus sign, the build, such as `0.1.0+3f2a09c41b77`
    pub app_version: String,
    /// whether the browser promised to keep the storage
    #[serde(default)]
    pub persisted: Option<bool>,
    /// how full the storage is
    #[serde(default)]
    pub storage: Option<StorageEstimate>,
    /// 0 to 1, where the browser tells
    #[serde(default)]
    pub battery: Option<f64>,
    /// whether it is being charged, where the browser tells
    #[serde(default)]
    pub charging: Option<bool>,
    /// what is wrong with the tablet's own memory, in a word or two for whoever mends it; absent
    /// while it works. With it `seq`, `outbox` and `rejected` may say nothing: where they
    /// could not be read they are 0.
    #[serde(default)]
    pub failure: Option<String>,
}

/// The browser's estimate of its storage, in bytes.
#[derive(utoipa::ToSchema)]
pub struct StorageEstimate {
    /// used
    pub usage: f64,
    /// allowed
    pub quota: f64,
}

/// How one subject, or several together, did.
#[derive(utoipa::ToSchema)]
pub struct Summary {
    /// responses that are part of the scores
    pub counted: u64,
    /// responses that are not
    pub aside: u64,
    /// the same by the doubt; one response may have several
    pub set_aside: BTreeMap<Flag, u64>,
    /// how many were there, where known
    pub attendance: Option<u32>,
    /// counted / attendance, where attendance is known
    pub response_rate: Option<f64>,
    /// over everybody
    pub questions: Vec<QuestionSummary>,
    /// by how the answers came
    pub by_channel: Vec<ChannelPart>,
    /// by who answered
    pub by_segment: Vec<SegmentPart>,
    /// how many answered in each ten minutes, oldest first
    pub by_hour: Vec<SlotCount>,
}

/// How one question was answered.
#[derive(utoipa::ToSchema)]
pub struct QuestionSummary {
    /// which question
    pub id: QuestionId,
    /// face, nps, scale, choice or text
    pub kind: QuestionKind,
    /// how many answered it
    pub n: u64,
    /// how many gave each value; empty where fewer than five answered
    pub counts: BTreeMap<String, u64>,
    /// NPS from -100 to 100; for faces and agreement the share of the top two, in percent
    pub score: Option<i32>,
    /// the 95 % interval of the score, on its scale
    pub interval: Option<[f64; 2]>,
    /// a warning that belongs beside the score
    pub note: Option<Note>,
}

/// The kind of a question, as a word.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum QuestionKind {
    /// four or five faces
    Face,
    /// 0 to 10
    Nps,
    /// agreement in five steps
    Scale,
    /// options
    Choice,
    /// a comment
    Text,
}

/// A warning that belongs beside a score.
#[derive(utoipa::ToSchema)]
pub enum Note {
    /// 20 to 49 answers
    #[serde(rename = "small sample")]
    SmallSample,
    /// 5 to 19 answers: the score on request
    #[serde(rename = "on request")]
    OnRequest,
    /// fewer than 5 answers: only how many
    #[serde(rename = "too few")]
    TooFew,
    /// enough answers, but showing them would tell about fewer than five others
    #[serde(rename = "hidden")]
    Hidden,
}

/// The answers that came one way.
#[derive(utoipa::ToSchema)]
pub struct ChannelPart {
    /// which way
    pub channel: Channel,
    /// the answers
    #[serde(flatten)]
    pub part: Part,
}

/// The answers of one segment.
#[derive(utoipa::ToSchema)]
pub struct SegmentPart {
    /// who
    pub segment: Segment,
    /// the answers
    #[serde(flatten)]
    pub part: Part,
}

/// One part of a breakdown.
#[derive(utoipa::ToSchema)]
pub struct Part {
    /// how many responses
    pub n: u64,
    /// `None` where showing them would tell about fewer than five people
    pub questions: Option<Vec<QuestionSummary>>,
}

/// Responses in ten minutes.
#[derive(utoipa::ToSchema)]
pub struct SlotCount {
    /// when the ten minutes began
    pub from: Millis,
    /// how many responses
    pub n: u64,
}

#[cfg(test)]
mod tests;
