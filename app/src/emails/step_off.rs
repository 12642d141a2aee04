//! The second step of somebody's account was taken away by an administrator.

use super::alert::Email;
use crate::i18n::td_string;
use domain::lang::Lang;

/// The e-mail to whoever has the account.
#[must_use]
pub fn step_off_email(lang: Lang, organisation: &str) -> Email {
    Email {
        subject: td_string!(lang, account.mail_step_off).to_owned(),
        text: td_string!(lang, account.mail_step_off_says, organisation = organisation),
    }
}
