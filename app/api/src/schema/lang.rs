//! Languages, and texts in them.

use std::collections::BTreeMap;

/// A language of the screens.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Finnish
    Fi,
    /// Swedish
    Sv,
    /// English
    En,
}

/// A BCP 47 language tag in its canonical form, such as `fi`, `ar` or `zh-Hant-TW`.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, max_length = 35)]
pub struct LanguageTag(pub String);

/// One text in several languages: from language tag (BCP 47, canonical form) to words.
#[derive(utoipa::ToSchema)]
pub struct Text(pub BTreeMap<String, String>);
