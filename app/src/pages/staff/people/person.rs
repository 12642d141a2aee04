//! Somebody: what they may do and see, and whether they may come in.

use leptos::prelude::*;

use super::{
    data::{LoginState, PersonRow, RightsForm, person_address},
    rights::rights,
};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        facts::Facts,
        field::SelectRow,
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        section::Section,
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::id::UserId;

/// What did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonProblem {
    /// nobody would be left who decides about everything
    LastAdmin,
    /// whoever was chosen cannot take over
    Successor,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PersonData {
    /// who it is
    pub person: PersonRow,
    /// what stands in the fields
    pub rights: RightsForm,
    /// who else can take over; empty where it is not the reader's own page
    pub successors: Vec<(UserId, String)>,
    /// in how many browsers they are logged in
    pub sessions: u64,
    /// whether a link for a new password can be sent to them
    pub may_reset: bool,
    /// what did not work
    pub problem: Option<PersonProblem>,
    /// what was done: `saved` or `disabled`
    pub done: Option<String>,
}

/// The page.
#[component]
pub fn PersonPage(
    /// what it shows
    data: PersonData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let PersonData { person, rights: form, successors, sessions, may_reset, problem, done } = data;
    let step = person.has_second_step.then(|| remove_step(person.id, locale));
    let here = person_address(person.id);
    let problem = match problem {
        Some(PersonProblem::LastAdmin) => Some(td_string!(locale, people.last_admin)),
        Some(PersonProblem::Successor) => Some(td_string!(locale, people.problem_successor)),
        None if form.nothing_ticked => Some(td_string!(locale, people.problem_person)),
        None => None,
    };
    let done = done.as_deref().and_then(|word| match word {
        "saved" => Some(td_string!(locale, people.saved).to_owned()),
        "step-off" => Some(td_string!(locale, account.step_switched_off).to_owned()),
        "ended" => Some(td_string!(locale, account.ended).to_owned()),
        "reset" => Some(td_string!(locale, account.reset_sent).to_owned()),
        "disabled" => Some(td_string!(locale, people.disabled).to_owned()),
        _ => None,
    });
    let facts = vec![
        (td_string!(locale, people.state).to_owned(), person.state.says(locale)),
        (td_string!(locale, people.last).to_owned(), person.last(locale)),
    ];
    let (hand_over, way_in, save) = (
        hand_over(&here, successors, locale),
        way_in(&here, matches!(person.state, LoginState::Disabled(_)), locale),
        here,
    );
    let sessions = (sessions > 0).then(|| log_out(person.id, sessions, locale));
    let reset = may_reset.then(|| reset(person.id, locale));
    let fields = rights(form, locale);
    let title = person.email.clone();
    view! {
        <Layout shell=shell at=NavItem::People title=title.clone()>
            <PageHead title=title line=person.sees(locale).into_any() />
            <Toast says=done />
            <FormProblem says=problem.map(str::to_owned) />
            <Facts facts=facts />
            <Section id="rights" title=td_string!(locale, people.rights)>
                <form class="settings" method="post" action=save>
                    {fields}
                    <Actions>
                        <SubmitButton text=td_string!(locale, people.save) primary=true />
                    </Actions>
                </form>
            </Section>
            {hand_over}
            {sessions}
            {reset}
            {step}
            {way_in}
        </Layout>
    }
}

fn log_out(id: UserId, sessions: u64, locale: Lang) -> impl IntoView {
    view! {
        <Section id="sessions" title=td_string!(locale, account.their_sessions)>
            <form method="post" action=format!("{}/sessions/end", person_address(id)) class="slip">
                <p class="says">{td_string!(locale, account.their_sessions_says, count = sessions)}</p>
                <Actions>
                    <SubmitButton text=td_string!(locale, account.end_everywhere) />
                </Actions>
            </form>
        </Section>
    }
}

fn remove_step(id: UserId, locale: Lang) -> impl IntoView {
    view! {
        <Section id="second-step" title=td_string!(locale, account.step)>
            <form method="post" action=format!("{}/second-step/off", person_address(id)) class="slip">
                <p class="says">{td_string!(locale, account.remove_step_says)}</p>
                <Actions>
                    <SubmitButton text=td_string!(locale, account.remove_step) />
                </Actions>
            </form>
        </Section>
    }
}

fn reset(id: UserId, locale: Lang) -> impl IntoView {
    view! {
        <Section id="reset" title=td_string!(locale, account.reset)>
            <form method="post" action=format!("{}/reset", person_address(id)) class="slip">
                <p class="says">{td_string!(locale, account.reset_says)}</p>
                <Actions>
                    <SubmitButton text=td_string!(locale, account.forgot_send) />
                </Actions>
            </form>
        </Section>
    }
}

fn way_in(here: &str, is_disabled: bool, locale: Lang) -> impl IntoView + use<> {
    let (link, disable, remove) = (format!("{here}/link"), format!("{here}/disable"), format!("{here}/remove"));
    let ask = remove.clone();
    let disable = (!is_disabled).then(|| {
        view! {
            <Section id="disable" title=td_string!(locale, people.disable)>
                <form method="post" action=disable class="slip">
                    <p class="says">{td_string!(locale, people.disable_says)}</p>
                    <Actions>
                        <SubmitButton text=td_string!(locale, people.disable) />
                        <ButtonLink href=ask text=td_string!(locale, people.remove) />
                    </Actions>
                </form>
            </Section>
        }
    });
    let remove = is_disabled.then(|| {
        view! {
            <Actions>
                <ButtonLink href=remove text=td_string!(locale, people.remove) />
            </Actions>
        }
    });
    view! {
        <Section id="new-link" title=td_string!(locale, people.new_link)>
            <form method="post" action=link class="slip">
                <p class="says">{td_string!(locale, people.new_link_says)}</p>
                <Actions>
                    <SubmitButton text=td_string!(locale, people.do_new_link) />
                </Actions>
            </form>
        </Section>
        {disable}
        {remove}
    }
}

fn hand_over(here: &str, successors: Vec<(UserId, String)>, locale: Lang) -> Option<impl IntoView + use<>> {
    let action = format!("{here}/hand-over");
    (!successors.is_empty()).then(|| {
        let options = successors
            .into_iter()
            .map(|(id, email)| view! { <option value=id.to_string()>{email}</option> })
            .collect_view();
        view! {
            <Section id="hand-over" title=td_string!(locale, people.hand_over)>
                <form method="post" action=action class="slip">
                    <p class="says">{td_string!(locale, people.hand_over_says)}</p>
                    <SelectRow id="successor" label=td_string!(locale, people.successor)>
                        {options}
                    </SelectRow>
                    <Actions>
                        <SubmitButton text=td_string!(locale, people.do_hand_over) />
                    </Actions>
                </form>
            </Section>
        }
    })
}
