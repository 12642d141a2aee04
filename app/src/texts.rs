//! The texts of the screens, generated from `locales/` by `build.rs`.

use domain::lang::Lang;

#[expect(
    non_camel_case_types,
    missing_docs,
    clippy::match_same_arms,
    reason = "generated from `locales/` by `build.rs`"
)]
mod generated {
    pub use super::Locale;

    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

/// The texts by family of screens, for [`td_string`](crate::td_string).
pub mod i18n {
    pub use super::generated::*;
    pub use crate::td_string;
}

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// Finnish
    Fi,
    /// Swedish
    Sv,
    /// English
    En,
}

/// A screen's language is passed down in plain sight, never by a context.
impl From<Lang> for Locale {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fi => Self::Fi,
            Lang::Sv => Self::Sv,
            Lang::En => Self::En,
        }
    }
}

/// A text in a language: `td_string!(locale, staff.save)`, a `&'static str`; with values that go into it
/// `td_string!(locale, staff.poster_title, title = title)`, a `String`. What a text does not take, or lacks, does not
/// compile.
#[macro_export]
macro_rules! td_string {
    ($locale:expr, $family:ident . $key:ident $(,)?) => {
        $crate::i18n::$family::$key($locale)
    };
    ($locale:expr, $family:ident . $key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::$family::$key { $($name: &$value),+ }.text($locale)
    };
}
