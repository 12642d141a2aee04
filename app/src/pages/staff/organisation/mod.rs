//! What staff decide about the organisation: the languages that its visitors read, how long what
//! they write is kept, what a new event asks, and how late numbers are shown.

mod form;

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldRow, SelectRow},
        form::{FieldGroup, FormProblem, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::{
    lang::{Lang, LanguageTag, Reader, Text},
    live_delay::LiveDelay,
};

pub use self::form::{LanguagesErrors, LanguagesForm, SettingsForm};

/// The address of the page.
pub const ORGANISATION: &str = "/staff/organisation";

/// The address of the page where its colours are chosen.
pub const LOOK: &str = "/staff/organisation/look";

/// The address of the page for its logo.
pub const LOGO: &str = "/staff/organisation/logo";

/// The address of the page for what the law asks to be said.
pub const NOTICES: &str = "/staff/organisation/notices";

/// What the page shows.
#[derive(Clone, Debug)]
pub struct OrganisationData {
    /// what is chosen, or was posted
    pub form: LanguagesForm,
    /// how late numbers are, or what was posted
    pub delay: LiveDelay,
    /// what is decided about comments and surveys, or was posted
    pub settings: SettingsForm,
    /// the surveys that there are, where there is a choice
    pub surveys: Vec<(String, Text)>,
    /// what is wrong with what was posted
    pub errors: LanguagesErrors,
    /// whether it has just been saved
    pub saved: bool,
}

/// The page.
#[component]
pub fn Organisation(
    /// what it shows
    data: OrganisationData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, name) = (shell.locale(), shell.organisation.clone());
    let OrganisationData { form, delay, settings, surveys, errors, saved } = data;
    let surveys = asked(locale, shell.reader, surveys, &settings.survey);
    let title = td_string!(locale, organisation.title);
    let is_wrong = errors != LanguagesErrors::default();
    let problem = is_wrong.then(|| td_string!(locale, organisation.problem).to_owned());
    let done = (saved && !is_wrong).then(|| td_string!(locale, organisation.saved).to_owned());
    let ticks = form.boxes.iter().copied().map(tick).collect_view();
    let add = Field {
        id: "add",
        label: td_string!(locale, organisation.add),
        value: form.add.clone(),
        hint: Some(td_string!(locale, organisation.add_hint)),
        problem: errors.add.map(|tag| td_string!(locale, organisation.problem_tag, tag = tag)),
        optional: true,
        exact: true,
        ..Field::default()
    };
    let options = form.boxes.iter().map(|(tag, _)| option(*tag, form.default)).collect_view();
    let no_default = errors.default.then(|| td_string!(locale, organisation.problem_default).to_owned());
    view! {
        <Layout shell=shell at=NavItem::Organisation title=title>
            <PageHead title=title line=name.into_any() />
            <Toast says=done />
            <p>
                <a href=LOOK>{td_string!(locale, organisation.to_look)}</a>
                " · "
                <a href=LOGO>{td_string!(locale, logo.title)}</a>
                " · "
                <a href=NOTICES>{td_string!(locale, organisation.to_notices)}</a>
            </p>
            <form class="settings" method="post" action=ORGANISATION>
                <FormProblem says=problem />
                <FieldGroup
                    legend=td_string!(locale, organisation.languages)
                    says=td_string!(locale, organisation.languages_says)
                >
                    {ticks}
                    <FieldRow field=add />
                    <SelectRow
                        id="default"
                        label=td_string!(locale, organisation.default)
                        hint=Some(td_string!(locale, organisation.default_hint))
                        problem=no_default
                    >
                        {options}
                    </SelectRow>
                    <p class="quiet">{td_string!(locale, organisation.kept)}</p>
                </FieldGroup>
                {written(locale, settings, errors.months)}
                {surveys}
                <FieldGroup
                    legend=td_string!(locale, organisation.delay_legend)
                    says=td_string!(locale, organisation.delay_says)
                >
                    <SelectRow
                        id="delay"
                        label=td_string!(locale, organisation.delay)
                        hint=Some(td_string!(locale, organisation.delay_hint))
                    >
                        {delays(delay, locale)}
                    </SelectRow>
                </FieldGroup>
                <Actions>
                    <SubmitButton text=td_string!(locale, organisation.save) primary=true />
                </Actions>
            </form>
        </Layout>
    }
}

/// What is decided about comments.
fn written(locale: Lang, settings: SettingsForm, is_wrong: bool) -> impl IntoView {
    let months = Field {
        id: "comment_months",
        label: td_string!(locale, organisation.comment_months),
        value: settings.comment_months,
        hint: Some(td_string!(locale, organisation.comment_months_hint)),
        problem: is_wrong.then(|| td_string!(locale, organisation.problem_months).to_owned()),
        mode: "numeric",
        optional: true,
        ..Field::default()
    };
    let reads = settings.viewers_read_comments;
    view! {
        <FieldGroup
            legend=td_string!(locale, organisation.comments_legend)
            says=td_string!(locale, organisation.comments_says)
        >
            <FieldRow field=months />
            <SelectRow
                id="viewers"
                label=td_string!(locale, organisation.viewers)
                hint=Some(td_string!(locale, organisation.viewers_hint))
            >
                <option value="yes" selected=reads>{td_string!(locale, organisation.viewers_yes)}</option>
                <option value="no" selected=!reads>{td_string!(locale, organisation.viewers_no)}</option>
            </SelectRow>
        </FieldGroup>
    }
}

/// Which survey a new event asks, where there is a choice.
fn asked(locale: Lang, reader: Reader, surveys: Vec<(String, Text)>, chosen: &str) -> Option<impl IntoView + use<>> {
    if surveys.len() < 2 {
        return None;
    }
    let chosen = chosen.to_owned();
    let options = surveys.into_iter().map(move |(id, name)| {
        let words = reader.words(&name).text.to_owned();
        view! { <option value=id.clone() selected=id == chosen>{words}</option> }
    });
    let options = options.collect_view();
    Some(view! {
        <FieldGroup
            legend=td_string!(locale, organisation.survey_legend)
            says=td_string!(locale, organisation.survey_says)
        >
            <SelectRow id="survey" label=td_string!(locale, organisation.survey)>
                <option value="">{td_string!(locale, organisation.survey_venue)}</option>
                {options}
            </SelectRow>
        </FieldGroup>
    })
}

/// A box with what the language calls itself.
fn tick((tag, checked): (LanguageTag, bool)) -> impl IntoView {
    let value = tag.to_string();
    let (lang, dir) = (value.clone(), tag.is_right_to_left().then_some("rtl"));
    let tick = Tick { kind: "checkbox", name: "language", value: value.clone().into(), checked, ..Tick::default() };
    view! {
        <TickRow tick=tick>
            <span lang=lang dir=dir>{tag.own_name()}</span>
            <span class="quiet">{value}</span>
        </TickRow>
    }
}

fn delays(chosen: LiveDelay, locale: Lang) -> impl IntoView {
    let option = move |delay: LiveDelay| {
        let says = match delay {
            LiveDelay::Off => td_string!(locale, organisation.delay_off),
            LiveDelay::FiveMinutes => td_string!(locale, organisation.delay_five_minutes),
            LiveDelay::FifteenMinutes => td_string!(locale, organisation.delay_fifteen_minutes),
            LiveDelay::StepsOfFive => td_string!(locale, organisation.delay_steps),
        };
        view! { <option value=delay.as_str() selected=delay == chosen>{says}</option> }
    };
    LiveDelay::ALL.map(option).collect_view()
}

fn option(tag: LanguageTag, chosen: LanguageTag) -> impl IntoView {
    let value = tag.to_string();
    view! { <option value=value.clone() lang=value selected=tag == chosen>{tag.own_name()}</option> }
}
