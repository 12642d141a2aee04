//! What the pages of tablets show of what is asked from afar: the form, and what became of it.

use app::pages::staff::remote::{Asked, RemoteForm};
use domain::{
    id::{KioskId, VenueId},
    lang::Lang,
    name::NameProblem,
};
use store::kiosk_commands::{Command, pause};

/// Where the form about all tablets is sent.
pub(super) const TO_ALL: &str = "/staff/kiosks/commands";

/// Where the form about one is sent.
pub(super) fn to_one(kiosk: KioskId) -> String {
    format!("/staff/kiosks/{kiosk}/commands")
}

/// What was typed, by language, and what is wrong with it.
pub(super) type TypedWords = [(Lang, String, Option<NameProblem>); 3];

/// The form, with what was typed.
pub(super) fn form(action: String, venues: Vec<(VenueId, String)>, words: Option<TypedWords>) -> RemoteForm {
    let form = RemoteForm::new(action, venues);
    match words {
        Some(words) => RemoteForm { words, ..form },
        None => form,
    }
}

/// What was asked of a kiosk, and until when it is paused.
pub(super) fn asked(commands: &[Command], kiosk: KioskId) -> (Vec<Asked>, Option<i64>) {
    let of_kiosk: Vec<Command> = commands.iter().filter(|one| one.kiosk == kiosk).cloned().collect();
    let paused = pause(&of_kiosk).filter(|pause| pause.done_at.is_some()).map(|pause| pause.ends_at);
    let asked = of_kiosk.iter().map(|one| Asked { command: one.kind, at: one.number, done_at: one.done_at });
    (asked.collect(), paused)
}
