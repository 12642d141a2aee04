//! What an organisation says of itself on the pages that the law asks for.

use std::collections::BTreeMap;

use super::lang::Lang;

/// A thing that is said there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// who decides why and how answers are collected; the organisation's name where nothing stands here
    Controller,
    /// where letters reach them
    Address,
    /// where e-mails reach them
    Email,
    /// where somebody complains about privacy; Finland's authority where nothing stands here
    Authority,
    /// more about privacy, in a language of the screens
    Privacy(Lang),
    /// what is not accessible, in a language of the screens
    Accessibility(Lang),
}

impl Notice {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Controller,
        Self::Address,
        Self::Email,
        Self::Authority,
        Self::Privacy(Lang::Fi),
        Self::Privacy(Lang::Sv),
        Self::Privacy(Lang::En),
        Self::Accessibility(Lang::Fi),
        Self::Accessibility(Lang::Sv),
        Self::Accessibility(Lang::En),
    ];

    /// The word in the store and in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Controller => "controller",
            Self::Address => "address",
            Self::Email => "email",
            Self::Authority => "authority",
            Self::Privacy(Lang::Fi) => "privacy-fi",
            Self::Privacy(Lang::Sv) => "privacy-sv",
            Self::Privacy(Lang::En) => "privacy-en",
            Self::Accessibility(Lang::Fi) => "accessibility-fi",
            Self::Accessibility(Lang::Sv) => "accessibility-sv",
            Self::Accessibility(Lang::En) => "accessibility-en",
        }
    }

    /// The most characters that may stand there.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Controller | Self::Address | Self::Email => 200,
            Self::Authority => 500,
            Self::Privacy(_) | Self::Accessibility(_) => 4_000,
        }
    }
}

/// What is said: nothing stands for what is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(BTreeMap<Notice, String>);

impl Notices {
    /// What was typed, without the space around it.
    #[must_use]
    pub fn get(&self, notice: Notice) -> Option<&str> {
        self.0.get(&notice).map(String::as_str)
    }

    /// Says something; nothing where it is empty. Control characters but line breaks are dropped.
    pub fn say(&mut self, notice: Notice, typed: &str) {
        let typed = typed.replace("\r\n", "\n");
        let typed: String = typed.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        match typed.trim() {
            "" => self.0.remove(&notice),
            said => self.0.insert(notice, said.to_owned()),
        };
    }

    /// The first that is longer than it may be.
    #[must_use]
    pub fn too_long(&self) -> Option<Notice> {
        self.0.iter().find(|(notice, said)| said.chars().count() > notice.longest()).map(|(notice, _)| *notice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_kept_without_what_nobody_sees() {
        let mut notices = Notices::default();
        notices.say(Notice::Address, "  Katu 1\r\n00100 Helsinki\u{0} ");
        assert_eq!(notices.get(Notice::Address), Some("Katu 1\n00100 Helsinki"));
        notices.say(Notice::Address, " \n ");
        assert_eq!(notices, Notices::default());
        assert_eq!(notices.too_long(), None);
        notices.say(Notice::Email, &"ä".repeat(201));
        assert_eq!(notices.too_long(), Some(Notice::Email));
    }

    #[test]
    fn every_word_is_another() {
        let words: std::collections::BTreeSet<_> = Notice::ALL.map(Notice::as_str).into();
        assert_eq!(words.len(), Notice::ALL.len());
    }
}
