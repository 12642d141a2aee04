//! Somebody reads by e-mail from now on, and how they stop it.

use super::alert::Email;
use crate::i18n::td_string;
use domain::lang::Lang;

/// The e-mail to whoever was added.
#[must_use]
pub fn reader_added_email(lang: Lang, organisation: &str, stop: &str) -> Email {
    Email {
        subject: td_string!(lang, readers.mail_added, organisation = organisation),
        text: td_string!(lang, readers.mail_added_says, organisation = organisation, stop = stop),
    }
}
