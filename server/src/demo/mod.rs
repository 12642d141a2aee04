//! The demo season: two venues, a dozen past events, a day without one and an event that has just
//! ended, and several thousand answers, so that every screen has something true to show.
//!
//! - [`season`]: what was played when;
//! - [`audience`]: who answered what, from a seeded generator;
//! - [`sample_comments`]: what they wrote;
//! - [`tablets`]: that most of them are in touch for as long as the demo is played;
//! - [`workshop_survey`]: what one of the productions asks in place of the usual questions.
//!
//! Answers go through intake and the writer like everybody's, so the demo proves the path, too.

mod audience;
mod sample_comments;
mod season;
pub mod tablets;
mod workshop_survey;

use std::sync::Arc;

use domain::{
    doubt::source::SourceClass,
    heartbeat::{Heartbeat, StorageEstimate},
    id::PairingId,
    time::{DAY, MINUTE, Millis},
};
use rand::{SeedableRng, rngs::StdRng};

use self::{audience::VenueTablets, tablets::DemoTablet};
use crate::{
    auth::password::{self, PasswordError},
    clock::Rng,
    intake::{Intake, NotTaken},
    secrets::{hash_token, new_token},
    standard_survey,
};
use store::{
    Scope, StoreError, SystemStore,
    kiosks::Pairing,
    staff::{Role, User},
    writer::{NotWritten, Writer},
};

/// What somebody needs to look around.
#[derive(Clone, Debug)]
pub struct DemoAccess {
    /// opens the kiosk of the venue where a show has just ended
    pub kiosk_token: String,
    /// the code of that show, for a phone
    pub event_code: String,
    /// the login of the staff
    pub email: String,
    /// its password, new at every start
    pub password: String,
}

/// Why the season cannot be stored.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store cannot do it.
    #[error("the demo season could not be stored")]
    Store(#[from] StoreError),
    /// The store did not write the answers.
    #[error("the answers of the demo season could not be stored")]
    Answers(#[from] NotWritten),
    /// A generated answer was refused: the generator and the rules disagree.
    #[error("the demo season holds an answer that is not valid")]
    Answer(#[from] NotTaken),
    /// The password of the demo login.
    #[error("the demo login could not be made")]
    Password(#[from] PasswordError),
}

/// Fills an empty store with the demo season.
#[derive(Clone)]
pub struct DemoSeeder {
    /// remembers
    pub store: Arc<dyn SystemStore>,
    /// stores answers
    pub writer: Writer,
    /// prepares answers
    pub intake: Intake,
    /// makes tokens and the password; the season itself is always the same
    pub rng: Arc<Rng>,
    /// which program the tablets run
    pub version: String,
}

/// The same season at every start.
const SEED: u64 = 20_261_121;
/// Where the tablets of a venue stand.
const TABLETS: [&str; 4] = ["Aula", "Katsomon ovi", "Kahvio", "Vaatesäilö"];
/// So many answers go to the writer together.
const TOGETHER: usize = 500;

impl DemoSeeder {
    /// Fills an empty store with a season that has just ended its last show at `now`. The tablets are those in touch.
    ///
    /// # Errors
    /// Where the store cannot do it.
    pub async fn seed(&self, now: Millis) -> Result<(DemoAccess, Vec<DemoTablet>), DemoError> {
        let same = Rng::seeded(SEED);
        let store = &*self.store;
        store.name_organisation("Sirkus & Sinfonia").await?;
        let survey = standard_survey::version(&same, now);
        store.publish(same.uuid(now).into(), &standard_survey::name(), &survey, now).await?;
        let workshop = workshop_survey::version(&same, now);
        store.publish(same.uuid(now).into(), &workshop_survey::name(), &workshop, now).await?;
        let season = season::season(&same, survey.version, workshop.version, now);
        for venue in &season.venues {
            store.save_venue(venue).await?;
        }
        for production in &season.productions {
            store.save_production(production).await?;
        }
        for season_event in season.events.iter().filter(|season_event| season_event.is_scheduled) {
            store.save_event(&season_event.event).await?;
        }
        // An answer from before its tablet was paired would be doubted.
        let opened = season.events.iter().map(|season_event| season_event.event.starts_at).min().unwrap_or(now) - DAY;
        let kiosk_token = new_token(&self.rng);
        let (mut tablets_by_venue, mut pairings) = (Vec::new(), Vec::new());
        for venue in &season.venues {
            let mut tablets = Vec::new();
            for name in TABLETS {
                let pairing = Pairing {
                    id: PairingId(same.uuid(now)),
                    kiosk: same.uuid(now).into(),
                    kiosk_name: name.to_owned(),
                    venue: venue.id,
                };
                let is_first = tablets_by_venue.is_empty() && tablets.is_empty();
                let token = if is_first { kiosk_token.clone() } else { new_token(&self.rng) };
                store.add_kiosk(&pairing, hash_token(&token), opened).await?;
                tablets.push(pairing);
            }
            pairings.extend(tablets.clone());
            tablets_by_venue.push((venue.id, VenueTablets::new(tablets)));
        }
        let mut random = StdRng::seed_from_u64(SEED);
        for season_event in &season.events {
            let Some((_, tablets)) = tablets_by_venue.iter_mut().find(|(venue, _)| *venue == season_event.event.venue)
            else {
                continue;
            };
            let asked = if season_event.event.survey_version == workshop.version { &workshop } else { &survey };
            self.answer(season_event, tablets, asked, &same, &mut random, now).await?;
        }
        let mut in_touch = Vec::new();
        let last = pairings.len().saturating_sub(1);
        for (place, pairing) in pairings.into_iter().enumerate() {
            let (beat, said_at) = self.sign_of_life(&pairing, (place == 0, place == last), now).await?;
            store.record_heartbeat(pairing.id, &beat, said_at).await?;
            if place < last {
                in_touch.push(DemoTablet { pairing, beat, said_at });
            }
        }
        let (email, password) = self.staff(now).await?;
        let event_code = season.events.iter().rfind(|season_event| season_event.event.ends_at <= now);
        let event_code = event_code.map(|season_event| season_event.event.code.clone()).unwrap_or_default();
        Ok((DemoAccess { kiosk_token, event_code, email, password }, in_touch))
    }

    async fn answer(
        &self,
        season_event: &season::SeasonEvent,
        tablets: &mut VenueTablets,
        survey: &domain::survey::SurveyVersion,
        same: &Rng,
        random: &mut StdRng,
        now: Millis,
    ) -> Result<(), DemoError> {
        let visitors = audience::visitors(season_event, tablets, survey, same, random, now);
        let mut together = Vec::with_capacity(TOGETHER);
        for visitor in visitors {
            together.push(match visitor {
                audience::Visitor::AtKiosk { tablet, item, received_at } => {
                    let by = &tablets.pairings[tablet];
                    let delivery = crate::intake::Delivery { by, received_at, offset_ms: 0 };
                    self.intake.from_kiosk(item, delivery).await?
                }
                audience::Visitor::OnPhone { item, received_at } => {
                    let venue = season_event.event.venue;
                    self.intake.from_phone(item, venue, received_at, received_at, SourceClass::Unknown).await?
                }
            });
            if together.len() == TOGETHER {
                self.writer.submit(std::mem::take(&mut together)).await?;
            }
        }
        if !together.is_empty() {
            self.writer.submit(together).await?;
        }
        Ok(())
    }

    /// The first tablet waits to be opened, and numbers from one again; the last was switched off after
    /// a concert, with two answers in it; with the others all is well.
    async fn sign_of_life(
        &self,
        pairing: &Pairing,
        (is_first, is_last): (bool, bool),
        now: Millis,
    ) -> Result<(Heartbeat, Millis), StoreError> {
        let at = if is_last { now - 2 * DAY } else { now };
        let seen = if is_first { 0 } else { self.store.seq_seen(pairing.id).await? };
        let beat = Heartbeat {
            device_now: at,
            seq: seen,
            app_version: self.version.clone(),
            persisted: Some(true),
            storage: Some(StorageEstimate { usage: 4.2e6, quota: 2.1e9 }),
            battery: Some(0.64),
            charging: Some(!is_last),
            ..Heartbeat::default()
        };
        let left = Heartbeat { seq: seen + 2, outbox: 2, oldest_ms: Some(3 * MINUTE), ..beat.clone() };
        Ok((if is_last { left } else { beat }, at))
    }

    async fn staff(&self, now: Millis) -> Result<(String, String), DemoError> {
        let email = "demo@aplodi.example".to_owned();
        let password = new_token(&self.rng)[..16].to_owned();
        let user = User { id: self.rng.uuid(now).into(), email: email.clone(), role: Role::Admin, scope: Scope::All };
        self.store.add_user(&user, now).await?;
        self.store.set_password(user.id, &password::hash(password.clone(), self.rng.bytes()).await?, now).await?;
        Ok((email, password))
    }
}
