//! A code that names nothing: most often a typing mistake.

use leptos::prelude::*;

use super::page::Page;
use crate::{domain::lang::Lang, i18n::td_string, pages::shell::Shell};

/// A page to type the code again; it sends `code` to `GET /f`.
#[component]
pub fn NotFound(
    /// what was typed; empty where nothing was
    code: String,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let organisation = if shell.organisation.is_empty() { "Aplodi".to_owned() } else { shell.organisation.clone() };
    let title = td_string!(locale, phone.not_found);
    let tag = shell.lang.tag();
    view! {
        <Page shell=shell title=title languages=Lang::ALL.to_vec() line=organisation heading=title.to_owned()>
            <p class="hint" id="code-hint">
                {td_string!(locale, phone.not_found_hint)}
            </p>
            <form method="get" action="/f">
                <input r#type="hidden" name="lang" value=tag />
                <div>
                    <label class="label" for="code">
                        {td_string!(locale, phone.code)}
                    </label>
                    <input
                        class="code"
                        id="code"
                        name="code"
                        autocapitalize="characters"
                        autocomplete="off"
                        spellcheck="false"
                        maxlength="32"
                        required
                        aria-describedby="code-hint"
                        value=code
                    />
                </div>
                <button class="send">{td_string!(locale, phone.open)}</button>
            </form>
        </Page>
    }
}
