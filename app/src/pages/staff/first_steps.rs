//! What those see on *Tonight* who look after the installation: the first steps until they are taken, and how old the
//! newest backup is.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        notice::{Notice, NoticeKind},
        section::Section,
    },
    pages::when::When,
};
use domain::{
    lang::Lang,
    time::{DAY, Millis},
};

/// The address that puts the first steps away.
pub const AWAY: &str = "/staff/first-steps/away";
/// A backup is made every day; one that is older than two was missed.
const OLD: Millis = 2 * DAY;

/// One of the steps, in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// a tablet is paired
    Tablet,
    /// a poster hangs, and somebody has answered by it
    Poster,
    /// there is an event
    Programme,
    /// there is a second member of staff
    Colleagues,
    /// numbers can be looked at
    Numbers,
}

impl Step {
    /// In minutes, at most.
    const fn takes(self) -> u8 {
        match self {
            Self::Tablet | Self::Poster => 10,
            Self::Programme => 30,
            Self::Colleagues | Self::Numbers => 5,
        }
    }

    /// What it is, and what it brings.
    fn words(self, locale: Lang) -> (&'static str, &'static str) {
        match self {
            Self::Tablet => (td_string!(locale, first_steps.tablet), td_string!(locale, first_steps.tablet_brings)),
            Self::Poster => (td_string!(locale, first_steps.poster), td_string!(locale, first_steps.poster_brings)),
            Self::Programme => {
                (td_string!(locale, first_steps.programme), td_string!(locale, first_steps.programme_brings))
            }
            Self::Colleagues => {
                (td_string!(locale, first_steps.colleagues), td_string!(locale, first_steps.colleagues_brings))
            }
            Self::Numbers => (td_string!(locale, first_steps.numbers), td_string!(locale, first_steps.numbers_brings)),
        }
    }

    /// Where it is taken; numbers are looked at where the steps stand.
    fn way(self, locale: Lang) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Tablet => Some(("/staff/kiosks/pair", td_string!(locale, first_steps.go_tablet))),
            Self::Poster => Some(("/staff/events", td_string!(locale, first_steps.go_poster))),
            Self::Programme => Some(("/staff/events/new", td_string!(locale, first_steps.go_programme))),
            Self::Colleagues => Some(("/staff/people", td_string!(locale, first_steps.go_colleagues))),
            Self::Numbers => None,
        }
    }
}

/// What is shown to those who look after the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstallationData {
    /// each step and whether it was taken; none once all are, or they were put away
    pub steps: Vec<(Step, bool)>,
    /// when the newest backup was made, milliseconds UTC
    pub backed_up_at: Option<Millis>,
    /// when the printed recovery code was used, which the reader has not said they have seen
    pub recovered_at: Option<Millis>,
    /// whether there are answers that a backup would save
    pub has_answers: bool,
    /// milliseconds UTC
    pub now: Millis,
    /// an IANA name: the clock of the first venue
    pub time_zone: String,
}

/// The first steps; nothing where none is left.
#[component]
pub fn FirstSteps(
    /// what is shown
    data: InstallationData,
    /// the language of the page
    locale: Lang,
) -> impl IntoView {
    let next = data.steps.iter().find(|(_, done)| !done).map(|(step, _)| *step);
    let rows = data.steps.into_iter().map(|(step, done)| row(step, done, next, locale)).collect_view();
    next.map(|_| {
        view! {
            <Section id="first-steps" title=td_string!(locale, first_steps.title)>
                <p class="says">{td_string!(locale, first_steps.says)}</p>
                <ol class="ladder">{rows}</ol>
                <form method="post" action=AWAY>
                    <SubmitButton text=td_string!(locale, first_steps.away) />
                </form>
            </Section>
        }
    })
}

fn row(step: Step, done: bool, next: Option<Step>, locale: Lang) -> impl IntoView {
    let (name, brings) = step.words(locale);
    let minutes = td_string!(locale, first_steps.minutes, minutes = step.takes());
    let state = if done { td_string!(locale, first_steps.done).to_owned() } else { minutes };
    let way = step.way(locale).filter(|_| !done).map(|(path, text)| {
        view! {
            <Actions>
                <ButtonLink href=path text=text primary=next == Some(step) />
            </Actions>
        }
    });
    view! {
        <li class:is-done=done>
            <h3>{name}</h3>
            <p class="mark">{state}</p>
            <p class="quiet">{brings}</p>
            {way}
        </li>
    }
}

/// How old the newest backup is, loudly where it is too old or there is none.
#[component]
pub fn BackupAge(
    /// what is shown
    data: InstallationData,
    /// the language of the page
    locale: Lang,
) -> impl IntoView {
    let when = |at: Millis| When::new(locale, &data.time_zone).date_and_time(at);
    match data.backed_up_at {
        Some(at) if data.now - at <= OLD => {
            let says = td_string!(locale, first_steps.backed_up, when = when(at));
            view! { <p class="quiet">{says}</p> }.into_any()
        }
        Some(at) => {
            let says = td_string!(locale, first_steps.old_backup, when = when(at));
            view! { <Notice kind=NoticeKind::Standing says=says /> }.into_any()
        }
        None => {
            let says = data.has_answers.then(|| td_string!(locale, first_steps.no_backup).to_owned());
            view! { <Notice kind=NoticeKind::Standing says=says /> }.into_any()
        }
    }
}
