//! A kiosk: its name, its venue, its tablets over time.

use leptos::prelude::*;

use super::{
    choice::Choice,
    done::Done,
    history::{Tablet, history, moment},
};
use crate::{
    bidi::isolated,
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        facts::Facts,
        field::{Field, FieldRow, SelectRow},
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
        toast::Toast,
    },
    pages::{
        shell::Shell,
        staff::{
            name_problem::name_problem,
            remote::{Asked, RemoteControl, RemoteForm, asked_facts, paused},
        },
        when::When,
    },
};
use domain::{
    id::{KioskId, VenueId},
    name::NameProblem,
    time::Millis,
};

/// What the page of a kiosk shows.
#[derive(Clone, Debug)]
pub struct KioskData {
    /// which
    pub id: KioskId,
    /// where it stands: "Foyer"
    pub name: String,
    /// what was typed instead of it, where that was refused
    pub typed: Option<(String, NameProblem)>,
    /// the name of its venue
    pub venue: String,
    /// the clock of its venue, an IANA name
    pub time_zone: String,
    /// where else it may be
    pub elsewhere: Vec<(VenueId, String)>,
    /// its tablets, the newest first
    pub tablets: Vec<Tablet>,
    /// whether the reader may change anything
    pub may_change: bool,
    /// what has just happened
    pub done: Option<Done>,
    /// what can be asked of its tablet from here
    pub remote: RemoteForm,
    /// what was asked, by time
    pub asked: Vec<Asked>,
    /// until when it is paused, milliseconds UTC
    pub paused_until: Option<Millis>,
}

/// The page of a kiosk.
#[component]
pub fn Kiosk(
    /// what it shows
    data: KioskData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let when = When::new(shell.lang, &data.time_zone);
    let done = data.done.map(|done| done.message(locale).to_owned());
    let now_there = data.tablets.iter().find(|tablet| tablet.ended.is_none());
    let state = now_there.map_or_else(
        || td_string!(locale, pairing.no_tablet).to_owned(),
        |tablet| td_string!(locale, pairing.has_tablet, when = moment(&when, tablet.from)),
    );
    let line = format!("{} · {state}", isolated(&data.venue)).into_any();
    let has_tablet = now_there.is_some();
    let changes = data.may_change.then(|| changes(locale, &data, has_tablet));
    let asked = asked_facts(&data.asked, &when, locale);
    let asked = (!asked.is_empty()).then(|| view! { <Facts facts=asked /> });
    let pause = data.paused_until.map(|until| paused(until, &when, locale));
    let remote = (data.may_change && has_tablet).then(|| {
        view! { <RemoteControl form=data.remote.clone() locale=locale /> }
    });
    let title = data.name.clone();
    let history = history(locale, &when, data.tablets);
    view! {
        <Layout shell=shell at=NavItem::Kiosks title=title.clone()>
            <PageHead title=title line=line />
            <Toast says=done />
            <Notice kind=NoticeKind::Standing says=pause />
            {asked}
            {changes}
            {remote}
            {history}
        </Layout>
    }
}

fn changes(locale: Lang, data: &KioskData, has_tablet: bool) -> impl IntoView + use<> {
    let id = data.id;
    let to = |what: &str| format!("/staff/kiosks/{id}/{what}");
    let (rename, relocate, unpair) = (to("name"), to("venue"), to("unpair"));
    let (typed, problem) = data.typed.clone().unzip();
    let name = Field {
        id: "name",
        label: td_string!(locale, pairing.new_name),
        value: typed.unwrap_or_else(|| data.name.clone()),
        problem: problem.map(|problem| name_problem(locale, problem).to_owned()),
        ..Field::default()
    };
    let pair = format!("/staff/kiosks/pair?place={}", Choice::Instead(id).as_str());
    let pair_text =
        if has_tablet { td_string!(locale, pairing.replace) } else { td_string!(locale, pairing.pair_here) };
    let unpair = has_tablet.then(|| {
        view! { <ButtonLink href=unpair text=td_string!(locale, pairing.unpair) /> }
    });
    let elsewhere = (!data.elsewhere.is_empty()).then(|| {
        let venues = data
            .elsewhere
            .iter()
            .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
            .collect_view();
        view! {
            <Section id="relocate" title=td_string!(locale, pairing.relocate)>
                <form method="post" action=relocate class="slip">
                    <SelectRow
                        id="venue"
                        label=td_string!(locale, pairing.to_venue)
                        hint=Some(td_string!(locale, pairing.move_hint))
                    >
                        {venues}
                    </SelectRow>
                    <Actions>
                        <SubmitButton text=td_string!(locale, pairing.do_move) />
                    </Actions>
                </form>
            </Section>
        }
    });
    view! {
        <Section id="tablet" title=td_string!(locale, pairing.tablet)>
            <Actions>
                <ButtonLink href=pair text=pair_text primary=true />
                {unpair}
            </Actions>
        </Section>
        <Section id="rename" title=td_string!(locale, pairing.rename)>
            <form method="post" action=rename class="slip">
                <FieldRow field=name />
                <Actions>
                    <SubmitButton text=td_string!(locale, pairing.save) />
                </Actions>
            </form>
        </Section>
        {elsewhere}
    }
}
