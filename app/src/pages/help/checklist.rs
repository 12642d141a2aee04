//! What goes on paper: one sheet to tick off, first at home and then before every show.

use leptos::prelude::*;

use crate::i18n::{Lang, td_string};

/// The sheet.
pub(super) fn checklist(locale: Lang) -> impl IntoView {
    let once = vec![
        td_string!(locale, help.check_home),
        td_string!(locale, help.check_paired),
        td_string!(locale, help.check_awake),
        td_string!(locale, help.check_locked),
        td_string!(locale, help.check_clearing),
        td_string!(locale, help.check_quiet),
        td_string!(locale, help.check_tried),
        td_string!(locale, help.check_demo),
        td_string!(locale, help.check_codes),
    ];
    let show = vec![
        td_string!(locale, help.check_charges),
        td_string!(locale, help.check_event),
        td_string!(locale, help.check_corner),
        td_string!(locale, help.check_place),
        td_string!(locale, help.check_clean),
    ];
    view! {
        <section id="check" class="check">
            <h2>{td_string!(locale, help.check)}</h2>
            <p class="print-hint">{td_string!(locale, help.check_print)}</p>
            <p class="blanks" aria-hidden="true">
                <span>{td_string!(locale, help.check_venue)}</span>
                <span>{td_string!(locale, help.check_tablet)}</span>
            </p>
            <h3>{td_string!(locale, help.check_once)}</h3>
            {boxes(once)}
            <h3>{td_string!(locale, help.check_show)}</h3>
            {boxes(show)}
        </section>
    }
}

fn boxes(lines: Vec<&'static str>) -> impl IntoView {
    view! { <ul class="boxes">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
}
