//! How many answered, out of how many, and what was set aside.

use leptos::prelude::*;

use super::Panel;
use crate::{i18n::td_string, pages::staff::numbers::whole_percent};
use domain::{attendance::AttendanceKind, flag::Flag, lang::Lang, summary::Summary};

/// How many answered.
#[component]
pub fn Answered(
    /// the numbers
    summary: Summary,
    /// whether there was an audience to be counted: an event's
    audience: bool,
    /// how its number is known, where somebody has said so
    kind: Option<AttendanceKind>,
    /// for whom
    lang: Lang,
) -> impl IntoView {
    let n = summary.counted;
    let counted =
        if n == 1 { td_string!(lang, staff.answers_counted_one) } else { td_string!(lang, staff.answers_counted_many) };
    let rate = match summary.attendance.filter(|there| *there > 0) {
        None => audience.then(|| view! { <p class="says">{td_string!(lang, staff.no_attendance)}</p> }).into_any(),
        Some(there) if n > u64::from(there) => {
            view! { <p class="says">{td_string!(lang, staff.response_rate_over, attendance = there)}</p> }.into_any()
        }
        Some(there) => {
            let rate = whole_percent(n, there.into());
            let known = kind.map(|kind| format!(" {}", known(lang, kind)));
            let width = format!("{:.1}", 100.0 * n as f64 / f64::from(there));
            view! {
                <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=width height="8"></rect>
                </svg>
                <p class="says">
                    {td_string!(lang, staff.response_rate, rate = rate, attendance = there)} {known}
                </p>
            }
            .into_any()
        }
    };
    let aside = aside(&summary, lang).map(|aside| view! { <p class="quiet">{aside}</p> });
    view! {
        <Panel id="answered" title=td_string!(lang, staff.answered) width="w3">
            <p class="figure">
                <span class="big">{n}</span>
                <span class="beside">
                    <strong>{counted}</strong>
                </span>
            </p>
            {rate}
            {aside}
        </Panel>
    }
}

/// How the attendance is known: with tickets sold the true rate is higher than the one that is said.
fn known(locale: Lang, kind: AttendanceKind) -> &'static str {
    match kind {
        AttendanceKind::Sold => td_string!(locale, staff.attendance_sold),
        AttendanceKind::Counted => td_string!(locale, staff.attendance_counted),
        AttendanceKind::Estimated => td_string!(locale, staff.attendance_estimated),
    }
}

/// "312 counted, 9 set aside: 7 in a burst, 2 contradictory." A response may have several doubts.
fn aside(summary: &Summary, locale: Lang) -> Option<String> {
    let why: Vec<String> = summary.set_aside.iter().map(|(flag, n)| doubt(locale, *flag, *n)).collect();
    (summary.aside > 0).then(|| {
        let (counted, aside, why) = (summary.counted, summary.aside, why.join(", "));
        // Reasons that tell about fewer than five are not told.
        if why.is_empty() {
            td_string!(locale, staff.set_aside_alone, counted = counted, aside = aside)
        } else {
            td_string!(locale, staff.set_aside, counted = counted, aside = aside, why = why)
        }
    })
}

fn doubt(locale: Lang, flag: Flag, n: u64) -> String {
    match flag {
        Flag::Hasty => td_string!(locale, staff.flag_hasty, n = n),
        Flag::Run => td_string!(locale, staff.flag_run, n = n),
        Flag::Even => td_string!(locale, staff.flag_even, n = n),
        Flag::Burst => td_string!(locale, staff.flag_burst, n = n),
        Flag::Contradiction => td_string!(locale, staff.flag_contradiction, n = n),
        Flag::OutsideWindow => td_string!(locale, staff.flag_outside_window, n = n),
        Flag::Demo => td_string!(locale, staff.flag_demo, n = n),
        Flag::Void => td_string!(locale, staff.flag_void, n = n),
    }
}
