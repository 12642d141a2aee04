//! `/kiosk/help`: for the person who puts the tablet up, in plain words, and a checklist for the wall.
//!
//! On the screen it is a guide (`guide` has its words, `part` draws them); on paper only the `checklist` remains.

mod checklist;
mod guide;
mod part;

use leptos::prelude::*;

use self::{checklist::checklist, part::drawn};
use super::shell::{Document, LangLinks, Names, Sheet, Shell};
use crate::{
    i18n::td_string,
    kit::{brand::Mark, logo::Logo},
};
use domain::lang::Lang;

/// The guide and the checklist.
#[component]
pub fn Help(
    /// what is typed on the tablet: `https://feedback.example/kiosk`
    address: String,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, help.title);
    let parts = guide::parts(locale, &address);
    let link = |id: &str, title: &'static str| view! { <li><a href=format!("#{id}")>{title}</a></li> };
    let contents = parts.iter().map(|part| link(part.id, part.title)).collect_view();
    view! {
        <Document shell=shell.clone() title=title sheet=Sheet::Help script=Some("help.js") description=Some(td_string!(locale, help.lead))>
            <header class="guide-head">
                <p class="brand">
                    <Mark />
                    "Aplodi"
                </p>
                <Logo worn=shell.worn.clone() />
                <LangLinks shell=shell languages=Lang::ALL.map(Into::into).to_vec() names=Names::Short />
            </header>
            <main class="guide">
                <div class="intro">
                    <h1>{title}</h1>
                    <p class="lead">{td_string!(locale, help.lead)}</p>
                    <p class="address">
                        {td_string!(locale, help.address)}
                        <code>{address}</code>
                    </p>
                    <ol class="contents">{contents}</ol>
                    <p class="ways">
                        <a class="button" href="#check">
                            {td_string!(locale, help.to_checklist)}
                        </a>
                        <a href="/kiosk">{td_string!(locale, help.to_kiosk)}</a>
                        <a href=format!("/privacy?lang={locale}")>{td_string!(locale, notices.privacy)}</a>
                        <a href=format!("/accessibility?lang={locale}")>{td_string!(locale, notices.accessibility)}</a>
                    </p>
                </div>
                {parts.into_iter().map(drawn).collect_view()}
                {checklist(locale)}
            </main>
        </Document>
    }
}
