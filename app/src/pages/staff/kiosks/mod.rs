//! Every tablet, the one that needs somebody first, and what was told about them.
//!
//! - [`row`]: one tablet;
//! - [`messages`]: what may be wrong with it, in words that say what to do;
//! - [`alert_log`]: what people were told, and whether it arrived.

pub mod alert_log;
pub mod messages;
pub mod row;

use leptos::prelude::*;

use self::{alert_log::AlertEntry, row::Row};
use super::{
    remote::{RemoteControl, RemoteForm},
    subject::data::LiveAddresses,
};
use crate::{
    i18n::td_string,
    islands::live::{Live, Source},
    kit::{
        action::{Actions, ButtonLink},
        empty::Empty,
        facts::{FactLayout, Facts},
        layout::{Layout, NavItem, PageHead},
        log::Log,
        notice::{Notice, NoticeKind},
        section::Section,
        status_list::StatusList,
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::{lang::Lang, time::Millis};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct KiosksData {
    /// the tablets, the one that needs somebody first
    pub rows: Vec<Row>,
    /// what was told, newest first
    pub alert_log: Vec<AlertEntry>,
    /// the PIN of each venue, for those who may know it
    pub pins: Vec<Pin>,
    /// whether the reader may pair and replace tablets
    pub may_edit: bool,
    /// whether e-mail should be sent and cannot be
    pub mail_is_missing: bool,
    /// answers from phones that came again otherwise, too late to replace the first
    pub phone_conflicts: u64,
    /// what is left on the server's disk, in bytes, where that is too little
    pub too_little_disk: Option<u64>,
    /// milliseconds UTC
    pub now: Millis,
    /// where the live part listens
    pub live: LiveAddresses,
    /// what can be asked of the tablets from here, by those who may
    pub remote: Option<RemoteForm>,
    /// whether something has just been asked
    pub is_asked: bool,
}

/// What opens the staff sheet of the tablets of a venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// the venue's name
    pub venue: String,
    /// its digits
    pub digits: String,
}

/// The tablets.
#[component]
pub fn Kiosks(
    /// what it shows
    data: KiosksData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale) = (shell.lang, shell.locale());
    let title = td_string!(locale, health.kiosks);
    provide_context(Source::of_changes(data.live.changes.clone(), data.live.fragment.clone(), lang));
    let disk = data.too_little_disk.map(|bytes| td_string!(locale, health.disk_low, megabytes = bytes / 1_000_000));
    let conflicts = Some(data.phone_conflicts).filter(|n| *n > 0);
    let conflicts = conflicts.map(|n| td_string!(locale, health.phones_conflicting, n = n));
    let end = view! { <Live /> }.into_any();
    let pair = data.may_edit.then(|| {
        view! { <ButtonLink href="/staff/kiosks/pair" text=td_string!(locale, health.pair) primary=true /> }
    });
    let pins = pins(data.pins.clone(), locale);
    let asked = data.is_asked.then(|| td_string!(locale, remote.done).to_owned());
    let remote = data.remote.clone().map(|form| view! { <RemoteControl form=form locale=locale /> });
    view! {
        <Layout shell=shell at=NavItem::Kiosks title=title islands=true>
            <PageHead title=title line=().into_any() end=Some(end) />
            <Toast says=asked />
            <Notice kind=NoticeKind::Standing says=disk />
            <LiveKiosks data=data lang=lang />
            <Notice kind=NoticeKind::Standing says=conflicts />
            <Actions>
                {pair} <ButtonLink href="/kiosk/help" text=td_string!(locale, health.help) />
            </Actions>
            {remote}
            {pins}
        </Layout>
    }
}

/// The part of it that changes.
#[component]
pub fn LiveKiosks(
    /// what it shows
    data: KiosksData,
    /// for whom
    lang: Lang,
) -> impl IntoView {
    if data.rows.is_empty() {
        let says =
            if data.may_edit { td_string!(lang, health.none_says) } else { td_string!(lang, health.none_of_yours) };
        let empty = view! { <Empty title=td_string!(lang, health.none) says=says /> };
        return view! { <section id="live">{empty}</section> }.into_any();
    }
    let KiosksData { rows, alert_log, mail_is_missing, now, .. } = data;
    let rows = rows.into_iter().map(|row| row::status(row, now, lang)).collect();
    let missing = mail_is_missing.then(|| td_string!(lang, health.mail_off).to_owned());
    let alert_log = if alert_log.is_empty() {
        view! { <p class="quiet">{td_string!(lang, health.alerts_none)}</p> }.into_any()
    } else {
        let entries = alert_log.into_iter().map(|entry| alert_log::log_entry(entry, lang)).collect();
        view! { <Log entries=entries /> }.into_any()
    };
    view! {
        <section id="live">
            <StatusList rows=rows />
            <Section id="alerts" title=td_string!(lang, health.alerts)>
                <Notice kind=NoticeKind::Standing says=missing />
                {alert_log}
            </Section>
        </section>
    }
    .into_any()
}

fn pins(pins: Vec<Pin>, locale: Lang) -> Option<impl IntoView> {
    let pins: Vec<_> = pins.into_iter().map(|Pin { venue, digits }| (venue, digits)).collect();
    (!pins.is_empty()).then(|| {
        view! {
            <Section id="pins" title=td_string!(locale, health.pins)>
                <p class="quiet">{td_string!(locale, health.pins_says)}</p>
                <Facts facts=pins layout=FactLayout::Codes />
            </Section>
        }
    })
}
