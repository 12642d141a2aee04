//! What staff ask of a tablet from afar: told with the answer to a sign of life, and shown by the configuration.

use api::heartbeat::{KioskCommand, PauseWords};
use domain::{
    event::Event,
    kiosk_command::CommandKind,
    lang::{LanguageTag, Text},
    time::Millis,
};

use crate::http::state::AppState;
use store::{
    StoreError,
    kiosk_commands::{Command, pause},
    kiosks::Pairing,
};

/// Notes what a tablet has `done`, and says what is left.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn hear(
    state: &AppState,
    pairing: &Pairing,
    done: Option<Millis>,
    now: Millis,
) -> Result<Vec<KioskCommand>, StoreError> {
    let system = state.store.system();
    let commands = system.commands_of(pairing.kiosk, now).await?;
    let done = done.unwrap_or_default();
    if commands.iter().any(|one| one.done_at.is_none() && one.number <= done) {
        system.commands_done(pairing.kiosk, done, now).await?;
    }
    let left = left(&commands, done);
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let languages = system.venue(pairing.venue).await?.map(|venue| venue.languages).unwrap_or_default();
    Ok(left.into_iter().map(|one| told(one, &languages)).collect())
}

/// What a tablet has not done. Another tablet in the place of the one that was paused is paused as well; what else the
/// first one did is done.
fn left(commands: &[Command], done: Millis) -> Vec<&Command> {
    let pause = pause(commands).map(|pause| pause.number);
    let is_left = |one: &&Command| one.number > done && (one.done_at.is_none() || Some(one.number) == pause);
    commands.iter().filter(is_left).collect()
}

fn told(command: &Command, languages: &[LanguageTag]) -> KioskCommand {
    KioskCommand {
        number: command.number,
        what: command.kind.as_str(),
        words: command.words.as_ref().map(|words| in_languages(words, languages)).unwrap_or_default(),
        until: command.ends_at,
    }
}

/// In each language of the venue, as far as it was written in them; else in all in which it was written.
fn in_languages(words: &Text, languages: &[LanguageTag]) -> Vec<PauseWords> {
    let said = |(tag, text): (LanguageTag, &str)| PauseWords { lang: tag.to_string(), text: text.to_owned() };
    let written: Vec<(LanguageTag, &str)> = words.iter().filter(|(_, text)| !text.is_empty()).collect();
    let of_venue = languages.iter().filter_map(|tag| written.iter().find(|(written, _)| written == tag).copied());
    let of_venue: Vec<PauseWords> = of_venue.map(said).collect();
    if of_venue.is_empty() { written.into_iter().map(said).collect() } else { of_venue }
}

/// Shows the event after the one that was on when staff asked for it, from then on.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn show_next(
    state: &AppState,
    pairing: &Pairing,
    events: &mut [Event],
    now: Millis,
) -> Result<(), StoreError> {
    let commands = state.store.system().commands_of(pairing.kiosk, now).await?;
    if let Some(asked) = commands.iter().rev().find(|one| one.kind == CommandKind::NextEvent) {
        bring_forward(events, asked.number);
    }
    Ok(())
}

fn bring_forward(events: &mut [Event], asked: Millis) {
    let doors = |event: &Event| event.doors_at.unwrap_or(event.starts_at);
    if let Some(next) = events.iter_mut().filter(|event| doors(event) > asked).min_by_key(|event| doors(event)) {
        next.window.from = next.window.from.min(asked);
    }
}
