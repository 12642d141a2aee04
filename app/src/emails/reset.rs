//! A link for a new password, to whoever has the account.

use super::alert::Email;
use crate::i18n::td_string;
use domain::lang::Lang;

/// The e-mail with a link.
#[must_use]
pub fn reset_email(lang: Lang, organisation: &str, link: &str) -> Email {
    Email {
        subject: td_string!(lang, account.mail_reset).to_owned(),
        text: td_string!(lang, account.mail_reset_says, organisation = organisation, link = link),
    }
}
