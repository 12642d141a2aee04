//! A link by which somebody chooses a password.

use super::alert::Email;
use crate::i18n::td_string;
use domain::lang::Lang;

/// Who is invited where, in the language of whoever invites.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// in which language
    pub lang: Lang,
    /// who invites
    pub organisation: &'a str,
    /// what opens once
    pub link: &'a str,
    /// until when, in words
    pub until: &'a str,
}

impl Invitation<'_> {
    /// The e-mail.
    #[must_use]
    pub fn email(self) -> Email {
        let Self { lang, organisation, link, until } = self;
        Email {
            subject: td_string!(lang, people.mail_invited, organisation = organisation),
            text: td_string!(lang, people.mail_invited_says, organisation = organisation, link = link, until = until),
        }
    }
}
