//! Surveys and responses for the tests of the domain.

use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use super::{
    flag::Flag,
    id::{QuestionId, ResponseId, SurveyVersionId},
    lang::{Lang, Text},
    response::{Answer, Channel, End, Given, Response, Segment, Timing},
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, ScaleQuestion, Series,
        SurveyVersion, TextQuestion,
    },
    time::Slot,
};

/// A question by its place: 0 face, 1 NPS, 2 choice, 3 comment, 4 agreement.
pub(super) fn question(place: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(100 + place))
}

/// Face, NPS, choice of many, comment, agreement.
pub(super) fn survey() -> SurveyVersion {
    let kinds = [
        Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("word"); 5] }),
        Kind::Nps(NpsQuestion { labels: vec![Text::same("end"); 2] }),
        Kind::Choice(ChoiceQuestion {
            options: ["sound", "seat", "queue"]
                .map(|key| ChoiceOption { key: key.into(), text: Text::same(key) })
                .into(),
            many: true,
        }),
        Kind::Text(TextQuestion {}),
        Kind::Scale(ScaleQuestion { labels: vec![Text::same("step"); 5] }),
    ];
    let questions = (0..).zip(kinds).map(|(place, kind)| Question {
        id: question(place),
        series: Series::Show,
        text: Text::same("?"),
        kind,
        show_if: None,
    });
    SurveyVersion { version: SurveyVersionId(Uuid::from_u128(1)), questions: questions.collect() }
}

/// A response with these answers.
pub(super) fn response(answers: Vec<Answer>) -> Response {
    Response {
        id: ResponseId(Uuid::from_u128(7)),
        survey_version: survey().version,
        event: None,
        channel: Channel::Kiosk,
        lang: Lang::Fi.into(),
        segment: None,
        assisted: false,
        end: End::Done,
        demo: false,
        timing: Timing::default(),
        pairing: None,
        seq: None,
        may_quote: false,
        answers,
    }
}

/// A response, its doubts, and its ten minutes.
pub(super) type Counted = (Response, Vec<Flag>, Slot);

/// Any visitor of an evening.
pub(super) fn visitor() -> impl Strategy<Value = Counted> {
    let choice = select(vec![vec!["sound"], vec!["seat", "queue"], vec!["sound", "seat", "queue"]]);
    let answers = (
        option::of((1..=5_u8).prop_map(Given::Face)),
        option::of((0..=10_u8).prop_map(Given::Nps)),
        option::of(choice.prop_map(|keys| Given::Choice(keys.into_iter().map(Into::into).collect()))),
        option::of(Just(Given::Text("Hyvä".into()))),
        option::of((1..=5_u8).prop_map(Given::Scale)),
    )
        .prop_map(|(face, nps, choice, text, scale)| {
            let given = (0..).zip([face, nps, choice, text, scale]);
            given
                .map(|(place, given)| Answer { question: question(place), given: given.unwrap_or(Given::Skipped) })
                .collect::<Vec<_>>()
        });
    let who = (select(&Channel::ALL[..]), option::of(select(&Segment::ALL[..])), select(&Lang::ALL[..]));
    let flags = select(vec![vec![], vec![], vec![], vec![Flag::Burst], vec![Flag::Burst, Flag::Contradiction]]);
    (answers, who, flags, 0_i64..4).prop_map(|(answers, (channel, segment, lang), flags, slot)| {
        (Response { channel, lang: lang.into(), segment, ..response(answers) }, flags, Slot(slot))
    })
}

/// An audience of up to `most`.
pub(super) fn audience(most: usize) -> impl Strategy<Value = Vec<Counted>> {
    vec(visitor(), 0..most)
}
