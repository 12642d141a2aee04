//! `/staff/kiosks`: how every tablet is, and what was told about them.

use std::collections::HashMap;

use app::pages::{
    fragment,
    staff::{
        kiosks::{
            Kiosks, KiosksData, LiveKiosks, Pin,
            alert_log::{AlertEntry, Became, Message, To},
            row::Row,
        },
        pairing::done::Done,
        subject::data::LiveAddresses,
    },
};
use axum::{
    extract::Query,
    response::{Html, IntoResponse, Response},
};
use domain::{id::KioskId, time::Millis};
use leptos::view;
use url::Url;

use super::remote_form::{self, TypedWords};
use crate::{
    health::{LEFT, VenueHealth, gather},
    http::{
        forms::AfterForm,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
};
use store::{
    StoreError,
    alerts::{Delivery, DeliveryMethod, LoggedAlert},
    kiosk_commands::Command,
    staff::Role,
};

/// So many of the newest alerts stand on the page.
const ALERTS: u32 = 20;

/// `GET`: the tablets.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    page(&staff, &context, after.done.as_deref().and_then(Done::from_name), None).await
}

/// The page, after something has happened, or with what is wrong with what a paused tablet is to say.
pub(super) async fn page(
    staff: &StaffContext,
    context: &PageContext,
    happened: Option<Done>,
    words: Option<TypedWords>,
) -> Result<Response, PageError> {
    let mut data = data(staff, context).await?;
    data.is_asked = happened == Some(Done::Asked);
    if data.may_edit && data.rows.iter().any(|row| row.report.paired_at.is_some()) {
        let venues = staff.store.venues().await?;
        let venues = venues.into_iter().map(|venue| (venue.id, venue.name)).collect();
        data.remote = Some(remote_form::form(remote_form::TO_ALL.to_owned(), venues, words));
    }
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Kiosks data=data shell=shell /> }))
}

/// `GET /staff/kiosks/live`: the part of it that changes.
///
/// # Errors
/// As [`show`].
pub async fn live(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let (data, lang) = (data(&staff, &context).await?, context.lang);
    Ok(Html(fragment(move || view! { <LiveKiosks data=data lang=lang /> })).into_response())
}

async fn data(staff: &StaffContext, context: &PageContext) -> Result<KiosksData, StoreError> {
    let now = staff.now();
    let may_edit = staff.role >= Role::Editor;
    let venues = gather(&*staff.store, now).await?;
    let alerts = staff.store.alert_log(ALERTS).await?;
    let version = staff.version();
    let commands = staff.store.commands(now).await?;
    let mut rows: Vec<Row> = venues.iter().flat_map(|venue| rows(venue, now, &version, &commands)).collect();
    // Stable: among equals by venue and name.
    rows.sort_by_key(|row| std::cmp::Reverse(row.health.weight()));
    let places: HashMap<KioskId, &Row> = rows.iter().map(|row| (row.kiosk, row)).collect();
    let alert_log =
        alerts.into_iter().filter_map(|logged| Some(entry(places.get(&logged.alert.kiosk)?, logged, may_edit)));
    let alert_log = alert_log.collect();
    let wants_mail = venues.iter().any(|venue| !venue.settings.alerts.emails.is_empty());
    Ok(KiosksData {
        alert_log,
        rows,
        pins: if may_edit { venues.iter().map(|venue| pin(staff, venue)).collect() } else { Vec::new() },
        may_edit,
        mail_is_missing: wants_mail && !staff.can_email(),
        phone_conflicts: staff.store.phone_conflicts(now - LEFT).await?.into_values().sum(),
        too_little_disk: staff.too_little_disk().await?,
        now,
        live: LiveAddresses {
            changes: "/staff/changes?kiosks=true".to_owned(),
            fragment: format!("/staff/kiosks/live?lang={}", context.lang),
        },
        remote: None,
        is_asked: false,
    })
}

fn rows(venue: &VenueHealth, now: Millis, version: &str, commands: &[Command]) -> impl Iterator<Item = Row> {
    venue.kiosks.iter().map(move |kiosk| {
        let (asked, paused_until) = remote_form::asked(commands, kiosk.id);
        Row {
            kiosk: kiosk.id,
            name: kiosk.name.clone(),
            venue: venue.venue.name.clone(),
            time_zone: venue.venue.time_zone.clone(),
            report: kiosk.report.clone(),
            health: venue.judge(kiosk, now, version),
            asked,
            paused_until,
        }
    })
}

fn pin(staff: &StaffContext, venue: &VenueHealth) -> Pin {
    let own = venue.settings.pin.clone();
    let pin = own.unwrap_or_else(|| staff.usual_pin(venue.venue.id));
    Pin { venue: venue.venue.name.clone(), digits: pin.as_str().to_owned() }
}

fn entry(row: &Row, logged: LoggedAlert, may_edit: bool) -> AlertEntry {
    AlertEntry {
        alert: logged.alert.alert,
        kiosk: row.name.clone(),
        venue: row.venue.clone(),
        time_zone: row.time_zone.clone(),
        messages: logged.deliveries.into_iter().map(|delivery| message(delivery, may_edit)).collect(),
    }
}

/// Colleagues' addresses are for those who decide about them; the rest of a webhook's address may be
/// a secret, and is for nobody.
fn message(delivery: Delivery, may_edit: bool) -> Message {
    let Delivery { method, target, sent_at, given_up_at, trouble } = delivery;
    let to = match method {
        DeliveryMethod::Email => To::Email(may_edit.then_some(target)),
        DeliveryMethod::Webhook => {
            let host = Url::parse(&target).ok().and_then(|url| url.host_str().map(str::to_owned));
            To::Webhook(host.filter(|_| may_edit))
        }
    };
    // What a program answers is the word of whoever stands at an address that somebody has typed; and a mail server
    // names whom it refuses.
    let may_read = may_edit && method == DeliveryMethod::Email;
    let trouble = trouble.map(|why| if may_read { why } else { String::new() });
    let became = match (sent_at, given_up_at, trouble) {
        (Some(at), _, _) => Became::Sent(at),
        (None, Some(at), why) => Became::GivenUp(at, why.unwrap_or_default()),
        (None, None, Some(why)) => Became::Failed(why),
        (None, None, None) => Became::Waiting,
    };
    Message { to, became }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_may_not_know_a_colleague_does_not_read_whom_a_mail_server_refused() {
        let refused = "permanent error (550): no mailbox of maija@house.example here";
        let shown = |method, given_up_at, may_edit| {
            let (target, trouble) = ("maija@house.example".to_owned(), Some(refused.to_owned()));
            let message = message(Delivery { method, target, sent_at: None, given_up_at, trouble }, may_edit);
            format!("{message:?}")
        };
        for given_up_at in [None, Some(1)] {
            assert!(!shown(DeliveryMethod::Email, given_up_at, false).contains("maija"));
            assert!(shown(DeliveryMethod::Email, given_up_at, true).contains(refused));
            assert!(!shown(DeliveryMethod::Webhook, given_up_at, true).contains("maija"));
        }
    }
}
