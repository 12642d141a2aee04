//! The sentence that says how late numbers are.

use leptos::prelude::*;

use crate::i18n::td_string;
use domain::{lang::Lang, live_delay::LiveDelay};

/// How late they are; nothing where they are not.
pub(super) fn late(delay: LiveDelay, lang: Lang) -> Option<impl IntoView + use<>> {
    let says = match delay {
        LiveDelay::Off => return None,
        LiveDelay::FiveMinutes => td_string!(lang, staff.late_five_minutes),
        LiveDelay::FifteenMinutes => td_string!(lang, staff.late_fifteen_minutes),
        LiveDelay::StepsOfFive => td_string!(lang, staff.late_steps),
    };
    Some(view! { <p class="quiet" data-late=delay.as_str()>{says}</p> })
}
