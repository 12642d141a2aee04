//! The wing with the ways through the house, and the stage beside it.

use leptos::prelude::*;

use super::brand::Mark;
use crate::{
    i18n::td_string,
    pages::shell::{Document, LangLinks, Names, Sheet, Shell},
};
use domain::lang::Lang;

/// Where in the house a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// the event under way or just ended
    Tonight,
    /// every event
    Programme,
    /// the tablets
    Kiosks,
}

/// A staff page.
#[component]
pub fn House(
    /// the page around it
    shell: Shell,
    /// which way of the wing led here
    room: Room,
    /// what the browser's tab says
    #[prop(into)]
    title: String,
    /// whether the page carries islands
    #[prop(optional)]
    islands: bool,
    /// the stage
    children: Children,
) -> impl IntoView {
    let locale = shell.locale();
    let around = shell.clone();
    let way = move |to: Room, path: &'static str, name: &'static str| {
        let current = (to == room).then_some("page");
        view! { <li><a href=path aria-current=current>{name}</a></li> }
    };
    view! {
        <Document shell=around title=title sheet=Sheet::Staff islands=islands>
            <a class="skip" href="#stage">
                {td_string!(locale, staff.skip)}
            </a>
            <div class="house">
                <header class="wing">
                    <a class="brand" href="/staff">
                        <Mark />
                        "Aplodi"
                    </a>
                    <nav aria-label=td_string!(locale, staff.pages)>
                        <ul>
                            {way(Room::Tonight, "/staff", td_string!(locale, staff.tonight))}
                            {way(Room::Programme, "/staff/events", td_string!(locale, staff.programme))}
                            {way(Room::Kiosks, "/staff/kiosks", td_string!(locale, health.kiosks))}
                        </ul>
                    </nav>
                    <div class="wing-foot">
                        <LangLinks shell=shell languages=Lang::ALL.to_vec() names=Names::Short />
                        <form method="post" action="/staff/logout">
                            <button>{td_string!(locale, staff.logout)}</button>
                        </form>
                    </div>
                </header>
                <main class="stage" id="stage" tabindex="-1">
                    {children()}
                </main>
            </div>
        </Document>
    }
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

/// A page that has nothing to show yet, and says what will make it show something.
#[component]
pub fn Empty(
    /// the heading
    #[prop(into)]
    title: String,
    /// what to expect, or to do
    #[prop(into)]
    says: String,
    /// where to go from here
    #[prop(optional)]
    way: Option<(String, String)>,
) -> impl IntoView {
    let way = way.map(|(path, name)| {
        view! {
            <p class="actions">
                <a class="button is-primary" href=path>
                    {name}
                </a>
            </p>
        }
    });
    view! {
        <section class="empty">
            <super::brand::Lamp />
            <h2>{title}</h2>
            <p class="says">{says}</p>
            {way}
        </section>
    }
}
