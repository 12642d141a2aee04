//! The layout before anybody is logged in: one sheet, which log-in, set-up and errors share.

use leptos::prelude::*;

use super::{brand::Mark, logo::Logo};
use crate::pages::shell::{Document, LangLinks, Names, NoticeLinks, Sheet, Shell};
use domain::lang::Lang;

/// One sheet with a heading.
#[component]
pub fn AuthLayout(
    /// the page around it
    shell: Shell,
    /// the heading
    #[prop(into)]
    title: String,
    /// room for two fields beside each other
    #[prop(optional)]
    wide: bool,
    /// below the heading
    children: Children,
) -> impl IntoView {
    let class = wide.then_some("is-wide");
    let (around, worn, locale) = (shell.clone(), shell.worn.clone(), shell.locale());
    view! {
        <Document shell=around title=title.clone() sheet=Sheet::Staff class="auth">
            <main class=class>
                <p class="brand">
                    <Mark />
                    "Aplodi"
                    <Logo worn=worn />
                </p>
                <h1>{title}</h1>
                {children()}
                <LangLinks shell=shell languages=Lang::ALL.map(Into::into).to_vec() names=Names::Short />
                <NoticeLinks locale=locale />
            </main>
        </Document>
    }
}
