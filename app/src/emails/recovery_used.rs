//! The printed recovery code was used.

use super::alert::Email;
use crate::i18n::td_string;
use domain::lang::Lang;

/// The e-mail to every administrator.
#[must_use]
pub fn recovery_used_email(lang: Lang, organisation: &str, log: &str) -> Email {
    Email {
        subject: td_string!(lang, recovery.mail_used, organisation = organisation),
        text: td_string!(lang, recovery.mail_used_says, organisation = organisation, log = log),
    }
}
