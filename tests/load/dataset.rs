//! The data that a server starts with: one venue with a show that has just ended, fifty tablets, somebody of the
//! staff, and five years behind it.

use std::path::Path;

use ::store::{
    Scope, SystemStore,
    kiosks::Pairing,
    open::open,
    responses::NewResponse,
    staff::{Role, User},
};
use anyhow::Result;
use aplodi::{
    clock::{Clock, Rng, SystemClock},
    secrets::{hash_token, new_token},
};
use domain::{
    event::Window,
    id::{EventId, QuestionId, SurveyVersionId, VenueId},
    survey::SurveyVersion,
    time::{DAY, HOUR, LocalDay, MINUTE, Millis},
    venue_settings::{Burst, VenueSettings},
};
use harness::{fixture::Fixture, store};

use crate::options::Database;

/// As many as a large festival has.
const KIOSKS: usize = 50;
/// A venue's history, in months.
const MONTHS: i32 = 60;
/// Answers in each of them: enough to fill every cell of the tallies.
const EACH: u64 = 120;

/// What is measured on.
pub(crate) struct Dataset {
    /// the address of its database
    pub(crate) url: String,
    /// the tokens of the tablets
    pub(crate) kiosks: Vec<String>,
    /// a staff API token
    pub(crate) api_token: String,
    /// somebody of the staff who is logged in
    pub(crate) session: String,
    /// the place
    pub(crate) venue: VenueId,
    /// the show
    pub(crate) event: EventId,
    /// when it was over
    pub(crate) ended_at: Millis,
    /// the code on its poster
    pub(crate) code: String,
    /// what is asked
    pub(crate) survey: SurveyVersionId,
    /// the same, with its words
    pub(crate) version: SurveyVersion,
    /// face, NPS, choice, comment
    pub(crate) questions: [QuestionId; 4],
}

impl Dataset {
    /// Sets one up in a fresh database.
    pub(crate) async fn set_up(database: Database, folder: &Path) -> Result<Self> {
        let (url, store) = match database {
            Database::Sqlite => {
                let url = format!("sqlite://{}", folder.join("aplodi.db").display());
                let store = open(&url).await?;
                (url, store)
            }
            Database::Postgres => {
                let fresh = store::postgres().await;
                (fresh.url, fresh.store)
            }
        };
        let (now, rng) = (SystemClock.now(), Rng::from_system());
        let fixture = tonight(now);
        let system = &**store.system();
        fixture.open(system).await;
        let mut kiosks = Vec::new();
        for nth in 0..KIOSKS {
            let token = new_token(&rng);
            let (id, kiosk) = (rng.uuid(now).into(), rng.uuid(now).into());
            let pairing = Pairing { id, kiosk, kiosk_name: format!("aula {nth}"), venue: fixture.venue.id };
            system.add_kiosk(&pairing, hash_token(&token), now).await?;
            kiosks.push(token);
        }
        let (api_token, session) = staff(system, &rng, now).await?;
        remember(system, &fixture).await?;
        store.for_staff(Scope::All).set_venue_settings(fixture.venue.id, &doubting()).await?;
        Ok(Self {
            url,
            kiosks,
            api_token,
            session,
            venue: fixture.venue.id,
            event: fixture.event.id,
            ended_at: fixture.event.ends_at,
            code: fixture.event.code.clone(),
            survey: fixture.version.version,
            questions: [0, 1, 2, 3].map(|place| fixture.question(place)),
            version: fixture.version,
        })
    }
}

/// Judging does all its work, and the pace alone is believed: six hundred times as much happens here as anywhere.
fn doubting() -> VenueSettings {
    let burst = Burst { most: Burst::MOST, most_by_code: Burst::MOST, within_ms: 1 };
    VenueSettings { burst, ..VenueSettings::default() }
}

/// The show has just ended, by the clock of this machine.
fn tonight(now: Millis) -> Fixture {
    let mut fixture = Fixture::new();
    let ends_at = now - 15 * MINUTE;
    fixture.event.doors_at = Some(ends_at - 3 * HOUR);
    fixture.event.starts_at = ends_at - 2 * HOUR;
    fixture.event.ends_at = ends_at;
    fixture.event.window = Window::around(ends_at, Window::BEFORE, Window::AFTER, None);
    fixture
}

async fn staff(store: &dyn SystemStore, rng: &Rng, now: Millis) -> Result<(String, String)> {
    let (api_token, session) = (new_token(rng), new_token(rng));
    store.add_token(hash_token(&api_token), "load", Role::Viewer, now).await?;
    let user =
        User { id: rng.uuid(now).into(), email: "load@aplodi.example".into(), role: Role::Viewer, scope: Scope::All };
    store.add_user(&user, now).await?;
    store.add_session(hash_token(&session), user.id, now, now + DAY).await?;
    Ok((api_token, session))
}

/// Five years of evenings without an event of their own, so that "all time" has something to add up.
async fn remember(store: &dyn SystemStore, fixture: &Fixture) -> Result<()> {
    for month in 1..=MONTHS {
        let day = LocalDay::from_date(2021 + month / 12, 1 + month % 12, 15);
        let past = |mut response: NewResponse| {
            response.place.local_day = day;
            response.place.event = None;
            response.place.source = None;
            response
        };
        let audience: Vec<NewResponse> = fixture.audience(EACH).into_iter().map(past).collect();
        store.commit(&audience).await?;
    }
    Ok(())
}
