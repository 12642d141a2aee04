//! Who answered what: plausible people, the same ones at every start.

use api::responses::{Item, ItemAnswer};
use domain::{
    id::ResponseId,
    lang::Lang,
    response::{Channel, End, Segment},
    survey::{ChoiceQuestion, FaceQuestion, Kind, Question, SurveyVersion, kinds::UncheckedValue},
    time::{MINUTE, Millis, SECOND},
};
use rand::{Rng as _, rngs::StdRng, seq::IndexedRandom};

use super::{sample_comments, season::SeasonEvent};
use crate::clock::Rng;
use store::kiosks::Pairing;

/// A response and how it came.
#[derive(Clone, Debug)]
pub(super) enum Visitor {
    /// tapped on a tablet
    AtKiosk {
        /// which of those of the venue
        tablet: usize,
        /// what was said
        item: Item,
        /// when it arrived
        received_at: Millis,
    },
    /// sent from a phone
    OnPhone {
        /// what was said
        item: Item,
        /// when it arrived
        received_at: Millis,
    },
}

/// The tablets of a venue, and how far each has counted.
#[derive(Clone, Debug)]
pub(super) struct VenueTablets {
    /// the pairings
    pub(super) pairings: Vec<Pairing>,
    seqs: Vec<u64>,
}

impl VenueTablets {
    pub(super) fn new(pairings: Vec<Pairing>) -> Self {
        Self { seqs: vec![0; pairings.len()], pairings }
    }

    fn next_seq(&mut self, tablet: usize) -> u64 {
        self.seqs[tablet] += 1;
        self.seqs[tablet]
    }
}

/// Everybody who answered after an event, by the time they did; nobody answers after `now`.
pub(super) fn visitors(
    season_event: &SeasonEvent,
    tablets: &mut VenueTablets,
    survey: &SurveyVersion,
    same: &Rng,
    random: &mut StdRng,
    now: Millis,
) -> Vec<Visitor> {
    let mut leaving: Vec<Millis> = (0..season_event.answers).map(|_| leaving_time(season_event, random, now)).collect();
    leaving.sort_unstable();
    // People queue: each tablet takes one after the other.
    let mut free = vec![Millis::MIN; tablets.pairings.len()];
    let mut visitors: Vec<Visitor> = Vec::with_capacity(leaving.len());
    for at in leaving {
        let on_phone = random.random_bool(if season_event.is_school { 0.1 } else { 0.34 });
        let queue = free.iter_mut().enumerate().min_by_key(|(_, free)| **free).filter(|_| !on_phone);
        let (tablet, at) = queue.map_or((None, at), |(tablet, free)| {
            let at = at.max(*free).min(now);
            *free = at + random.random_range(7..20) * SECOND;
            (Some(tablet), at)
        });
        let received_at = (at + random.random_range(1..4) * SECOND).min(now);
        let lang = *[Lang::Fi, Lang::Fi, Lang::Fi, Lang::Fi, Lang::Fi, Lang::Fi, Lang::Sv, Lang::Sv, Lang::En]
            .choose(random)
            .unwrap_or(&Lang::Fi);
        let item = Item {
            id: ResponseId(same.uuid(at)),
            seq: tablet.map(|tablet| tablets.next_seq(tablet)),
            survey_version: survey.version,
            event: season_event.is_scheduled.then_some(season_event.event.id),
            lang: lang.into(),
            segment: season_event
                .is_school
                .then(|| if random.random_bool(0.9) { Segment::Pupil } else { Segment::Teacher }),
            assisted: false,
            answered_at: at,
            offset_ms: Some(0),
            not_before: None,
            age_ms: None,
            may_have_slept: false,
            duration_ms: Some(random.random_range(3_000..40_000)),
            end: if random.random_bool(0.8) { End::Done } else { End::Timeout },
            demo: false,
            channel: if on_phone { Channel::Qr } else { Channel::Kiosk },
            pairing: tablet.map(|tablet| tablets.pairings[tablet].id),
            may_quote: at % 3 == 0,
            answers: Vec::new(),
        };
        let item = Item { answers: answers(survey, season_event, lang, random), ..item };
        visitors.push(match tablet {
            Some(tablet) => Visitor::AtKiosk { tablet, item, received_at },
            None => Visitor::OnPhone { item, received_at },
        });
    }
    if season_event.is_hammered {
        visitors.extend(child(season_event, tablets, survey, same, random));
    }
    visitors
}

/// A child finds the last tablet, and that every face can be pressed.
fn child(
    season_event: &SeasonEvent,
    tablets: &mut VenueTablets,
    survey: &SurveyVersion,
    same: &Rng,
    random: &mut StdRng,
) -> Vec<Visitor> {
    let Some(tablet) = tablets.pairings.len().checked_sub(1) else { return Vec::new() };
    let mut at = season_event.event.ends_at + 5 * MINUTE;
    let mut taps = Vec::new();
    for _ in 0..16 {
        at += random.random_range(1_500..3_200);
        let answers = survey.questions.iter().take(2).filter_map(|question| {
            let scale = question.kind.numbers()?;
            let value = Some(number(random.random_range(scale)));
            Some(ItemAnswer { question: question.id, value, skipped: false })
        });
        let item = Item {
            id: ResponseId(same.uuid(at)),
            seq: Some(tablets.next_seq(tablet)),
            survey_version: survey.version,
            event: Some(season_event.event.id),
            lang: Lang::Fi.into(),
            segment: None,
            assisted: false,
            answered_at: at,
            offset_ms: Some(0),
            not_before: None,
            age_ms: None,
            may_have_slept: false,
            duration_ms: Some(300 + at % 600),
            end: End::Exit,
            demo: false,
            channel: Channel::Kiosk,
            pairing: Some(tablets.pairings[tablet].id),
            may_quote: false,
            answers: answers.collect(),
        };
        taps.push(Visitor::AtKiosk { tablet, item, received_at: at + SECOND });
    }
    taps
}

/// Most leave within a quarter of an hour after the end; the last answer on the way home.
fn leaving_time(season_event: &SeasonEvent, random: &mut StdRng, now: Millis) -> Millis {
    let slow: f64 = -random.random_range(0.001_f64..1.0).ln();
    #[expect(clippy::cast_possible_truncation, reason = "at most seven times eleven minutes")]
    let after = (slow * 11.0 * MINUTE as f64) as Millis;
    let at = season_event.event.ends_at + 2 * MINUTE + after;
    if at < now { at } else { random.random_range(season_event.event.ends_at..now) }
}

/// How often somebody small hammers the screen: the worst face, and then the largest number.
const PLAYING: f64 = 0.012;

fn answers(survey: &SurveyVersion, season_event: &SeasonEvent, lang: Lang, random: &mut StdRng) -> Vec<ItemAnswer> {
    let mut answers: Vec<ItemAnswer> = Vec::new();
    if random.random_bool(PLAYING) {
        let at_play = |question: &Question| match question.kind {
            Kind::Face(_) | Kind::Scale(_) => Some(number(1)),
            Kind::Nps(_) => Some(number(10)),
            Kind::Choice(_) | Kind::Text(_) => None,
        };
        let said = survey.questions.iter().filter(|question| question.show_if.is_none());
        return said
            .filter_map(|question| Some((question.id, at_play(question)?)))
            .map(|(question, value)| ItemAnswer { question, value: Some(value), skipped: false })
            .collect();
    }
    let mut face = 5_u8;
    for question in &survey.questions {
        let asked = question.show_if.as_ref().is_none_or(|condition| condition.values.contains(&face));
        if !asked {
            continue;
        }
        let value = answer(question, season_event, &mut face, lang, random);
        let skipped = value.is_none();
        answers.push(ItemAnswer { question: question.id, value, skipped });
        // Many give one tap and go; that is a complete answer.
        if answers.len() == 1 && random.random_bool(0.12) {
            break;
        }
    }
    answers
}

fn answer(
    question: &Question,
    season_event: &SeasonEvent,
    face: &mut u8,
    lang: Lang,
    random: &mut StdRng,
) -> Option<UncheckedValue> {
    match &question.kind {
        Kind::Face(FaceQuestion { faces, .. }) => {
            *face = taste(season_event.mood, 3.9, 0.9, random).clamp(1, *faces);
            Some(number(*face))
        }
        Kind::Nps(_) => {
            // Who leaves delighted recommends; the others are of many minds.
            let from_face = f64::from(*face) * 1.5 + 2.1;
            random.random_bool(0.93).then(|| number(taste(0.0, from_face, 1.0, random).min(10)))
        }
        Kind::Scale(_) => {
            // Who had a good time mostly dared, too.
            let from_face = f64::from(*face) * 0.6 + 1.5;
            random.random_bool(0.95).then(|| number(taste(0.0, from_face, 0.8, random).clamp(1, 5)))
        }
        Kind::Choice(ChoiceQuestion { options, many }) => {
            if !random.random_bool(0.7) {
                return None;
            }
            let how_many = if *many { random.random_range(1..=2) } else { 1 };
            // The first options are the likelier ones, as in life: queues before seats.
            let pick = |random: &mut StdRng| {
                let place = random.random_range(0..options.len()).min(random.random_range(0..options.len()));
                options[place].key.clone()
            };
            let mut keys: Vec<String> = (0..how_many).map(|_| pick(random)).collect();
            keys.dedup();
            Some(UncheckedValue::Options(keys))
        }
        Kind::Text(_) => {
            let wrote = random.random_bool(0.16);
            wrote.then(|| {
                UncheckedValue::Text(sample_comments::comment(season_event.seen, *face, lang, random).to_owned())
            })
        }
    }
}

const fn number(number: u8) -> UncheckedValue {
    UncheckedValue::Number(Some(number))
}

/// A value around `centre` moved by the mood of the event, roughly normal, never below 0.
fn taste(mood: f64, centre: f64, spread: f64, random: &mut StdRng) -> u8 {
    let noise: f64 = (0..4).map(|_| random.random_range(-1.0_f64..1.0)).sum::<f64>() * 0.87;
    let value = (centre + mood * 0.8 + spread * noise).round().clamp(0.0, 10.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=10")]
    let value = value as u8;
    value
}
