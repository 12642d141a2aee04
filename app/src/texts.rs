//! The texts of the screens, generated from `locales/` by `build.rs`.

use domain::lang::Lang;

pub use generated::i18n;

/// A screen's language is passed down in plain sight, never by a context: the context's machinery
/// would be a third of what a tablet downloads.
impl From<Lang> for i18n::Locale {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fi => Self::fi,
            Lang::Sv => Self::sv,
            Lang::En => Self::en,
        }
    }
}

#[expect(
    clippy::pedantic,
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    reason = "generated from `locales/` by `build.rs`"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
