//! How the kiosks are: gathers reports, programme and settings, and has `domain::health` judge
//! them. The page of the staff and the alerts read the same.

use domain::{
    audience_hours::AudienceHours,
    event::{Venue, Window},
    health::{Health, HealthContext, Report, monitoring_hours},
    id::KioskId,
    time::{DAY, Millis},
    venue_settings::VenueSettings,
};

use crate::{local_time::zone, opening_hours::open_times};
use store::{StaffStore, StoreError, health::KioskReport};

/// So far ahead the next time that tablets are monitored is looked for.
const AHEAD: Millis = 14 * DAY;
/// For so long it matters that a tablet which was taken away still held responses, and that something came twice.
pub const LEFT: Millis = 30 * DAY;

/// A venue with its kiosks.
#[derive(Clone, Debug)]
pub struct VenueHealth {
    /// which venue
    pub venue: Venue,
    /// what staff decided about it
    pub settings: VenueSettings,
    /// when its tablets are monitored, from now on
    pub hours: Vec<Window>,
    /// since when a server has listened to its tablets without a pause
    pub listening_since: Millis,
    /// its kiosks, by name
    pub kiosks: Vec<Kiosk>,
}

/// A kiosk.
#[derive(Clone, Debug)]
pub struct Kiosk {
    /// which kiosk
    pub id: KioskId,
    /// where it stands
    pub name: String,
    /// what is known of its tablet
    pub report: Report,
}

impl VenueHealth {
    /// What a report from this venue is judged against; `version` is what tablets ought to run.
    #[must_use]
    pub fn context<'a>(&self, now: Millis, version: &'a str) -> HealthContext<'a> {
        HealthContext {
            now,
            is_monitored: monitoring_hours::is_on(&self.hours, now),
            next_monitored: monitoring_hours::next(&self.hours, now),
            listening_since: self.listening_since,
            silent_after: self.settings.alerts.silent_after_ms,
            version,
        }
    }

    /// How a kiosk of this venue is.
    #[must_use]
    pub fn judge(&self, kiosk: &Kiosk, now: Millis, version: &str) -> Health {
        Health::of(&kiosk.report, self.context(now, version))
    }
}

/// Every venue that the store shows, by name.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn gather(store: &dyn StaffStore, now: Millis) -> Result<Vec<VenueHealth>, StoreError> {
    let listening_since = store.listening_since(now).await?;
    let mut reports = store.kiosk_reports(now - LEFT).await?;
    let events = store.events(Window { from: now, until: now + AHEAD }).await?;
    let mut all_settings = store.venue_settings().await?;
    let mut venues = Vec::new();
    for venue in store.venues().await? {
        let settings = all_settings.remove(&venue.id).unwrap_or_default();
        let events: Vec<AudienceHours> =
            events.iter().filter(|event| event.venue == venue.id).map(AudienceHours::from).collect();
        let open = open_times(&settings.opening, &zone(&venue.time_zone), &[], now);
        let hours = monitoring_hours::monitoring_hours(&events, open.as_ref().map(|open| open.windows.as_slice()));
        let here = reports.extract_if(.., |report| report.venue == venue.id);
        let kiosks = here.map(|KioskReport { kiosk, name, report, .. }| Kiosk { id: kiosk, name, report }).collect();
        venues.push(VenueHealth { venue, settings, hours, listening_since, kiosks });
    }
    Ok(venues)
}
