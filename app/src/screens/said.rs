//! What visitors read, in whichever language it is.

use domain::lang::Words;
use leptos::prelude::*;

/// Words that may be in another language than the screen itself.
#[must_use]
pub fn said(words: Words<'_>) -> impl IntoView + use<> {
    let lang = words.lang.map(|tag| tag.as_str().to_owned());
    view! { <span lang=lang dir=words.dir()>{words.text.to_owned()}</span> }
}
