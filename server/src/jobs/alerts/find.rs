//! Finds what began and what ended since the last round, and writes the messages that tell it.

use app::letters::alert::{Letter, News};
use domain::{
    health::alert::{Alert, Kind, Step, step},
    time::{DAY, Millis},
};
use uuid::Uuid;

use crate::{
    health::{Kiosk, VenueHealth, gather},
    http::state::AppState,
    jobs::webhook::Call,
    local_time::{minute_of_day, zone},
};
use store::{
    Scope, StoreError,
    alerts::{KioskAlert, Message, Way},
};

/// For so long one can read what was told.
const REMEMBERED: Millis = 90 * DAY;

/// Finds and writes, venue by venue.
pub(super) async fn find(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let known = state.store.newest_alerts().await?;
    let version = state.site.version();
    for venue in gather(&*state.store, &Scope::All, now).await? {
        let minute = minute_of_day(now, &zone(&venue.venue.time_zone));
        let is_quiet = venue.settings.alerts.is_quiet(minute);
        for (kiosk, kind) in venue.kiosks.iter().flat_map(|kiosk| Kind::ALL.map(|kind| (kiosk, kind))) {
            let known = known.iter().find(|known| known.kiosk == kiosk.id && known.alert.kind == kind);
            let step = step(kind, &kiosk.report, venue.around(now, &version), known.map(|known| known.alert), is_quiet);
            let Some(alert) = step.keep else { continue };
            let same = known.filter(|known| known.alert.began_at == alert.began_at);
            let id = same.map_or_else(|| state.rng.uuid(now), |known| known.id);
            let messages = messages(state, &venue, kiosk, id, alert, step)?;
            let alert = KioskAlert { id, kiosk: kiosk.id, alert };
            state.store.keep_alert(&alert, &messages, now - REMEMBERED).await?;
        }
    }
    Ok(())
}

/// The messages of one step: to everybody whom the venue names, and who can be reached.
fn messages(
    state: &AppState,
    venue: &VenueHealth,
    kiosk: &Kiosk,
    id: Uuid,
    alert: Alert,
    step: Step,
) -> Result<Vec<Message>, StoreError> {
    let now = state.clock.now();
    let address = state.address("/staff/kiosks");
    let to = &venue.settings.alerts;
    let mut messages = Vec::new();
    for is_over in
        [(step.tell, false), (step.tell_end, true)].into_iter().filter_map(|(tell, over)| tell.then_some(over))
    {
        let news = News { alert: &alert, is_over, kiosk: &kiosk.name, venue: &venue.venue, address: &address };
        let letter = Letter::of(&news);
        let mut add = |way, target: &str, payload| {
            let (id, alert, target) = (state.rng.uuid(now), id, target.to_owned());
            messages.push(Message { id, alert, way, target, payload, made_at: now, tries: 0 });
        };
        for email in to.emails.iter().filter(|_| state.teller.writes_letters()) {
            add(Way::Email, email, serde_json::to_string(&letter)?);
        }
        if let Some(webhook) = &to.webhook {
            add(Way::Webhook, webhook, serde_json::to_string(&Call::of(&news, &letter, kiosk.id, id, now))?);
        }
    }
    Ok(messages)
}
