//! What staff ask of tablets from afar.

use async_trait::async_trait;
use domain::{
    id::{KioskId, UserId},
    kiosk_command::CommandKind,
    lang::Text,
    time::Millis,
};

use super::StoreError;

/// What is asked of one kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCommand {
    /// of which
    pub kiosk: KioskId,
    /// what
    pub kind: CommandKind,
    /// what a paused tablet says
    pub words: Option<Text>,
}

/// What was asked of a kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// of which
    pub kiosk: KioskId,
    /// when, milliseconds UTC, or a little later: no two of a kiosk have the same
    pub number: Millis,
    /// what
    pub kind: CommandKind,
    /// what a paused tablet says
    pub words: Option<Text>,
    /// from then on it is of no use any more, milliseconds UTC: a pause ends when the doors open for the next event, and that
    /// event is shown early until its answer window is over
    pub ends_at: Millis,
    /// when the tablet said that it is done
    pub done_at: Option<Millis>,
}

/// The pause in which a kiosk is, of all that is asked of it and of use still, by number.
#[must_use]
pub fn pause(commands: &[Command]) -> Option<&Command> {
    let mut pauses = commands.iter().rev().filter(|one| matches!(one.kind, CommandKind::Pause | CommandKind::Resume));
    pauses.next().filter(|one| one.kind == CommandKind::Pause)
}

/// What tablets hear and say.
#[async_trait]
pub trait KioskCommands {
    /// What was asked of a kiosk and is of use still, by number.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn commands_of(&self, kiosk: KioskId, now: Millis) -> Result<Vec<Command>, StoreError>;

    /// A tablet has done everything up to a number.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn commands_done(&self, kiosk: KioskId, number: Millis, now: Millis) -> Result<(), StoreError>;
}

/// What staff ask.
#[async_trait]
pub trait StaffKioskCommands {
    /// Asks something of kiosks: of all of them, or of none. False where one of them may not be seen.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn command(&self, commands: &[NewCommand], by: Option<UserId>, now: Millis) -> Result<bool, StoreError>;

    /// What was asked of kiosks and is of use still, by kiosk and number.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn commands(&self, now: Millis) -> Result<Vec<Command>, StoreError>;
}
