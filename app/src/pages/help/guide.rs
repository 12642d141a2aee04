//! What the guide says, in the order in which somebody with a tablet in hand needs it.

use super::part::{Part, Step};
use crate::i18n::{Lang, td_string};

/// All of it. `address` is what is typed on the tablet.
pub(super) fn parts(locale: Lang, address: &str) -> Vec<Part> {
    vec![
        need(locale),
        ipad(locale),
        android(locale),
        android_more(locale),
        pair(locale),
        off(locale),
        network(locale, address),
        corner(locale),
        test(locale),
        trouble(locale),
    ]
}

fn need(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.need_tablet)),
        Step::say(td_string!(locale, help.need_stand)),
        Step::say(td_string!(locale, help.need_network)),
        Step::say(td_string!(locale, help.need_staff)),
    ];
    Part { id: "need", title: td_string!(locale, help.need), ordered: false, steps }
}

fn ipad(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.ipad_safari)),
        Step::say(td_string!(locale, help.ipad_home)),
        Step::say(td_string!(locale, help.ipad_pair)),
        Step::say(td_string!(locale, help.ipad_awake)).at(td_string!(locale, help.ipad_awake_path)),
        Step::say(td_string!(locale, help.ipad_updates)).at(td_string!(locale, help.ipad_updates_path)),
        Step::say(td_string!(locale, help.ipad_prediction)).at(td_string!(locale, help.ipad_prediction_path)),
        Step::say(td_string!(locale, help.ipad_guided)).at(td_string!(locale, help.ipad_guided_path)),
        Step::say(td_string!(locale, help.ipad_start)),
    ];
    Part { id: "ipad", title: td_string!(locale, help.ipad), ordered: true, steps }
}

fn android(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.android_chrome)),
        Step::say(td_string!(locale, help.android_home)),
        Step::say(td_string!(locale, help.android_pair)),
        Step::say(td_string!(locale, help.android_awake)).at(td_string!(locale, help.android_awake_path)),
        Step::say(td_string!(locale, help.android_battery)).at(td_string!(locale, help.android_battery_path)),
        Step::say(td_string!(locale, help.android_prediction)).at(td_string!(locale, help.android_prediction_path)),
        Step::say(td_string!(locale, help.android_pin)).at(td_string!(locale, help.android_pin_path)),
    ];
    Part { id: "android", title: td_string!(locale, help.android), ordered: true, steps }
}

fn android_more(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.android_fully_says)).about(td_string!(locale, help.android_fully)),
        Step::say(td_string!(locale, help.android_dedicated_says)).about(td_string!(locale, help.android_dedicated)),
    ];
    Part { id: "android-more", title: td_string!(locale, help.android_more), ordered: false, steps }
}

fn pair(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.pair_words)),
        Step::say(td_string!(locale, help.pair_staff)),
        Step::say(td_string!(locale, help.pair_venue)),
    ];
    Part { id: "pair", title: td_string!(locale, help.pair), ordered: true, steps }
}

fn off(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.off_clearing)),
        Step::say(td_string!(locale, help.off_battery)),
        Step::say(td_string!(locale, help.off_updates)),
        Step::say(td_string!(locale, help.off_notifications)),
        Step::say(td_string!(locale, help.off_savers)),
    ];
    Part { id: "off", title: td_string!(locale, help.off), ordered: false, steps }
}

fn network(locale: Lang, address: &str) -> Part {
    let server = address.strip_suffix("/kiosk").unwrap_or(address);
    let steps = vec![
        Step::say(td_string!(locale, help.network_reach)).at(server),
        Step::say(td_string!(locale, help.network_login)),
        Step::say(td_string!(locale, help.network_away)),
        Step::say(td_string!(locale, help.network_unchanged)),
    ];
    Part { id: "network", title: td_string!(locale, help.network), ordered: false, steps }
}

fn corner(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.corner_open)),
        Step::say(td_string!(locale, help.corner_has)),
        Step::say(td_string!(locale, help.corner_never)),
    ];
    Part { id: "corner", title: td_string!(locale, help.corner), ordered: false, steps }
}

fn test(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.test_demo)),
        Step::say(td_string!(locale, help.test_answer)),
        Step::say(td_string!(locale, help.test_offline)),
        Step::say(td_string!(locale, help.test_online)),
        Step::say(td_string!(locale, help.test_end)),
    ];
    Part { id: "test", title: td_string!(locale, help.test), ordered: true, steps }
}

fn trouble(locale: Lang) -> Part {
    let steps = vec![
        Step::say(td_string!(locale, help.trouble_waiting_says)).about(td_string!(locale, help.trouble_waiting)),
        Step::say(td_string!(locale, help.trouble_revoked_says)).about(td_string!(locale, help.trouble_revoked)),
        Step::say(td_string!(locale, help.trouble_unsaved_says)).about(td_string!(locale, help.trouble_unsaved)),
        Step::say(td_string!(locale, help.trouble_dark_says)).about(td_string!(locale, help.trouble_dark)),
        Step::say(td_string!(locale, help.trouble_old_says)).about(td_string!(locale, help.trouble_old)),
    ];
    Part { id: "trouble", title: td_string!(locale, help.trouble), ordered: false, steps }
}
