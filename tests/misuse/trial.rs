//! An evening in a store: what came is taken in as the server takes it, judged as the server judges it, and read back.

use std::{collections::HashMap, net::Ipv4Addr, sync::Arc};

use anyhow::{Context, Result, anyhow};
use api::responses::{Item, ItemAnswer};
use aplodi::{
    clock::{Rng, StoppedClock},
    intake::{Cache, Delivery, Intake, address_counts::AddressCounts},
    judge::Judge,
};
use domain::{
    doubt::source::SourceClass,
    event::Window,
    flag::{Flag, Standing},
    id::ResponseId,
    lang::Lang,
    response::{Channel, End},
    survey::kinds::UncheckedValue,
    time::{DAY, HOUR, Millis},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    store::TestStore,
};
use store::{SystemStore, doubt::PlaceDay, responses::NewResponse};

use crate::visit::{Screen, Visit};

/// So many are written at once.
const GROUP: usize = 64;

/// A store with one event that nobody has answered yet.
pub(crate) struct Trial<'a> {
    store: &'a TestStore,
    fixture: Fixture,
    intake: Intake,
    cache: Cache,
    rng: Arc<Rng>,
}

/// What stood at the end.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// every visit, and why it was set aside
    pub(crate) visits: Vec<(Visit, Vec<Flag>)>,
}

impl<'a> Trial<'a> {
    /// Opens one.
    pub(crate) async fn open(store: &'a TestStore, rng: Arc<Rng>) -> Result<Self> {
        let mut fixture = Fixture::new();
        fixture.event.window = Window { from: TONIGHT - HOUR, until: TONIGHT + DAY };
        fixture.open(store.system()).await;
        let system: Arc<dyn SystemStore> = Arc::clone(store.store.system());
        let cache = Cache::new(Arc::clone(&system));
        let intake = Intake::new(cache.clone(), [7; 32]);
        Ok(Self { store, fixture, intake, cache, rng })
    }

    /// Lets everybody answer, and judges them.
    pub(crate) async fn of(&self, visits: Vec<Visit>) -> Result<Outcome> {
        let mut order: Vec<usize> = (0..visits.len()).collect();
        order.sort_by_key(|place| visits[*place].at);
        let addresses = AddressCounts::new(Arc::clone(&self.rng));
        let mut ids: HashMap<ResponseId, usize> = HashMap::new();
        let mut group = Vec::new();
        for place in order {
            let new = self.take(&visits[place], &addresses).await?;
            ids.insert(new.response.id, place);
            group.push(new);
            if group.len() == GROUP {
                self.store.system().commit(&std::mem::take(&mut group)).await?;
            }
        }
        self.store.system().commit(&group).await?;
        self.judge().await?;
        let mut flags: HashMap<usize, Vec<Flag>> = HashMap::new();
        for place in [self.fixture.pairing.kiosk.0, self.fixture.event.id.0] {
            let at = PlaceDay { place, day: harness::fixture::TODAY };
            let mut found = self.store.system().judged_at(at).await?;
            for observed in &found.observed {
                let place = ids.get(&observed.id).context("a response that nobody gave")?;
                flags.insert(*place, found.flags.remove(&observed.id).unwrap_or_default());
            }
        }
        let found = visits.into_iter().enumerate().map(|(place, visit)| {
            let flags = flags.remove(&place).ok_or_else(|| anyhow!("an answer was lost: {visit:?}"))?;
            Ok((visit, flags))
        });
        Ok(Outcome { visits: found.collect::<Result<_>>()? })
    }

    async fn take(&self, visit: &Visit, addresses: &AddressCounts) -> Result<NewResponse> {
        let at = TONIGHT + visit.at;
        let item = self.item(visit, at);
        Ok(match visit.screen {
            Screen::Tablet => {
                let delivery = Delivery { by: &self.fixture.pairing, received_at: at, offset_ms: 0 };
                self.intake.from_kiosk(item, delivery).await?
            }
            Screen::Phone { address } => {
                let class: SourceClass = addresses.count(Some(Ipv4Addr::from(0x0a00_0000 + address).into()), at);
                self.intake.from_phone(item, self.fixture.venue.id, at - visit.duration_ms, at, class).await?
            }
        })
    }

    fn item(&self, visit: &Visit, at: Millis) -> Item {
        let given = visit.given;
        let number = |number: u8| Some(UncheckedValue::Number(Some(number)));
        let reason = given.reason.map(|reason| {
            let key = ["sound", "seat", "price"][usize::from(reason) % 3];
            UncheckedValue::Options(vec![key.to_owned()])
        });
        let comment = given.comment.then(|| UncheckedValue::Text(format!("{at}")));
        let answers = [Some(number(given.face)), Some(number(given.nps)), reason.map(Some), Some(comment)];
        let answers = (0..).zip(answers).filter_map(|(place, value)| {
            let value = value?;
            Some(ItemAnswer { question: self.fixture.question(place), skipped: value.is_none(), value })
        });
        Item {
            id: self.rng.uuid(at).into(),
            seq: None,
            survey_version: self.fixture.version.version,
            event: Some(self.fixture.event.id),
            lang: Lang::Fi.into(),
            segment: None,
            assisted: false,
            answered_at: at,
            offset_ms: Some(0),
            not_before: None,
            age_ms: None,
            may_have_slept: false,
            duration_ms: Some(visit.duration_ms),
            end: End::Done,
            demo: false,
            channel: if visit.screen == Screen::Tablet { Channel::Kiosk } else { Channel::Qr },
            pairing: None,
            may_quote: false,
            answers: answers.collect(),
        }
    }

    async fn judge(&self) -> Result<()> {
        let system = Arc::clone(self.store.store.system());
        let clock = Arc::new(StoppedClock::at(TONIGHT + DAY));
        Ok(Judge::new(system, self.cache.surveys().clone(), clock).settle().await?)
    }
}

impl Outcome {
    /// How many of the true, or false, answers there are, and how many of them are set aside.
    pub(crate) fn set_aside(&self, is_false: bool) -> (usize, usize) {
        let own = || self.visits.iter().filter(|(visit, _)| visit.is_false == is_false);
        (own().count(), own().filter(|(_, flags)| Standing::from_flags(flags) == Standing::SetAside).count())
    }

    /// The NPS of the true answers alone.
    pub(crate) fn true_nps(&self) -> f64 {
        nps(self.visits.iter().filter(|(visit, _)| !visit.is_false).map(|(visit, _)| visit.given.nps))
    }

    /// The NPS as it is shown.
    pub(crate) fn shown_nps(&self) -> f64 {
        let counted = self.visits.iter().filter(|(_, flags)| Standing::from_flags(flags) == Standing::Counted);
        nps(counted.map(|(visit, _)| visit.given.nps))
    }

    /// The NPS without any doubt.
    pub(crate) fn trusting_nps(&self) -> f64 {
        nps(self.visits.iter().map(|(visit, _)| visit.given.nps))
    }
}

fn nps(numbers: impl Iterator<Item = u8>) -> f64 {
    let mut counts = [0_u64; 11];
    for number in numbers {
        counts[usize::from(number.min(10))] += 1;
    }
    let n = counts.iter().sum::<u64>().max(1);
    let points = counts[9..].iter().sum::<u64>() as f64 - counts[..7].iter().sum::<u64>() as f64;
    100.0 * points / n as f64
}
