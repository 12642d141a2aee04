//! Somebody has forgotten their password. The page says the same whether there is such an account or not.

use leptos::prelude::*;

use super::recovery::RECOVER;
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        auth_layout::AuthLayout,
        field::{Field, FieldRow},
        notice::{Notice, NoticeKind},
    },
    pages::shell::Shell,
};

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForgotData {
    /// the form
    Ask,
    /// what becomes of it
    Sent,
    /// what to do where no e-mail can be sent
    NoMail,
}

/// The page.
#[component]
pub fn Forgot(
    /// what it shows
    data: ForgotData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let email = Field {
        id: "email",
        label: td_string!(locale, staff.email),
        kind: "email",
        autocomplete: "username",
        ..Field::default()
    };
    let main = match data {
        ForgotData::Ask => view! {
            <p class="quiet">{td_string!(locale, account.forgot_says)}</p>
            <form method="post" action="/staff/forgot">
                <FieldRow field=email />
                <SubmitButton text=td_string!(locale, account.forgot_send) primary=true />
            </form>
        }
        .into_any(),
        ForgotData::Sent => {
            view! { <Notice kind=NoticeKind::Done says=Some(td_string!(locale, account.forgot_sent).to_owned()) /> }
                .into_any()
        }
        ForgotData::NoMail => {
            view! { <Notice kind=NoticeKind::Standing says=Some(td_string!(locale, account.forgot_no_mail).to_owned()) /> }
                .into_any()
        }
    };
    view! {
        <AuthLayout shell=shell title=td_string!(locale, account.forgot_title)>
            {main}
            <Actions>
                <ButtonLink href="/staff/login" text=td_string!(locale, account.forgot_back) />
                <ButtonLink href=RECOVER text=td_string!(locale, recovery.have_sheet) />
            </Actions>
        </AuthLayout>
    }
}
