//! The layout of staff pages: the sidebar with the navigation, and the main part beside it.

use leptos::prelude::*;

use super::brand::Mark;
use crate::{
    i18n::td_string,
    islands::live::{Live, Source},
    pages::shell::{Document, LangLinks, Names, Sheet, Shell},
};
use domain::lang::Lang;

/// What the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavItem {
    /// the event under way or just ended
    Tonight,
    /// every event
    Programme,
    /// the tablets
    Kiosks,
    /// who works here; for administrators
    People,
    /// what holds for the whole organisation; for administrators
    Organisation,
    /// the program itself; its link stands below every page
    About,
}

/// A staff page.
#[component]
pub fn Layout(
    /// the page around it
    shell: Shell,
    /// which item of the navigation is marked
    at: NavItem,
    /// what the browser's tab says
    #[prop(into)]
    title: String,
    /// whether the page carries islands
    #[prop(optional)]
    islands: bool,
    /// the main part
    children: Children,
) -> impl IntoView {
    let locale = shell.locale();
    let (around, is_admin) = (shell.clone(), shell.is_admin);
    let demo = shell.is_demo.then(|| view! { <p class="demo-band">{td_string!(locale, first_steps.demo)}</p> });
    let about = (at == NavItem::About).then_some("page");
    let link = move |to: NavItem, path: &'static str, name: &'static str| {
        let current = (to == at).then_some("page");
        view! { <li><a href=path aria-current=current>{name}</a></li> }
    };
    view! {
        <Document shell=around title=title sheet=Sheet::Staff islands=islands>
            <a class="skip" href="#main">
                {td_string!(locale, staff.skip)}
            </a>
            <div class="layout">
                <header class="sidebar">
                    <a class="brand" href="/staff">
                        <Mark />
                        "Aplodi"
                    </a>
                    <nav aria-label=td_string!(locale, staff.pages)>
                        <ul>
                            {link(NavItem::Tonight, "/staff", td_string!(locale, staff.tonight))}
                            {link(NavItem::Programme, "/staff/events", td_string!(locale, staff.programme))}
                            {link(NavItem::Kiosks, "/staff/kiosks", td_string!(locale, health.kiosks))}
                            {is_admin.then(|| link(NavItem::People, "/staff/people", td_string!(locale, people.title)))}
                            {is_admin.then(|| link(NavItem::Organisation, "/staff/organisation", td_string!(locale, organisation.title)))}
                        </ul>
                    </nav>
                    <div class="sidebar-foot">
                        <LangLinks shell=shell languages=Lang::ALL.map(Into::into).to_vec() names=Names::Short />
                        <a href="/staff/account">{td_string!(locale, account.title)}</a>
                        <form method="post" action="/staff/logout">
                            <button>{td_string!(locale, staff.logout)}</button>
                        </form>
                    </div>
                </header>
                <main class="main" id="main" tabindex="-1">
                    {demo}
                    {children()}
                    <footer class="main-foot">
                        <a href="/staff/about" aria-current=about>{td_string!(locale, about.title)}</a>
                    </footer>
                </main>
            </div>
        </Document>
    }
}

/// What keeps the words of a page right that depend on the time; it stands at the right end of its heading.
pub fn kept_by_time(lang: Lang) -> AnyView {
    provide_context(Source::of_time(lang));
    view! { <Live /> }.into_any()
}

/// The heading of a page, a line that says what it is, and what stands at its right end.
#[component]
pub fn PageHead(
    /// the heading
    #[prop(into)]
    title: String,
    /// beside it
    line: AnyView,
    /// at the right end
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> impl IntoView {
    view! {
        <header class="page-head">
            <div>
                <h1>{title}</h1>
                <p>{line}</p>
            </div>
            {end}
        </header>
    }
}
