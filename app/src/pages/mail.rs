//! Somebody who reads by e-mail wants no more.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::SubmitButton,
        auth_layout::AuthLayout,
        notice::{Notice, NoticeKind},
    },
    pages::shell::Shell,
};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopMailData {
    /// who gets e-mails; `None`: they get none any more
    pub email: Option<String>,
}

/// The page; its button posts to its own address.
#[component]
pub fn StopMail(
    /// what it shows
    data: StopMailData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let (organisation, action) = (shell.organisation.clone(), shell.path.clone());
    let main = if let Some(email) = data.email {
        let says = td_string!(locale, readers.stop_says, email = email.as_str(), organisation = organisation.as_str());
        view! {
            <p class="quiet">{says}</p>
            <form method="post" action=action>
                <SubmitButton text=td_string!(locale, readers.stop) primary=true />
            </form>
        }
        .into_any()
    } else {
        let says = td_string!(locale, readers.stopped, organisation = organisation.as_str());
        view! { <Notice kind=NoticeKind::Done says=says /> }.into_any()
    };
    view! {
        <AuthLayout shell=shell title=td_string!(locale, readers.stop_title)>
            {main}
        </AuthLayout>
    }
}
