//! The texts of the screens, generated from `locales/` by `build.rs`.

#[expect(
    non_camel_case_types,
    missing_docs,
    clippy::match_same_arms,
    reason = "generated from `locales/` by `build.rs`"
)]
mod generated {
    use domain::lang::Lang;

    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

/// The texts by family of screens, for [`td_string`](crate::td_string).
pub mod i18n {
    pub use domain::lang::Lang;

    pub use super::generated::*;
    pub use crate::td_string;
}

/// A text in a language: `td_string!(lang, staff.save)`, a `&'static str`; with values that go into it
/// `td_string!(lang, staff.poster_title, title = title)`, a `String`. What a text does not take, or lacks, does not
/// compile. A screen's language is passed down in plain sight, never by a context.
#[macro_export]
macro_rules! td_string {
    ($lang:expr, $family:ident . $key:ident $(,)?) => {
        $crate::i18n::$family::$key($lang)
    };
    ($lang:expr, $family:ident . $key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::$family::$key { $($name: &$value),+ }.text($lang)
    };
}
