//! What has become of this installation: when it was last backed up, and how far its first steps have got.

use async_trait::async_trait;
use domain::time::Millis;

use super::StoreError;

/// The first steps, each ticked off by what has really happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each step is taken or not, whatever became of the others")]
pub struct FirstSteps {
    /// a tablet was paired
    pub tablet: bool,
    /// a visitor has answered by the code of a poster
    pub poster: bool,
    /// there is an event
    pub programme: bool,
    /// there is a second member of staff
    pub colleagues: bool,
    /// so many have answered that numbers are shown
    pub numbers: bool,
}

impl FirstSteps {
    /// Whether nothing is left to do.
    #[must_use]
    pub const fn are_done(self) -> bool {
        self.tablet && self.poster && self.programme && self.colleagues && self.numbers
    }
}

/// What those see who look after the installation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InstallationState {
    /// when the newest backup was made, milliseconds UTC; `None` where nobody has said
    pub backed_up_at: Option<Millis>,
    /// whether there are responses, which a backup would save
    pub has_answers: bool,
    /// when the printed recovery code was used, which the reader has not said they have seen
    pub recovered_at: Option<Millis>,
    /// how far the first steps have got; `None` once they were put away
    pub first_steps: Option<FirstSteps>,
}

/// What the program itself notes.
#[async_trait]
pub trait Installation {
    /// A backup was made. An older one than is known changes nothing.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn note_backup(&self, at: Millis) -> Result<(), StoreError>;
}

/// What staff see and do.
#[async_trait]
pub trait StaffInstallation {
    /// What has become of the installation; `None` for somebody who sees a part of it only.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn installation(&self) -> Result<Option<InstallationState>, StoreError>;

    /// Puts the first steps away, for everybody. False for somebody who sees a part of the installation only.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn put_first_steps_away(&self, at: Millis) -> Result<bool, StoreError>;
}
