//! The words of the log in the reader's language.

use crate::i18n::{Lang, td_string};

/// What was done, by its word in the store; a word that is not known is shown as it is.
#[must_use]
pub fn verb_name(locale: Lang, word: &str) -> String {
    let name = match word {
        "added" => td_string!(locale, audit.verb_added),
        "changed" => td_string!(locale, audit.verb_changed),
        "removed" => td_string!(locale, audit.verb_removed),
        "cancelled" => td_string!(locale, audit.verb_cancelled),
        "moved" => td_string!(locale, audit.verb_moved),
        "imported" => td_string!(locale, audit.verb_imported),
        "exported" => td_string!(locale, audit.verb_exported),
        "paired" => td_string!(locale, audit.verb_paired),
        "unpaired" => td_string!(locale, audit.verb_unpaired),
        "asked" => td_string!(locale, audit.verb_asked),
        "put_back" => td_string!(locale, audit.verb_put_back),
        "set_aside" => td_string!(locale, audit.verb_set_aside),
        "invited" => td_string!(locale, audit.verb_invited),
        "disabled" => td_string!(locale, audit.verb_disabled),
        "password_set" => td_string!(locale, audit.verb_password_set),
        "second_step_on" => td_string!(locale, audit.verb_second_step_on),
        "second_step_off" => td_string!(locale, audit.verb_second_step_off),
        "logged_out" => td_string!(locale, audit.verb_logged_out),
        "used" => td_string!(locale, audit.verb_used),
        _ => word,
    };
    name.to_owned()
}

/// To a thing of which kind.
#[must_use]
pub fn kind_name(locale: Lang, word: &str) -> String {
    let name = match word {
        "user" => td_string!(locale, audit.kind_user),
        "token" => td_string!(locale, audit.kind_token),
        "reader" => td_string!(locale, audit.kind_reader),
        "recovery_code" => td_string!(locale, audit.kind_recovery_code),
        "organisation" => td_string!(locale, audit.kind_organisation),
        "legal_page" => td_string!(locale, audit.kind_legal_page),
        "venue" => td_string!(locale, audit.kind_venue),
        "production" => td_string!(locale, audit.kind_production),
        "event" => td_string!(locale, audit.kind_event),
        "programme" => td_string!(locale, audit.kind_programme),
        "feed" => td_string!(locale, audit.kind_feed),
        "survey" => td_string!(locale, audit.kind_survey),
        "responses" => td_string!(locale, audit.kind_responses),
        "kiosk" => td_string!(locale, audit.kind_kiosk),
        "poster" => td_string!(locale, audit.kind_poster),
        "log" => td_string!(locale, audit.kind_log),
        _ => word,
    };
    name.to_owned()
}

/// Who: an address or a name; else what has none.
#[must_use]
pub fn actor_name(locale: Lang, word: &str) -> String {
    let name = match word {
        "token" => td_string!(locale, audit.actor_token),
        "command_line" => td_string!(locale, audit.actor_command_line),
        "program" => td_string!(locale, audit.actor_program),
        _ => word,
    };
    name.to_owned()
}
