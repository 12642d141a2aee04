//! Finds what began and what ended since the last round, and writes the messages that tell it.

use app::emails::alert::AlertNotice;
use domain::{
    health::alert::{Alert, Kind, Step, step},
    time::{DAY, Millis},
};
use uuid::Uuid;

use super::AlertJob;
use crate::{
    health::{Kiosk, VenueHealth, gather},
    local_time::{minute_of_day, zone},
    notify::service::Telling,
};
use store::{
    Scope, StoreError,
    alerts::{KioskAlert, Message},
};

/// For so long one can read what was told.
const REMEMBERED: Millis = 90 * DAY;

impl AlertJob {
    /// Finds and writes, venue by venue.
    pub(super) async fn find(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let known = self.store.system().newest_alerts().await?;
        for venue in gather(&*self.store.for_staff(Scope::All), now).await? {
            let minute = minute_of_day(now, &zone(&venue.venue.time_zone));
            let is_quiet = venue.settings.alerts.is_quiet(minute);
            for (kiosk, kind) in venue.kiosks.iter().flat_map(|kiosk| Kind::ALL.map(|kind| (kiosk, kind))) {
                let known = known.iter().find(|known| known.kiosk == kiosk.id && known.alert.kind == kind);
                let context = venue.context(now, &self.tablet_version);
                let step = step(kind, &kiosk.report, context, known.map(|known| known.alert), is_quiet);
                let Some(alert) = step.keep else { continue };
                let same = known.filter(|known| known.alert.began_at == alert.began_at);
                let id = same.map_or_else(|| self.rng.uuid(now), |known| known.id);
                let messages = self.messages(&venue, kiosk, id, &alert, step)?;
                let alert = KioskAlert { id, kiosk: kiosk.id, alert };
                self.store.system().keep_alert(&alert, &messages, now - REMEMBERED).await?;
            }
        }
        Ok(())
    }

    /// The messages of one step.
    fn messages(
        &self,
        venue: &VenueHealth,
        kiosk: &Kiosk,
        id: Uuid,
        alert: &Alert,
        step: Step,
    ) -> Result<Vec<Message>, StoreError> {
        let mut messages = Vec::new();
        let news = [(step.tell, false), (step.tell_end, true)];
        for is_over in news.into_iter().filter_map(|(tell, over)| tell.then_some(over)) {
            let address = self.service.kiosks_page();
            let notice = AlertNotice { alert, is_over, kiosk: &kiosk.name, venue: &venue.venue, address };
            let telling = Telling { notice, kiosk: kiosk.id, alert: id, to: &venue.settings.alerts };
            messages.extend(self.service.messages(telling, &self.rng, self.clock.now())?);
        }
        Ok(messages)
    }
}
