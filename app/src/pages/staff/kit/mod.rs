//! `/staff/kit`, in debug builds: every part of the kit, with made-up content, to be looked at in light, dark and print
//! and in three languages. Headings are the parts' names in the code.

mod charts;
mod forms;
mod lists;
mod tables;

use leptos::prelude::*;

use self::{
    charts::{as_table, charts},
    forms::{form, sheet, to_sheet},
    lists::{dated_list, facts, named_list, status_list},
    tables::table,
};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink},
        address::Address,
        brand::{Lamp, Mark},
        chart::Paint,
        confirm::Confirm,
        empty::Empty,
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
        toast::Toast,
    },
    pages::shell::Shell,
};

/// Every part of the kit.
#[component]
pub fn Kit(
    /// what was chosen in the table and the filters
    here: Address,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    if here.chosen("layout") == "auth" {
        return sheet(shell).into_any();
    }
    let (screen, paper) = (charts(locale, Paint::Screen), charts(locale, Paint::Paper));
    let line = view! { <span lang="en">"app/src/kit"</span> }.into_any();
    let says = td_string!(locale, staff.programme_empty_says);
    let confirm = td_string!(locale, pairing.unpair_says);
    let (yes, no) = (td_string!(locale, pairing.unpair_yes), td_string!(locale, pairing.unpair_no));
    view! {
        <Layout shell=shell at=NavItem::Tonight title="Kit">
            <PageHead title="Kit" line=line />
            {part("toast, notice", notices(locale))}
            {part("brand", brand())}
            {part("auth_layout", to_sheet())}
            {part("action", actions(locale))}
            {part("form, field", form(locale))}
            {part("confirm", view! { <Confirm says=confirm action="/staff/kit" yes=yes no=("/staff/kit".to_owned(), no) /> })}
            {part("filter_bar, table", table(locale, &here))}
            {part("dated_list", dated_list(locale))}
            {part("named_list", named_list(locale))}
            {part("status_list", status_list(locale))}
            {part("facts, log", facts(locale))}
            {part("empty", view! { <Empty title=td_string!(locale, staff.programme_empty) says=says /> })}
            {part("as_table", as_table(locale))}
            {part("chart, on the screen", screen)}
            {part("chart, on paper", view! { <div class="paper-sample">{paper}</div> })}
        </Layout>
    }
    .into_any()
}

fn part(name: &'static str, inside: impl IntoView + 'static) -> impl IntoView {
    let id = name.replace([' ', ','], "-");
    view! {
        <Section id=id title=name lang="en">
            {inside.into_any()}
        </Section>
    }
}

fn notices(locale: Lang) -> impl IntoView {
    let standing = td_string!(locale, health.mail_off).to_owned();
    view! {
        <Toast says=Some(td_string!(locale, settings.saved).to_owned()) />
        <Notice kind=NoticeKind::Standing says=Some(standing) />
    }
}

fn brand() -> impl IntoView {
    view! {
        <p class="brand">
            <Mark />
        </p>
        <div class="empty">
            <Lamp />
        </div>
    }
}

fn actions(locale: Lang) -> impl IntoView {
    view! {
        <Actions>
            <ButtonLink href="/staff/kit" text=td_string!(locale, health.pair) primary=true />
            <ButtonLink href="/staff/kit" text=td_string!(locale, health.help) />
        </Actions>
    }
}
