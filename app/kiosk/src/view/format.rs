//! Sentences that are put together: place and time, numbers with their words.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::session::ActiveSurvey;
use app::i18n::td_string;
use domain::{lang::Lang, survey::kinds::text::MAX_CHARS, time::Millis};

/// "Sirkusteltta, tänään klo 18".
pub(super) fn place_and_time(active: &ActiveSurvey, lang: Lang, now: Millis) -> Option<String> {
    let event = active.event()?;
    let venue = &active.config.venue;
    Some([venue.name.as_str(), ", ", &day_and_time(&venue.time_zone, event.starts_at, lang, now)?].concat())
}

/// "tänään klo 18"; `None` where the browser does not know the time zone.
pub(super) fn day_and_time(zone: &str, at: Millis, lang: Lang, now: Millis) -> Option<String> {
    let date = [("day", "numeric"), ("month", "numeric")];
    let day = if local(at, Lang::En, zone, &date)? == local(now, Lang::En, zone, &date)? {
        td_string!(lang, kiosk.today).to_string()
    } else {
        local(at, lang, zone, &[("weekday", "short"), ("day", "numeric"), ("month", "numeric")])?
    };
    let time = local(at, lang, zone, &[("hour", "numeric"), ("minute", "2-digit"), ("hourCycle", "h23")])?;
    // On the hour only English keeps its minutes.
    let time = match lang {
        Lang::Fi | Lang::Sv => time.strip_suffix(".00").or_else(|| time.strip_suffix(":00")).unwrap_or(&time),
        Lang::En => &time,
    };
    Some([day.as_str(), " ", td_string!(lang, kiosk.at_time), " ", time].concat())
}

/// An instant as a language writes it; `None` where the browser does not know the time zone.
fn local(at: Millis, lang: Lang, zone: &str, parts: &[(&str, &str)]) -> Option<String> {
    let options = Object::new();
    for (name, value) in parts.iter().chain(&[("timeZone", zone)]) {
        Reflect::set(&options, &JsValue::from(*name), &JsValue::from(*value)).ok()?;
    }
    let locale = match lang {
        Lang::Fi => "fi-FI",
        Lang::Sv => "sv-FI",
        Lang::En => "en-GB",
    };
    let date = Date::new(&JsValue::from(at as f64));
    // Called by name, because an unknown time zone throws.
    let format: js_sys::Function = Reflect::get(&date, &"toLocaleString".into()).ok()?.into();
    format.call2(&date, &locale.into(), &options).ok()?.as_string()
}

/// "13 sekuntia".
pub(super) fn ring_label(lang: Lang, seconds: i64) -> String {
    [seconds.to_string().as_str(), " ", td_string!(lang, kiosk.seconds)].concat()
}

/// "Jäljellä 1 930 merkkiä".
pub(super) fn characters_left(lang: Lang, typed: &str) -> String {
    let left = MAX_CHARS.saturating_sub(typed.chars().count());
    let number = match (left / 1_000, left % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => [&thousands.to_string(), "\u{a0}", &(1_000 + rest).to_string()[1..]].concat(),
    };
    // A search for one character: that for a text of several is a kilobyte of its own.
    let text = td_string!(lang, kiosk.characters_left).to_string();
    text.split_inclusive(['{', '}'])
        .map(|part| if part == "n}" { &*number } else { part.trim_end_matches('{') })
        .collect()
}
