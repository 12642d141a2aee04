//! A code typed by hand: at the front page, and again where it names nothing, most often because of
//! a typing mistake.

use leptos::prelude::*;

use super::page::Page;
use crate::{i18n::td_string, pages::shell::Shell};
use domain::lang::Lang;

/// The front page: the code from the poster opens the form.
#[component]
pub fn TypeCode(
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let (title, hint) = (td_string!(locale, phone.type_code), td_string!(locale, phone.type_code_hint));
    view! { <CodePage shell=shell title=title hint=hint code=String::new() /> }
}

/// A code that names nothing.
#[component]
pub fn NotFound(
    /// what was typed
    code: String,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let (title, hint) = (td_string!(locale, phone.not_found), td_string!(locale, phone.not_found_hint));
    view! { <CodePage shell=shell title=title hint=hint code=code /> }
}

/// A page with one field; it sends `code` to `GET /f`.
#[component]
fn CodePage(shell: Shell, title: &'static str, hint: &'static str, code: String) -> impl IntoView {
    let organisation = if shell.organisation.is_empty() { "Aplodi".to_owned() } else { shell.organisation.clone() };
    let locale: Lang = shell.locale();
    let tag = shell.lang.tag();
    view! {
        <Page
            shell=shell
            title=title
            languages=Lang::ALL.map(Into::into).to_vec()
            line=organisation.into_any()
            heading=title.to_owned()
            description=Some(hint)
        >
            <p class="hint" id="code-hint">
                {hint}
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
